/** The cells of one conversation in the list: who, the last message, when, and what can be done. */
import { confirmDelete } from '../components/confirm-delete.js';
import { t } from '../i18n/index.js';
import { full, stamp } from '../lib/format.js';
import { h, icon, vh } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { isOurs } from '../lib/messages.js';
import { tag, tel, titleParts, titleText } from '../lib/parts.js';

/** @typedef {import('../shell/app.js').App} App */

/**
 * @param {App} app
 * @param {Conversation} c
 * @param {State} state
 * @param {any} row the element that the cells go into
 */
export const cells = (app, c, state, row) => [who(app, c), last(c, state), side(app, c, row)];

/**
 * @param {App} app
 * @param {Conversation} c
 */
function who(app, c) {
    const open = { class: 'name', type: 'button', 'data-act': 'open', onclick: () => app.openBox(c.id) };
    const muted = c.isMuted && [icon('bellOff', 13), vh(t('box.muted'))];
    const below =
        c.kind === 'sms' ? (c.contactId ? tel(c.remoteFormatted ?? '') : t('box.not-in-contacts')) : peopleOf(c);
    const name = h('button', open, c.unread > 0 && vh(`${t('unread', { n: c.unread })}: `), titleParts(c));
    return h(
        'div',
        { class: 'who' },
        name,
        h('div', { class: 'sub' }, tag(c.kind), muted, h('span', { class: 'num' }, below)),
    );
}

/** @param {Conversation} c @param {State} state */
function last(c, state) {
    const message = c.lastMessage;
    if (!message) return h('div', { class: 'last' });
    const isFailed = message.state === 'failed';
    const isMine = isOurs(c, message, state.session?.user.id ?? '');
    const mark = isFailed
        ? [icon('alert', 15), vh(t('state.failed'))]
        : isMine && [icon('reply', 15), vh(`${t('log.you')}: `)];
    return h(
        'div',
        { class: `last${isFailed ? ' bad' : ''}` },
        mark,
        h('span', {}, h('bdi', {}, message.text || t('message.file'))),
    );
}

/**
 * @param {App} app
 * @param {Conversation} c
 * @param {any} row
 */
function side(app, c, row) {
    const name = titleText(c);
    const reply = () => app.openBox(c.id);
    const remove = () => confirmDelete(row, () => app.try(() => app.actions.deleteConversation(c.id)));
    const at = new Date(c.lastAt ?? 0);
    const badge = c.unread > 0 && h('span', { class: 'count', 'aria-hidden': 'true' }, String(c.unread));
    const when = h('span', { class: 'when' }, badge, h('time', { datetime: c.lastAt, title: full(at) }, stamp(at)));
    const button = (/** @type {string} */ key, /** @type {any} */ more, /** @type {any[]} */ ...body) =>
        h('button', { type: 'button', 'aria-label': t(key, { name }), 'data-act': key, ...more }, ...body);
    const replyButton = button(
        'messages.reply-to',
        { class: 'btn', onclick: reply },
        icon('reply', 16),
        t('messages.reply'),
    );
    const trash = button(
        'messages.delete-of',
        { class: 'ib', onclick: remove, title: t('message.delete') },
        icon('trash', 17),
    );
    const dots = button('messages.more-of', { class: 'ib' }, icon('dots', 18));
    const menu = menuButton(dots, () => [
        { icon: 'reply', text: t('messages.reply'), run: reply },
        { icon: 'trash', text: t('message.delete'), danger: true, run: remove },
    ]);
    return h(
        'div',
        { class: 'side' },
        when,
        h('span', { class: 'do' }, replyButton, trash),
        h('span', { class: 'touch' }, dots, menu),
    );
}

/** @param {Conversation} c */
const peopleOf = (c) =>
    c.members.length > 1
        ? t('box.people', { n: c.members.length + 1 })
        : t('person.extension', { extension: c.members[0]?.extension ?? '' });
