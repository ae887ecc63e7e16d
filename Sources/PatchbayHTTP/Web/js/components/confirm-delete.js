/** Asks once before a conversation goes, in the box itself: a <dialog> that says what stays. */
import { t } from '../i18n/index.js';
import { h, uid } from '../lib/h.js';

/** @param {any} box where the question is asked @param {() => void} remove */
export function confirmDelete(box, remove) {
    const title = uid('delete');
    const close = () => dialog.close();
    const yes = () => {
        dialog.close();
        remove();
    };
    const dialog = h(
        'dialog',
        { class: 'ask', 'aria-labelledby': title, onclose: () => dialog.remove() },
        h('h3', { id: title }, t('delete.title')),
        h('p', {}, t('delete.explained')),
        h(
            'div',
            { class: 'row' },
            h('button', { class: 'btn quiet', type: 'button', onclick: close }, t('cancel')),
            h('button', { class: 'btn danger', type: 'button', onclick: yes }, t('delete.yes')),
        ),
    );
    dialog.addEventListener('keydown', (/** @type {Event} */ event) => event.stopPropagation());
    box.append(dialog);
    dialog.showModal();
}
