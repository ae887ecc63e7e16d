/** What a search has found: conversations by whom they are with, and messages by their words. */
import { face } from '../components/chat-head.js';
import { marked } from '../components/recipient.js';
import { t } from '../i18n/index.js';
import { full, stamp } from '../lib/format.js';
import { h, icon, uid } from '../lib/h.js';
import { passes } from '../lib/inbox.js';
import { isOurs } from '../lib/messages.js';
import { tag, titleParts } from '../lib/parts.js';
import { asSeen } from '../lib/state.js';
import { where } from './message-row.js';

/** @typedef {import('../lib/history.js').Hit} Hit */

export class SearchResults {
    #app;
    #query = '';
    #filter = 'all';
    /** @type {string | null} */
    #next = null;
    /** What is asked now; another question ends it. */
    #asking = new AbortController();

    /** @param {import('../shell/app.js').App} app */
    constructor(app) {
        this.#app = app;
        this.told = h('p', { class: 'waiting', role: 'status' });
        this.people = this.#group('found.conversations');
        this.texts = this.#group('found.messages');
        this.more = h('div', { class: 'more', hidden: true });
        const again = { class: 'btn', type: 'button', onclick: () => this.#messages(this.#next) };
        this.more.append(h('button', again, t('found.more')));
        this.empty = h('div', { class: 'empty', hidden: true });
        const hint = h('span', {}, t('messages.none.found-hint'));
        this.empty.append(icon('search', 34), h('b', {}, t('messages.none.found')), hint);
        this.el = h('div', { class: 'found' }, this.told, this.people.el, this.texts.el, this.more, this.empty);
    }

    end() {
        this.#asking.abort();
    }

    /** @param {string} query @param {string} filter */
    async ask(query, filter) {
        this.#asking.abort();
        this.#asking = new AbortController();
        const { signal } = this.#asking;
        this.#query = query;
        this.#filter = filter;
        this.told.textContent = t('found.looking');
        try {
            const [people] = await Promise.all([this.#app.history.find(query, signal), this.#messages(null)]);
            if (signal.aborted) return;
            this.#showPeople(people.filter((c) => passes(c, filter)));
            this.#tell();
        } catch (error) {
            if (/** @type {Error} */ (error).name === 'AbortError') return;
            this.told.textContent = /** @type {Error} */ (error).message;
        }
    }

    /** @param {string | null} cursor */
    async #messages(cursor) {
        const { signal } = this.#asking;
        const page = await this.#app.history.search(this.#query, cursor, signal);
        if (signal.aborted) return;
        const rows = page.items.filter((hit) => passes(hit.conversation, this.#filter)).map((hit) => this.#hit(hit));
        const last = this.texts.list.lastElementChild;
        if (cursor === null) this.texts.list.replaceChildren(...rows);
        else this.texts.list.append(...rows);
        this.texts.el.hidden = this.texts.list.children.length === 0;
        this.#next = page.next;
        this.more.hidden = page.next === null;
        if (cursor === null) return;
        last?.nextElementSibling?.querySelector('a').focus();
        this.#tell();
    }

    #tell() {
        const n = this.people.list.children.length + this.texts.list.children.length;
        this.empty.hidden = n > 0 || this.#next !== null;
        this.told.textContent = n > 0 ? t('found.count', { n }) : '';
    }

    /** @param {Conversation[]} found */
    #showPeople(found) {
        this.people.list.replaceChildren(...found.map((c) => this.#person(c)));
        this.people.el.hidden = found.length === 0;
    }

    /** @param {Conversation} c */
    #person(c) {
        const { people } = this.#app.store.state;
        const link = h('a', { class: 'name', href: `/messages/${c.id}`, 'data-page': '' }, this.#title(c));
        const below = h('div', { class: 'sub' }, tag(c.kind), h('span', { class: 'num' }, where(c)));
        const person = people.find((p) => p.id === c.members[0]?.id);
        return h('li', {}, face(c, person), h('div', { class: 'who' }, link, below), this.#when(c.lastAt ?? ''));
    }

    /** @param {Conversation} c */
    #title(c) {
        const [name, label] = titleParts(c);
        const isNamed = c.kind === 'chat' || c.contactId;
        return isNamed ? [marked(c.title, this.#query), label] : [name];
    }

    /** @param {Hit} hit */
    #hit({ message, conversation, snippet }) {
        const { state } = this.#app.store;
        const c = asSeen(state, conversation);
        const me = state.session?.user.id ?? '';
        const link = { class: 'name', href: `/messages/${c.id}/${message.sequence}`, 'data-page': '' };
        const author = state.people.find((p) => p.id === message.authorId)?.name ?? (message.authorId && t('log.left'));
        const isMine = isOurs(c, message, me);
        const by = message.authorId === me ? t('log.you') : (author ?? (isMine ? t('log.you') : ''));
        const words = snippet.map(({ text, isMatch }) => (isMatch ? h('mark', {}, text) : text));
        const name = h('a', link, titleParts(c));
        const said = h('p', { class: 'said' }, by && h('span', { class: 'by' }, `${by}: `), h('bdi', {}, words));
        const head = h('div', { class: 'head' }, name, tag(c.kind));
        const person = state.people.find((p) => p.id === c.members[0]?.id);
        return h('li', {}, face(c, person), h('div', { class: 'who' }, head, said), this.#when(message.createdAt));
    }

    /** @param {string} iso */
    #when(iso) {
        const at = new Date(iso);
        return h('time', { datetime: iso, title: full(at) }, stamp(at));
    }

    /** @param {string} key */
    #group(key) {
        const id = uid('found');
        const list = h('ul', { class: 'hits', 'aria-labelledby': id });
        return { list, el: h('div', { hidden: true }, h('h2', { id }, t(key)), list) };
    }
}
