/** The people of a domain: a list to search, and a page for each of them. */
import { t } from '../../i18n/index.js';
import { h, icon } from '../../lib/h.js';
import { avatar, tel } from '../../lib/parts.js';
import { administered } from './parts/domain.js';
import { hearChanges } from './parts/live.js';
import { pill } from './parts/pill.js';
import { scopeWords } from './parts/scopes.js';
import { searchField } from './parts/search.js';
import { setSwitch } from './parts/switches.js';
import { dataTable } from './parts/table.js';
import { addUser } from './users/forms.js';
import { person } from './users/person.js';

/** @typedef {import('../../shell/app.js').App} App */

/** @param {App} app @param {string[]} rest the id of one of them, or nothing */
export const section = (app, [id]) => (id ? person(app, id) : list(app));

/** @param {App} app */
function list(app) {
    const domain = administered(app);
    let query = '';
    const table = dataTable(app, {
        label: t('admin.users'),
        columns: columns(app),
        key: (user) => user.id,
        load: (request) => app.api.get(`/admin/domains/${domain.id}/users`, { ...request, query }),
        empty: () =>
            query
                ? h('b', {}, t('users.none-found', { query }))
                : [icon('users', 30), h('b', {}, t('users.none'))],
    });
    const search = searchField(t('users.search'), (words) => {
        query = words;
        table.first();
    });
    const add = h('button', { class: 'btn primary', type: 'button' }, icon('plus', 16), t('users.add'));
    add.addEventListener('click', () => addUser(app, domain, table.reload));
    const end = hearChanges(app, ['users', 'numbers', 'switches'], domain.id, table.reload);
    return { el: h('section', { class: 'card' }, h('div', { class: 'tools' }, search), table.el), actions: [add], end };
}

/** @param {App} app @returns {import('./parts/table.js').Column[]} */
const columns = (app) => [
    { id: 'person', title: t('users.person'), cell: personCell },
    { id: 'features', title: t('users.features'), cell: (user) => chips(app, user) },
    { id: 'numbers', title: t('users.numbers'), kind: 'num', cell: numbersCell },
    { id: 'state', title: t('users.state'), cell: statePill },
];

/** @param {AdminUser} user */
function personCell(user) {
    const name = h('a', { href: `/admin/users/${user.id}`, 'data-page': '' }, h('bdi', {}, user.name));
    const words = `${t('person.extension', { extension: user.extension })} · ${scopeWords(user.scope)}`;
    return h('span', { class: 'person' }, avatar(user.name), h('span', {}, name, h('small', {}, words)));
}

/** @param {AdminUser} user */
function numbersCell({ numbers }) {
    if (numbers.length === 0) return h('span', { class: 'muted' }, '–');
    const more = numbers.length > 1 && h('small', {}, ` +${numbers.length - 1}`);
    return [tel(numbers[0].formatted), more].filter(Boolean);
}

/**
 * The user's own switch of each feature; that it is on doesn't mean that the others are.
 * @param {App} app
 * @param {AdminUser} user
 */
function chips(app, user) {
    const chip = (/** @type {AdminUser['features'][number]} */ { plugin, title, isOn }) => {
        const label = t('users.switch', { feature: title, name: user.name });
        const state = { role: 'switch', 'aria-checked': String(isOn), 'aria-label': label };
        const el = h('button', { class: 'chip', type: 'button', ...state });
        el.append(icon(isOn ? 'check' : 'minus', 13), title);
        el.addEventListener('click', () => app.try(() => setSwitch(app, plugin, 'user', user.id, !isOn)));
        return el;
    };
    return h('span', { class: 'chips' }, user.features.filter(({ isOn }) => isOn !== null).map(chip));
}

/**
 * What most people ask: can they sign in, can they text?
 * @param {AdminUser} user
 */
export function statePill(user) {
    if (!user.isEnabled) return pill('quiet', t('users.disabled'));
    if (!user.hasPassword) return pill('warn', t('users.no-password'));
    const sms = user.features.find(({ plugin }) => plugin === 'sms');
    if (!sms) return pill('ok', t('users.can-sign-in'));
    if (sms.isOpen) return pill('ok', t('users.can-text'));
    if (sms.closedGate === 'carrier') return pill('warn', t('users.no-carrier'));
    return sms.closedGate === 'number' ? pill('warn', t('users.needs-number')) : pill('quiet', t('users.sms-off'));
}
