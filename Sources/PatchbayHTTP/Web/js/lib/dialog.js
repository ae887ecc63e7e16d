/** A question in a box of its own: a <dialog> with a title. Escape closes it and does nothing else. */
import { t } from '../i18n/index.js';
import { h, uid } from './h.js';

/**
 * Opens a dialog in `host` and gives it.
 * @param {any} host an element or shadow root whose style sheets have .ask
 * @param {string} title
 * @param {(close: () => void) => any[]} build what stands below the title
 * @returns {any}
 */
export function openDialog(host, title, build) {
    const id = uid('ask');
    const dialog = h('dialog', { class: 'ask', 'aria-labelledby': id, onclose: () => dialog.remove() });
    dialog.append(h('h3', { id }, title), h('div', { class: 'said' }, build(() => dialog.close())));
    dialog.addEventListener('keydown', (/** @type {Event} */ event) => event.stopPropagation());
    host.append(dialog);
    dialog.showModal();
    return dialog;
}

/**
 * The row of buttons at the end of a dialog: Cancel, and the deed.
 * @param {() => void} close
 * @param {any} yes the button that does it
 */
export const choice = (close, yes) =>
    h('div', { class: 'row' }, h('button', { class: 'btn quiet', type: 'button', onclick: close }, t('cancel')), yes);
