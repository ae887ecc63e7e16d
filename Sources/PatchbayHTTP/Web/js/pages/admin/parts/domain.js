/** Which domain is administered: the reader's own, or for resellers and super-users the one that they chose. */
import { t } from '../../../i18n/index.js';
import { h, icon, uid } from '../../../lib/h.js';
import { wholeList } from '../../../lib/whole-list.js';

/** @typedef {import('../../../shell/app.js').App} App */

/** @type {AdminDomain[]} */
let all = [];

/**
 * Fetches the domains that the reader administers. Call it again when one has been added, changed or removed.
 * @param {App} app
 */
export async function loadDomains(app) {
    const isTheirs = app.store.state.session?.permissions.includes('domain.admin');
    all = isTheirs ? await wholeList(app.api, '/admin/domains') : [];
}

/** All domains that the reader administers, by name. */
export const domains = () => all;

const own = (/** @type {App} */ app) => app.store.state.session?.domain.id ?? '';
const place = (/** @type {App} */ app) => `pbx-admin-domain:${app.store.state.session?.user.id}`;

/**
 * The domain that is administered now.
 * @param {App} app
 * @returns {AdminDomain}
 */
export function administered(app) {
    const chosen = sessionStorage.getItem(place(app)) ?? own(app);
    const found = all.find(({ id }) => id === chosen) ?? all.find(({ id }) => id === own(app)) ?? all[0];
    return found ?? /** @type {any} */ (app.store.state.session?.domain);
}

/** @param {App} app @param {string} id */
export function administer(app, id) {
    sessionStorage.setItem(place(app), id);
}

/**
 * The list to choose from, where there is a choice.
 * @param {App} app
 */
export function domainChooser(app) {
    if (all.length < 2) return null;
    const now = administered(app).id;
    const id = uid('domain');
    const option = (/** @type {AdminDomain} */ one) =>
        h('option', { value: one.id, '.selected': one.id === now }, one.name);
    const select = h('select', { id }, all.map(option));
    select.addEventListener('change', () => {
        administer(app, select.value);
        app.go(location.pathname.split('/').slice(0, 3).join('/'));
    });
    const label = h('label', { for: id }, t('admin.domain'));
    return h('div', { class: 'which' }, label, h('span', { class: 'pick' }, select, icon('down', 14)));
}
