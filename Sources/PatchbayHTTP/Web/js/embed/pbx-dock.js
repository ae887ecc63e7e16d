import '../components/call-bar.js';
import '../components/dock.js';
import { t, useLanguage } from '../i18n/index.js';
import { fetchFiles } from '../lib/files.js';
import { css, h, icon } from '../lib/h.js';
import { preferencesOf } from '../lib/preferences.js';
import * as s from '../lib/state.js';
import { holdTab } from '../live/tab.js';
import { App } from '../shell/app.js';
import { stage } from '../shell/stage.js';
import { Bearer } from './bearer.js';
import { EmbeddedApi } from './embedded-api.js';
import { FetchedEvents } from './fetched-events.js';

const SHEETS = ['tokens', 'shared', 'controls', 'afloat', 'embed'];
/** Where this module comes from is where the portal is. */
const PORTAL = new URL(import.meta.url).origin;

/**
 * `<pbx-dock token-url="/my/token">` : the dock in a page of another portal. `token-url` is an address of that portal's
 * own server, which answers `{"token": "…"}` for whoever is signed in there; or its script sets `getToken`, a function
 * that resolves to such a token. `theme` is light or dark, `lang` one of en, es, de and fr.
 */
export class EmbeddedDock extends HTMLElement {
    /** @type {import('./bearer.js').GetToken | null} */
    getToken = null;
    /** @type {App | null} */
    #app = null;
    /** @type {Bearer | null} */
    #bearer = null;
    #isShown = false;

    async connectedCallback() {
        if (this.shadowRoot) return;
        const root = this.attachShadow({ mode: 'open' });
        stage.root = h('div', { class: 'stage' });
        stage.words = stage.root;
        this.status = h('div', { class: 'status', role: 'status', hidden: true });
        root.append(stage.root, this.status);
        // Its words are loaded first: what goes wrong is said in them.
        root.adoptedStyleSheets = await Promise.all(SHEETS.map((name) => css(`${name}.css`)));
        await useLanguage(this.lang || 'auto').catch(() => {});
        this.#bearer = new Bearer(`${PORTAL}/api/v1`, () => this.#token());
        this.#app = this.#makeApp(this.#bearer);
        holdTab();
        addEventListener('pagehide', (event) => !event.persisted && this.#bearer?.end());
        await this.#signIn();
    }

    /** @param {Bearer} bearer */
    #makeApp(bearer) {
        const api = new EmbeddedApi(PORTAL, bearer);
        const ask = (/** @type {string} */ path, /** @type {RequestInit} */ options = {}) => api.send(path, options);
        const line = {
            open: (/** @type {string} */ path) => new FetchedEvents((options) => ask(path, options)),
            ask: (/** @type {string} */ path) => ask(path, { cache: 'no-store' }),
            tell: (/** @type {string} */ path, /** @type {any} */ body) => api.put(path, body),
        };
        fetchFiles((/** @type {string} */ id) => api.file(id));
        const app = new App({ api, line });
        app.title.own = document.title;
        app.go = (path) => void open(`${PORTAL}${path}`, '_blank', 'noopener');
        app.store.watch((state, before) => {
            this.dataset.link = state.link;
            this.dataset.density = preferencesOf(state).density;
            if (state.phase === 'out' && before.phase === 'in') this.#gone(t('embed.ended'));
        });
        return app;
    }

    async #signIn() {
        const app = /** @type {App} */ (this.#app);
        this.status.hidden = true;
        try {
            const session = await /** @type {Bearer} */ (this.#bearer).signIn();
            if (!this.lang) await useLanguage(preferencesOf({ session }).language);
            // Elements of plugins are the portal's own pages' business.
            app.store.apply(s.signedIn, { ...session, slots: [] });
            this.#show();
        } catch (failure) {
            this.#gone(t('embed.refused', { reason: /** @type {Error} */ (failure).message }));
        }
    }

    #show() {
        if (this.#isShown) return;
        this.#isShown = true;
        const app = this.#app;
        const dock = h('pbx-dock-row', { '.app': app });
        if (app) app.dock = dock;
        const contacts = h('button', { class: 'fab', type: 'button' }, icon('users', 19), t('dock.title'));
        contacts.addEventListener('click', () => dock.contacts.removeAttribute('collapsed'));
        stage.root.append(contacts, dock, h('pbx-call-bar', { '.app': app }));
    }

    /** @param {string} words */
    #gone(words) {
        this.#isShown = false;
        if (this.#app) this.#app.dock = null;
        stage.root.replaceChildren();
        const again = h('button', { class: 'btn', type: 'button', onclick: () => this.#signIn() }, t('error.again'));
        this.status.replaceChildren(icon('lock', 16), h('span', {}, words), again);
        this.status.hidden = false;
    }

    /** @returns {Promise<string>} */
    async #token() {
        if (this.getToken) return this.getToken();
        const url = this.getAttribute('token-url');
        if (!url) throw new Error(t('embed.no-token'));
        const response = await fetch(url, { cache: 'no-store', credentials: 'same-origin' });
        const token = response.ok ? (await response.json()).token : null;
        if (typeof token !== 'string') throw new Error(t('embed.no-token'));
        return token;
    }
}

customElements.define('pbx-dock', EmbeddedDock);
