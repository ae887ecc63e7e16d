/**
 * A list of the API as a table: pages, an order where the server has one, and words where there is nothing. On a phone
 * each row stands as a card, with the column's name before each cell.
 */
import { t } from '../../../i18n/index.js';
import { h, icon } from '../../../lib/h.js';
import { rowNodes } from './table-rows.js';

/** @typedef {import('../../../shell/app.js').App} App */
/**
 * @typedef {object} Column
 * @property {string} id
 * @property {string} title words; empty for a column of buttons
 * @property {(row: any) => any} cell what stands in it
 * @property {string} [kind] a class for its cells: num, end
 * @property {string} [sort] the server's name of this order; the heading then is a button
 *
 * @typedef {object} Request
 * @property {string | null} cursor
 * @property {number} limit
 * @property {string} [sort] a column's, with - before it for the other way round
 */

const ROWS = 25;

/**
 * @param {App} app
 * @param {object} about
 * @param {string} about.label what the table holds
 * @param {Column[]} about.columns
 * @param {(request: Request) => Promise<{items: any[], next: string | null}>} about.load
 * @param {(row: any) => string} about.key stays the same while a row is the same
 * @param {() => any} about.empty what stands there instead of no rows
 * @param {string} [about.sort] the order in which it begins
 * @param {number} [about.rows] on one page
 * @returns {{el: any, reload: () => Promise<void>, first: () => Promise<void>}}
 */
export function dataTable(app, { label, columns, load, key, empty, sort = '', rows = ROWS }) {
    /** @type {(string | null)[]} where each page up to this one begins */
    let cursors = [null];
    /** @type {string | null} */
    let next = null;
    let order = sort;
    let asked = 0;
    const heads = columns.map((column) => headCell(column, (wanted) => {
        order = order === wanted ? `-${wanted}` : wanted;
        first();
    }));
    const body = h('tbody', { role: 'rowgroup' });
    const show = rowNodes(body, columns, key);
    const table = h('table', { role: 'table', 'aria-label': label }, h('thead', { role: 'rowgroup' },
        h('tr', { role: 'row' }, heads.map(({ el }) => el))), body);
    const nothing = h('div', { class: 'none', hidden: true });
    const said = h('span', { class: 'vh', role: 'status' });
    const pages = pager(() => turn(-1), () => turn(1));
    const el = h('div', { class: 'data', 'aria-busy': 'true' }, table, nothing, pages.el, said);

    const turn = (/** @type {number} */ by) => {
        if (by < 0) cursors.pop();
        else cursors.push(next);
        return reload();
    };
    const first = () => {
        cursors = [null];
        return reload();
    };
    const reload = async () => {
        const mine = (asked += 1);
        const cursor = cursors.at(-1) ?? null;
        await app.try(async () => {
            const page = await load({ cursor, limit: rows, ...(order ? { sort: order } : {}) });
            if (mine !== asked) return;
            // The last row of a page has gone: the one before it is the last now.
            if (page.items.length === 0 && cursors.length > 1) return void (await turn(-1));
            next = page.next;
            show(page.items);
            heads.forEach((head) => head.mark(order));
            table.hidden = page.items.length === 0;
            nothing.hidden = !table.hidden;
            if (table.hidden) nothing.replaceChildren(...[empty()].flat());
            pages.show(cursors.length, page.next !== null);
            said.textContent = t('table.shown', { n: page.items.length });
        });
        if (mine === asked) el.removeAttribute('aria-busy');
    };
    reload();
    return { el, reload, first };
}

/** @param {Column} column @param {(sort: string) => void} choose */
function headCell({ title, sort, kind = '' }, choose) {
    const el = h('th', { role: 'columnheader', scope: 'col', class: kind });
    if (!sort) {
        el.append(title === '' ? h('span', { class: 'vh' }, t('table.actions')) : title);
        return { el, mark: () => {} };
    }
    const arrow = icon('arrowDown', 13);
    el.append(h('button', { class: 'order', type: 'button', onclick: () => choose(sort) }, title, arrow));
    const mark = (/** @type {string} */ order) => {
        const isMine = order === sort || order === `-${sort}`;
        const way = order === sort ? 'ascending' : 'descending';
        if (isMine) el.setAttribute('aria-sort', way);
        else el.removeAttribute('aria-sort');
    };
    return { el, mark };
}

/** @param {() => void} back @param {() => void} on */
function pager(back, on) {
    const before = h('button', { class: 'btn', type: 'button', onclick: back }, t('table.back'));
    const after = h('button', { class: 'btn', type: 'button', onclick: on }, t('table.next'));
    const where = h('span', { class: 'muted' });
    const el = h('nav', { class: 'pages', 'aria-label': t('table.pages'), hidden: true }, before, where, after);
    const show = (/** @type {number} */ page, /** @type {boolean} */ hasNext) => {
        el.hidden = page === 1 && !hasNext;
        where.textContent = t('table.page', { page });
        // A button that has the focus and is no more must give it on.
        if (page === 1 && document.activeElement === before) after.focus();
        if (!hasNext && document.activeElement === after) before.focus();
        before.disabled = page === 1;
        after.disabled = !hasNext;
    };
    return { el, show };
}
