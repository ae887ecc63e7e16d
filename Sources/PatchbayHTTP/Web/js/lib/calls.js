/** Calls that the reader places: the button, what becomes of them, and the record. The portal's phone rings first. */
import { said, t } from '../i18n/index.js';
import { toast } from '../shell/toast.js';
import { ApiError } from './api.js';
import { callForgotten, callNoted, callsLoaded, isOver, length, nameOf, phonesChanged } from './call-state.js';
import { moment } from './format.js';
import { h, icon } from './h.js';
import { tel } from './parts.js';

/** How long the end of a call stays on screen, in milliseconds. */
const STAYS = { ended: 6_000, cancelled: 4_000, failed: 30_000 };
/** How many of the newest calls are looked at for those under way. */
const NEWEST = 20;
/** How many of the calls placed a panel shows. */
const RECORDED = 5;

/** @typedef {{conversationId: string} | {to: string}} CallTarget */

/** Made once per page; knows all calls of the reader that are under way, whichever tab placed them. */
export class Calls {
    #api;
    #store;
    #actions;
    /** Tells that the record of calls has changed. */
    news = new EventTarget();

    /**
     * @param {import('./api.js').Api} api
     * @param {import('./store.js').Store} store
     * @param {import('./actions.js').Actions} actions
     * @param {EventTarget} told where events come in by their names
     */
    constructor(api, store, actions, told) {
        this.#api = api;
        this.#store = store;
        this.#actions = actions;
        told.addEventListener('call.changed', (event) => this.#note(/** @type {any} */ (event).detail.call));
        told.addEventListener('phones.changed', (event) =>
            store.apply(phonesChanged, /** @type {any} */ (event).detail.phones),
        );
        told.addEventListener('resync', () => this.#load());
        store.watch((state, before) => {
            if (state.phase === 'in' && before.phase !== 'in') this.#load();
            // What phones did meanwhile nobody tells again.
            const isBack = state.link === 'live' && before.link === 'reconnecting';
            if (isBack && state.phase === 'in') this.#actions.loadPeople().catch(() => {});
        });
    }

    /** @param {CallTarget} target */
    async place(target) {
        const clientId = crypto.randomUUID();
        try {
            const { call } = await this.#api.post('/calls', { clientId, ...target });
            this.#note(call, true);
        } catch (error) {
            if (!(error instanceof ApiError)) throw error;
            // The phone system refused: then there is a record of it, and the strip says why.
            const known = await this.#api.get('/calls', { limit: 1 }).catch(() => ({ items: [] }));
            if (known.items[0]?.clientId !== clientId) throw error;
            this.#note(known.items[0], true);
        }
    }

    /** @param {Call} call */
    async hangUp(call) {
        await this.#api.delete(`/calls/${call.id}`);
    }

    /** @param {Call} call */
    forget(call) {
        this.#store.apply(callForgotten, call.id);
    }

    /**
     * The calls that the reader placed to any of them, newest first.
     * @param {string[]} whom numbers in E.164 or extensions
     * @returns {Promise<Call[]>}
     */
    async record(whom) {
        const pages = await Promise.all(whom.map((to) => this.#api.get('/calls', { with: to, limit: RECORDED })));
        const all = /** @type {Call[]} */ (pages.flatMap((page) => page.items));
        return all.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1)).slice(0, RECORDED);
    }

    async #load() {
        const page = await this.#api.get('/calls', { limit: NEWEST }).catch(() => null);
        if (page) this.#store.apply(callsLoaded, page.items);
    }

    /** @param {Call} call @param {boolean} [isOwn] */
    #note(call, isOwn = false) {
        this.#store.apply(callNoted, call, isOwn);
        this.news.dispatchEvent(new CustomEvent('changed', { detail: call }));
        if (!isOver(call) || !this.#store.state.calls.has(call.id)) return;
        setTimeout(() => this.forget(call), STAYS[/** @type {keyof typeof STAYS} */ (call.state)]);
    }
}

/**
 * The button that calls somebody: `el` is the element, `show` follows what the reader may do. Without a phone system
 * it says why when it is pressed; it is never just dead.
 * @param {import('../shell/app.js').App} app
 * @param {CallTarget & {name: string}} target
 * @param {number} [size] of the icon
 */
export function callControl(app, { name, ...target }, size = 17) {
    const el = h('button', { class: 'ib call', type: 'button' }, icon('phone', size));
    const dress = (/** @type {Session | null} */ session, /** @type {string} */ whom) => {
        const isOpen = session?.calls?.isOpen === true;
        const label = t('call.to', { name: whom });
        el.setAttribute('aria-label', label);
        el.title = isOpen ? label : reason(session);
        el.setAttribute('aria-disabled', String(!isOpen));
    };
    el.addEventListener('click', () => {
        const { session } = app.store.state;
        if (session?.calls?.isOpen !== true) return toast(reason(session));
        app.try(() => app.calls.place(/** @type {CallTarget} */ (target)));
    });
    dress(app.store.state.session, name);
    return {
        el,
        /** @param {State} state @param {string} [whom] */
        show: (state, whom = name) => dress(state.session, whom),
    };
}

/**
 * The same, for what is made anew whenever the session changes.
 * @param {import('../shell/app.js').App} app
 * @param {CallTarget & {name: string}} target
 * @param {number} [size]
 */
export const callButton = (app, target, size) => callControl(app, target, size).el;

/** @param {Session | null} session */
const reason = (session) => said(session?.calls?.id, session?.calls?.reason) || t('call.closed');

/**
 * The record of the calls that the reader placed to somebody; nothing while there are none. It follows new calls as
 * long as it is in the page. Needs css/calls.css where it stands.
 * @param {import('../shell/app.js').App} app
 * @param {{to: string | string[]}} target numbers in E.164 or extensions
 */
export function callsOf(app, { to }) {
    const whom = [to].flat();
    const title = t('call.record');
    const list = h('ul', { class: 'points', 'aria-label': title });
    const el = h('section', { class: 'call-record', hidden: true }, h('h3', {}, title), list);
    const done = new AbortController();
    const load = async () => {
        const calls = await app.calls.record(whom).catch(() => []);
        list.replaceChildren(...calls.map((call) => recorded(call, whom.length > 1)));
        el.hidden = calls.length === 0;
    };
    const changed = (/** @type {any} */ event) => {
        if (!el.isConnected) return done.abort();
        if (whom.includes(event.detail.to)) load();
    };
    app.calls.news.addEventListener('changed', changed, { signal: done.signal });
    load();
    return el;
}

/** @param {Call} call @param {boolean} saysWhom */
function recorded(call, saysWhom) {
    const small = [moment(new Date(call.startedAt)), saysWhom && [' · ', tel(call.toFormatted)]];
    return h(
        'li',
        { class: call.state },
        icon(call.answeredAt ? 'phone' : 'phoneOff', 15),
        h('span', { class: 'n' }, h('b', {}, result(call)), h('small', {}, small)),
    );
}

/** @param {Call} call */
function result(call) {
    if (!isOver(call)) return t('call.result.under-way');
    if (call.answeredAt && call.endedAt) {
        return t('call.result.talked', { length: length(Date.parse(call.endedAt) - Date.parse(call.answeredAt)) });
    }
    return t(call.failure ? `call.result.${call.failure}` : 'call.result.cancelled');
}

/**
 * What is said of a call while it is on screen.
 * @param {Call} call
 */
export function callWords(call) {
    return t(call.failure ? `call.failed.${call.failure}` : `call.${call.state}`, { name: nameOf(call) });
}
