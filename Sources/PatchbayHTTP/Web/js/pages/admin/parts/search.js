/** A search field that asks when its reader pauses. */
import { h, icon } from '../../../lib/h.js';

/** How long somebody has stopped typing, in milliseconds. */
const PAUSE = 250;

/**
 * @param {string} label
 * @param {(words: string) => void} search
 */
export function searchField(label, search) {
    const input = h('input', { type: 'search', 'aria-label': label, placeholder: label, autocomplete: 'off' });
    let asked = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const ask = () => {
        clearTimeout(timer);
        const words = input.value.trim();
        if (words === asked) return;
        asked = words;
        search(words);
    };
    input.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener('search', ask);
    input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && ask());
    return h('div', { class: 'field' }, icon('search', 17), input);
}
