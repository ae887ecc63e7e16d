/** Which boxes are open in this tab, so that they are there again after a reload. */
import { boxOpened } from '../lib/state.js';

const narrow = matchMedia('(max-width: 80rem)');

/**
 * Whether open boxes cover where one writes: the page of a conversation, in a window that isn't wide.
 * @param {State} state
 */
export const coverComposer = ({ shown }) => shown !== null && narrow.matches;

/** @param {string} userId */
const key = (userId) => `patchbay.boxes.${userId}`;

/**
 * The boxes of last time, the oldest first: each opens beside the contacts.
 * @param {string} userId
 * @returns {Box[]}
 */
export function restoredBoxes(userId) {
    try {
        const boxes = JSON.parse(sessionStorage.getItem(key(userId)) ?? '[]');
        return Array.isArray(boxes) ? boxes.reverse() : [];
    } catch {
        return [];
    }
}

/** @param {string} userId @param {Box[]} boxes */
export function savedBoxes(userId, boxes) {
    try {
        sessionStorage.setItem(key(userId), JSON.stringify(boxes));
    } catch {
        // Without storage the boxes are closed after a reload, no more.
    }
}

/**
 * Opens them in their order; a conversation that is gone has none.
 * @param {import('./app.js').App} app
 * @param {Box[]} boxes
 */
export async function reopenBoxes({ actions, store }, boxes) {
    const load = (/** @type {Box} */ { id, isMinimised }) =>
        isMinimised ? actions.loadConversation(id) : actions.loadThread(id);
    const conversations = boxes.filter(({ id }) => id !== 'new');
    const loaded = await Promise.allSettled(conversations.map(load));
    conversations.forEach(({ id, isMinimised }, i) => {
        const isThere = store.state.boxes.some((box) => box.id === id);
        if (loaded[i].status === 'fulfilled' && !isThere) store.apply(boxOpened, id, isMinimised || coverComposer(store.state));
    });
}
