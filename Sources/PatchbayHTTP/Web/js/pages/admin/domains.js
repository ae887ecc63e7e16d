/** The domains: a list for those who administer several; for an office manager the settings of their own. */
import { t } from '../../i18n/index.js';
import { h, icon } from '../../lib/h.js';
import { menuButton } from '../../lib/menu.js';
import { toast } from '../../shell/toast.js';
import { addDomain, domainForm, regionName, removeDomain } from './domains/forms.js';
import { administer, administered, loadDomains } from './parts/domain.js';
import { hearChanges } from './parts/live.js';
import { pill } from './parts/pill.js';
import { managesDomains } from './parts/scopes.js';
import { dataTable } from './parts/table.js';

/** @typedef {import('../../shell/app.js').App} App */

/** @param {App} app @param {string[]} rest the domain whose settings are shown */
export function section(app, [id]) {
    const manages = managesDomains(app.store.state.session?.user.scope ?? '');
    if (id || !manages) return settings(app, id ?? administered(app).id, manages);
    return list(app);
}

/** @param {App} app @param {string} id @param {boolean} hasList */
function settings(app, id, hasList) {
    const back = h('a', { class: 'back', href: '/admin/domains', 'data-page': '' }, icon('left', 16), t('domains.all'));
    const card = h('section', { class: 'card form', 'aria-busy': 'true' });
    const told = h('p', { class: 'gate', role: 'status', hidden: true });
    let shown = '';
    const show = () =>
        app.try(async () => {
            const domain = /** @type {AdminDomain} */ (await app.api.get(`/admin/domains/${id}`));
            shown = JSON.stringify(domain);
            told.hidden = true;
            card.replaceChildren(h('h2', {}, domain.name), domainForm(app, domain, saved));
            card.removeAttribute('aria-busy');
        });
    const saved = async () => {
        toast(t('domains.saved'));
        await Promise.all([show(), loadDomains(app)]);
    };
    // What somebody types here isn't thrown away because another administrator has saved.
    const compare = async () => {
        const now = await app.api.get(`/admin/domains/${id}`).catch(({ status }) => (status === 404 ? null : undefined));
        if (now === undefined) return;
        told.hidden = JSON.stringify(now) === shown;
        if (told.hidden) return;
        const again = h('button', { class: 'btn', type: 'button', onclick: show }, t('domains.reload'));
        const words = t(now ? 'domains.changed' : 'domains.gone');
        told.replaceChildren(icon('alert', 16), words, ...(now ? [again] : []));
    };
    show();
    const end = hearChanges(app, ['domains'], id, compare);
    return { el: h('div', { class: 'grid' }, hasList && back, told, card), end };
}

/** @param {App} app */
function list(app) {
    const table = dataTable(app, {
        label: t('admin.domains'),
        columns: columns(app),
        key: ({ id }) => id,
        load: (request) => app.api.get('/admin/domains', request),
        empty: () => h('b', {}, t('domains.none')),
    });
    const changed = async () => {
        await Promise.all([loadDomains(app), table.reload()]);
    };
    const add = h('button', { class: 'btn primary', type: 'button' }, icon('plus', 16), t('domains.add'));
    add.addEventListener('click', () => addDomain(app, changed));
    const end = hearChanges(app, ['domains'], null, changed);
    return { el: h('section', { class: 'card' }, table.el), actions: [add], end };
}

/** @param {App} app @returns {import('./parts/table.js').Column[]} */
const columns = (app) => [
    { id: 'name', title: t('domains.name'), cell: (domain) => nameCell(app, domain) },
    { id: 'region', title: t('domains.region'), cell: ({ region }) => regionName(region) },
    { id: 'zone', title: t('domains.zone'), cell: ({ timeZone }) => timeZone.replaceAll('_', ' ') },
    { id: 'reseller', title: t('domains.reseller'), cell: ({ resellerId }) => resellerId ?? none() },
    { id: 'more', title: '', kind: 'end', cell: (domain) => more(app, domain) },
];

const none = () => h('span', { class: 'muted' }, '–');

/** @param {App} app @param {AdminDomain} domain */
function nameCell(app, { id, name }) {
    const link = h('a', { href: `/admin/domains/${id}`, 'data-page': '' }, h('bdi', {}, name));
    const here = administered(app).id === id && pill('ok', t('domains.here'));
    return h('span', { class: 'two' }, link, h('small', {}, id), here);
}

/** @param {App} app @param {AdminDomain} domain */
function more(app, domain) {
    const label = t('domains.more', { name: domain.name });
    const button = h('button', { class: 'ib', type: 'button', 'aria-label': label, title: label }, icon('dots', 18));
    const isOwn = domain.id === app.store.state.session?.domain.id;
    const take = () => {
        administer(app, domain.id);
        app.go('/admin/users');
    };
    const remove = { icon: 'trash', text: t('domains.remove'), danger: true, run: () => removeDomain(app, domain) };
    const items = () => [
        { icon: 'users', text: t('domains.administer'), run: take },
        { icon: 'pencil', text: t('domains.edit'), run: () => app.go(`/admin/domains/${domain.id}`) },
        ...(isOwn ? [] : [remove]),
    ];
    return [button, menuButton(button, items)];
}
