/** Sends what was written: one message after the other per conversation, the same client id until it has arrived. */
import { messageArrived, messageMarked, messageWritten } from './messages.js';

const WAITS = [1000, 2000, 4000, 8000, 15_000];

export class Outbox {
    #api;
    #store;
    /** @type {Map<string, Promise<void>>} the last message of each conversation */
    #tails = new Map();
    /** @type {Set<() => void>} those that wait for the connection */
    #waiting = new Set();

    /** @param {import('./api.js').Api} api @param {import('./store.js').Store} store */
    constructor(api, store) {
        this.#api = api;
        this.#store = store;
    }

    /**
     * Shows the message at once and sends it when those before it are through.
     * @param {string} conversationId
     * @param {{text: string, from?: string | null, attachments?: Attachment[]}} draft
     */
    write(conversationId, { text, from, attachments = [] }) {
        const clientId = crypto.randomUUID();
        const written = /** @type {Message} */ ({
            id: `local:${clientId}`,
            key: clientId,
            conversationId,
            clientId,
            authorId: this.#store.state.session?.user.id ?? null,
            direction: 'out',
            via: from ?? null,
            text,
            attachments,
            state: 'sending',
            reason: null,
            segments: 0,
            createdAt: new Date().toISOString(),
        });
        this.#store.apply(messageWritten, written);
        return this.#queue(written);
    }

    /**
     * Once more, by hand. What the server has taken is sent again by its retry; the rest goes with the same client id.
     * @param {Message} message
     */
    async again(message) {
        const { conversationId: id, key } = message;
        this.#store.apply(messageMarked, id, key, { state: 'sending', reason: null });
        if (message.sequence === undefined) return this.#queue(message);
        try {
            const { message: sent } = await this.#api.post(`/sms/messages/${message.id}/retry`);
            // Not as news: the event that it failed again may have come before this answer.
            this.#store.apply(messageArrived, sent, false);
        } catch (error) {
            const reason = /** @type {Error} */ (error).message;
            this.#store.apply(messageMarked, id, key, { state: 'failed', reason });
        }
    }

    /** The connection is back: what waits goes now. */
    hurry() {
        for (const go of this.#waiting) go();
    }

    /** @param {Message} message */
    #queue(message) {
        const id = message.conversationId;
        const mine = (this.#tails.get(id) ?? Promise.resolve()).then(() => this.#send(message));
        this.#tails.set(id, mine);
        return mine;
    }

    /** @param {Message} message */
    async #send({ conversationId: id, clientId, key, text, via, attachments }) {
        const body = { clientId, text, ...(via && { from: via }) };
        const files = attachments.length > 0 ? { attachments: attachments.map((a) => a.id) } : {};
        for (let tries = 0; ; tries += 1) {
            try {
                const answer = await this.#api.post(`/conversations/${id}/messages`, { ...body, ...files });
                this.#store.apply(messageArrived, answer.message, false);
                return;
            } catch (failure) {
                const error = /** @type {import('./api.js').ApiError} */ (failure);
                if (!error.isPassing) {
                    this.#store.apply(messageMarked, id, key, { state: 'failed', reason: error.message });
                    return;
                }
                this.#store.apply(messageMarked, id, key, { state: 'waiting', reason: error.message });
                const seconds = error.more?.retryAfter;
                await this.#pause(seconds ? seconds * 1000 : WAITS[Math.min(tries, WAITS.length - 1)]);
            }
        }
    }

    /** @param {number} ms */
    #pause(ms) {
        return new Promise((resolve) => {
            const go = () => {
                clearTimeout(timer);
                this.#waiting.delete(go);
                resolve(undefined);
            };
            const timer = setTimeout(go, ms);
            this.#waiting.add(go);
        });
    }
}
