/** Sends what was written: one message after the other per conversation, the same client id until it has arrived. */
import { inTime } from './in-time.js';
import { messageArrived, messageMarked, messageWritten } from './messages.js';

const WAITS = [1000, 2000, 4000, 8000, 15_000];

export class Outbox {
    #api;
    #store;
    /** @type {Map<string, Promise<void>>} the last message of each conversation */
    #tails = new Map();
    /** @type {Set<() => void>} those that wait for the connection */
    #waiting = new Set();
    /** Grows when somebody signs out: what was theirs must not go out as somebody else's. */
    #era = 0;
    /** @type {Set<string>} what was taken back before it was sent */
    #dropped = new Set();
    /** @type {import('./kept-messages.js').KeptMessages | null} set while somebody is signed in */
    kept = null;

    /** @param {import('./api.js').Api} api @param {import('./store.js').Store} store */
    constructor(api, store) {
        this.#api = api;
        this.#store = store;
    }

    /**
     * Shows the message at once and sends it when those before it are through.
     * @param {string} conversationId
     * @param {{text: string, from?: string | null, attachments?: Attachment[], clientId?: string,
     *   quietHours?: 'hold' | 'send'}} draft
     */
    write(conversationId, { text, from, attachments = [], clientId = crypto.randomUUID(), quietHours }) {
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
            ...(quietHours && { quietHours }),
        });
        this.kept?.keep(written);
        this.#store.apply(messageWritten, written);
        return this.#queue(written);
    }

    /**
     * What an earlier page could not send; what is written meanwhile waits behind it.
     * @param {string} conversationId
     * @param {Message[]} messages in their order
     * @param {Promise<void>} ready when the conversation's messages are there
     */
    resume(conversationId, messages, ready) {
        const era = this.#era;
        const show = () => era === this.#era && messages.forEach((m) => this.#store.apply(messageWritten, m));
        const before = this.#tails.get(conversationId) ?? Promise.resolve();
        this.#tails.set(conversationId, Promise.all([before, ready.then(show)]).then(() => {}));
        for (const message of messages) if (message.state !== 'failed') this.#queue(message);
    }

    /**
     * It is not to be sent any more.
     * @param {Message} message
     */
    drop(message) {
        this.#dropped.add(message.key);
        this.kept?.forget(message.clientId);
    }

    /** Somebody signs out: what still waits is theirs and waits until they are back. */
    end() {
        this.#era += 1;
        this.#tails.clear();
        this.kept = null;
        this.hurry();
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
        const [id, era] = [message.conversationId, this.#era];
        const mine = (this.#tails.get(id) ?? Promise.resolve()).then(() => this.#send(message, era));
        this.#tails.set(id, mine);
        return mine;
    }

    /** @param {Message} message @param {number} era when it was written */
    async #send(message, era) {
        for (let tries = 0; era === this.#era && !this.#dropped.has(message.key); tries += 1) {
            const wait = await this.#try(message, era, tries);
            if (wait === null) return;
            await this.#pause(wait);
        }
    }

    /**
     * Once; says how long to wait until the next time, in milliseconds, or null when there is none.
     * @param {Message} message
     * @param {number} era
     * @param {number} tries
     */
    async #try(message, era, tries) {
        const { conversationId: id, clientId, key, text, via, attachments, quietHours } = message;
        const files = attachments.length > 0 && { attachments: attachments.map((a) => a.id) };
        const body = { clientId, text, ...(via && { from: via }), ...files, ...(quietHours && { quietHours }) };
        try {
            const answer = await inTime(this.#api.post(`/conversations/${id}/messages`, body));
            if (era !== this.#era) return null;
            this.kept?.forget(clientId);
            this.#store.apply(messageArrived, answer.message, false);
            return null;
        } catch (failure) {
            const { isPassing, status, message: reason, more } = /** @type {import('./api.js').ApiError} */ (failure);
            // Signed out: it goes when its author is back.
            if (era !== this.#era || status === 401) return null;
            const state = isPassing ? 'waiting' : 'failed';
            if (!isPassing) this.kept?.keep({ ...message, state, reason });
            this.#store.apply(messageMarked, id, key, { state, reason });
            if (!isPassing) return null;
            return more?.retryAfter ? more.retryAfter * 1000 : WAITS[Math.min(tries, WAITS.length - 1)];
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
