/**
 * A list of any length of which only the rows in view are in the document. All rows are equally high; the page scrolls.
 * A row that has the focus stays, wherever one scrolls.
 */
import { h } from './h.js';
import { inView } from './inbox.js';

/** A row before one was measured, in pixels. */
const GUESS = 62;

/**
 * @template Item
 * @typedef {object} LongListOptions
 * @property {string} label names the list
 * @property {(item: Item) => string} key
 * @property {(item: Item, row: any) => any} dress gives the row of an item, the same element as before if there was one
 * @property {() => void} onEnd the last rows come into view
 */

/** @template Item */
export class LongList {
    #options;
    /** @type {Item[]} */
    #items = [];
    /** @type {Map<string, {el: any, at: number}>} rows in the document */
    #rows = new Map();
    #height = GUESS;
    #isDue = false;
    #isWhole = false;
    #done = new AbortController();

    /** @param {LongListOptions<Item>} options */
    constructor(options) {
        this.#options = options;
        this.el = h('ul', { class: 'hist', role: 'list', 'aria-label': options.label });
        this.el.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event));
        const { signal } = this.#done;
        for (const type of ['scroll', 'resize']) addEventListener(type, () => this.#soon(), { signal, passive: true });
    }

    /** @param {Item[]} items @param {boolean} isWhole whether the list ends here */
    show(items, isWhole) {
        this.#items = items;
        this.#isWhole = isWhole;
        this.#place();
    }

    end() {
        this.#done.abort();
    }

    /** How many rows are in the document. */
    get size() {
        return this.#rows.size;
    }

    /**
     * Puts the focus on the row that is at this place now, or on the last.
     * @param {number} at
     * @param {string} [selector] what in the row
     */
    focus(at, selector = 'a') {
        const place = Math.min(Math.max(at, 0), this.#items.length - 1);
        if (place < 0) return;
        const key = this.#options.key(this.#items[place]);
        if (!this.#rows.has(key)) {
            scrollTo(0, this.el.getBoundingClientRect().top + scrollY + place * this.#height - innerHeight / 2);
            this.#place();
        }
        this.#rows.get(key)?.el.querySelector(selector)?.focus();
    }

    /**
     * Where an element's row is in the list, or -1.
     * @param {Element | null} el
     */
    placeOf(el) {
        for (const { el: row, at } of this.#rows.values()) if (row.contains(el)) return at;
        return -1;
    }

    #soon() {
        if (this.#isDue) return;
        this.#isDue = true;
        requestAnimationFrame(() => {
            this.#isDue = false;
            if (this.el.isConnected) this.#place();
        });
    }

    /** @returns {void} */
    #place() {
        const count = this.#items.length;
        this.#measure();
        const { top } = this.el.getBoundingClientRect();
        const [first, last] = inView({ top, height: innerHeight, row: this.#height, count });
        const focused = this.placeOf(document.activeElement);
        const focusedKey = [...this.#rows].find(([, row]) => row.at === focused)?.[0];
        const places = this.#wanted(first, last, focusedKey);
        for (const [key, { el }] of this.#rows) {
            if (places.has(key)) continue;
            el.remove();
            this.#rows.delete(key);
        }
        let next = this.el.firstElementChild;
        for (const [key, at] of places) {
            const el = this.#row(key, at);
            if (el === next) next = next.nextElementSibling;
            else this.el.insertBefore(el, next);
        }
        if (this.#measure()) return this.#place();
        this.el.style.setProperty('block-size', `${count * this.#height}px`);
        if (last >= count - 10) this.#options.onEnd();
    }

    /**
     * The places of the rows that belong into the document, in order.
     * @param {number} first
     * @param {number} last
     * @param {string | undefined} focused
     */
    #wanted(first, last, focused) {
        const { key } = this.#options;
        const places = new Map();
        for (let at = first; at < last; at += 1) places.set(key(this.#items[at]), at);
        if (focused === undefined || places.has(focused)) return places;
        const at = this.#items.findIndex((item) => key(item) === focused);
        if (at < 0) return places;
        return new Map(at < first ? [[focused, at], ...places] : [...places, [focused, at]]);
    }

    /** @param {string} key @param {number} at */
    #row(key, at) {
        const known = this.#rows.get(key);
        const el = this.#options.dress(this.#items[at], known?.el ?? null);
        if (known?.at !== at || !known) {
            el.style.setProperty('inset-block-start', `${at * this.#height}px`);
            el.setAttribute('aria-posinset', String(at + 1));
        }
        const size = String(this.#isWhole ? this.#items.length : -1);
        if (el.getAttribute('aria-setsize') !== size) el.setAttribute('aria-setsize', size);
        this.#rows.set(key, { el, at });
        return el;
    }

    /** Another width or font size changes how high a row is. Says whether it did. */
    #measure() {
        const height = this.el.firstElementChild?.offsetHeight;
        if (!height || height === this.#height) return false;
        this.#height = height;
        for (const row of this.#rows.values()) row.at = -1;
        return true;
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        const target = /** @type {Element} */ (event.target);
        if (event.altKey || event.ctrlKey || event.metaKey || target.closest('[popover]')) return;
        const here = this.placeOf(target);
        /** @type {Record<string, number>} */
        const places = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: this.#items.length - 1 };
        const place = places[event.key];
        if (here < 0 || place === undefined || place < 0) return;
        event.preventDefault();
        this.focus(place);
    }
}
