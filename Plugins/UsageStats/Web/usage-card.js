/** <usage-card> : what the company texts, on the home page of whoever manages it. Empty where SMS isn't used. */
import { css, h } from '/js/lib/h.js';
import { chart } from './chart.js';
import { people, reasons, numbers, sheet, domains } from './tables.js';
import { number, percent, t, useTexts, wait } from './texts.js';

const PERIODS = [7, 30, 90];
/** The figures are fetched again after so long, in milliseconds, while somebody may look at them. */
const EVERY = 60_000;

const own = fetch(new URL('usage.css', import.meta.url))
    .then((response) => response.text())
    .then((text) => new CSSStyleSheet().replace(text));
const sheets = await Promise.all([css('shared.css'), css('controls.css'), own]);

class UsageCard extends HTMLElement {
    /** @type {any} given by the portal */
    portal;
    #days = 30;
    #asked = 0;
    #done = new AbortController();
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #timer;

    constructor() {
        super();
        this.attachShadow({ mode: 'open' }).adoptedStyleSheets = sheets;
    }

    async connectedCallback() {
        // Nothing stands there before it is known whether there is anything to see.
        this.hidden = true;
        await useTexts(this.portal.session.preferences?.language ?? 'auto');
        this.#timer = setInterval(() => document.visibilityState === 'visible' && this.#load(), EVERY);
        document.addEventListener('visibilitychange', () => this.#load(), { signal: this.#done.signal });
        await this.#load();
    }

    disconnectedCallback() {
        clearInterval(this.#timer);
        this.#done.abort();
    }

    async #load() {
        if (document.visibilityState !== 'visible') return;
        const asked = ++this.#asked;
        try {
            const figures = await this.portal.api.get('/usage/summary', { days: this.#days });
            // Figures of another period may come late.
            if (asked === this.#asked) this.#show(figures);
        } catch (error) {
            if (!this.isConnected || asked !== this.#asked) return;
            this.hidden = false;
            const words = h('p', { class: 'fault', role: 'alert' }, /** @type {Error} */ (error).message);
            if (!this.shadowRoot?.querySelector('.usage')) this.shadowRoot?.replaceChildren(words);
        }
    }

    /** @param {any} figures */
    #show(figures) {
        this.hidden = !figures.isShown;
        if (!figures.isShown) return void this.shadowRoot?.replaceChildren();
        const focused = this.shadowRoot?.activeElement?.getAttribute('data-key');
        const isOpen = this.shadowRoot?.querySelector('details')?.open ?? false;
        const several = figures.domains.length > 1;
        const parts = [
            this.#head(figures),
            tiles(figures),
            h(
                'div',
                { class: 'row' },
                part(t('by-day'), chart(figures.days), sheet(figures.days, isOpen)),
                part(t('numbers'), numbers(figures.numbers)),
            ),
            several && part(t('domains'), domains(figures.domains)),
            part(t('people'), people(figures.people)),
            figures.reasons.length > 0 && part(t('reasons'), reasons(figures.reasons)),
        ];
        const el = h('section', { class: 'usage', 'aria-labelledby': 'usage-title' }, parts);
        this.shadowRoot?.replaceChildren(el);
        if (focused) /** @type {any} */ (this.shadowRoot?.querySelector(`[data-key="${focused}"]`))?.focus();
    }

    /** @param {any} figures */
    #head(figures) {
        const choose = (/** @type {number} */ days) => {
            this.#days = days;
            this.#load();
        };
        const buttons = PERIODS.map((days) =>
            h(
                'button',
                { type: 'button', 'data-key': days, 'aria-pressed': String(days === this.#days), onclick: () => choose(days) },
                t('days', { n: days }),
            ),
        );
        const href = `/api/v1/usage/export?days=${this.#days}`;
        const hint = figures.isCounting ? t('counting') : t('zone', { zone: figures.timeZone.replaceAll('_', ' ') });
        return h(
            'header',
            {},
            h('div', { class: 'title' }, h('h2', { id: 'usage-title' }, t('title')), h('p', {}, hint)),
            h('div', { class: 'segd', role: 'group', 'aria-label': t('period') }, buttons),
            h('a', { class: 'btn', href, download: 'sms-usage.csv', 'data-key': 'export' }, t('export')),
        );
    }
}

/** @param {string} title @param {...any} body */
const part = (title, ...body) => h('section', { class: 'part' }, h('h3', {}, title), body);

/** @param {any} figures */
function tiles({ totals, before, counters, replies, optOuts, videoSessions }) {
    const share = totals.sent > 0 ? totals.failed / totals.sent : 0;
    const parts = totals.sent > 0 ? t('parts-each', { n: number(totals.segments / totals.sent, 1) }) : '';
    const waited = replies.count > 0 ? t('p95', { time: wait(replies.p95) }) : t('no-replies');
    return h(
        'dl',
        { class: 'tiles' },
        tile(t('received'), number(totals.received), change(totals.received, before.received), 's1'),
        tile(t('sent'), number(totals.sent), change(totals.sent, before.sent), 's2'),
        tile(t('parts'), number(totals.segments), parts),
        tile(t('failed'), number(totals.failed), totals.sent > 0 ? t('of-sent', { share: percent(share) }) : ''),
        tile(t('delivered'), number(totals.delivered), ''),
        tile(t('first-reply'), replies.count > 0 ? wait(replies.p50) : '–', waited),
        tile(t('opt-outs'), number(optOuts), ''),
        tile(t('chats'), number(totals.chats), t('video', { n: videoSessions })),
        ...['Sent', 'Received'].map((way) => counter(way, counters)),
    );
}

/** @param {string} label @param {string} value @param {any} below @param {string} [series] */
const tile = (label, value, below, series) =>
    h('div', { class: 'tile' }, h('dt', {}, series && h('i', { class: series }), label), h('dd', {}, value, h('small', {}, below)));

/**
 * Today, this month and last month, as phone systems bill them.
 * @param {string} way
 * @param {any} counters
 */
function counter(way, counters) {
    const three = ['Today', 'ThisMonth', 'LastMonth'].map((when) =>
        h('span', {}, h('b', {}, number(counters[`sms${way}${when}`])), h('small', {}, t(when))),
    );
    return h('div', { class: 'tile wide' }, h('dt', {}, t(`counter.${way}`)), h('dd', { class: 'three' }, three));
}

/** @param {number} now @param {number} before */
function change(now, before) {
    if (before === 0) return '';
    const by = (now - before) / before;
    return [h('b', {}, `${by >= 0 ? '▲' : '▼'} ${percent(Math.abs(by))}`), ` ${t('on-before')}`];
}

customElements.define('usage-card', UsageCard);
