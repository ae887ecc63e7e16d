/** Asks once before a conversation goes, in the box itself, and says what stays. */
import { t } from '../i18n/index.js';
import { choice, openDialog } from '../lib/dialog.js';
import { h } from '../lib/h.js';

/** @param {any} box where the question is asked @param {() => void} remove */
export function confirmDelete(box, remove) {
    openDialog(box, t('delete.title'), (close) => {
        const yes = () => {
            close();
            remove();
        };
        const button = h('button', { class: 'btn danger', type: 'button', onclick: yes }, t('delete.yes'));
        return [h('p', {}, t('delete.explained')), choice(close, button)];
    });
}
