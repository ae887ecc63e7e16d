/** Small pieces that the sections of the system share. */
import { t } from '../../../i18n/index.js';
import { moment } from '../../../lib/format.js';
import { choice, openDialog } from '../../../lib/dialog.js';
import { h, icon, uid } from '../../../lib/h.js';
import { pill as state } from '../parts/pill.js';

/** @typedef {import('../../../shell/app.js').App} App */

/** How good something is, as a state looks. */
const KINDS = /** @type {Record<string, 'ok' | 'warn' | 'bad' | 'quiet'>} */ ({
    good: 'ok',
    doubtful: 'warn',
    bad: 'bad',
    off: 'quiet',
});

/**
 * @param {string} look good, doubtful, bad or off
 * @param {string} words
 */
export const pill = (look, words) => state(KINDS[look], words);

/**
 * A section of a page with its heading.
 * @param {string} title
 * @param {...any} children
 */
export function part(title, ...children) {
    const id = uid('part');
    return h('section', { class: 'card sys', 'aria-labelledby': id }, h('header', {}, h('h2', { id }, title)), children);
}

/**
 * What was found, and what to do about it.
 * @param {string | null} reason
 * @param {string | null} mend
 */
export const why = (reason, mend) =>
    reason && h('p', { class: 'why-line' }, reason, mend && h('span', { class: 'mend' }, ` ${mend}`));

/**
 * A table that scrolls sideways by itself, also by the keys.
 * @param {string} name
 * @param {string[]} heads
 * @param {any[]} rows
 */
export function table(name, heads, rows) {
    for (const row of rows) nameCells(row, heads);
    const head = h('thead', {}, h('tr', {}, heads.map((words) => h('th', { scope: 'col' }, words))));
    return h(
        'div',
        { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': name },
        h('table', { class: 'tbl' }, head, h('tbody', {}, rows)),
    );
}

/**
 * Each cell says what it is: on a phone a row is a card without heads.
 * @param {any} row
 * @param {string[]} heads
 */
export function nameCells(row, heads) {
    heads.forEach((words, i) => row.children[i] && (row.children[i].dataset.label = words));
    return row;
}

/**
 * Asks before something that can't be taken back.
 * @param {string} title
 * @param {string} words
 * @param {string} yes
 * @param {() => void} deed
 */
export function ask(title, words, yes, deed) {
    openDialog(document.body, title, (close) => {
        const done = () => {
            close();
            deed();
        };
        const button = h('button', { class: 'btn danger', type: 'button', onclick: done }, yes);
        return [h('p', {}, words), choice(close, button)];
    });
}

/**
 * A field with its label; the error is said where it is.
 * @param {string} label
 * @param {any} control
 * @param {any} [hint]
 */
export function labelled(label, control, hint = null) {
    control.id ||= uid('field');
    const note = hint && h('small', { class: 'muted', id: uid('hint') }, hint);
    if (note) control.setAttribute('aria-describedby', note.id);
    return h('div', { class: 'labelled' }, h('label', { for: control.id }, label), framed(control), note);
}

/** @param {any} control with what it needs around it: a box, or the arrow of a list */
function framed(control) {
    if (control.tagName === 'SELECT') return h('span', { class: 'pick' }, control, icon('down', 14));
    const isBoxed = control.tagName === 'INPUT' && !['checkbox', 'radio'].includes(control.type);
    return isBoxed ? boxed(control) : control;
}

/** @param {any} input */
export const boxed = (input) => h('div', { class: 'field' }, input);

/** @param {string} at @param {string} by */
export const changedBy = (at, by) => t('system.changed-by', { by, when: moment(new Date(at)) });

/**
 * Does `deed` again and again while the page is in view, and at once when it comes into view.
 * @param {() => Promise<any>} deed
 * @param {number} pause in milliseconds
 * @returns {() => void} ends it
 */
export function whileVisible(deed, pause) {
    const done = new AbortController();
    let isUnderWay = false;
    const run = async () => {
        if (document.hidden || isUnderWay || done.signal.aborted) return;
        isUnderWay = true;
        await deed().catch(() => {});
        isUnderWay = false;
    };
    const timer = setInterval(run, pause);
    document.addEventListener('visibilitychange', run, { signal: done.signal });
    run();
    return () => {
        clearInterval(timer);
        done.abort();
    };
}
