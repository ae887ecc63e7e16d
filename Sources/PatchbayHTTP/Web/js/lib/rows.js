/** How a conversation is laid out: day lines, the line "New", and which bubbles belong together. No DOM. */
import { dayNumber } from './format.js';
import { isOurs } from './messages.js';

const TOGETHER = 4 * 60_000;

/**
 * @param {Conversation} conversation
 * @param {MessageThread} thread
 * @param {string} userId the reader
 * @returns {Row[]}
 */
export function rows(conversation, thread, userId) {
    const { items, newFrom } = thread;
    const dates = items.map((m) => new Date(m.createdAt));
    const mine = items.map((m) => isOurs(conversation, m, userId));
    const belong = (/** @type {number} */ i) => {
        const [a, b] = [items[i], items[i + 1]];
        if (!a || !b || mine[i] !== mine[i + 1] || a.authorId !== b.authorId) return false;
        if ((a.state === 'failed') !== (b.state === 'failed')) return false;
        if (b.sequence === newFrom && newFrom !== null) return false;
        if (dayNumber(dates[i]) !== dayNumber(dates[i + 1])) return false;
        return dates[i + 1].getTime() - dates[i].getTime() < TOGETHER;
    };
    const days = new Set();
    return items.flatMap((message, i) => {
        /** @type {Row[]} */
        const out = [];
        const dayOf = dayNumber(dates[i]);
        // A clock that is off may turn back to a day that has its line already.
        if (!days.has(dayOf)) out.push({ key: `day:${dayOf}`, type: 'day', date: dates[i] });
        days.add(dayOf);
        if (newFrom !== null && message.sequence === newFrom) out.push({ key: 'new', type: 'new' });
        const [isFirst, isLast] = [!belong(i - 1), !belong(i)];
        out.push({ key: message.key, type: 'message', message, isMine: mine[i], isFirst, isLast });
        return out;
    });
}

/**
 * Text cut into plain pieces and links; only http and https become links.
 * @param {string} text
 * @returns {{text: string, href?: string}[]}
 */
export function pieces(text) {
    const out = [];
    let from = 0;
    for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]/gi)) {
        const at = match.index ?? 0;
        if (at > from) out.push({ text: text.slice(from, at) });
        out.push({ text: match[0], href: match[0] });
        from = at + match[0].length;
    }
    if (from < text.length) out.push({ text: text.slice(from) });
    return out;
}

/**
 * Whether a text is one to three emoji and nothing else: those are shown big.
 * @param {string} text
 */
export const isOnlyEmoji = (text) => /^\p{RGI_Emoji}{1,3}$/v.test(text.replaceAll(' ', ''));
