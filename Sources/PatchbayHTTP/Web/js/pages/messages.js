/** Messages → Chat and SMS: all conversations, newest first, the unread ones bold; filters, and a search over all. */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';
import { MessageList } from './message-list.js';
import { SearchResults } from './search-results.js';

const FILTERS = /** @type {const} */ (['all', 'unread', 'sms', 'chat']);
/** Somebody who types is not asked about before they pause, in milliseconds. */
const PAUSE = 200;

/** @param {import('../shell/app.js').App} app @returns {import('../main.js').Page} */
export function messagesPage(app) {
    const page = new MessagesPage(app);
    return { title: t('messages.title'), el: page.el, end: () => page.end() };
}

class MessagesPage {
    #app;
    #done = new AbortController();
    /** @type {typeof FILTERS[number]} */
    #filter = 'all';
    #query = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #typing;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #scrolling;
    /** @type {MessageList | SearchResults | null} */
    #shown = null;

    /** @param {import('../shell/app.js').App} app */
    constructor(app) {
        this.#app = app;
        this.#remember();
        this.news = h('p');
        const find = { type: 'search', placeholder: t('messages.find'), 'aria-label': t('messages.find') };
        this.find = h('input', { ...find, autocomplete: 'off', maxlength: 200, '.value': this.#query });
        this.find.addEventListener('input', () => this.#typed());
        const filters = FILTERS.map((filter) => this.#filterButton(filter));
        this.filters = h('div', { class: 'segd', role: 'group', 'aria-label': t('dock.show') }, filters);
        const field = h('div', { class: 'field' }, icon('search', 17), this.find);
        this.body = h('div');
        const card = h('section', { class: 'card', 'aria-label': t('messages.list') });
        card.append(h('div', { class: 'tools', role: 'search' }, field, this.filters), this.body);
        const heading = h('div', {}, h('h1', {}, t('messages.title')), this.news);
        this.el = h('div', {}, h('div', { class: 'title' }, heading, h('span', { class: 'end' }, this.#newButton())), card);
        const { signal } = this.#done;
        app.store.watch((state, before) => state.session !== before.session && this.#count(), signal);
        addEventListener('scroll', () => this.#keepSoon(), { signal, passive: true });
        this.#count();
        const { top } = history.state ?? {};
        // Rows are measured: they are made when the page is in the document.
        queueMicrotask(() => {
            this.#show();
            if (top) requestAnimationFrame(() => scrollTo(0, top));
        });
    }

    end() {
        clearTimeout(this.#typing);
        clearTimeout(this.#scrolling);
        this.#done.abort();
        this.#shown?.end();
    }

    #newButton() {
        const button = h('button', { class: 'btn primary tall', type: 'button', onclick: () => this.#app.newBox() });
        button.append(icon('chatPlus', 18), t('messages.new'));
        return button;
    }

    /** @param {typeof FILTERS[number]} filter */
    #filterButton(filter) {
        const run = () => {
            this.#filter = filter;
            for (const b of this.filters.children) b.setAttribute('aria-pressed', String(b === button));
            this.#keep();
            this.#show();
        };
        const button = h('button', { type: 'button', onclick: run }, t(`messages.filter.${filter}`));
        button.setAttribute('aria-pressed', String(filter === this.#filter));
        return button;
    }

    #count() {
        const unread = this.#app.store.state.session?.unread ?? 0;
        this.news.textContent = unread > 0 ? t('messages.news', { n: unread }) : t('messages.no-news');
    }

    #typed() {
        clearTimeout(this.#typing);
        this.#typing = setTimeout(() => {
            const query = this.find.value.trim();
            if (query === this.#query) return;
            this.#query = query;
            this.#keep();
            this.#show();
        }, PAUSE);
    }

    #show() {
        const [app, query, filter] = [this.#app, this.#query, this.#filter];
        if (query !== '' && this.#shown instanceof SearchResults) return this.#shown.ask(query, filter);
        this.#shown?.end();
        this.#shown = query === '' ? new MessageList(app, filter) : new SearchResults(app);
        this.body.replaceChildren(this.#shown.el);
        if (this.#shown instanceof SearchResults) this.#shown.ask(query, filter);
        else this.#shown.begin();
    }

    /** Who comes back by the browser's button finds what they had searched, and the place. */
    #remember() {
        const { query, filter } = history.state ?? {};
        if (typeof query === 'string') this.#query = query;
        if (FILTERS.includes(filter)) this.#filter = filter;
    }

    #keep() {
        history.replaceState({ ...history.state, query: this.#query, filter: this.#filter, top: Math.round(scrollY) }, '');
    }

    #keepSoon() {
        clearTimeout(this.#scrolling);
        this.#scrolling = setTimeout(() => this.#keep(), 300);
    }
}
