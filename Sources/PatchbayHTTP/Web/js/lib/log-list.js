/**
 * The lines of a message log in the document, in sheets of fifty. A sheet is laid out by itself, and one that is out
 * of view is left out of all work with the size that it had (`content-visibility`), so a page of older messages put
 * in front, or one message at the end, costs the same in a conversation of ten thousand as in one of ten.
 */
import { h } from './h.js';

/** Lines of a full sheet. */
const SHEET = 50;

export class LogList {
    #make;
    /** @type {Map<string, any>} */
    #nodes = new Map();
    #width = 0;
    #sizes = new ResizeObserver((entries) => this.#resized(entries));

    /** @param {(row: Row) => any} make the node of a row that has none yet */
    constructor(make) {
        this.#make = make;
        this.el = h('div', { class: 'items' });
        this.#sizes.observe(this.el);
    }

    get isEmpty() {
        return this.#nodes.size === 0;
    }

    /** @param {string} key @returns {any} the line's node, if it is shown */
    node(key) {
        return this.#nodes.get(key);
    }

    /**
     * Puts the rows in place, moves only what has to move, and gives the node of each.
     * @param {Row[]} rows
     * @returns {any[]}
     */
    place(rows) {
        const keys = new Set(rows.map((row) => row.key));
        for (const [key, node] of this.#nodes) {
            if (keys.has(key)) continue;
            node.remove();
            this.#nodes.delete(key);
        }
        let next = this.#first();
        const placed = rows.map((row) => {
            const node = this.#known(row);
            if (node === next) next = this.#after(node);
            else this.#insert(node, next);
            return node;
        });
        this.el.querySelectorAll('.sheet:empty').forEach((/** @type {any} */ sheet) => sheet.remove());
        return placed;
    }

    /** @param {number} top @returns {any} the first message that ends below this height of the window */
    firstBelow(top) {
        const isBelow = (/** @type {any} */ node) => node.getBoundingClientRect().bottom > top;
        for (const sheet of this.el.children) {
            if (!isBelow(sheet)) continue;
            for (const node of sheet.children) if (node.matches('.m') && isBelow(node)) return node;
        }
        return null;
    }

    /** @param {Row} row */
    #known(row) {
        const known = this.#nodes.get(row.key);
        if (known) return known;
        const node = this.#make(row);
        this.#nodes.set(row.key, node);
        return node;
    }

    #first() {
        for (const sheet of this.el.children) if (sheet.firstChild) return sheet.firstChild;
        return null;
    }

    /** @param {any} node */
    #after(node) {
        if (node.nextSibling) return node.nextSibling;
        let sheet = node.parentNode.nextSibling;
        while (sheet && !sheet.firstChild) sheet = sheet.nextSibling;
        return sheet?.firstChild ?? null;
    }

    /** @param {any} node @param {any} next what it comes before; null at the end */
    #insert(node, next) {
        if (next?.previousSibling && isFull(next.parentNode)) this.#split(next);
        if (next?.previousSibling) return next.before(node);
        const [before, after] = next ? [next.parentNode.previousSibling, next.parentNode] : [this.el.lastChild, null];
        const sheet = before && !isFull(before) ? before : this.#sheet();
        if (sheet !== before) this.el.insertBefore(sheet, after);
        sheet.append(node);
    }

    /** @param {any} next what stands before it gets a sheet of its own */
    #split(next) {
        const sheet = this.#sheet();
        while (next.previousSibling) sheet.prepend(next.previousSibling);
        next.parentNode.before(sheet);
    }

    #sheet() {
        const sheet = h('div', { class: 'sheet' });
        this.#sizes.observe(sheet);
        return sheet;
    }

    /** @param {ResizeObserverEntry[]} entries */
    #resized(entries) {
        const width = entries.find((one) => one.target === this.el)?.contentRect.width || this.#width;
        if (width !== this.#width) this.#measure();
        else for (const { target, contentRect } of entries) if (target !== this.el) this.#settle(target, contentRect.height);
        this.#width = width;
    }

    /** Lines break elsewhere: every sheet has to find its size again. */
    #measure() {
        const sheets = [...this.el.children];
        for (const sheet of sheets) sheet.classList.remove('settled');
        const heights = sheets.map((sheet) => sheet.getBoundingClientRect().height);
        sheets.forEach((sheet, i) => this.#settle(sheet, heights[i]));
    }

    /** @param {any} sheet @param {number} height in pixels; 0 while the log is hidden */
    #settle(sheet, height) {
        const isGrowing = sheet === this.el.lastChild && !isFull(sheet);
        if (height === 0 || isGrowing) return;
        sheet.style.setProperty('contain-intrinsic-block-size', `${height}px`);
        sheet.classList.add('settled');
    }
}

/** @param {any} sheet */
const isFull = (sheet) => sheet.childElementCount >= SHEET;
