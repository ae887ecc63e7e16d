import { t } from '../i18n/index.js';
import { callsElsewhere } from '../lib/call-state.js';
import { css, h } from '../lib/h.js';
import { CallStrip } from './call-strip.js';

const sheets = await Promise.all([css('shared.css'), css('controls.css'), css('calls.css')]);

/** <pbx-call-bar> : the reader's calls that no open box shows, on every page and in every tab. */
export class CallBar extends HTMLElement {
    /** @type {import('../shell/app.js').App} */
    app;
    /** @type {Map<string, CallStrip>} */
    #strips = new Map();
    #done = new AbortController();

    constructor() {
        super();
        this.attachShadow({ mode: 'open' }).adoptedStyleSheets = sheets;
    }

    connectedCallback() {
        this.setAttribute('role', 'region');
        this.setAttribute('aria-label', t('call.bar'));
        this.list = h('div', { class: 'call-bar' });
        this.shadowRoot?.replaceChildren(this.list);
        this.app.store.watch((state) => this.#update(state), this.#done.signal);
        this.#update(this.app.store.state);
    }

    disconnectedCallback() {
        this.#done.abort();
        for (const strip of this.#strips.values()) strip.end();
    }

    /** @param {State} state */
    #update(state) {
        const calls = callsElsewhere(state);
        this.hidden = calls.length === 0;
        const ids = new Set(calls.map((call) => call.id));
        for (const [id, strip] of this.#strips) {
            if (ids.has(id)) continue;
            strip.end();
            strip.el.remove();
            this.#strips.delete(id);
        }
        for (const call of calls) {
            const strip = this.#strips.get(call.id) ?? new CallStrip(this.app);
            if (!this.#strips.has(call.id)) this.list.append(strip.el);
            this.#strips.set(call.id, strip);
            strip.show(call);
        }
    }
}
customElements.define('pbx-call-bar', CallBar);
