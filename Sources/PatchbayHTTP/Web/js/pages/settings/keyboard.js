/** The keys, and whether single letters work. */
import { t } from '../../i18n/index.js';
import { h } from '../../lib/h.js';
import { preferencesOf } from '../../lib/preferences.js';
import { keyTable } from '../../shell/key-sheet.js';
import { card, row, toggle } from './rows.js';

/** @param {import('../../shell/app.js').App} app @param {(fields: Partial<Preferences>) => void} prefer */
export function keyboard(app, prefer) {
    const { letterKeys } = preferencesOf(app.store.state);
    const letters = toggle('letters', letterKeys, (is) => prefer({ letterKeys: is }));
    return [
        card('', [row('letters', 'keyboard', t('settings.letters'), t('settings.letters.what'), letters)]),
        h('section', { class: 'card keys' }, h('header', {}, h('h2', {}, t('keys.title'))), keyTable()),
    ];
}
