/** What a user can do, as requests to the server and changes of the store. Elements call these and never fetch. */
import { Cursor } from '../live/cursor.js';
import { messageArrived, messageRemoved, newestLoaded, olderLoaded, boxLookedAt } from './messages.js';
import * as s from './state.js';
import { wholeList } from './whole-list.js';

const PAGE = 50;
/** How often an answer that events have overtaken is asked for again. */
const TRIES = 3;

export class Actions {
    #api;
    #store;
    /** @type {Map<string, Promise<void>>} conversations whose messages are on their way */
    #loading = new Map();
    /** The newest event that this tab has heard. */
    heard = new Cursor();
    /** @type {Map<string, number>} conversations of which the server has not heard how far they were read */
    #unheard = new Map();
    /** @type {Map<string, Message[]>} messages that came while their conversation was being loaded */
    #early = new Map();
    /**
     * Called with a message that is taken back before it has left this browser.
     * @type {(message: Message) => void}
     */
    onDropped = () => {};

    /** @param {import('./api.js').Api} api @param {import('./store.js').Store} store */
    constructor(api, store) {
        this.#api = api;
        this.#store = store;
    }

    /** Who is signed in; throws ApiError 401 when nobody is. */
    async loadSession() {
        let session = await this.#api.get('/session');
        // It says how many conversations have something new: an event that came meanwhile may have changed that.
        for (let i = 1; i < TRIES && this.heard.isPast(session.eventsUpTo); i += 1) {
            session = await this.#api.get('/session');
        }
        this.#store.apply(s.signedIn, session);
    }

    /** @param {string} login @param {string} password */
    async signIn(login, password) {
        this.#store.apply(s.signedIn, await this.#api.post('/session', { login, password }));
    }

    /** Throws ApiError when the session goes on. */
    async signOut() {
        await this.#api.delete('/session');
        this.#store.apply(s.signedOut);
    }

    /** All that the dock and the home page show; called at the start and when events were missed. */
    async loadLists() {
        await Promise.all([this.loadPeople(), this.loadContacts(), this.loadConversations()]);
    }

    async loadPeople() {
        this.#store.apply(s.peopleLoaded, await wholeList(this.#api, '/people'));
    }

    async loadContacts() {
        this.#store.apply(s.contactsLoaded, await wholeList(this.#api, '/contacts'));
    }

    /**
     * One page of conversations; returns the cursor of the next.
     * @param {{filter?: string, cursor?: string | null}} [query]
     * @returns {Promise<string | null>}
     */
    async loadConversations(query = {}) {
        const { deletions } = this.#store.state;
        const page = await this.#api.get('/conversations', { limit: PAGE, ...query });
        this.#store.apply(s.conversationsLoaded, page.items, deletions);
        return page.next;
    }

    /** @param {string} id */
    async loadConversation(id) {
        const { deletions } = this.#store.state;
        this.#store.apply(s.conversationLoaded, await this.#api.get(`/conversations/${id}`), deletions);
    }

    /**
     * The conversation and its newest messages.
     * @param {string} id
     */
    loadThread(id) {
        const end = () => {
            this.#loading.delete(id);
            this.#early.delete(id);
        };
        const running = this.#loading.get(id) ?? this.#loadThread(id).finally(end);
        this.#loading.set(id, running);
        return running;
    }

    /**
     * An event brought a message. Of a conversation that is just being loaded it is kept: the page may lack it.
     * @param {Message} message
     */
    arrived(message) {
        this.#early.get(message.conversationId)?.push(message);
        this.#store.apply(messageArrived, message, true);
    }

    /** @param {string} id */
    async #loadThread(id) {
        /** @type {Message[]} */
        const early = [];
        this.#early.set(id, early);
        const { deletions } = this.#store.state;
        const [conversation, page] = await Promise.all([
            this.#api.get(`/conversations/${id}`),
            this.#api.get(`/conversations/${id}/messages`, { limit: PAGE }),
        ]);
        this.#store.apply(s.conversationLoaded, conversation, deletions);
        this.#store.apply(newestLoaded, id, page);
        for (const message of early) this.#store.apply(messageArrived, message, true);
        // Nice to have: without it a message says "Sent" where it could say "Read".
        if (conversation.kind === 'chat') this.loadReads(id).catch(() => {});
    }

    /**
     * Messages before those that are there.
     * @param {string} id
     */
    async loadOlder(id) {
        const first = this.#store.state.threads.get(id)?.items.find((m) => m.sequence !== undefined);
        const page = await this.#api.get(`/conversations/${id}/messages`, { before: first?.sequence, limit: PAGE });
        this.#store.apply(olderLoaded, id, page);
    }

    /**
     * Opens the conversation with somebody, old or new, and its box.
     * @param {{kind: 'chat', users: string[], title?: string} | {kind: 'sms', to: string, from?: string}} whom
     */
    async start(whom) {
        const conversation = await this.#api.post('/conversations', whom);
        this.#store.apply(s.conversationLoaded, conversation);
        this.#store.apply(s.newBoxBecame, conversation.id);
        this.#store.apply(s.boxOpened, conversation.id);
        return conversation.id;
    }

    /**
     * The reader has seen everything up to the newest message.
     * @param {string} id
     */
    async markRead(id) {
        const conversation = this.#store.state.conversations.get(id);
        if (!conversation || conversation.unread === 0) return;
        const upTo = conversation.lastSequence;
        this.#store.apply(s.conversationChanged, id, { unread: 0, readUpTo: upTo });
        this.#unheard.set(id, upTo);
        await this.#tellRead(id, upTo);
    }

    /** Says once more what was read while the server could not be reached. */
    async tellUnheard() {
        await Promise.all([...this.#unheard].map(([id, upTo]) => this.#tellRead(id, upTo).catch(() => {})));
    }

    /** @param {string} id @param {number} upTo */
    async #tellRead(id, upTo) {
        const heard = () => this.#unheard.get(id) === upTo && this.#unheard.delete(id);
        try {
            await this.#api.post(`/conversations/${id}/read`, { upTo });
            heard();
        } catch (error) {
            if (!(/** @type {import('./api.js').ApiError} */ (error).isPassing)) heard();
            throw error;
        }
    }

    /** Loads what is looked at and could not be loaded when it was opened. */
    async loadMissing() {
        const { state } = this.#store;
        const missing = [...s.inUse(state)].filter((id) => !state.threads.get(id)?.isLoaded);
        await Promise.all(missing.map((id) => this.loadThread(id).catch(() => {})));
    }

    /** @param {string} id */
    lookAt(id) {
        this.#store.apply(boxLookedAt, id);
    }

    /** @param {string} id @param {{isMuted?: boolean, from?: string, title?: string}} fields */
    async change(id, fields) {
        this.#store.apply(s.conversationChanged, id, await this.#api.patch(`/conversations/${id}`, fields));
    }

    /**
     * For the reader only; the others keep their copy.
     * @param {string} id
     */
    async deleteConversation(id) {
        await this.#api.delete(`/conversations/${id}`);
        this.#store.apply(s.conversationDeleted, id);
    }

    /** @param {Message} message */
    async deleteMessage(message) {
        if (message.sequence === undefined) this.onDropped(message);
        else {
            await this.#api.delete(`/conversations/${message.conversationId}/messages/${message.id}`);
        }
        this.#store.apply(messageRemoved, message.conversationId, message.key);
    }

    /** @param {File} file @param {{onProgress?: (part: number) => void, signal?: AbortSignal}} [more] */
    upload(file, more) {
        return this.#api.upload(file, more);
    }

    /**
     * Tells the others that the reader is writing; nobody waits for it.
     * @param {string} id
     */
    async typing(id) {
        await this.#api.post(`/conversations/${id}/typing`).catch(() => {});
    }

    /**
     * How far the others have read.
     * @param {string} id
     */
    async loadReads(id) {
        const { items } = await this.#api.get(`/chat/conversations/${id}/reads`);
        for (const { userId, upTo } of items) this.#store.apply(s.readByOther, id, userId, upTo);
    }
}
