/** A contact in the dock: the name opens what is stored, the icons call and text. */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { avatar, labelWords } from '../lib/parts.js';
import { callMenu } from './call-menu.js';
import { editContact } from './contact-editor.js';

/** @param {import('../shell/app.js').App} app @param {Contact} contact */
export function contactRow(app, contact) {
    const [first, ...others] = contact.numbers;
    const label = t('dock.text-to', { name: contact.name });
    const send = (/** @type {LabelledNumber} */ n) => app.startWith({ kind: 'sms', to: n.value });
    const button =
        first && h('button', { class: 'ib', type: 'button', 'aria-label': label, title: label }, icon('chat', 17));
    const item = (/** @type {LabelledNumber} */ n) => ({
        text: `${labelWords(n.label)} · ${n.formatted}`,
        run: () => send(n),
    });
    const menu =
        others.length > 0 && menuButton(button, () => [{ heading: t('new.send-sms') }, ...contact.numbers.map(item)]);
    if (first && !menu) button.addEventListener('click', () => send(first));
    const labels = contact.numbers.map((n) => labelWords(n.label)).join(', ');
    const small = others.length > 0 || !first ? labels : `${labelWords(first.label)} · ${first.formatted}`;
    const edit = t('card.edit', { name: contact.name });
    const open = { class: 'n', type: 'button', 'aria-label': edit, title: edit, onclick: () => editContact(app, contact) };
    return h(
        'li',
        { class: 'row', 'data-key': contact.id },
        avatar(contact.name),
        h(
            'button',
            open,
            h('b', {}, h('bdi', {}, contact.name)),
            h('small', { class: 'num' }, small || contact.company),
        ),
        h('span', { class: 'go always' }, callMenu(app, contact), button, menu),
    );
}

/** @param {import('../shell/app.js').App} app */
export const newContactButton = (app) =>
    h(
        'button',
        { class: 'btn quiet new', type: 'button', onclick: () => editContact(app, null) },
        icon('userPlus', 17),
        t('editor.new'),
    );
