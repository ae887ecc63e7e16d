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
    // One thread per person, whichever of our numbers was used; who used several is told which (U5).
    const usesSeveral = new Set(items.map((m) => m.via).filter(Boolean)).size > 1;
    const dates = items.map((m) => new Date(m.createdAt));
    const days = dates.map(dayNumber);
    const mine = items.map((m) => isOurs(conversation, m, userId));
    const belong = (/** @type {number} */ i) => {
        const [a, b] = [items[i], items[i + 1]];
        if (!a || !b || mine[i] !== mine[i + 1] || a.authorId !== b.authorId) return false;
        if (usesSeveral && a.via !== b.via) return false;
        if ((a.state === 'failed') !== (b.state === 'failed')) return false;
        if (b.sequence === newFrom && newFrom !== null) return false;
        return days[i] === days[i + 1] && dates[i + 1].getTime() - dates[i].getTime() < TOGETHER;
    };
    const seen = new Set();
    return items.flatMap((message, i) => {
        /** @type {Row[]} */
        const out = [];
        // A clock that is off may turn back to a day that has its line already.
        if (!seen.has(days[i])) out.push({ key: `day:${days[i]}`, type: 'day', date: dates[i] });
        seen.add(days[i]);
        if (newFrom !== null && message.sequence === newFrom) out.push({ key: 'new', type: 'new' });
        const [isFirst, isLast] = [!belong(i - 1), !belong(i)];
        const via = usesSeveral ? message.via : null;
        out.push({ key: message.key, type: 'message', message, isMine: mine[i], isFirst, isLast, via });
        return out;
    });
}

/**
 * Whether a text is one to three emoji and nothing else: those are shown big.
 * @param {string} text
 */
export const isOnlyEmoji = (text) => /^\p{RGI_Emoji}{1,3}$/v.test(text.replaceAll(' ', ''));
