/** What the server tells, put into the store; what it only hints at is fetched. */
import { isGone, isOurs, messagesGone } from './messages.js';
import * as s from './state.js';

/** How long a typing signal is good for, in milliseconds. */
const TYPING_LASTS = 6000;

/** @typedef {import('../live/crew.js').Facts} Facts */

export class Updates {
    #store;
    #actions;
    /** @type {Map<string, ReturnType<typeof setTimeout>>} */
    #timers = new Map();
    /**
     * Called with every message of somebody else's that is new.
     * @type {(message: Message, crew?: Facts) => void}
     */
    onMessage = () => {};
    /**
     * Called with a conversation that is gone for everybody, once nothing shows it any more.
     * @type {(id: string) => void}
     */
    onErased = () => {};
    /** Where events that only plugins understand go, by their names; "resync"; and "messages.gone" from here. */
    news = new EventTarget();

    /** @param {import('./store.js').Store} store @param {import('./actions.js').Actions} actions */
    constructor(store, actions) {
        this.#store = store;
        this.#actions = actions;
    }

    /** @param {string} name @param {any} data @param {Facts} [crew] the tabs at that moment */
    take(name, data, crew) {
        const store = this.#store;
        if (name === 'message.created') return this.#created(data.message, crew);
        if (name === 'message.changed') return this.#actions.arrived(data.message);
        if (name === 'conversation.changed') return this.#changed(data);
        if (name === 'contact.changed') return this.#soon('contacts', () => this.#contacts());
        if (name === 'presence.changed') return this.#presence(data);
        if (name === 'conversation.typing') return this.#typing(data);
        if (name === 'chat.read') return store.apply(s.readByOther, data.conversationId, data.userId, data.upTo);
        if (name === 'feature.changed') return this.#soon('features', () => this.#features());
        if (name === 'preferences.changed') return this.#soon('session', () => this.#actions.loadSession());
        this.news.dispatchEvent(new CustomEvent(name, { detail: data }));
        if (name === 'resync') return this.#soon('resync', () => this.#everything());
    }

    /** @param {Message} message @param {Facts} [crew] */
    async #created(message, crew) {
        const id = message.conversationId;
        const isKnown = this.#store.state.conversations.has(id);
        const unread = this.#store.state.conversations.get(id)?.unread;
        this.#actions.arrived(message);
        if (!isKnown) await this.#unknown(id);
        const { session, conversations } = this.#store.state;
        const conversation = conversations.get(id);
        if (!conversation || !session || isOurs(conversation, message, session.user.id)) return;
        if ((message.sequence ?? 0) <= conversation.readUpTo) return;
        this.onMessage(message, crew);
        // The list was loaded with it, the session perhaps before it: then nobody has counted it.
        if (isKnown && unread === conversation.unread) this.#soon('session', () => this.#actions.loadSession());
    }

    /**
     * A conversation that this tab has not loaded: the server also knows how many are unread now.
     * @param {string} id
     */
    async #unknown(id) {
        await Promise.all([this.#actions.loadConversation(id), this.#actions.loadSession()]).catch(quiet);
    }

    /**
     * @param {{conversationId: string, unread: number, readUpTo: number, isMuted: boolean, isDeleted: boolean,
     *     claim?: Claim | null, removed?: [number, number][], isErased?: boolean}} data
     */
    #changed({ conversationId: id, isDeleted, unread, readUpTo, isMuted, claim, removed, isErased }) {
        if (isDeleted) this.#store.apply(s.conversationDeleted, id);
        // Its box keeps what was typed when it closes, which is before the next turn.
        if (isErased) setTimeout(() => this.onErased(id));
        if (isDeleted) return;
        const old = this.#store.state.conversations.get(id);
        if (removed) this.#gone(id, removed);
        // Of one that this tab has not loaded it has nothing to take away.
        if (!old) return void (removed || this.#unknown(id));
        const isStanding = old.unread !== unread || old.readUpTo !== readUpTo || old.isMuted !== isMuted;
        this.#store.apply(s.conversationChanged, id, { unread, readUpTo, isMuted });
        // Something else has changed: who answers, and with it whether the reader may; the name of a group; or what was
        // said last.
        const isAll = removed ? !isGone(old.lastMessage, removed) : claim === undefined && isStanding;
        if (isAll) return;
        this.#soon(`conversation:${id}`, () => this.#actions.loadConversation(id));
    }

    /** @param {string} id conversation @param {[number, number][]} removed */
    #gone(id, removed) {
        this.#store.apply(messagesGone, id, removed);
        this.news.dispatchEvent(new CustomEvent('messages.gone', { detail: { conversationId: id, removed } }));
    }

    /** @param {{userId: string, presence: Person['presence']}} data */
    #presence({ userId, presence }) {
        const isKnown = this.#store.state.people.some((person) => person.id === userId);
        if (isKnown) this.#store.apply(s.presenceChanged, userId, presence);
        else this.#soon('people', () => this.#actions.loadPeople());
    }

    /** @param {{conversationId: string, userId: string}} data */
    #typing({ conversationId, userId }) {
        if (userId === this.#store.state.session?.user.id) return;
        this.#store.apply(s.typingChanged, conversationId, userId, true);
        const end = () => this.#store.apply(s.typingChanged, conversationId, userId, false);
        const key = `typing:${conversationId}:${userId}`;
        clearTimeout(this.#timers.get(key));
        this.#timers.set(key, setTimeout(end, TYPING_LASTS));
    }

    async #contacts() {
        await Promise.all([this.#actions.loadContacts(), this.#actions.loadConversations()]);
        await this.#openOnes((id) => this.#actions.loadConversation(id));
    }

    async #features() {
        await this.#actions.loadSession();
        await Promise.all([this.#openOnes((id) => this.#actions.loadConversation(id)), this.#actions.loadPeople()]);
    }

    async #everything() {
        this.#store.apply(s.hiddenThreadsForgotten);
        await this.#actions.loadSession();
        await Promise.all([this.#actions.loadLists(), this.#openOnes((id) => this.#actions.loadThread(id))]);
    }

    /** @param {(id: string) => Promise<void>} deed */
    async #openOnes(deed) {
        const ids = s.inUse(this.#store.state);
        await Promise.all([...ids].map((id) => deed(id).catch(quiet)));
    }

    /**
     * Ten events of one kind in a burst cost one fetch.
     * @param {string} key
     * @param {() => Promise<any>} deed
     */
    #soon(key, deed) {
        if (this.#timers.has(key)) return;
        const run = () => {
            this.#timers.delete(key);
            deed().catch(quiet);
        };
        this.#timers.set(key, setTimeout(run, 50));
    }
}

/** A fetch that fails here is made again with the next event; a lost session is told elsewhere. */
const quiet = () => {};
