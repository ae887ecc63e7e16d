import { said, t } from '../i18n/index.js';
import { css, h, icon, uid } from '../lib/h.js';
import { tag } from '../lib/parts.js';
import { asSeen, newBoxBecame } from '../lib/state.js';
import { GroupMaker } from './group-maker.js';
import { recipient } from './recipient.js';

const sheets = await Promise.all(['shared', 'controls', 'chat-box', 'new-chat'].map((name) => css(`${name}.css`)));
/** Typing pauses this long, in milliseconds, before the server is asked. */
const PAUSE = 150;

/** <pbx-new-chat> : whom to write to, as an editable combobox with a list box. Colleagues: Chat; numbers: Send SMS… */
export class NewChat extends HTMLElement {
    /** @type {import('../shell/app.js').App} */
    app;
    #chosen = 0;
    /** @type {{el: any, run: () => void}[]} */
    #options = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #asking = new AbortController();
    /** Kept when the newest question has its answer, or has failed. */
    #answered = Promise.resolve();
    /** What the choices shown belong to. */
    #query = '';
    #isStarting = false;
    #group = new GroupMaker(
        (users, title) => this.#start({ kind: 'chat', users, ...(title && { title }) }),
        () => this.input && this.#again(),
    );

    constructor() {
        super();
        this.attachShadow({ mode: 'open' }).adoptedStyleSheets = sheets;
    }

    connectedCallback() {
        if (this.input) return;
        const id = uid('to');
        this.setAttribute('role', 'region');
        this.setAttribute('aria-label', t('new.title'));
        const combobox = {
            role: 'combobox',
            'aria-expanded': 'true',
            'aria-controls': `${id}-list`,
            'aria-autocomplete': 'list',
        };
        const typing = { autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', placeholder: t('new.hint') };
        this.input = h('input', { id, ...combobox, ...typing });
        this.input.addEventListener('input', () => this.#soon());
        this.list = h('ul', { class: 'opts', id: `${id}-list`, role: 'listbox', 'aria-label': t('new.list') });
        this.status = h('span', { class: 'vh', role: 'status' });
        this.none = h('p', { class: 'none', hidden: true });
        this.gate = h('p', { class: 'none gate', role: 'status', hidden: true });
        this.error = h('p', { class: 'none error', role: 'alert', hidden: true });
        const label = t('box.close');
        const close = {
            class: 'ib',
            type: 'button',
            'aria-label': label,
            title: label,
            onclick: () => this.app.closeBox('new'),
        };
        const face = h('span', { class: 'av unknown', 'aria-hidden': 'true' }, h('i', {}, icon('chatPlus', 18)));
        const who = h(
            'div',
            { class: 'who' },
            h('h2', {}, t('new.title')),
            h('div', { class: 'sub' }, h('span', {}, t('new.subtitle'))),
        );
        const head = h(
            'header',
            { class: 'head' },
            face,
            who,
            h('div', { class: 'acts' }, h('button', close, icon('x', 17))),
        );
        const { chips, foot, toggle } = this.#group;
        const to = h('div', { class: 'to' }, h('label', { for: id }, t('new.to')), this.input, toggle);
        const parts = [head, to, chips, this.gate, this.error, this.none, this.list, foot, this.status];
        this.shadowRoot?.replaceChildren(h('section', { class: 'box' }, parts));
        this.shadowRoot?.addEventListener('keydown', (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
        this.#ask();
    }

    /** The dock updates all boxes alike; this one asks the server itself. */
    update() {}

    end() {
        clearTimeout(this.#timer);
        this.#asking.abort();
    }

    focusComposer() {
        this.input?.focus();
        return Boolean(this.input);
    }

    /** Somebody joined the group or left it: the field is free for the next. */
    #again() {
        this.input.value = '';
        this.input.focus();
        this.#ask();
    }

    #soon() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#ask(), PAUSE);
    }

    #ask() {
        this.#answered = this.#askNow();
        return this.#answered;
    }

    async #askNow() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#asking.abort();
        this.#asking = new AbortController();
        const query = this.input.value.trim();
        try {
            const { signal } = this.#asking;
            const { contacts } = this.app;
            const found = await Promise.all([contacts.recipients(query, signal), this.#groupsNamed(query, signal)]);
            this.#show(found.flat(), query);
            this.error.hidden = true;
        } catch (failure) {
            if (/** @type {Error} */ (failure).name !== 'AbortError') this.#fail(failure);
        }
    }

    /**
     * Groups that the reader is in already.
     * @param {string} query
     * @param {AbortSignal} signal
     */
    async #groupsNamed(query, signal) {
        if (query === '') return [];
        const found = await this.app.history.find(query, signal);
        const seen = found.map((one) => asSeen(this.app.store.state, one));
        const groups = seen.filter(({ kind, members }) => kind === 'chat' && members.length > 1);
        return groups.map((conversation) => ({ kind: 'group', conversation }));
    }

    /** Why the reader cannot text, or nothing when they can. */
    #closedGate() {
        const sms = this.app.store.state.session?.features.sms;
        return sms?.isOpen ? '' : said(sms?.id, sms?.reason) || t('composer.closed');
    }

    /** @param {any} failure */
    #fail(failure) {
        this.error.textContent = failure.message;
        this.error.hidden = false;
    }

    /** @param {any[]} items @param {string} query */
    #show(items, query) {
        this.#options = [];
        this.#chosen = 0;
        this.#query = query;
        const closed = this.#closedGate();
        const isForUsers = closed !== '' || this.#group.isOn;
        const allowed = items.filter(({ kind, user }) => {
            if (kind === 'user') return !this.#group.has(user.id);
            return kind === 'group' ? !this.#group.isOn : !isForUsers;
        });
        const of = (/** @type {string} */ kind) => allowed.filter((item) => item.kind === kind);
        const kinds = ['number', 'contact', 'user', 'group'];
        const groups = kinds.map((kind) => this.#section(kind, of(kind), query)).filter(Boolean);
        this.list.replaceChildren(...groups);
        this.list.hidden = this.#options.length === 0;
        this.gate.hidden = closed === '' || this.#group.isOn || allowed.length === items.length;
        this.gate.textContent = closed;
        this.none.hidden = this.#options.length > 0 || !this.gate.hidden;
        this.none.textContent = query === '' ? t('new.begin') : t('new.nobody');
        this.input.setAttribute('aria-expanded', String(this.#options.length > 0));
        this.status.textContent = t('new.choices', { n: this.#options.length });
        this.#mark();
    }

    /** @param {string} kind @param {any[]} items @param {string} query */
    #section(kind, items, query) {
        if (items.length === 0) return null;
        const id = uid('group');
        const heading = h('li', { class: 'grp', role: 'presentation', id }, t(`new.group.${kind}`));
        const options = h('ul', { role: 'group', 'aria-labelledby': id }, heading);
        options.append(...items.map((item) => this.#option(item, query)));
        return h('li', { role: 'presentation' }, options);
    }

    /** @param {any} item @param {string} query */
    #option(item, query) {
        const { face, title, small, kind, whom } = recipient(item, query, this.app.store.state.people);
        const run = () => (this.#group.isOn ? this.#group.add(item.user) : this.#start(whom));
        const id = uid('option');
        const doing = this.#group.isOn ? t('group.add') : t(kind === 'chat' ? 'new.chat' : 'new.send-sms');
        // The press counts, for the list may be renewed before the click; and the focus stays in the field.
        const press = (/** @type {Event} */ event) => {
            event.preventDefault();
            run();
        };
        // Assistive technology clicks without a press.
        const click = (/** @type {MouseEvent} */ event) => event.detail === 0 && run();
        const option = { id, role: 'option', 'aria-selected': 'false', onmousedown: press, onclick: click };
        const el = h('li', option, face, h('b', {}, title));
        el.append(h('small', { class: 'num' }, tag(kind), small), h('span', { class: 'do' }, doing));
        this.#options.push({ el, run });
        return el;
    }

    /** @param {any} whom */
    async #start(whom) {
        if (this.#isStarting) return;
        this.#isStarting = true;
        try {
            if (whom.conversation) this.app.store.apply(newBoxBecame, whom.conversation);
            await (whom.conversation ? this.app.openBox(whom.conversation) : this.app.start(whom));
        } catch (failure) {
            this.#fail(failure);
        }
        this.#isStarting = false;
    }

    #mark() {
        this.#options.forEach(({ el }, i) => el.setAttribute('aria-selected', String(i === this.#chosen)));
        const chosen = this.#options[this.#chosen];
        if (!chosen) return this.input.removeAttribute('aria-activedescendant');
        this.input.setAttribute('aria-activedescendant', chosen.el.id);
        chosen.el.scrollIntoView({ block: 'nearest' });
    }

    /** @param {KeyboardEvent} event */
    async #key(event) {
        const count = this.#options.length;
        const step = { ArrowDown: 1, ArrowUp: count - 1 }[event.key];
        if (event.key === 'Escape') return this.app.closeBox('new');
        if (event.target !== this.input) return;
        if (event.key === 'Backspace' && this.input.value === '' && this.#group.isOn) this.#group.removeLast();
        if (step !== undefined && count > 0) {
            event.preventDefault();
            this.#chosen = (this.#chosen + step) % count;
            this.#mark();
        }
        if (event.key !== 'Enter' || event.isComposing) return;
        event.preventDefault();
        // Enter may come before the answer to the last letters: what is chosen must belong to what is written.
        await (this.#timer === undefined ? this.#answered : this.#ask());
        if (this.#query === this.input.value.trim()) this.#options[this.#chosen]?.run();
    }
}

customElements.define('pbx-new-chat', NewChat);
