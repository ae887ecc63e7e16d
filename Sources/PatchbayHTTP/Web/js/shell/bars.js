/** Quiet lines under the top bar: the connection, what came in meanwhile, and whether the browser may notify. */
import { listed, t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';
import { titleText } from '../lib/parts.js';
import { newestFirst } from '../lib/state.js';

/** After this time without connection one is offline rather than reconnecting, in milliseconds. */
const PATIENCE = 6000;
const NAMES = 3;

export class Bars {
    #app;
    #go;
    #done = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #patience;
    #isMissedDue;

    /**
     * @param {import('./app.js').App} app
     * @param {(path: string) => void} go
     */
    constructor(app, go) {
        this.#app = app;
        this.#go = go;
        // What comes from now on is no longer missed.
        this.#isMissedDue = app.marks.isFreshSignIn && (app.store.state.session?.unread ?? 0) > 0;
        this.link = h('div', { class: 'bar link', role: 'status', hidden: true }, icon('clock', 16), h('span'));
        this.missed = h('div', { class: 'bar missed', role: 'status', hidden: true });
        this.ask = h('div', { class: 'bar ask-line', role: 'status', hidden: true });
        this.el = h('div', { class: 'bars' }, this.link, this.missed, this.ask);
        const { signal } = this.#done;
        app.store.watch((state, before) => this.#update(state, before), signal);
        for (const name of ['online', 'offline']) addEventListener(name, () => this.#connection(), { signal });
        app.notices?.onPermissionWanted(() => this.#askOnce());
        this.#connection();
        this.#showMissed(app.store.state);
    }

    /**
     * The list of messages shows what the line of missed messages tells of.
     * @param {string} path
     */
    arrived(path) {
        if (path !== '/messages') return;
        this.#isMissedDue = false;
        this.#close(this.missed);
    }

    end() {
        this.#done.abort();
        clearTimeout(this.#patience);
    }

    /** @param {State} state @param {State} before */
    #update(state, before) {
        if (state.link !== before.link) this.#connection();
        if (state.conversations !== before.conversations) this.#showMissed(state);
    }

    #connection() {
        const isLost = this.#app.store.state.link === 'reconnecting' || !navigator.onLine;
        clearTimeout(this.#patience);
        if (!isLost) return void (this.link.hidden = true);
        const say = (/** @type {string} */ words) => this.link.lastChild.replaceChildren(words);
        say(navigator.onLine ? t('link.reconnecting') : t('link.offline'));
        this.#patience = setTimeout(() => say(t('link.offline')), PATIENCE);
        this.link.hidden = false;
    }

    /** What was unread at the sign-in; it goes when all of it has been read. */
    #showMissed(/** @type {State} */ state) {
        const unread = newestFirst(state).filter((c) => c.unread > 0 && !c.isMuted);
        if (!this.#isMissedDue || this.missed.childElementCount > 0) {
            if (unread.length === 0) this.#close(this.missed);
            return;
        }
        if (unread.length === 0) return;
        this.#isMissedDue = false;
        const n = unread.reduce((sum, c) => sum + c.unread, 0);
        const others = unread.length - NAMES;
        const names = unread.slice(0, NAMES).map(titleText);
        const who = listed(others > 0 ? [...names, t('notices.others', { n: others })] : names);
        const words = h('span', { class: 'n' }, h('b', {}, t('notices.while-away', { n })), ' ');
        words.append(h('bdi', {}, t('notices.from', { names: who })));
        const see = () => {
            this.#close(this.missed);
            this.#go('/messages');
        };
        const all = h('button', { class: 'btn', type: 'button', onclick: see }, t('notices.see-all'));
        this.missed.append(icon('chat', 20), words, all, this.#closer(this.missed));
        this.missed.hidden = false;
    }

    #askOnce() {
        if (this.ask.childElementCount > 0 || this.#app.marks.isAskAnswered) return;
        const answered = () => {
            this.ask.hidden = true;
            this.#app.marks.isAskAnswered = true;
        };
        const allow = () => {
            answered();
            this.#app.notices?.browser.ask();
        };
        const words = h('span', { class: 'n' }, t('notices.ask'));
        const yes = h('button', { class: 'btn primary', type: 'button', onclick: allow }, t('notices.allow'));
        const no = h('button', { class: 'btn quiet', type: 'button', onclick: answered }, t('notices.not-now'));
        this.ask.append(icon('bell', 18), words, yes, no);
        this.ask.hidden = false;
    }

    /** @param {any} bar */
    #close(bar) {
        bar.hidden = true;
        if (bar === this.missed) this.#app.marks.isFreshSignIn = false;
    }

    /** @param {any} bar */
    #closer(bar) {
        const attributes = { class: 'ib', type: 'button', 'aria-label': t('notices.dismiss'), title: t('notices.dismiss') };
        return h('button', { ...attributes, onclick: () => this.#close(bar) }, icon('x', 17));
    }
}
