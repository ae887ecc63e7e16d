/** The settings: a list of sections at the side, one of them open. Changes count at once. */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';
import { slotElements } from '../shell/slots.js';
import { account } from './settings/account.js';
import { appearance } from './settings/appearance.js';
import { keyboard } from './settings/keyboard.js';
import { notifications } from './settings/notifications.js';
import { replies } from './settings/replies.js';

const SECTIONS = /** @type {const} */ ([
    ['notifications', 'bell', notifications],
    ['replies', 'reply', replies],
    ['appearance', 'sun', appearance],
    ['keyboard', 'keyboard', keyboard],
    ['account', 'lock', account],
]);

/**
 * @param {import('../shell/app.js').App} app
 * @param {string} path
 * @returns {import('../main.js').Page}
 */
export function settingsPage(app, path) {
    const wanted = path.split('/')[2] ?? 'notifications';
    const [name, , section] = SECTIONS.find(([key]) => key === wanted) ?? SECTIONS[0];
    const link = (/** @type {typeof SECTIONS[number]} */ [key, glyph]) => {
        const here = { 'aria-current': key === name ? 'page' : null };
        const href = key === 'notifications' ? '/settings' : `/settings/${key}`;
        return h('a', { href, 'data-page': '', ...here }, icon(glyph, 18), t(`settings.${key}`));
    };
    const nav = h('nav', { class: 'side', 'aria-label': t('settings.page') }, SECTIONS.map(link));
    const heading = h('h1', {}, t(`settings.${name}`));
    const title = h('div', { class: 'title' }, h('div', {}, heading, h('p', {}, t(`settings.${name}.hint`))));
    const body = section(app, (fields) => app.try(() => app.account.prefer(fields)));
    const main = h('div', { class: 'grid' }, body);
    const { session } = app.store.state;
    if (session && name === 'notifications') {
        slotElements(session, 'settings.notifications', app).then((parts) => main.append(...parts));
    }
    const el = h('div', { class: 'settings' }, nav, h('div', {}, title, main));
    const end = () => body.forEach((part) => part.dispatchEvent(new Event('pbx-end')));
    return { title: t(`settings.${name}`), el, end };
}
