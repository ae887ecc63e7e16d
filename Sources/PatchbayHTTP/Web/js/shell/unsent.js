/** Takes up what could not be sent before the page was left: by this tab, or by one that is gone. */
import { ApiError } from '../lib/api.js';
import { tabId, whenGone } from '../live/tab.js';

const AGAIN = 2000;

/**
 * @param {import('./app.js').App} app
 * @param {import('../lib/kept-messages.js').KeptMessages} kept
 * @param {AbortSignal} signal
 */
export function takeUpUnsent(app, kept, signal) {
    const known = new Set();
    const take = (/** @type {string} */ owner) => {
        known.delete(owner);
        if (!signal.aborted) resume(app, kept.adopt(owner), signal);
    };
    const look = () => {
        for (const owner of kept.owners()) {
            if (owner === tabId || known.has(owner)) continue;
            known.add(owner);
            if (navigator.locks) whenGone(owner, () => take(owner));
            else take(owner);
        }
    };
    take(tabId);
    look();
    addEventListener('storage', look, { signal });
}

/** @param {import('./app.js').App} app @param {Message[]} messages @param {AbortSignal} signal */
function resume(app, messages, signal) {
    for (const id of new Set(messages.map((message) => message.conversationId))) {
        const mine = messages.filter((message) => message.conversationId === id);
        app.outbox.resume(id, mine, loaded(app, id, signal));
    }
}

/**
 * The thread must be there before what waits is put at its end; without a connection that takes a while.
 * @param {import('./app.js').App} app
 * @param {string} id
 * @param {AbortSignal} signal
 */
async function loaded(app, id, signal) {
    while (!signal.aborted) {
        try {
            return await app.actions.loadThread(id);
        } catch (error) {
            if (!(error instanceof ApiError && error.isPassing)) return;
            await new Promise((resolve) => setTimeout(resolve, AGAIN));
        }
    }
}
