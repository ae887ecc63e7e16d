/** One message as a bubble with its line below: time, state in words, what to do when it failed. */
import { t } from '../i18n/index.js';
import { offerFile, showPicture } from './files.js';
import * as format from './format.js';
import { h, icon, vh } from './h.js';
import { holdWords, isHeld } from './holds.js';
import { pieces } from './links.js';
import { isOnlyEmoji } from './rows.js';

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
 * @typedef {object} Who what is said of a message's writer
 * @property {string} author
 * @property {boolean} byName whether the name stands above the bubble
 * @property {boolean} isRead
 * @property {string} via our number in words, or nothing
 *
 * @typedef {(row: MessageRow) => Who} WhoOf
 */

/**
 * @typedef {object} Deeds what the line below a message offers
 * @property {() => void} retry
 * @property {() => void} remove
 * @property {() => void} sendNow
 * @property {() => void} cancel
 */

/**
 * The parts of a message that never change. It can have the focus, for what can be done with it by keys.
 * @param {Message} message
 * @param {Who & {isMine: boolean}} who
 */
export function bubble(message, { isMine, author, byName }) {
    const at = new Date(message.createdAt);
    const says = t(isMine ? 'log.you-said' : 'log.they-said', { name: author, time: format.time(at) });
    return h(
        'div',
        { role: 'article', tabindex: -1 },
        byName && nameLine(author),
        vh(says),
        message.text !== '' && text(message.text),
        message.attachments.map(attachment),
    );
}

/** @param {string} words */
function text(words) {
    const parts = pieces(words).map((piece) =>
        piece.href
            ? h('a', { href: piece.href, target: '_blank', rel: 'noopener nofollow noreferrer' }, piece.text)
            : piece.text,
    );
    return h('div', { class: `b${isOnlyEmoji(words) ? ' big' : ''}`, dir: 'auto' }, parts);
}

/** @param {Attachment} file */
function attachment(file) {
    if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) {
        const picture = h('img', { alt: t('attachment.picture', { name: file.name }), loading: 'lazy' });
        const link = h('a', { class: 'b pic', target: '_blank', rel: 'noopener' }, picture);
        showPicture(link, picture, file.id).catch(reportError);
        return link;
    }
    const size = h('small', {}, format.size(file.size));
    const link = h('a', { class: 'b file', download: file.name }, icon('file', 20), h('span', {}, file.name, size));
    offerFile(link, file.id);
    return link;
}

/** @param {string} key @param {() => void} run */
const button = (key, run) => h('button', { type: 'button', onclick: run }, t(key));

/**
 * The line below a bubble.
 * @param {Message} message
 * @param {{isMine: boolean, isRead: boolean, via: string} & Deeds} options
 */
export function meta(message, { isMine, isRead, via, retry, remove, sendNow, cancel }) {
    if (message.state === 'failed') {
        const buttons = isMine && [button('message.try-again', retry), button('message.delete', remove)];
        const reason = message.reason && h('span', { class: 'reason' }, message.reason);
        return h('div', { class: 'meta bad', role: 'alert' }, icon('alert', 13), t('state.failed'), buttons, reason);
    }
    const { hold } = message;
    if (isMine && isHeld(hold)) {
        const buttons = [button('hold.now', sendNow), button('cancel', cancel)];
        const words = [icon('later', 13), h('span', {}, holdWords('goes', hold)), h('span', {}, buttons)];
        return h('div', { class: 'meta held' }, words);
    }
    const at = new Date(message.createdAt);
    const [glyph, words] = STATES[isRead ? 'read' : message.state] ?? [];
    return h(
        'div',
        { class: 'meta', 'aria-live': 'off' },
        h('time', { datetime: at.toISOString(), title: format.full(at) }, format.time(at)),
        isMine && words && [dot(), icon(glyph, 13), h('span', {}, t(words))],
        message.isAutomatic && [dot(), h('span', {}, t('message.automatic'))],
        via && [dot(), h('span', { class: 'via' }, t(isMine ? 'message.from' : 'message.to', { number: via }))],
    );
}

const dot = () => h('span', { 'aria-hidden': 'true' }, '·');

/**
 * Whose bubble it is, for the eye: the bubble itself says it to assistive technology.
 * @param {string} author
 */
export const nameLine = (author) => h('div', { class: 'by', 'aria-hidden': 'true' }, author);
