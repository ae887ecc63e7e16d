/** The figures as tables and bars. */
import { h } from '/js/lib/h.js';
import { day, number, t } from './texts.js';

/** Rows shown; the export has all. */
const MOST = 12;

/**
 * The days as a table, for screen readers and whoever wants the numbers.
 * @param {any[]} days
 * @param {boolean} isOpen
 */
export const sheet = (days, isOpen) =>
    h(
        'details',
        { open: isOpen },
        h('summary', { 'data-key': 'days-table' }, t('as-table')),
        table(
            [t('day'), t('received'), t('sent'), t('parts'), t('failed'), t('chats')],
            days.map((d) => [day(d.day), d.received, d.sent, d.segments, d.failed, d.chats]),
        ),
    );

/** @param {any[]} rows */
export function numbers(rows) {
    if (rows.length === 0) return h('p', { class: 'none' }, t('none'));
    const most = Math.max(1, ...rows.map((row) => row.received + row.sent));
    const bar = (/** @type {any} */ row) => {
        const part = (/** @type {number} */ value, /** @type {string} */ series) =>
            h('i', { class: series, style: { '--w': `${(value / most) * 100}%` } });
        const said = t('number-said', { received: row.received, sent: row.sent });
        return h(
            'li',
            {},
            h('span', { class: 'n' }, h('b', {}, h('bdi', {}, row.formatted)), row.label && h('small', {}, row.label)),
            h('span', { class: 'sum', 'aria-label': said }, number(row.received + row.sent)),
            h('span', { class: 'track', 'aria-hidden': 'true' }, part(row.received, 's1'), part(row.sent, 's2')),
        );
    };
    return h('ul', { class: 'bars' }, rows.slice(0, 6).map(bar));
}

/** @param {any[]} rows */
export const people = (rows) =>
    rows.length === 0
        ? h('p', { class: 'none' }, t('none'))
        : table(
              [t('person'), t('sent'), t('parts'), t('failed'), t('chats')],
              rows.slice(0, MOST).map((row) => [row.name ?? t('gone'), row.sent, row.segments, row.failed, row.chats]),
          );

/** @param {any[]} rows */
export const domains = (rows) =>
    table(
        [t('domain'), t('received'), t('sent'), t('parts'), t('failed')],
        rows.map((row) => [row.name, row.received, row.sent, row.segments, row.failed]),
    );

/** @param {any[]} rows */
export const reasons = (rows) =>
    table(
        [t('reason'), t('failed')],
        rows.slice(0, MOST).map((row) => [row.reason || t('no-reason'), row.count]),
    );

/** @param {string[]} head @param {(string | number)[][]} rows */
const table = (head, rows) =>
    h(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': head[0] },
        h(
            'table',
            {},
            h('thead', {}, h('tr', {}, head.map((words) => h('th', { scope: 'col' }, words)))),
            h('tbody', {}, rows.map(([first, ...rest]) => line(first, rest))),
        ),
    );

/** @param {string | number} first @param {(string | number)[]} rest */
const line = (first, rest) =>
    h('tr', {}, h('th', { scope: 'row' }, String(first)), rest.map((value) => h('td', {}, number(Number(value)))));
