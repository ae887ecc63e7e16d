/** The list of keys: on the settings page, and as a sheet that `?` opens. */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';
import { preferencesOf } from '../lib/preferences.js';

/**
 * What is done, and the keys; alternatives apart.
 * @type {[string, string[][]][]}
 */
const KEYS = [
    ['keys.new', [['C']]],
    ['keys.search', [['/']]],
    ['keys.help', [['?']]],
    ['keys.boxes', [['Ctrl', 'Alt', '←'], ['Ctrl', 'Alt', '→']]],
    ['keys.minimise', [['Esc']]],
    ['keys.send', [['Enter']]],
    ['keys.line', [['Shift', 'Enter']]],
    ['keys.again', [['↑']]],
    ['keys.scroll', [['PgUp'], ['PgDn'], ['End']]],
];

export function keyTable() {
    const combination = (/** @type {string[]} */ keys) => h('span', {}, keys.map((key) => h('kbd', {}, key)));
    const line = (/** @type {[string, string[][]]} */ [what, ways]) => {
        const either = ways.flatMap((keys, i) => [i > 0 && ` ${t('keys.or')} `, combination(keys)]);
        return [h('dt', {}, t(what)), h('dd', {}, either)];
    };
    return h('dl', { class: 'key-table' }, KEYS.flatMap(line));
}

/** @param {import('./app.js').App} app @param {(path: string) => void} go */
export function openKeySheet(app, go) {
    const close = h('button', { class: 'ib', type: 'button', 'aria-label': t('keys.close'), title: t('keys.close') });
    close.append(icon('x', 18));
    const title = h('h2', { id: 'keys-title' }, t('keys.title'));
    const sheet = h('dialog', { class: 'sheet', 'aria-labelledby': 'keys-title' }, h('header', {}, title, close));
    const settings = () => {
        sheet.close();
        go('/settings/keyboard');
    };
    const isOff = !preferencesOf(app.store.state).letterKeys;
    const foot = h('footer', {}, h('span', { class: 'muted' }, isOff ? t('keys.off') : ''));
    foot.append(h('button', { class: 'btn', type: 'button', onclick: settings }, t('keys.turn-off')));
    sheet.append(keyTable(), foot);
    close.addEventListener('click', () => sheet.close());
    // A click beside the sheet lands on the dialog itself.
    sheet.addEventListener('click', (/** @type {Event} */ event) => event.target === sheet && sheet.close());
    sheet.addEventListener('close', () => sheet.remove());
    document.body.append(sheet);
    sheet.showModal();
}
