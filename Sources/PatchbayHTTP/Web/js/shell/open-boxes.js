/** Which boxes are open in this tab, so that they are there again after a reload. */

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
