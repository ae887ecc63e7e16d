/** How a recipient is shown in the list of a new conversation, and how a conversation with it is begun. */
import { t } from '../i18n/index.js';
import { fold } from '../lib/format.js';
import { h } from '../lib/h.js';
import { avatar, labelWords, tel } from '../lib/parts.js';

/**
 * @param {any} item
 * @param {string} query
 * @param {Person[]} people who is here
 */
export function recipient(item, query, people) {
    if (item.kind === 'user') {
        const { user } = item;
        const presence = people.find((person) => person.id === user.id)?.presence ?? 'offline';
        const small = `${t('person.extension', { extension: user.extension })} · ${t(`presence.${presence}`)}`;
        const whom = { kind: 'chat', users: [user.id] };
        const face = avatar(user.name, { presence });
        return { face, title: marked(user.name, query), small, kind: 'chat', whom };
    }
    if (item.kind === 'group') {
        const { id, title, members } = item.conversation;
        const small = members.map((/** @type {Person} */ one) => one.name.split(' ')[0]).join(', ');
        return { face: avatar(title), title: marked(title, query), small, kind: 'chat', whom: { conversation: id } };
    }
    const whom = { kind: 'sms', to: item.number.value };
    const number = tel(item.number.formatted);
    if (item.kind === 'number')
        return { face: avatar(''), title: number, small: t('box.not-in-contacts'), kind: 'sms', whom };
    const { name } = item.contact;
    const title = [h('bdi', {}, marked(name, query)), h('span', { class: 'lab' }, ` – ${labelWords(item.number.label)}`)];
    return { face: avatar(name), title, small: number, kind: 'sms', whom };
}

/**
 * The found part of a name is underlined.
 * @param {string} name
 * @param {string} query
 */
export function marked(name, query) {
    const at = query && fold(name).length === name.length ? fold(name).indexOf(fold(query)) : -1;
    if (at < 0) return h('bdi', {}, name);
    const end = at + query.length;
    return h('bdi', {}, name.slice(0, at), h('mark', {}, name.slice(at, end)), name.slice(end));
}
