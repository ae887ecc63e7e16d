/** The node of one line of a message log: made once, then only dressed again. */
import { t } from '../i18n/index.js';
import { bubble, meta, nameLine } from './bubble.js';
import * as format from './format.js';
import { h } from './h.js';
import { isHeld } from './holds.js';

/**
 * @param {Row} row
 * @param {import('./bubble.js').WhoOf} who
 */
export function makeRow(row, who) {
    if (row.type === 'day') return h('div', { class: 'day' }, h('span', {}, format.day(row.date)));
    if (row.type === 'new') return h('div', { class: 'new' }, h('span', {}, t('log.new')));
    return bubble(row.message, { isMine: row.isMine, ...who(row) });
}

/**
 * Gives a message its place in the group and the line below it; touches nothing if nothing changed.
 * @param {any} node
 * @param {any} row
 * @param {import('./bubble.js').Who & import('./bubble.js').Deeds} options
 */
export function dressRow(node, { message, isMine, isFirst, isLast }, options) {
    const looks = [isMine && 'mine', isFirst && 'first', isLast && 'last', message.state];
    const look = ['m', ...looks.filter(Boolean)].join(' ');
    const shown = `${look} ${options.isRead} ${options.via} ${options.byName} ${message.reason} ${message.createdAt} ${message.hold?.until}`;
    if (node.shown === shown) return;
    node.shown = shown;
    node.className = look;
    // Whoever was the first of a group is not any more when older messages come.
    const name = node.querySelector('.by');
    if (name) name.hidden = !options.byName;
    else if (options.byName) node.prepend(nameLine(options.author));
    node.querySelector('.meta')?.remove();
    const isMoving = ['sending', 'waiting', 'failed'].includes(message.state) || isHeld(message.hold);
    if (isLast || isMoving) node.append(meta(message, { isMine, ...options }));
}
