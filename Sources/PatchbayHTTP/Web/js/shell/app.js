/** What all parts of the portal share: store, actions, outbox, live updates, the boxes. Made once per page. */
import { t } from '../i18n/index.js';
import { Account } from '../lib/account.js';
import { Actions } from '../lib/actions.js';
import { Api, ApiError } from '../lib/api.js';
import { Calls } from '../lib/calls.js';
import { Claims } from '../lib/claims.js';
import { Contacts } from '../lib/contacts.js';
import { Drafts } from '../lib/drafts.js';
import { History } from '../lib/history.js';
import { Outbox } from '../lib/outbox.js';
import { Scheduling } from '../lib/scheduling.js';
import * as s from '../lib/state.js';
import { Store } from '../lib/store.js';
import { Templates } from '../lib/templates.js';
import { Updates } from '../lib/updates.js';
import { PageTitle } from '../notices/page-title.js';
import { Tone } from '../notices/tone.js';
import { Marks } from './marks.js';
import { coverComposer, reopenBoxes, restoredBoxes, savedBoxes } from './open-boxes.js';
import { toast } from './toast.js';
import { Visit } from './visit.js';

export class App {
    /** @type {Visit | null} set while somebody is signed in */
    #visit = null;
    /** @type {import('../components/dock.js').Dock | null} set while somebody is signed in */
    dock = null;
    /** @type {(path: string) => void} shows another page; main.js sets it */
    go = () => {};
    /** @type {{focusComposer: () => void} | null} the page of the conversation that is shown */
    talkPage = null;

    /** @param {{api?: Api, line?: import('../live/stream.js').Line}} [reach] how the server is reached from another portal's page */
    constructor(reach = {}) {
        const { api = new Api(), line } = reach;
        this.line = line;
        const showTitle = (/** @type {string} */ words) => document.title !== words && (document.title = words);
        this.title = new PageTitle(showTitle, () => matchMedia('(prefers-reduced-motion: reduce)').matches);
        this.tone = new Tone();
        this.api = api;
        this.store = new Store(s.initialState());
        this.actions = new Actions(this.api, this.store);
        this.account = new Account(this.api, this.store);
        this.contacts = new Contacts(this.api);
        this.history = new History(this.api, this.store, this.actions);
        this.outbox = new Outbox(this.api, this.store);
        this.actions.onDropped = (message) => this.outbox.drop(message);
        this.updates = new Updates(this.store, this.actions);
        this.calls = new Calls(this.api, this.store, this.actions, this.updates.news);
        this.claims = new Claims(this.api, this.store);
        this.scheduling = new Scheduling(this.api, this.store, this.updates.news);
        this.templates = new Templates(this.api, this.store, this.updates.news);
        this.drafts = new Drafts('');
        this.marks = new Marks('');
        this.api.onSignedOut = () => this.#ended();
        this.api.onOtherUser = () => location.reload();
        this.updates.onMessage = (message, crew) => this.#visit?.notices.came(message, crew);
        this.store.watch((state, before) => {
            const { session } = state;
            if (session && before.phase !== 'in') this.#began(session, before.phase === 'out');
            if (state.phase === 'out' && before.phase !== 'out') this.#end();
            if (state.shown !== before.shown && coverComposer(state)) this.#foldBoxes();
            if (state.phase !== 'in' || state.boxes === before.boxes) return;
            savedBoxes(this.api.user, state.boxes);
            this.#visit?.looked();
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

    /** @param {Session} session @param {boolean} isSignIn somebody signed in by hand, just now */
    #began(session, isSignIn) {
        this.api.user = session.user.id;
        this.marks = new Marks(session.user.id);
        if (isSignIn) this.marks.isFreshSignIn = true;
        this.drafts = new Drafts(session.user.id);
        this.updates.onErased = (id) => this.drafts.set(id, '');
        this.#visit = new Visit(this, session, (told) => this.#told(told));
        this.try(() => this.actions.loadLists());
        reopenBoxes(this, restoredBoxes(session.user.id));
    }

    #end() {
        this.api.user = '';
        this.#visit?.end();
        this.#visit = null;
    }

    /** While somebody is signed in: how messages call for attention. */
    get notices() {
        return this.#visit?.notices ?? null;
    }

    /** @param {import('../live/stream.js').Told} told */
    #told(told) {
        if (this.store.state.phase !== 'in') return;
        if (told.type === 'crew') return this.#visit?.notices.focusMoved(told.crew);
        if (told.type === 'event') return this.#heard(told);
        if (told.state === 'out') return this.#ended();
        const wasLost = this.store.state.link === 'reconnecting';
        const wasLive = this.store.state.link === 'live';
        this.store.apply(s.linkChanged, /** @type {State['link']} */ (told.state));
        if (told.state !== 'live') return;
        this.outbox.hurry();
        if (wasLost) this.#isBack();
        // Who is here is signalled and not kept: nobody tells of it again.
        if (!wasLive) this.actions.loadPeople().catch(() => {});
    }

    /** @param {import('../live/stream.js').Told & {type: 'event'}} told */
    #heard({ name, id, data, crew }) {
        this.actions.heard.takes(id);
        this.updates.take(name, data, crew);
    }

    /** After a while without a connection: what failed meanwhile is made up for. */
    async #isBack() {
        this.actions.loadMissing();
        // Before the session is asked how many are unread.
        await this.actions.tellUnheard();
        await this.actions.loadSession().catch(() => {});
    }

    #ended() {
        if (this.store.state.phase !== 'in') return;
        this.store.apply(s.signedOut);
        toast(t('sign-in.ended'));
    }

    /**
     * A message that nobody looks at gets a minimised box, which is green.
     * @param {Conversation} conversation
     */
    showArrival(conversation) {
        const box = this.store.state.boxes.find((b) => b.id === conversation.id);
        const isShown = this.store.state.shown === conversation.id;
        if (!box && !isShown) this.store.apply(s.boxOpened, conversation.id, true);
        if (!box || box.isMinimised) this.dock?.announce(t('dock.came', { name: conversation.title }));
    }

    /**
     * Opens a conversation's box and puts the caret into it.
     * @param {string} id
     */
    async openBox(id) {
        // Its page does all that its box does.
        if (this.store.state.shown === id && this.talkPage) return this.talkPage.focusComposer();
        this.store.apply(s.boxOpened, id, false);
        this.actions.lookAt(id);
        this.dock?.focusBox(id);
        if (!this.store.state.threads.get(id)?.isLoaded) await this.try(() => this.actions.loadThread(id));
        // A box that was put elsewhere in the row has lost the focus; who has gone on meanwhile keeps it.
        if (document.activeElement === document.body) this.dock?.focusBox(id);
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

    /** All of them become chips; what is typed stays in them. */
    #foldBoxes() {
        for (const { id, isMinimised } of this.store.state.boxes) if (id !== 'new' && !isMinimised) this.minimiseBox(id);
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
