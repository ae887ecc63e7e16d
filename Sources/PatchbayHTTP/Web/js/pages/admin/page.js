/** The administration: a list of its parts at the side, one of them open, and whose domain is administered. */
import { t, useTexts } from '../../i18n/index.js';
import { css, h, icon } from '../../lib/h.js';
import { domainChooser, loadDomains } from './parts/domain.js';
import { SECTIONS, STYLES, TEXTS } from './sections.js';

/** @typedef {import('../../shell/app.js').App} App */

let hasStyles = false;

/**
 * @param {App} app
 * @param {string} path /admin, /admin/SECTION or deeper
 * @returns {Promise<import('../../main.js').Page>}
 */
export async function adminPage(app, path) {
    const permissions = app.store.state.session?.permissions ?? [];
    const shown = SECTIONS.filter((one) => permissions.includes(one.permission));
    const [, , wanted, ...rest] = path.split('/').map(decodeURIComponent);
    const entry = shown.find(({ id }) => id === wanted) ?? shown[0];
    const [{ section }] = await Promise.all([entry.load(), useTexts(...TEXTS), useStyles(), loadDomains(app)]);
    const part = section(app, rest);

    const link = (/** @type {import('./sections.js').SectionEntry} */ { id, icon: glyph, title }) => {
        const here = { 'aria-current': id === entry.id ? 'page' : null };
        return h('a', { href: `/admin/${id}`, 'data-page': '', ...here }, icon(glyph, 18), t(title));
    };
    const nav = h('nav', { class: 'side', 'aria-label': t('admin.page') }, domainChooser(app), shown.map(link));
    const heading = h('div', {}, h('h1', {}, t(entry.title)), h('p', {}, t(entry.hint)));
    const title = h('div', { class: 'title' }, heading, part.actions && h('div', { class: 'end' }, part.actions));
    const el = h('div', { class: 'admin settings' }, nav, h('div', {}, title, part.el));
    return { title: t(entry.title), el, end: () => part.end() };
}

/** The area's own styles, for the document. */
async function useStyles() {
    if (hasStyles) return;
    const sheets = await Promise.all(STYLES.map((name) => css(name)));
    if (hasStyles) return;
    hasStyles = true;
    document.adoptedStyleSheets.push(...sheets);
}
