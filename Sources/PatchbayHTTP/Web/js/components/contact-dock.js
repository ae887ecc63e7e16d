import { t } from '../i18n/index.js';
import { callButton } from '../lib/calls.js';
import { fold } from '../lib/format.js';
import { css, h, icon, uid } from '../lib/h.js';
import { avatar, count, indicators } from '../lib/parts.js';
import { contactRow, newContactButton } from './contact-row.js';

const sheets = await Promise.all([css('shared.css'), css('controls.css'), css('contact-dock.css'), css('calls.css')]);
const TABS = /** @type {const} */ (['people', 'contacts']);
/** Rows shown at once; searching finds the rest. */
const MOST = 200;

/** <pbx-contact-dock collapsed> : colleagues with phone and chat state, and contacts, with a search over both. */
export class ContactDock extends HTMLElement {
    /** @type {import('../shell/app.js').App} */
    app;
    /** @type {'people' | 'contacts'} */
    #tab = 'people';
    /** @type {any[]} what the list was made of */
    #shown = [];

    constructor() {
        super();
        this.attachShadow({ mode: 'open' }).adoptedStyleSheets = sheets;
    }

    connectedCallback() {
        this.setAttribute('role', 'region');
        this.setAttribute('aria-label', t('dock.title'));
        this.list = h('div', { class: 'list' });
        const label = t('dock.search');
        this.find = h('input', { type: 'search', placeholder: label, 'aria-label': label, autocomplete: 'off' });
        this.find.addEventListener('input', () => this.update(this.app.store.state));
        this.tabs = h(
            'div',
            { class: 'tabs', role: 'group', 'aria-label': t('dock.show') },
            TABS.map((tab) => this.#tabButton(tab)),
        );
        const start = t('dock.start');
        const begin = {
            class: 'ib',
            type: 'button',
            'aria-label': start,
            title: start,
            onclick: () => this.app.newBox(),
        };
        this.start = h('button', begin, icon('chatPlus', 18));
        this.fold = h('button', { class: 'ib fold', type: 'button', onclick: () => this.#fold() }, icon('down', 18));
        const head = h(
            'header',
            { class: 'head' },
            h('h2', {}, t('dock.title')),
            this.start,
            this.fold,
        );
        const find = h('div', { class: 'find' }, h('div', { class: 'field soft' }, icon('search', 16), this.find));
        this.shadowRoot?.replaceChildren(h('section', { class: 'dock' }, head, find, this.tabs, this.list));
        this.#nameFold();
    }

    static observedAttributes = ['collapsed'];

    attributeChangedCallback() {
        if (this.fold) this.#nameFold();
    }

    /** @param {State} state */
    update(state) {
        const query = this.find.value.trim();
        const shown = [state.people, state.contacts, state.conversations, this.#tab, query, state.session?.features];
        shown.push(state.session?.calls?.isOpen, state.session?.calls?.reason);
        if (shown.every((part, i) => part === this.#shown[i])) return;
        this.#shown = shown;
        const hadFocus = this.shadowRoot?.activeElement?.closest?.('[data-key]')?.getAttribute('data-key');
        const place = this.list.scrollTop;
        this.list.replaceChildren(...this.#groups(state, query));
        this.list.scrollTop = place;
        if (hadFocus) this.list.querySelector(`[data-key="${CSS.escape(hadFocus)}"] button`)?.focus();
    }

    /** @param {State} state @param {string} query */
    #groups(state, query) {
        const folded = fold(query);
        const digits = query.replace(/\D/g, '');
        const isNumber = /^[\d\s()+.-]+$/.test(query) && digits !== '';
        const people = state.people.filter(
            (p) => fold(p.name).includes(folded) || (isNumber && p.extension.includes(digits)),
        );
        const contacts = state.contacts.filter(
            (c) =>
                fold(`${c.name} ${c.company ?? ''}`).includes(folded) ||
                (isNumber && c.numbers.some((n) => `${n.value} ${n.formatted}`.replace(/\D/g, '').includes(digits))),
        );
        const rows = {
            people: people.slice(0, MOST).map((p) => this.#person(p, state)),
            contacts: contacts.slice(0, MOST).map((c) => contactRow(this.app, c)),
        };
        const groups = TABS.filter((tab) => (query === '' ? tab === this.#tab : rows[tab].length > 0));
        const out = groups.map((tab) => this.#group(tab, rows[tab], query !== ''));
        const isEmpty = groups.every((tab) => rows[tab].length === 0);
        return isEmpty ? [this.#empty(query, isNumber && digits.length >= 7)] : out;
    }

    /** @param {'people' | 'contacts'} tab @param {any[]} rows @param {boolean} isHeaded */
    #group(tab, rows, isHeaded) {
        const id = uid('group');
        const heading = isHeaded && h('h3', { id }, t(`dock.${tab}`));
        const named = isHeaded ? { 'aria-labelledby': id } : { 'aria-label': t(`dock.${tab}`) };
        const more = tab === 'contacts' && !isHeaded && newContactButton(this.app);
        return h('div', { class: 'group' }, heading, h('ul', named, rows), more);
    }

    /** @param {string} query @param {boolean} isNumber */
    #empty(query, isNumber) {
        const more = query === '' && this.#tab === 'contacts' && newContactButton(this.app);
        if (!isNumber) return h('div', { class: 'none' }, h('p', {}, t(query ? 'dock.nobody' : 'dock.empty')), more);
        const run = () => this.app.startWith({ kind: 'sms', to: query });
        const button = h('button', { class: 'btn', type: 'button', onclick: run }, icon('chat', 16), t('new.send-sms'));
        return h('div', { class: 'none' }, h('p', {}, t('dock.new-number', { number: query })), button);
    }

    /** @param {Person} person @param {State} state */
    #person(person, state) {
        const conversation = [...state.conversations.values()].find(
            (c) => c.kind === 'chat' && c.members.length === 1 && c.members[0].id === person.id,
        );
        const unread = conversation?.unread ?? 0;
        const label = t('dock.chat-with', { name: person.name });
        const run = () => this.app.startWith({ kind: 'chat', users: [person.id] });
        const chat =
            person.canChat &&
            h(
                'button',
                { class: 'ib', type: 'button', 'aria-label': label, title: label, onclick: run },
                icon('chat', 17),
            );
        const phone = person.phone === 'unknown' || person.phone === 'idle' ? '' : ` · ${t(`phone.${person.phone}`)}`;
        return h(
            'li',
            { class: `row${unread ? ' unread' : ''}`, 'data-key': person.id },
            avatar(person.name),
            h(
                'span',
                { class: 'n' },
                h('b', {}, h('bdi', {}, person.name)),
                h('small', { class: 'num' }, person.extension, phone),
            ),
            unread > 0 && count(unread, t('unread', { n: unread })),
            indicators(person),
            h('span', { class: 'go' }, callButton(this.app, { to: person.extension, name: person.name }), chat),
        );
    }

    /** @param {'people' | 'contacts'} tab */
    #tabButton(tab) {
        const pressed = () => {
            this.#tab = tab;
            for (const b of this.tabs.children) b.setAttribute('aria-pressed', String(b === button));
            this.update(this.app.store.state);
        };
        const button = h('button', { type: 'button', onclick: pressed }, t(`dock.${tab}`));
        button.setAttribute('aria-pressed', String(tab === this.#tab));
        return button;
    }

    #fold() {
        this.toggleAttribute('collapsed');
    }

    #nameFold() {
        const isOpen = !this.hasAttribute('collapsed');
        const label = t(isOpen ? 'dock.collapse' : 'dock.expand');
        this.fold.setAttribute('aria-expanded', String(isOpen));
        this.fold.setAttribute('aria-label', label);
        this.fold.title = label;
    }
}
customElements.define('pbx-contact-dock', ContactDock);
