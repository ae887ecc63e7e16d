/** A stretch of a conversation away from its end, where a search has led. No DOM. */
import { isGone, merged } from './messages.js';

/**
 * @typedef {object} Stretch
 * @property {Message[]} items
 * @property {boolean} hasOlder
 * @property {boolean} hasNewer
 */

/**
 * @param {{items: Message[], hasOlder: boolean, hasNewer: boolean}} page
 * @returns {Stretch}
 */
export const begun = ({ items, hasOlder, hasNewer }) => ({ items: merged([], items), hasOlder, hasNewer });

/**
 * With the messages before it.
 * @param {Stretch} stretch
 * @param {{items: Message[], hasOlder: boolean}} page
 * @returns {Stretch}
 */
export const grownUp = (stretch, { items, hasOlder }) => ({
    ...stretch,
    items: merged(stretch.items, items),
    hasOlder,
});

/**
 * With the messages after it.
 * @param {Stretch} stretch
 * @param {{items: Message[], hasNewer: boolean}} page
 * @returns {Stretch}
 */
export const grownDown = (stretch, { items, hasNewer }) => ({
    ...stretch,
    items: merged(stretch.items, items),
    hasNewer,
});

/**
 * With or without a message: one was deleted, or is there again.
 * @param {Stretch} stretch
 * @param {Message} message
 * @param {boolean} isThere
 * @returns {Stretch}
 */
export const changed = (stretch, message, isThere) => ({
    ...stretch,
    items: isThere ? merged(stretch.items, [message]) : stretch.items.filter((m) => m.id !== message.id),
});

/**
 * Without messages that are gone for everybody.
 * @param {Stretch} stretch
 * @param {[number, number][]} removed
 * @returns {Stretch}
 */
export const without = (stretch, removed) => ({
    ...stretch,
    items: stretch.items.filter((message) => !isGone(message, removed)),
});

/**
 * Whether nothing is missing between the stretch and the messages that are loaded from the end.
 * @param {Stretch} stretch
 * @param {Message[]} newest
 */
export function reaches({ items, hasNewer }, newest) {
    const [last, first] = [items.at(-1)?.sequence ?? 0, newest[0]?.sequence ?? Infinity];
    return !hasNewer || last >= first;
}
