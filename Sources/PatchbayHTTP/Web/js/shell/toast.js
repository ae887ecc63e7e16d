/** One line at the bottom that goes by itself. */
import { h } from '../lib/h.js';

const LASTS = 8000;

/** @type {any} */
let shown = null;

/**
 * @param {string} words
 * @param {{label: string, run: () => void}} [action]
 */
export function toast(words, action) {
    shown?.remove();
    const el = h('div', { class: 'toast', role: 'status' }, h('span', {}, words));
    const act = () => {
        el.remove();
        action?.run();
    };
    if (action) el.append(h('button', { class: 'btn', type: 'button', onclick: act }, action.label));
    shown = el;
    document.body.append(el);
    setTimeout(() => el.remove(), LASTS);
}
