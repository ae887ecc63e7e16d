/** All conversations of a filter, newest activity first; pages are fetched as one scrolls. */
import { face } from '../components/chat-head.js';
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';
import { listed } from '../lib/inbox.js';
import { LongList } from '../lib/long-list.js';
import { deleteConversation } from '../shell/deleting.js';
import { cells } from './message-row.js';

export class MessageList {
    #app;
    #filter;
    #done = new AbortController();
    /** @type {{next: string | null, end: string | null} | null} null before the first page is there */
    #loaded = null;
    #isLoading = false;
    /** @type {WeakMap<any, any[]>} what a row was made of */
    #made = new WeakMap();

    /** @param {import('../shell/app.js').App} app @param {string} filter */
    constructor(app, filter) {
        this.#app = app;
        this.#filter = filter;
        this.list = new LongList({
            label: t('messages.list'),
            key: (/** @type {Conversation} */ c) => c.id,
            dress: (c, row) => this.#dress(c, row),
            onEnd: () => this.#more(),
        });
        this.empty = h('div', { class: 'empty', hidden: true });
        this.waiting = h('p', { class: 'waiting', role: 'status', hidden: true });
        this.el = h('div', { class: 'all' }, this.list.el, this.empty, this.waiting);
        const { signal } = this.#done;
        app.store.watch((state, before) => {
            if (state.conversations !== before.conversations || state.people !== before.people) this.#show();
            if (state.contacts !== before.contacts) this.#load(null);
        }, signal);
    }

    /** Shows what is known and fetches; called when the list is in the page, for rows are measured there. */
    begin() {
        this.#show();
        this.#load(null);
    }

    end() {
        this.#done.abort();
        this.list.end();
    }

    #more() {
        if (this.#loaded?.next) this.#load(this.#loaded.next);
    }

    /** @param {string | null} cursor */
    async #load(cursor) {
        if (this.#isLoading) return;
        this.#isLoading = true;
        this.waiting.hidden = cursor === null;
        this.waiting.textContent = cursor === null ? '' : t('messages.loading');
        await this.#app.try(async () => {
            const { next, end } = await this.#app.history.page(this.#filter, cursor);
            const isAgain = cursor === null && this.#loaded !== null;
            if (!isAgain) this.#loaded = { next, end: next === null ? null : end };
        });
        this.#isLoading = false;
        this.waiting.hidden = true;
        if (!this.#done.signal.aborted) this.#show();
    }

    #show() {
        const { state } = this.#app.store;
        const items = listed(state, this.#filter, this.#loaded?.end ?? null);
        this.empty.hidden = items.length > 0 || this.#loaded === null;
        this.list.el.hidden = items.length === 0;
        if (!this.empty.hidden) this.#showEmpty();
        this.list.show(items, this.#loaded?.next === null);
    }

    #showEmpty() {
        const kind = this.#filter === 'unread' ? 'unread' : 'yet';
        const begin = h('button', { class: 'btn primary tall', type: 'button', onclick: () => this.#app.newBox() });
        begin.append(icon('chatPlus', 18), t('messages.new'));
        const words = [h('b', {}, t(`messages.none.${kind}`)), h('span', {}, t(`messages.none.${kind}-hint`))];
        this.empty.replaceChildren(icon(kind === 'unread' ? 'check' : 'chat', 34), ...words, begin);
    }

    /** @param {Conversation} c @param {any} row */
    #dress(c, row) {
        const { state } = this.#app.store;
        const person = state.people.find((p) => p.id === c.members[0]?.id);
        const made = [c, c.kind === 'chat' ? person : null];
        const old = row && this.#made.get(row);
        if (old && made.every((part, i) => part === old[i])) return row;
        const el = row ?? h('li');
        const focused = el.contains(document.activeElement) && document.activeElement?.getAttribute('data-act');
        el.className = c.unread > 0 ? 'unread' : '';
        const acts = { reply: () => this.#app.openBox(c.id), remove: () => this.#remove(c, el) };
        el.replaceChildren(face(c, person), ...cells(c, state, acts));
        if (focused) el.querySelector(`[data-act="${focused}"]`)?.focus();
        this.#made.set(el, made);
        return el;
    }

    /** @param {Conversation} c @param {any} row */
    async #remove(c, row) {
        const place = this.list.placeOf(row);
        const hadFocus = row.contains(document.activeElement);
        await deleteConversation(this.#app, c);
        // The store tells its readers in the next microtask; then the next row is where this one was.
        queueMicrotask(() => hadFocus && this.list.focus(place));
    }
}
