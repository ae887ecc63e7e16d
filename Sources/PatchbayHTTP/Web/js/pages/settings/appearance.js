/** Light or dark, how close things stand, and the language. */
import { LANGUAGES, t } from '../../i18n/index.js';
import { preferencesOf } from '../../lib/preferences.js';
import { setTheme, theme } from '../../shell/theme.js';
import { card, choice, row } from './rows.js';

/** @param {import('../../shell/app.js').App} app @param {(fields: Partial<Preferences>) => void} prefer */
export function appearance(app, prefer) {
    const now = preferencesOf(app.store.state);
    const themes = choice(
        'theme',
        theme(),
        ['system', 'light', 'dark'].map((key) => [key, t(`theme.${key}`)]),
        (value) => setTheme(/** @type {import('../../shell/theme.js').Theme} */ (value)),
    );
    const density = choice(
        'density',
        now.density,
        ['comfortable', 'compact'].map((key) => [key, t(`settings.density.${key}`)]),
        (value) => prefer({ density: /** @type {Preferences['density']} */ (value) }),
    );
    const language = choice(
        'language',
        now.language,
        [['auto', t('settings.language.auto')], ...Object.entries(LANGUAGES)],
        (value) => prefer({ language: /** @type {Preferences['language']} */ (value) }),
    );
    return [
        card('', [
            row('theme', 'sun', t('settings.theme'), t('settings.theme.what'), themes),
            row('density', 'rowsIcon', t('settings.density'), t('settings.density.what'), density),
            row('language', 'globe', t('settings.language'), t('settings.language.what'), language),
        ]),
    ];
}
