import { t } from '../i18n/index.js';
import { callee } from '../lib/call-state.js';
import { callControl } from '../lib/calls.js';
import { css, h } from '../lib/h.js';
import { titleText } from '../lib/parts.js';
import { preferencesOf } from '../lib/preferences.js';
import { slotElements } from '../shell/slots.js';
import { toast } from '../shell/toast.js';
import { AddContact } from './add-contact.js';
import { chip, ChatHead } from './chat-head.js';
import { otherPerson } from './chat-words.js';
import { confirmDelete } from './confirm-delete.js';
import { renameGroup, showMembers } from './group-dialogs.js';
import { SHEETS, Talk } from './talk.js';

const sheets = await Promise.all([...SHEETS, 'add-contact', 'calls', 'chat-box'].map((name) => css(`${name}.css`)));

/**
 * <pbx-chat-box fresh minimised> : one conversation. The dock sets `app` and `conversationId` and calls `update`.
 * Draft, caret and scroll place live in the DOM: the body is made once and kept while the box is minimised.
 */
export class ChatBox extends HTMLElement {
    /** @type {import('../shell/app.js').App} */
    app;
    conversationId = '';
    /** @type {any} */
    #body = null;
    #wasMinimised = false;
    #isReading = false;
    #done = new AbortController();

    constructor() {
        super();
        const root = this.attachShadow({ mode: 'open' });
        root.adoptedStyleSheets = sheets;
        root.addEventListener('pointerdown', () => this.#seen());
        root.addEventListener('focusin', () => this.#seen());
        root.addEventListener('keydown', (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
    }

    connectedCallback() {
        this.setAttribute('role', 'region');
        const { signal } = this.#done;
        addEventListener('focus', () => this.#seenIfLooking(), { signal });
        document.addEventListener('visibilitychange', () => this.#seenIfLooking(), { signal });
        addEventListener('pagehide', () => this.#body?.composer.keep(), { signal });
    }

    /** Taken out for good: the dock moves boxes without taking them out. */
    end() {
        this.#body?.talk.end();
        this.#done.abort();
    }

    /** @param {State} state */
    update(state) {
        const conversation = state.conversations.get(this.conversationId);
        const box = state.boxes.find((b) => b.id === this.conversationId);
        if (!conversation || !box || !state.session) return;
        const turnsGreen = preferencesOf(state).turnsGreen && !conversation.isMuted;
        const fresh = turnsGreen ? conversation.unread : 0;
        const opened = this.#wasMinimised && !box.isMinimised;
        this.#wasMinimised = box.isMinimised;
        this.toggleAttribute('minimised', box.isMinimised);
        this.toggleAttribute('fresh', fresh > 0);
        this.setAttribute('aria-label', this.#name(conversation, fresh));
        if (box.isMinimised) this.#showChip(state, conversation, fresh);
        else this.#showBody(state, conversation, fresh);
        // What is new is where reading goes on; without it the place is as it was.
        if (opened && state.threads.get(this.conversationId)?.newFrom) this.#body.thread.toStart();
        this.#seenIfLooking();
    }

    /** Puts the caret into the composer; says whether there was one to put it into. */
    focusComposer() {
        if (!this.#body?.el.isConnected) return false;
        this.#body.composer.focus();
        return true;
    }

    /** @param {Conversation} conversation @param {number} fresh */
    #name(conversation, fresh) {
        const name = t(`box.name.${conversation.kind}`, { name: titleText(conversation) });
        return fresh > 0 ? t('box.name-fresh', { name, n: fresh }) : name;
    }

    /** @param {State} state @param {Conversation} conversation @param {number} fresh */
    #showChip(state, conversation, fresh) {
        const hadFocus = this.shadowRoot?.activeElement?.matches('.go');
        const open = () => this.app.openBox(this.conversationId);
        const close = () => this.app.closeBox(this.conversationId);
        const el = chip(conversation, otherPerson(state, conversation), fresh, { open, close });
        this.shadowRoot?.replaceChildren(el);
        if (hadFocus) el.querySelector('.go').focus();
    }

    /** @param {State} state @param {Conversation} conversation @param {number} fresh */
    #showBody(state, conversation, fresh) {
        this.#body ??= this.#make(conversation);
        const { el, head, call, add, talk } = this.#body;
        const isAway = !el.isConnected;
        if (isAway) {
            this.shadowRoot?.replaceChildren(el);
            // Before anything is added: the messages that come now go where the reader is.
            talk.thread.restore();
        }
        head.show(conversation, otherPerson(state, conversation), fresh);
        add.show(conversation.kind === 'sms' && !conversation.contactId, conversation.remoteFormatted ?? '');
        call.el.hidden = callee(conversation) === null;
        call.show(state, titleText(conversation));
        talk.show(state, conversation);
    }

    /** @param {Conversation} conversation */
    #make(conversation) {
        const { actions, contacts } = this.app;
        const id = this.conversationId;
        const call = callControl(this.app, { conversationId: id, name: titleText(conversation) });
        const head = new ChatHead({
            call: call.el,
            minimise: () => this.#minimise(),
            close: () => this.app.closeBox(id),
            mute: () => this.app.try(() => actions.change(id, { isMuted: !this.#conversation.isMuted })),
            remove: () => confirmDelete(el, () => this.#delete()),
            members: () => showMembers(el, this.app.store.state, this.#conversation),
            rename: () => renameGroup(el, this.#conversation.title, (title) => actions.change(id, { title })),
        });
        const session = /** @type {Session} */ (this.app.store.state.session);
        const more = { '.conversationId': id };
        slotElements(session, 'conversation.header', this.app, more).then((parts) => head.slot.append(...parts));
        const number = () => ({ value: conversation.remote ?? '' });
        const add = new AddContact({
            contacts: () => this.app.store.state.contacts,
            create: (name, label) => contacts.add({ name, numbers: [{ label, ...number() }] }),
            extend: (contactId, label) => contacts.addNumber(contactId, { label, ...number() }),
            saved: () => void this.focusComposer(),
        });
        const talk = new Talk(this.app, conversation, { onEnd: () => this.#seenIfLooking() });
        const el = h('section', { class: 'box' }, head.el, add.el, talk.parts);
        return { el, head, call, add, talk, thread: talk.thread, composer: talk.composer };
    }

    get #conversation() {
        return /** @type {Conversation} */ (this.app.store.state.conversations.get(this.conversationId));
    }

    /** Everybody else keeps theirs, and for a while the reader can have it back. */
    #delete() {
        const { actions, history } = this.app;
        const id = this.conversationId;
        const restore = () => history.restoreConversation(id).then(() => this.app.openBox(id));
        const run = () => void this.app.try(restore);
        return this.app.try(async () => {
            await actions.deleteConversation(id);
            toast(t('box.deleted'), { label: t('undo'), run });
        });
    }

    #minimise() {
        this.app.minimiseBox(this.conversationId);
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        const isInMenu = /** @type {Element} */ (event.target).closest('[popover]');
        if (event.key !== 'Escape' || event.defaultPrevented || isInMenu || this.hasAttribute('minimised')) return;
        this.#minimise();
        queueMicrotask(() => /** @type {any} */ (this.shadowRoot?.querySelector('.chip .go'))?.focus());
    }

    #seenIfLooking() {
        const isLooking =
            document.hasFocus() && document.visibilityState === 'visible' && this.matches(':focus-within');
        if (isLooking) this.#seen();
    }

    /** Somebody looks at the box: what is in view is read. */
    async #seen() {
        if (this.#isReading || this.hasAttribute('minimised') || !this.#body?.thread.isAtEnd) return;
        if (!this.app.store.state.threads.get(this.conversationId)?.isLoaded) return;
        this.#isReading = true;
        await this.app.actions.markRead(this.conversationId).catch(() => {});
        this.#isReading = false;
    }
}

customElements.define('pbx-chat-box', ChatBox);
