/** The keys that work on every page. */
import { preferencesOf } from '../lib/preferences.js';
import { deedOf } from '../lib/shortcuts.js';
import { openKeySheet } from './key-sheet.js';

const FIELDS = 'input, textarea, select, [contenteditable], [role="menu"]';

/** @param {import('./app.js').App} app @param {(path: string) => void} go */
export function watchKeys(app, go) {
    const deeds = {
        new: () => app.newBox(),
        search: () => search(app),
        help: () => openKeySheet(app, go),
        left: () => toBox(-1),
        right: () => toBox(1),
    };
    document.addEventListener('keydown', (event) => {
        if (app.store.state.phase !== 'in' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
        const place = event.composedPath()[0];
        const isWriting = place instanceof Element && place.matches(FIELDS);
        const { letterKeys } = preferencesOf(app.store.state);
        const deed = deedOf(event, { isWriting, letterKeys });
        if (!deed) return;
        event.preventDefault();
        deeds[deed]();
    });
}

/** @param {import('./app.js').App} app */
function search(app) {
    const contacts = app.dock?.contacts;
    contacts?.removeAttribute('collapsed');
    /** @type {HTMLElement | null | undefined} */ (contacts?.shadowRoot?.querySelector('input[type="search"]'))?.focus();
}

/**
 * To the chat box beside the one with the focus, as the eye sees them; round the end.
 * @param {number} step -1 to the left, 1 to the right
 */
function toBox(step) {
    const all = /** @type {any[]} */ ([...document.querySelectorAll('pbx-dock-row > :is(pbx-chat-box, pbx-new-chat)')]);
    const left = (/** @type {Element} */ box) => box.getBoundingClientRect().left;
    const boxes = all.filter((box) => !box.hidden).sort((a, b) => left(a) - left(b));
    const here = boxes.indexOf(document.activeElement?.closest('pbx-chat-box, pbx-new-chat'));
    const place = here < 0 && step < 0 ? boxes.length - 1 : (here + step + boxes.length) % boxes.length;
    const box = boxes[place];
    if (box && !box.focusComposer()) box.shadowRoot?.querySelector('.go')?.focus();
}
