/** The rows of a table: one that is as before stays the same element, so that the focus in it stays too. */
import { h } from '../../../lib/h.js';

/** @typedef {import('./table.js').Column} Column */

/**
 * @param {any} body
 * @param {Column[]} columns
 * @param {(row: any) => string} key
 * @returns {(rows: any[]) => void} shows rows
 */
export function rowNodes(body, columns, key) {
    /** @type {Map<string, {text: string, el: any}>} */
    let shown = new Map();
    return (rows) => {
        const next = new Map(rows.map((row) => [key(row), node(row, shown.get(key(row)), columns)]));
        const focus = focused(body, shown);
        shown = next;
        const wanted = [...next.values()].map(({ el }) => el);
        const isSame = wanted.length === body.children.length && wanted.every((el, i) => body.children[i] === el);
        if (!isSame) body.replaceChildren(...wanted);
        if (focus && !body.contains(document.activeElement)) controls(next.get(focus.key)?.el)[focus.place]?.focus();
    };
}

/** @param {any} row @param {{text: string, el: any} | undefined} old @param {Column[]} columns */
function node(row, old, columns) {
    const text = JSON.stringify(row);
    if (old?.text === text) return old;
    const cells = columns.map(({ title, kind = '', cell }) =>
        h('td', { role: 'cell', class: kind, 'data-title': title }, h('span', { class: 'in' }, cell(row))),
    );
    return { text, el: h('tr', { role: 'row' }, cells) };
}

/** @param {any} el @returns {any[]} */
const controls = (el) => (el ? [...el.querySelectorAll('a, button, input, select')] : []);

/**
 * Which control of which row has the focus.
 * @param {any} body
 * @param {Map<string, {el: any}>} shown
 */
function focused(body, shown) {
    const at = document.activeElement;
    if (!body.contains(at)) return null;
    const found = [...shown].find(([, { el }]) => el.contains(at));
    return found ? { key: found[0], place: controls(found[1].el).indexOf(at) } : null;
}
