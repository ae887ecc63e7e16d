import { t } from '../i18n/index.js';
import { Composer } from '../lib/composer.js';
import { css, h, icon } from '../lib/h.js';
import { titleText } from '../lib/parts.js';
import { rows } from '../lib/rows.js';
import { Thread } from '../lib/thread.js';
import { AddContact } from './add-contact.js';
import { chip, ChatHead } from './chat-head.js';
import { otherPerson, placeholder, presenceNote, typingWords, writer } from './chat-words.js';
import { confirmDelete } from './confirm-delete.js';

const sheets = await Promise.all(
    ['shared', 'controls', 'thread', 'composer', 'add-contact', 'chat-box'].map((name) => css(`${name}.css`)),
);

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
        this.#body?.composer.keep();
        this.#done.abort();
    }

    /** @param {State} state */
    update(state) {
        const conversation = state.conversations.get(this.conversationId);
        const box = state.boxes.find((b) => b.id === this.conversationId);
        if (!conversation || !box || !state.session) return;
        const fresh = conversation.isMuted ? 0 : conversation.unread;
        const opened = this.#wasMinimised && !box.isMinimised;
        this.#wasMinimised = box.isMinimised;
        this.toggleAttribute('minimised', box.isMinimised);
        this.toggleAttribute('fresh', fresh > 0);
        this.setAttribute('aria-label', this.#name(conversation, fresh));
        if (box.isMinimised) this.#showChip(state, conversation, fresh);
        else this.#showBody(state, conversation, fresh);
        if (opened) this.#body.thread.toStart();
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
        const me = /** @type {Session} */ (state.session).user.id;
        this.#body ??= this.#make(conversation);
        const { el, head, add, lost, thread, typing, composer } = this.#body;
        const isAway = !el.isConnected;
        if (isAway) this.shadowRoot?.replaceChildren(el);
        const other = otherPerson(state, conversation);
        head.show(conversation, other, fresh);
        add.show(conversation.kind === 'sms' && !conversation.contactId, conversation.remoteFormatted ?? '');
        lost.hidden = state.link !== 'reconnecting';
        const known = state.threads.get(conversation.id);
        if (known) {
            const label = t('log.label', { name: titleText(conversation) });
            thread.show(rows(conversation, known, me), known.hasOlder, label);
        }
        if (isAway && known) thread.restore();
        const words = typingWords(state, conversation);
        typing.hidden = words === '';
        typing.querySelector('.vh').textContent = words;
        typing.lastChild.textContent = words;
        composer.update({
            compose: conversation.compose,
            from: conversation.from,
            placeholder: placeholder(conversation),
            ...presenceNote(conversation, other),
        });
    }

    /** @param {Conversation} conversation */
    #make(conversation) {
        const { actions, contacts, outbox, drafts } = this.app;
        const id = this.conversationId;
        const head = new ChatHead({
            minimise: () => this.#minimise(),
            close: () => this.app.closeBox(id),
            mute: () => this.app.try(() => actions.change(id, { isMuted: !this.#conversation.isMuted })),
            remove: () => confirmDelete(el, () => this.app.try(() => actions.deleteConversation(id))),
        });
        const number = () => ({ value: conversation.remote ?? '' });
        const add = new AddContact({
            contacts: () => this.app.store.state.contacts,
            create: (name, label) => contacts.add({ name, numbers: [{ label, ...number() }] }),
            extend: (contactId, label) => contacts.addNumber(contactId, { label, ...number() }),
        });
        const thread = new Thread({
            who: (row) => writer(this.app.store.state, this.#conversation, row),
            loadOlder: () => this.app.try(() => actions.loadOlder(id)),
            retry: (message) => outbox.again(message),
            remove: (message) => this.app.try(() => actions.deleteMessage(message)),
            onEnd: () => this.#seenIfLooking(),
        });
        const composer = new Composer({
            kind: conversation.kind,
            draft: drafts.get(id),
            onSend: (text, attachments) => outbox.write(id, { text, attachments, from: this.#conversation.from }),
            onDraft: (text) => drafts.set(id, text),
            onFrom: (from) => this.app.try(() => actions.change(id, { from })),
            onTyping: () => conversation.kind === 'chat' && actions.typing(id),
            upload: (file) => actions.upload(file),
        });
        const lost = h('div', { class: 'lost', role: 'status' }, icon('clock', 14), t('box.reconnecting'));
        const dots = h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
        const typing = h('div', { class: 'typing' }, dots, h('span', { class: 'vh', role: 'status' }));
        typing.append(h('span', { 'aria-hidden': 'true' }));
        const el = h('section', { class: 'box' }, head.el, add.el, lost, thread.el, typing, composer.el);
        return { el, head, add, lost, thread, typing, composer };
    }

    get #conversation() {
        return /** @type {Conversation} */ (this.app.store.state.conversations.get(this.conversationId));
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
        if (!this.app.store.state.threads.has(this.conversationId)) return;
        this.#isReading = true;
        await this.app.actions.markRead(this.conversationId).catch(() => {});
        this.#isReading = false;
    }
}

customElements.define('pbx-chat-box', ChatBox);
