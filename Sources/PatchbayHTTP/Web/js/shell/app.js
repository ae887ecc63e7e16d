/** What all parts of the portal share: store, actions, outbox, live updates, the boxes. Made once per page. */
import { t } from '../i18n/index.js';
import { Actions } from '../lib/actions.js';
import { Api, ApiError } from '../lib/api.js';
import { Contacts } from '../lib/contacts.js';
import { Drafts } from '../lib/drafts.js';
import { Outbox } from '../lib/outbox.js';
import * as s from '../lib/state.js';
import { Store } from '../lib/store.js';
import { Updates } from '../lib/updates.js';
import { openLive } from '../live/live.js';
import { restoredBoxes, savedBoxes } from './open-boxes.js';
import { toast } from './toast.js';

export class App {
    /** @type {import('../live/live.js').Live | null} */
    #live = null;
    #userId = '';
    /** @type {import('../components/dock.js').Dock | null} set while somebody is signed in */
    dock = null;

    constructor() {
        this.api = new Api();
        this.store = new Store(s.initialState());
        this.actions = new Actions(this.api, this.store);
        this.contacts = new Contacts(this.api);
        this.outbox = new Outbox(this.api, this.store);
        this.updates = new Updates(this.store, this.actions);
        this.drafts = new Drafts('');
        this.api.onSignedOut = () => this.#ended();
        this.updates.onMessage = (message) => this.#came(message);
        this.store.watch((state, before) => {
            if (state.phase === 'in' && before.phase !== 'in') this.#began(/** @type {Session} */ (state.session));
            if (state.phase === 'out' && before.phase !== 'out') this.#end();
            if (state.phase === 'in' && state.boxes !== before.boxes) savedBoxes(this.#userId, state.boxes);
        });
    }

    /** Finds out who is here. */
    async begin() {
        try {
            await this.actions.loadSession();
        } catch (error) {
            if (error instanceof ApiError && error.status === 401) return this.store.apply(s.signedOut);
            throw error;
        }
    }

    /** @param {Session} session */
    #began(session) {
        this.#userId = session.user.id;
        this.drafts = new Drafts(session.user.id);
        this.#live = openLive(session.user.id, (told) => this.#told(told));
        this.try(() => this.actions.loadLists());
        this.#restore(restoredBoxes(session.user.id));
    }

    #end() {
        this.#live?.close();
        this.#live = null;
    }

    /** @param {import('../live/stream.js').Told} told */
    #told(told) {
        if (this.store.state.phase !== 'in') return;
        if (told.type === 'event') return this.updates.take(told.name, told.data);
        if (told.state === 'out') return this.#ended();
        const wasLost = this.store.state.link === 'reconnecting';
        this.store.apply(s.linkChanged, /** @type {State['link']} */ (told.state));
        if (told.state !== 'live') return;
        this.outbox.hurry();
        if (wasLost) this.#checkWho();
    }

    /** While the connection was away somebody else may have signed in with this browser. */
    async #checkWho() {
        await this.actions.loadSession().catch(() => {});
        if (this.store.state.session?.user.id !== this.#userId) location.reload();
    }

    #ended() {
        if (this.store.state.phase !== 'in') return;
        this.store.apply(s.signedOut);
        toast(t('sign-in.ended'));
    }

    /**
     * A message that nobody looks at gets a minimised box, which is green.
     * @param {Message} message
     */
    #came(message) {
        const { state } = this.store;
        const conversation = state.conversations.get(message.conversationId);
        if (!conversation || conversation.isMuted) return;
        const box = state.boxes.find((b) => b.id === conversation.id);
        if (!box) this.store.apply(s.boxOpened, conversation.id, true);
        if (!box || box.isMinimised) this.dock?.announce(t('dock.came', { name: conversation.title }));
    }

    /**
     * Opens the boxes of last time, in their order; a conversation that is gone has none.
     * @param {Box[]} boxes
     */
    async #restore(boxes) {
        const load = (/** @type {Box} */ { id, isMinimised }) =>
            isMinimised ? this.actions.loadConversation(id) : this.actions.loadThread(id);
        const conversations = boxes.filter(({ id }) => id !== 'new');
        const loaded = await Promise.allSettled(conversations.map(load));
        conversations.forEach(({ id, isMinimised }, i) => {
            const isThere = this.store.state.boxes.some((box) => box.id === id);
            if (loaded[i].status === 'fulfilled' && !isThere) this.store.apply(s.boxOpened, id, isMinimised);
        });
    }

    /**
     * Opens a conversation's box and puts the caret into it.
     * @param {string} id
     */
    async openBox(id) {
        this.store.apply(s.boxOpened, id, false);
        this.actions.lookAt(id);
        this.dock?.focusBox(id);
        if (!this.store.state.threads.has(id)) await this.try(() => this.actions.loadThread(id));
        this.dock?.focusBox(id);
    }

    /**
     * A box that had no room comes to the front.
     * @param {string} id
     */
    raiseBox(id) {
        this.closeBox(id);
        if (id === 'new') this.newBox();
        else this.openBox(id);
    }

    /** @param {string} id */
    closeBox(id) {
        this.store.apply(s.boxClosed, id);
    }

    /** @param {string} id */
    minimiseBox(id) {
        this.store.apply(s.boxOpened, id, true);
    }

    /** The box that asks whom to write to. */
    newBox() {
        this.store.apply(s.boxOpened, 'new');
        this.dock?.focusBox('new');
    }

    /** @param {Parameters<Actions['start']>[0]} whom */
    async start(whom) {
        await this.openBox(await this.actions.start(whom));
    }

    /**
     * The same, with what goes wrong in a toast.
     * @param {Parameters<Actions['start']>[0]} whom
     */
    startWith(whom) {
        return this.try(() => this.start(whom));
    }

    /**
     * Does it and says in words what went wrong.
     * @param {() => Promise<any>} deed
     */
    async try(deed) {
        try {
            await deed();
        } catch (error) {
            if (error instanceof ApiError) return void (error.id === 'session.required' || toast(error.message));
            throw error;
        }
    }
}
