/** Which conversations the list of messages shows, and in which order. No DOM. */
import { newestFirst } from './state.js';

/**
 * @param {Conversation} conversation
 * @param {string} filter all, unread, sms or chat
 */
export const passes = ({ kind, unread }, filter) =>
    filter === 'all' || (filter === 'unread' ? unread > 0 : kind === filter);

/**
 * Newest first. Of what lies beyond the last loaded page nothing is shown, for there would be gaps.
 * @param {State} state
 * @param {string} filter
 * @param {string | null} end the time of the last conversation of the pages that are loaded; null when all are
 */
export const listed = (state, filter, end) =>
    newestFirst(state).filter((c) => passes(c, filter) && (end === null || (c.lastAt ?? '') >= end));

/**
 * The part of a long list that is in view, with a few rows more on both sides.
 * @param {{top: number, height: number, row: number, count: number}} view in pixels: where the list begins against the
 * window, the window's height, the height of a row
 * @param {number} [more]
 * @returns {[number, number]} the first row and the one after the last
 */
export function inView({ top, height, row, count }, more = 8) {
    const first = Math.floor(-top / row) - more;
    const last = Math.ceil((height - top) / row) + more;
    const within = (/** @type {number} */ n) => Math.min(Math.max(n, 0), count);
    return [within(first), within(last)];
}
