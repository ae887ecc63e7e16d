import { t } from '../i18n/index.js';
import { ApiError } from '../lib/api.js';
import { full } from '../lib/format.js';
import { css, h, icon } from '../lib/h.js';
import { tag, titleParts } from '../lib/parts.js';
import { pageShown } from '../lib/state.js';
import { below } from '../pages/message-row.js';
import { deleteConversation } from '../shell/deleting.js';
import { slotElements } from '../shell/slots.js';
import { ContactCard } from './contact-card.js';
import { renameGroup, showMembers } from './group-dialogs.js';
import { Reading } from './reading.js';
import { SHEETS, Talk } from './talk.js';

const NAMES = [...SHEETS, 'add-contact', 'calls', 'contact-card', 'conversation'];
const sheets = await Promise.all(NAMES.map((name) => css(`${name}.css`)));

/**
 * <pbx-conversation> : a conversation with all of its history, and who it is with. The page sets `app`,
 * `conversationId` and perhaps `sequence`, the message to begin at.
 */
export class ConversationView extends HTMLElement {
    /** @type {import('../shell/app.js').App} */
    app;
    conversationId = '';
    /** @type {number | null} */
    sequence = null;
    /** @type {any} made when the conversation is known */
    #body = null;
    #isReading = false;
    #done = new AbortController();
    #above = new ResizeObserver(() => this.#fit());

    constructor() {
        super();
        this.attachShadow({ mode: 'open' }).adoptedStyleSheets = sheets;
    }

    connectedCallback() {
        const { signal } = this.#done;
        const { app, conversationId: id } = this;
        scrollTo(0, 0);
        app.closeBox(id);
        app.talkPage = this;
        app.store.apply(pageShown, id);
        app.store.watch((state) => this.#update(state), signal);
        const forget = (/** @type {any} */ { detail }) =>
            detail.conversationId === id && this.#body?.reading.forget(detail.removed);
        app.updates.news.addEventListener('messages.gone', forget, { signal });
        addEventListener('focus', () => this.#seen(), { signal });
        document.addEventListener('visibilitychange', () => this.#seen(), { signal });
        addEventListener('pagehide', () => this.#body?.talk.composer.keep(), { signal });
        // What stands above the page, such as the notice of missed messages, takes room from the log.
        this.#above.observe(document.body);
        this.#load();
    }

    disconnectedCallback() {
        this.#done.abort();
        this.#above.disconnect();
        this.#body?.talk.end();
        if (this.app.talkPage === this) this.app.talkPage = null;
        if (this.app.store.state.shown === this.conversationId) this.app.store.apply(pageShown, null);
    }

    #fit() {
        const top = this.getBoundingClientRect().top + scrollY;
        this.style.setProperty('--above', `${Math.round(top)}px`);
    }

    focusComposer() {
        this.#body?.talk.composer.focus();
    }

    async #load() {
        const { actions, store } = this.app;
        // Before anything is read: the line "New" stands where the reader left off.
        actions.lookAt(this.conversationId);
        try {
            await actions.loadThread(this.conversationId);
        } catch (error) {
            if (!(error instanceof ApiError)) throw error;
            return this.#isGone(error.status === 404 ? null : error.message);
        }
        this.#update(store.state);
        if (this.sequence !== null) await this.app.try(() => this.#body.reading.goTo(this.sequence));
        else this.#seen();
    }

    /** @param {string | null} words what went wrong; null when the conversation is nobody's or deleted */
    #isGone(words) {
        const all = h('a', { class: 'btn primary tall', href: '/messages', 'data-page': '' }, t('talk.view-all'));
        const why = h('span', {}, words ?? t('talk.gone-hint'));
        this.#body = null;
        this.shadowRoot?.replaceChildren(h('div', { class: 'gone' }, icon('chat', 34), h('h1', {}, t('talk.gone')), why, all));
    }

    /** @param {State} state */
    #update(state) {
        const conversation = state.conversations.get(this.conversationId);
        if (!state.session) return;
        if (!conversation) return this.#body ? this.#isGone(null) : undefined;
        // One that was open before a reload comes back by itself.
        if (state.boxes.some((box) => box.id === conversation.id)) this.app.closeBox(conversation.id);
        this.#body ??= this.#make(conversation);
        const { head, card, reading } = this.#body;
        head.replaceChildren(...this.#heading(conversation));
        card.show(state, conversation);
        reading.show(state, conversation);
        this.#seen();
    }

    /** @param {Conversation} conversation */
    #heading(conversation) {
        const name = h('h1', {}, titleParts(conversation), ' ', tag(conversation.kind));
        const printed = h('p', { class: 'printed' }, t('talk.printed', { date: full(new Date()) }));
        return [name, below(conversation), printed];
    }

    /** @param {Conversation} conversation */
    #make(conversation) {
        const { app } = this;
        /** @type {Reading} */
        let reading;
        const talk = new Talk(app, conversation, {
            onEnd: () => this.#seen(),
            loadOlder: () => reading.loadOlder(),
            loadNewer: () => reading.loadNewer(),
        });
        reading = new Reading(app, talk, conversation.id);
        talk.deeds.onChange = (message, isThere) => reading.change(message, isThere);
        const card = new ContactCard(app, {
            mute: () => app.try(() => app.actions.change(conversation.id, { isMuted: !this.#conversation.isMuted })),
            remove: () => this.#delete(),
            members: () => showMembers(panel, app.store.state, this.#conversation),
            rename: () => renameGroup(panel, this.#conversation.title, (title) => app.actions.change(conversation.id, { title })),
        });
        // What plugins add, such as the camera.
        const added = h('span', { class: 'added' });
        const session = /** @type {Session} */ (app.store.state.session);
        const more = { '.conversationId': conversation.id };
        slotElements(session, 'conversation.header', app, more).then((parts) => added.append(...parts));
        const head = h('div', { class: 'heading' });
        const begin = { class: 'btn primary tall', type: 'button', onclick: () => app.newBox() };
        const buttons = h(
            'div',
            { class: 'end' },
            added,
            h('a', { class: 'btn tall', href: '/messages', 'data-page': '' }, icon('left', 17), t('talk.view-all')),
            h('button', begin, icon('chatPlus', 18), t('messages.new')),
        );
        const panel = h('section', { class: 'card talk' }, reading.bar, talk.parts);
        const [log, ...others] = [panel, card.el];
        this.shadowRoot?.replaceChildren(
            h('header', { class: 'title' }, head, buttons),
            h('div', { class: 'two' }, log, others),
        );
        panel.addEventListener('pointerdown', () => this.#seen());
        panel.addEventListener('focusin', () => this.#seen());
        return { head, card, talk, reading };
    }

    get #conversation() {
        return /** @type {Conversation} */ (this.app.store.state.conversations.get(this.conversationId));
    }

    async #delete() {
        const conversation = this.#conversation;
        this.app.go('/messages');
        await deleteConversation(this.app, conversation);
    }

    /** Somebody looks at the page and the newest message is in view: it is read. */
    async #seen() {
        const isLooking = document.hasFocus() && document.visibilityState === 'visible';
        if (!isLooking || this.#isReading || !this.#body || this.#body.reading.isAway) return;
        if (!this.#body.talk.thread.isAtEnd || !this.app.store.state.threads.get(this.conversationId)?.isLoaded) return;
        this.#isReading = true;
        await this.app.actions.markRead(this.conversationId).catch(() => {});
        this.#isReading = false;
    }
}

customElements.define('pbx-conversation', ConversationView);
