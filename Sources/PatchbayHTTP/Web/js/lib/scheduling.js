/** What is sent later: the messages with a time, and those that can still be called back. */
import { inTime } from './in-time.js';

/** @typedef {import('./api-error.js').ApiError} ApiError */

/** Whoever waits no longer than this, in milliseconds, waits only so that it can be undone. */
const UNDO_LASTS = 45_000;

/**
 * @param {State} state
 * @param {string} id conversation
 * @param {Scheduled[]} items
 * @returns {State}
 */
export const scheduledLoaded = (state, id, items) => ({ ...state, scheduled: new Map(state.scheduled).set(id, items) });

/**
 * One was written, changed, refused or has gone.
 * @param {State} state
 * @param {string} id conversation
 * @param {string} scheduledId
 * @param {Scheduled | null} now
 * @returns {State}
 */
export function scheduledChanged(state, id, scheduledId, now) {
    const others = (state.scheduled.get(id) ?? []).filter((one) => one.id !== scheduledId);
    const items = now ? [...others, now].sort((a, b) => Date.parse(a.sendAt) - Date.parse(b.sendAt)) : others;
    return scheduledLoaded(state, id, items);
}

/** @param {Scheduled} one */
export const isUndoable = ({ state, sendAt, createdAt }) =>
    state === 'waiting' && Date.parse(sendAt) - Date.parse(createdAt) <= UNDO_LASTS;

export class Scheduling {
    #api;
    #store;
    /** Before a lost request is made again, in milliseconds. */
    waits = [1000, 2000, 4000];

    /**
     * @param {import('./api.js').Api} api
     * @param {import('./store.js').Store} store
     * @param {EventTarget} news events of the server
     */
    constructor(api, store, news) {
        this.#api = api;
        this.#store = store;
        news.addEventListener('scheduled.changed', (event) => {
            const { conversationId, scheduledId, scheduled } = /** @type {CustomEvent} */ (event).detail;
            store.apply(scheduledChanged, conversationId, scheduledId, scheduled);
        });
        news.addEventListener('resync', () => {
            for (const id of store.state.scheduled.keys()) this.load(id).catch(() => {});
        });
    }

    /** @param {string} id conversation */
    async load(id) {
        const { items } = await this.#api.get('/scheduled', { conversationId: id, limit: 200 });
        this.#store.apply(scheduledLoaded, id, items);
    }

    /**
     * Gives what is scheduled now: for a client id that the server knows, what it was scheduled as.
     * @param {string} id conversation
     * @param {{text: string, attachments: Attachment[], from: string | null}} draft
     * @param {Date | number} when the time, or in how many seconds, whatever the clock of this machine says
     * @param {string} clientId
     */
    async add(id, { text, attachments, from }, when, clientId) {
        const files = attachments.length > 0 ? { attachments: attachments.map((a) => a.id) } : {};
        const time = typeof when === 'number' ? { inSeconds: when } : { sendAt: when.toISOString() };
        const body = { clientId, text, ...(from && { from }), ...files, ...time };
        const { scheduled } = await inTime(this.#api.post(`/conversations/${id}/scheduled`, body));
        this.#changed(scheduled, scheduled);
        return scheduled;
    }

    /** @param {Scheduled} one @param {{text?: string, sendAt?: string}} fields */
    async change(one, fields) {
        const { scheduled } = await this.#api.patch(`/scheduled/${one.id}`, fields);
        this.#changed(one, scheduled);
    }

    /**
     * Asks again while the answer is lost: who calls it back needs to know whether it is gone.
     * @param {Scheduled} one
     */
    async remove(one) {
        await this.#api.delete(`/scheduled/${one.id}`).catch((/** @type {ApiError} */ error) => this.#removeAgain(one, error));
        this.#changed(one, null);
    }

    /** @param {Scheduled} one @param {ApiError} lost */
    async #removeAgain(one, lost) {
        let last = lost;
        for (const wait of this.waits) {
            if (!last.isPassing) break;
            await new Promise((resolve) => setTimeout(resolve, wait));
            try {
                return await this.#api.delete(`/scheduled/${one.id}`);
            } catch (error) {
                last = /** @type {ApiError} */ (error);
            }
            // An earlier request has done it.
            if (last.status === 404) return;
        }
        throw last;
    }

    /** @param {Scheduled} one */
    async sendNow(one) {
        await this.#api.post(`/scheduled/${one.id}/send`);
        this.#changed(one, null);
    }

    /** @param {Scheduled} one @param {Scheduled | null} now */
    #changed(one, now) {
        this.#store.apply(scheduledChanged, one.conversationId, one.id, now);
    }
}
