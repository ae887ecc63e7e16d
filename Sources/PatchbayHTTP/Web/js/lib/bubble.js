/** One message as a bubble with its line below: time, state in words, what to do when it failed. */
import { t } from '../i18n/index.js';
import * as format from './format.js';
import { h, icon, vh } from './h.js';
import { isOnlyEmoji, pieces } from './rows.js';

/** @type {Record<string, [string, string]>} icon and text of each state */
const STATES = {
    sending: ['clock', 'state.sending'],
    waiting: ['clock', 'state.waiting'],
    pending: ['clock', 'state.sending'],
    accepted: ['check', 'state.sent'],
    sent: ['check', 'state.sent'],
    delivered: ['checks', 'state.delivered'],
    read: ['checks', 'state.read'],
};

/**
 * The parts of a message that never change.
 * @param {Message} message
 * @param {{isMine: boolean, author: string, byName: boolean}} who
 */
export function bubble(message, { isMine, author, byName }) {
    const at = new Date(message.createdAt);
    const says = t(isMine ? 'log.you-said' : 'log.they-said', { name: author, time: format.time(at) });
    return h(
        'div',
        {},
        byName ? h('div', { class: 'by', 'aria-hidden': 'true' }, author) : null,
        vh(says),
        message.text !== '' && text(message.text),
        message.attachments.map(attachment),
    );
}

/** @param {string} words */
function text(words) {
    const parts = pieces(words).map((piece) =>
        piece.href
            ? h('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece.text)
            : piece.text,
    );
    return h('div', { class: `b${isOnlyEmoji(words) ? ' big' : ''}`, dir: 'auto' }, parts);
}

/** @param {Attachment} file */
function attachment(file) {
    const href = `/api/v1/attachments/${encodeURIComponent(file.id)}`;
    if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) {
        const picture = h('img', { src: href, alt: t('attachment.picture', { name: file.name }), loading: 'lazy' });
        return h('a', { class: 'b pic', href, target: '_blank', rel: 'noopener' }, picture);
    }
    const size = h('small', {}, format.size(file.size));
    return h('a', { class: 'b file', href, download: file.name }, icon('file', 20), h('span', {}, file.name, size));
}

/**
 * The line below a bubble.
 * @param {Message} message
 * @param {{isMine: boolean, isRead: boolean, retry: () => void, remove: () => void}} options
 */
export function meta(message, { isMine, isRead, retry, remove }) {
    if (message.state === 'failed') {
        const button = (/** @type {string} */ key, /** @type {() => void} */ run) =>
            h('button', { type: 'button', onclick: run }, t(key));
        const buttons = isMine && [button('message.try-again', retry), button('message.delete', remove)];
        const reason = message.reason && h('span', { class: 'reason' }, message.reason);
        return h('div', { class: 'meta bad', role: 'alert' }, icon('alert', 13), t('state.failed'), buttons, reason);
    }
    const at = new Date(message.createdAt);
    const [glyph, words] = STATES[isRead ? 'read' : message.state] ?? [];
    return h(
        'div',
        { class: 'meta', 'aria-live': 'off' },
        h('time', { datetime: at.toISOString(), title: format.full(at) }, format.time(at)),
        isMine && words && [h('span', { 'aria-hidden': 'true' }, '·'), icon(glyph, 13), h('span', {}, t(words))],
    );
}
