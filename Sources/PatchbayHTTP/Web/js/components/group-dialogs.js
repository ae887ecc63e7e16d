/** The two dialogs of a group: who is in it, and its name. */
import { t } from '../i18n/index.js';
import { choice, openDialog } from '../lib/dialog.js';
import { h, uid } from '../lib/h.js';
import { avatar } from '../lib/parts.js';

/** The longest name of a group, in characters. */
const LONGEST = 100;

/** @param {any} host @param {State} state @param {Conversation} conversation */
export function showMembers(host, { session, people }, conversation) {
    openDialog(host, t('group.members'), (close) => {
        const rows = conversation.members.map(({ id, name, extension }) =>
            row(name, extension, people.find((person) => person.id === id)?.presence),
        );
        const me = session?.user;
        if (me) rows.push(row(t('group.you', { name: me.name }), me.extension, 'online'));
        const done = h('button', { class: 'btn primary', type: 'button', onclick: close }, t('close'));
        return [h('ul', { 'aria-label': t('group.members') }, rows), h('div', { class: 'row' }, done)];
    });
}

/** @param {string} name @param {string} extension @param {string} [presence] */
const row = (name, extension, presence = 'offline') =>
    h(
        'li',
        {},
        avatar(name, { presence }),
        h(
            'span',
            { class: 'n' },
            h('b', {}, h('bdi', {}, name)),
            h('span', { class: 'num' }, `${t('person.extension', { extension })} · ${t(`presence.${presence}`)}`),
        ),
    );

/** @param {any} host @param {string} title the name it has @param {(title: string) => Promise<void>} save */
export function renameGroup(host, title, save) {
    openDialog(host, t('group.rename'), (close) => {
        const id = uid('title');
        const input = h('input', { id, required: true, maxlength: LONGEST, autocomplete: 'off', '.value': title });
        const error = h('p', { class: 'error', role: 'alert' });
        const submit = async (/** @type {Event} */ event) => {
            event.preventDefault();
            try {
                await save(input.value.trim());
                close();
            } catch (failure) {
                error.textContent = /** @type {Error} */ (failure).message;
            }
        };
        const line = h('div', { class: 'line' }, h('label', { for: id }, t('group.name')), input);
        const buttons = choice(close, h('button', { class: 'btn primary' }, t('save')));
        return [h('form', { onsubmit: submit }, line, error, buttons)];
    });
}
