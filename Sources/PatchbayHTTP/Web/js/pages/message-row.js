/** The cells of one conversation in the list: who, the last message, when, and what can be done. */
import { t } from '../i18n/index.js';
import { full, stamp } from '../lib/format.js';
import { h, icon, vh } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { isOurs } from '../lib/messages.js';
import { count, tag, tel, titleParts, titleText } from '../lib/parts.js';

/**
 * @param {Conversation} c
 * @param {State} state
 * @param {{reply: () => void, remove: () => void}} acts
 */
export const cells = (c, state, acts) => [who(c), last(c, state), side(c, acts)];

/** @param {Conversation} c */
function who(c) {
    const link = { class: 'name', href: `/messages/${c.id}`, 'data-page': '', 'data-act': 'open' };
    const isNew = c.unread > 0 && vh(t('messages.unread'));
    return h('div', { class: 'who' }, h('a', link, isNew, titleParts(c)), below(c));
}

/**
 * SMS or CHAT, whether it is muted, and the number, the extension or how many there are.
 * @param {Conversation} c
 */
export function below(c) {
    const muted = c.isMuted && h('span', { class: 'off', title: t('box.muted') }, icon('bellOff', 13), vh(t('box.muted')));
    return h('div', { class: 'sub' }, tag(c.kind), muted, h('span', { class: 'num' }, where(c)));
}

/** @param {Conversation} c */
export function where({ kind, contactId, remoteFormatted, members }) {
    if (kind === 'sms') return contactId ? tel(remoteFormatted ?? '') : t('messages.not-in-contacts');
    if (members.length > 1) return t('box.people', { n: members.length + 1 });
    return t('person.extension', { extension: members[0]?.extension ?? '' });
}

/** @param {Conversation} c @param {State} state */
function last(c, state) {
    const message = c.lastMessage;
    if (!message) return h('div', { class: 'last' });
    const isFailed = message.state === 'failed';
    const isMine = isOurs(c, message, state.session?.user.id ?? '');
    const mark = isFailed
        ? [icon('alert', 15), vh(`${t('state.failed')}: `)]
        : isMine && [icon('reply', 15), vh(`${t('log.you')}: `)];
    const text = message.text || message.attachments[0]?.name || t('message.file');
    return h('div', { class: `last${isFailed ? ' bad' : ''}` }, mark, h('span', {}, h('bdi', {}, text)));
}

/**
 * @param {Conversation} c
 * @param {{reply: () => void, remove: () => void}} acts
 */
function side(c, { reply, remove }) {
    const name = titleText(c);
    const at = new Date(c.lastAt ?? 0);
    const badge = c.unread > 0 && count(c.unread, t('unread', { n: c.unread }));
    const when = h('span', { class: 'when' }, badge, h('time', { datetime: c.lastAt, title: full(at) }, stamp(at)));
    const button = (/** @type {string} */ key, /** @type {any} */ more, /** @type {any[]} */ ...body) =>
        h('button', { type: 'button', 'aria-label': t(key, { name }), 'data-act': key, ...more }, ...body);
    const words = [icon('reply', 16), t('messages.reply')];
    const trash = { class: 'ib', onclick: remove, title: t('message.delete') };
    const dots = button('messages.more-of', { class: 'ib' }, icon('dots', 18));
    const menu = menuButton(dots, () => [
        { icon: 'reply', text: t('messages.reply'), run: reply },
        { icon: 'trash', text: t('message.delete'), danger: true, run: remove },
    ]);
    const mouse = [
        button('messages.reply-to', { class: 'btn', onclick: reply }, words),
        button('messages.delete-of', trash, icon('trash', 17)),
    ];
    return h('div', { class: 'ends' }, when, h('span', { class: 'do' }, mouse), h('span', { class: 'touch' }, dots, menu));
}
