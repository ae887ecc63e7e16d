/** One line at the bottom that goes by itself, but not while somebody points at it or has the focus in it. */
import { h } from '../lib/h.js';
import { stage } from './stage.js';

const LASTS = 8000;

/** @type {(() => void) | null} */
let take = null;

/**
 * @param {string} words
 * @param {{label: string, run: () => void}} [action] Ctrl+Z does it too
 */
export function toast(words, action) {
    take?.();
    const el = h('div', { class: 'toast', role: 'status' }, h('span', {}, words));
    const done = new AbortController();
    const end = () => {
        done.abort();
        clearTimeout(timer);
        el.remove();
        if (take === end) take = null;
    };
    const act = () => {
        const hadFocus = el.matches(':focus-within');
        end();
        action?.run();
        // The button is gone; whoever pressed it by keys goes on in the page and not at its top.
        if (hadFocus) document.querySelector('main')?.focus({ preventScroll: true });
    };
    let timer = setTimeout(end, LASTS);
    const hold = () => clearTimeout(timer);
    const go = () => {
        hold();
        timer = setTimeout(end, LASTS);
    };
    for (const type of ['pointerenter', 'focusin']) el.addEventListener(type, hold);
    for (const type of ['pointerleave', 'focusout']) el.addEventListener(type, go);
    if (action) {
        el.append(h('button', { class: 'btn', type: 'button', onclick: act }, action.label));
        document.addEventListener('keydown', (event) => isUndo(event) && act(), { signal: done.signal });
    }
    take = end;
    stage.root.append(el);
}

/**
 * Ctrl+Z or ⌘Z where it does not belong to a field.
 * @param {KeyboardEvent} event
 */
function isUndo(event) {
    if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return false;
    const at = event.composedPath()[0];
    return !(at instanceof Element && at.matches('input, textarea, select'));
}
