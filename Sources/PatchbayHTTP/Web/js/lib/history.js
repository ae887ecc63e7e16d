/** What the pages of Messages ask the server: pages of the list, searches, a stretch of a conversation, undo. */
import { messageArrived } from './messages.js';
import * as s from './state.js';

/** Rows of one page of the list. */
const PAGE = 100;
/** Messages of one stretch of a conversation. */
const STRETCH = 50;
/** Hits of one page of a search. */
const HITS = 30;

/**
 * @typedef {{text: string, isMatch: boolean}[]} Snippet
 * @typedef {{message: Message, conversation: Conversation, snippet: Snippet}} Hit
 */

export class History {
    #api;
    #store;
    #actions;

    /**
     * @param {import('./api.js').Api} api
     * @param {import('./store.js').Store} store
     * @param {import('./actions.js').Actions} actions
     */
    constructor(api, store, actions) {
        this.#api = api;
        this.#store = store;
        this.#actions = actions;
    }

    /**
     * One page of the list, newest activity first; the conversations are put into the store.
     * @param {string} filter
     * @param {string | null} cursor
     * @returns {Promise<{next: string | null, end: string | null}>} `end`: the time of the last one, in ISO 8601
     */
    async page(filter, cursor) {
        const { deletions } = this.#store.state;
        const { items, next } = await this.#api.get('/conversations', { limit: PAGE, filter, cursor });
        this.#store.apply(s.conversationsLoaded, items, deletions);
        return { next, end: items.at(-1)?.lastAt ?? null };
    }

    /**
     * Conversations with whom was meant: a name, a company, a number or an extension.
     * @param {string} query
     * @param {AbortSignal} signal
     * @returns {Promise<Conversation[]>}
     */
    async find(query, signal) {
        const { deletions } = this.#store.state;
        const { items } = await this.#api.get('/search/conversations', { query, limit: 10 }, signal);
        this.#store.apply(s.conversationsLoaded, items, deletions);
        return items;
    }

    /**
     * Messages with all of the words, newest first.
     * @param {string} query
     * @param {string | null} cursor
     * @param {AbortSignal} signal
     * @returns {Promise<{items: Hit[], next: string | null}>}
     */
    search(query, cursor, signal) {
        return this.#api.get('/search', { query, cursor, limit: HITS }, signal);
    }

    /**
     * The messages around one.
     * @param {string} id conversation
     * @param {number} sequence
     * @returns {Promise<{items: Message[], hasOlder: boolean, hasNewer: boolean}>}
     */
    async around(id, sequence) {
        const half = { limit: STRETCH / 2 };
        const path = `/conversations/${id}/messages`;
        const [before, after] = await Promise.all([
            this.#api.get(path, { ...half, before: sequence + 1 }),
            this.#api.get(path, { ...half, after: sequence }),
        ]);
        const { hasOlder } = before;
        return { items: [...before.items, ...after.items], hasOlder, hasNewer: after.hasNewer };
    }

    /**
     * The messages just before or just after one.
     * @param {string} id conversation
     * @param {{before: number} | {after: number}} edge
     * @returns {Promise<{items: Message[], hasOlder: boolean, hasNewer: boolean}>}
     */
    beyond(id, edge) {
        return this.#api.get(`/conversations/${id}/messages`, { ...edge, limit: STRETCH });
    }

    /**
     * Takes back the deletion of a conversation.
     * @param {string} id
     */
    async restoreConversation(id) {
        this.#store.apply(s.conversationLoaded, await this.#api.post(`/conversations/${id}/restore`));
        // How many conversations have something new is the server's to say.
        await this.#actions.loadSession();
    }

    /**
     * Takes back the deletion of a message.
     * @param {Message} message
     */
    async restoreMessage({ conversationId, id }) {
        const { message } = await this.#api.post(`/conversations/${conversationId}/messages/${id}/restore`);
        this.#store.apply(messageArrived, message, true);
    }
}
