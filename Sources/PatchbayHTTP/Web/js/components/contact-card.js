/** Who a conversation is with: all that is stored of them, other ways to reach them, and the conversation's settings. */
import { t } from '../i18n/index.js';
import { callsOf } from '../lib/calls.js';
import { h, icon } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { indicators, tel } from '../lib/parts.js';
import { AddContact } from './add-contact.js';
import { cardPoints } from './card-points.js';
import { face } from './chat-head.js';
import { editContact } from './contact-editor.js';

/**
 * @typedef {object} CardOptions
 * @property {() => void} mute turns notifications off, or on again
 * @property {() => void} remove
 * @property {() => void} members of a group
 * @property {() => void} rename a group
 */

export class ContactCard {
    #app;
    /** @type {any[]} what it was made of */
    #shown = [];
    /** Whose calls are shown. */
    #called = '';
    #isMuted = false;
    /** @type {Contact | null} one that is not in the list, which has a limit */
    #fetched = null;

    /** @param {import('../shell/app.js').App} app @param {CardOptions} options */
    constructor(app, options) {
        this.#app = app;
        this.head = h('div', { class: 'person' });
        this.cog = this.#cog(options);
        this.add = this.#adder();
        this.points = h('div');
        this.calls = h('div');
        const body = [h('div', { class: 'top' }, this.head, this.cog), this.add.el, this.points, this.calls];
        this.el = h('aside', { class: 'card contact', 'aria-label': t('card.label') }, body);
    }

    /** @param {State} state @param {Conversation} conversation */
    show(state, conversation) {
        const contact = this.#contact(state, conversation);
        const { title, label, contactId, remote, members } = conversation;
        this.#isMuted = conversation.isMuted;
        const session = [state.session?.calls, state.session?.numbers];
        const shown = [contact, state.people, ...session, title, label, contactId, remote, members.length];
        if (shown.every((part, i) => part === this.#shown[i])) return;
        this.#shown = shown;
        const isUnknown = conversation.kind === 'sms' && !contactId;
        this.conversation = conversation;
        this.head.replaceChildren(...this.#person(state, conversation, contact));
        this.add.show(isUnknown, conversation.remoteFormatted ?? '');
        this.points.replaceChildren(...cardPoints(this.#app, conversation, contact));
        this.#showCalls(conversation, contact);
    }

    /** @param {State} state @param {Conversation} conversation @returns {Contact | null} */
    #contact(state, { contactId }) {
        if (!contactId) return null;
        const known = state.contacts.find((c) => c.id === contactId);
        if (known || this.#fetched?.id === contactId) return known ?? this.#fetched;
        this.#fetch(contactId);
        return null;
    }

    /** @param {string} id */
    async #fetch(id) {
        this.#fetched = await this.#app.contacts.get(id).catch(() => null);
        const { state } = this.#app.store;
        const conversation = this.conversation && state.conversations.get(this.conversation.id);
        if (conversation && this.#fetched) this.show(state, conversation);
    }

    /**
     * The calls that the reader placed to any of the numbers.
     * @param {Conversation} conversation
     * @param {Contact | null} contact
     */
    #showCalls({ remote, members }, contact) {
        const to = remote ? [remote, ...(contact?.numbers ?? []).map((n) => n.value)] : members.map((m) => m.extension);
        const whom = [...new Set(to)];
        if (whom.join() === this.#called) return;
        this.#called = whom.join();
        this.calls.replaceChildren(members.length > 1 ? '' : callsOf(this.#app, { to: whom }));
    }

    /** @param {State} state @param {Conversation} c @param {Contact | null} contact */
    #person(state, c, contact) {
        const person = c.kind === 'chat' && c.members.length < 2 && state.people.find((p) => p.id === c.members[0]?.id);
        const isUnknown = c.kind === 'sms' && !c.contactId;
        const name = isUnknown ? tel(c.remoteFormatted ?? c.title) : h('bdi', {}, c.title);
        const out = [face(c, person || undefined), h('h2', {}, name)];
        if (contact?.company) out.push(h('p', {}, contact.company));
        if (isUnknown) out.push(h('p', {}, t('box.not-in-contacts')));
        if (contact?.isShared) out.push(h('p', { class: 'book' }, icon('users', 14), t('card.shared')));
        if (person) out.push(h('p', { class: 'states' }, indicators(person), t(`presence.${person.presence}`)));
        if (c.members.length > 1) out.push(h('p', {}, t('box.people', { n: c.members.length + 1 })));
        if (contact) out.push(this.#editButton(contact));
        return out;
    }

    /** @param {Contact} contact */
    #editButton(contact) {
        const label = t('card.edit', { name: contact.name });
        const run = () => editContact(this.#app, contact);
        const attributes = { class: 'ib edit', type: 'button', 'aria-label': label, title: label, onclick: run };
        return h('button', attributes, icon('pencil', 17));
    }

    /** @param {CardOptions} options */
    #cog({ mute, remove, members, rename }) {
        const label = t('box.settings');
        const cog = h('button', { class: 'ib', type: 'button', 'aria-label': label, title: label }, icon('cog', 18));
        const group = [
            { icon: 'users', text: t('box.members'), run: members },
            { icon: 'pencil', text: t('box.rename'), run: rename },
        ];
        const menu = menuButton(cog, () => [
            this.#isMuted
                ? { icon: 'bell', text: t('box.notifications-on'), run: mute }
                : { icon: 'bellOff', text: t('box.notifications-off'), run: mute },
            ...((this.conversation?.members.length ?? 0) > 1 ? group : []),
            { icon: 'trash', text: t('box.delete'), danger: true, run: remove },
        ]);
        return h('span', { class: 'cog' }, cog, menu);
    }

    #adder() {
        const { contacts, store } = this.#app;
        const number = () => ({ value: this.conversation?.remote ?? '' });
        return new AddContact({
            contacts: () => store.state.contacts,
            create: (name, label) => contacts.add({ name, numbers: [{ label, ...number() }] }),
            extend: (contactId, label) => contacts.addNumber(contactId, { label, ...number() }),
        });
    }

    /** @type {Conversation | null} */
    conversation = null;
}
