/** Messages → Chat and SMS: all conversations, newest first, the unread ones bold; reply, delete, filter. */
import { t } from '../i18n/index.js';
import { face } from '../components/chat-head.js';
import { fold } from '../lib/format.js';
import { h, icon } from '../lib/h.js';
import { titleText } from '../lib/parts.js';
import { newestFirst } from '../lib/state.js';
import { cells } from './message-row.js';

const FILTERS = /** @type {const} */ (['all', 'unread', 'sms', 'chat']);

/** @param {import('../shell/app.js').App} app @returns {import('../main.js').Page} */
export function messagesPage(app) {
    const list = new MessageList(app);
    return { title: t('messages.title'), el: list.el, end: () => list.end() };
}

class MessageList {
    #app;
    #done = new AbortController();
    /** @type {typeof FILTERS[number]} */
    #filter = 'all';
    /** @type {string | null} */
    #next = null;
    /** @type {Map<string, {made: any[], el: any}>} rows by conversation, with what they were made of */
    #rows = new Map();

    /** @param {import('../shell/app.js').App} app */
    constructor(app) {
        this.#app = app;
        this.news = h('p');
        this.list = h('ul', { class: 'hist' });
        this.empty = h('div', { class: 'empty', hidden: true });
        this.more = h('div', { class: 'more', hidden: true });
        this.more.append(
            h('button', { class: 'btn', type: 'button', onclick: () => this.#load(this.#next) }, t('messages.older')),
        );
        const label = t('messages.find');
        this.find = h('input', {
            type: 'search',
            placeholder: label,
            'aria-label': label,
            oninput: () => this.#show(),
        });
        this.filters = h(
            'div',
            { class: 'segd', role: 'group', 'aria-label': t('dock.show') },
            FILTERS.map((f) => this.#filterButton(f)),
        );
        const tools = h(
            'div',
            { class: 'tools' },
            h('div', { class: 'field' }, icon('search', 17), this.find),
            this.filters,
        );
        const title = h('div', { class: 'title' }, h('div', {}, h('h1', {}, t('messages.title')), this.news));
        title.append(h('span', { class: 'end' }, this.#newButton()));
        this.el = h(
            'div',
            {},
            title,
            h('section', { class: 'card', 'aria-label': t('messages.list') }, tools, this.list, this.empty, this.more),
        );
        app.store.watch((state, before) => {
            if (state.conversations !== before.conversations || state.people !== before.people) this.#show();
        }, this.#done.signal);
        this.#show();
        this.#load(null);
    }

    end() {
        this.#done.abort();
    }

    #newButton() {
        const run = () => this.#app.newBox();
        return h(
            'button',
            { class: 'btn primary tall', type: 'button', onclick: run },
            icon('chatPlus', 18),
            t('messages.new'),
        );
    }

    /** @param {typeof FILTERS[number]} filter */
    #filterButton(filter) {
        const run = () => {
            this.#filter = filter;
            for (const b of this.filters.children) b.setAttribute('aria-pressed', String(b === button));
            this.#show();
            this.#load(null);
        };
        const button = h('button', { type: 'button', onclick: run }, t(`messages.filter.${filter}`));
        button.setAttribute('aria-pressed', String(filter === this.#filter));
        return button;
    }

    /** @param {string | null} cursor */
    #load(cursor) {
        const filter = this.#filter;
        return this.#app.try(async () => {
            const next = await this.#app.actions.loadConversations({ filter, cursor });
            if (filter !== this.#filter) return;
            this.#next = next;
            this.more.hidden = next === null;
        });
    }

    #show() {
        const { state } = this.#app.store;
        const query = fold(this.find.value.trim());
        const digits = query.replace(/\D/g, '');
        const isFound = (/** @type {Conversation} */ c) =>
            fold(`${titleText(c)} ${c.lastMessage?.text ?? ''}`).includes(query) ||
            (digits.length > 2 && Boolean(c.remote?.includes(digits)));
        const isShown = (/** @type {Conversation} */ c) =>
            this.#filter === 'all' || (this.#filter === 'unread' ? c.unread > 0 : c.kind === this.#filter);
        const shown = newestFirst(state).filter((c) => isShown(c) && isFound(c));
        const rows = shown.map((c) => this.#row(c, state));
        // Only rows that moved are moved, so that the focus stays where it is.
        rows.forEach(
            (row, i) => this.list.children[i] !== row && this.list.insertBefore(row, this.list.children[i] ?? null),
        );
        while (this.list.children.length > rows.length) this.list.lastChild.remove();
        const unread = state.session?.unread ?? 0;
        this.news.textContent = unread > 0 ? t('messages.news', { n: unread }) : t('messages.no-news');
        this.#showEmpty(rows.length === 0, query !== '');
    }

    /** @param {boolean} isEmpty @param {boolean} isSearch */
    #showEmpty(isEmpty, isSearch) {
        this.empty.hidden = !isEmpty;
        this.list.hidden = isEmpty;
        const kind = isSearch ? 'found' : this.#filter === 'unread' ? 'unread' : 'yet';
        const words = [h('b', {}, t(`messages.none.${kind}`)), h('span', {}, t(`messages.none.${kind}-hint`))];
        this.empty.replaceChildren(icon('chat', 34), ...words);
    }

    /** @param {Conversation} c @param {State} state */
    #row(c, state) {
        const person = state.people.find((p) => p.id === c.members[0]?.id);
        const made = [c, c.kind === 'chat' ? person : null];
        const known = this.#rows.get(c.id);
        if (known && made.every((part, i) => part === known.made[i])) return known.el;
        const el = known?.el ?? h('li');
        const hadFocus = el.contains(document.activeElement) && document.activeElement?.getAttribute('data-act');
        el.className = c.unread > 0 ? 'unread' : '';
        el.replaceChildren(face(c, person), ...cells(this.#app, c, state, el));
        if (hadFocus) el.querySelector(`[data-act="${hadFocus}"]`)?.focus();
        this.#rows.set(c.id, { made, el });
        return el;
    }
}
