/** The numbers of a domain: whether each may text, by which carrier, and who has it. A switch counts at once. */
import { t } from '../../i18n/index.js';
import { h, icon } from '../../lib/h.js';
import { menuButton } from '../../lib/menu.js';
import { tel } from '../../lib/parts.js';
import { wholeList } from '../../lib/whole-list.js';
import { addNumber, editNumber, removeNumber } from './numbers/forms.js';
import { peopleOf } from './numbers/people.js';
import { administered } from './parts/domain.js';
import { hearChanges } from './parts/live.js';
import { pill } from './parts/pill.js';
import { searchField } from './parts/search.js';
import { liveSwitch } from './parts/switch.js';
import { setSwitch } from './parts/switches.js';
import { dataTable } from './parts/table.js';

/** @typedef {import('../../shell/app.js').App} App */
/** @typedef {{id: string, name: string}} Carrier */

/** @param {App} app */
export function section(app) {
    const domain = administered(app);
    let query = '';
    /** @type {Carrier[] | null} those that run; `null` when they can't be asked */
    let running = null;
    const carriers = () => running ?? [];
    const load = async (/** @type {any} */ request) => {
        const [page, known] = await Promise.all([
            app.api.get(`/admin/domains/${domain.id}/numbers`, { ...request, query }),
            wholeList(app.api, '/admin/carriers').catch(() => null),
        ]);
        running = known;
        const named = (/** @type {AdminNumber} */ one) => ({
            ...one,
            carrierName: nameOf(carriers(), one.carrier),
            isCarried: running?.some(({ id }) => id === one.carrier) ?? true,
        });
        return { ...page, items: page.items.map(named) };
    };
    const table = dataTable(app, {
        label: t('admin.numbers'),
        columns: columns(app, carriers, () => table.reload()),
        key: ({ number }) => number,
        load,
        empty: () =>
            query
                ? h('b', {}, t('numbers.none-found', { query }))
                : [icon('hash', 30), h('b', {}, t('numbers.none'))],
    });
    const search = searchField(t('numbers.search'), (words) => {
        query = words;
        table.first();
    });
    const add = h('button', { class: 'btn primary', type: 'button' }, icon('plus', 16), t('numbers.add'));
    add.addEventListener('click', () => addNumber(app, domain, carriers(), table.reload));
    const end = hearChanges(app, ['users', 'numbers', 'switches'], domain.id, table.reload);
    return { el: h('section', { class: 'card' }, h('div', { class: 'tools' }, search), table.el), actions: [add], end };
}

/** @param {Carrier[]} carriers @param {string | null} id */
const nameOf = (carriers, id) => carriers.find((one) => one.id === id)?.name ?? id;

/**
 * @param {App} app
 * @param {() => Carrier[]} carriers
 * @param {() => void} changed
 * @returns {import('./parts/table.js').Column[]}
 */
const columns = (app, carriers, changed) => [
    { id: 'number', title: t('numbers.number'), cell: (one) => h('b', { class: 'num' }, tel(one.formatted)) },
    { id: 'label', title: t('numbers.label'), cell: ({ label }) => h('bdi', {}, label) },
    { id: 'sms', title: t('numbers.sms'), cell: (one) => smsSwitch(app, one) },
    { id: 'carrier', title: t('numbers.carrier'), cell: ({ carrierName }) => carrierName ?? none() },
    { id: 'users', title: t('numbers.users'), cell: (one) => people(app, one) },
    { id: 'state', title: t('users.state'), cell: stateOf },
    { id: 'more', title: '', kind: 'end', cell: (one) => more(app, one, carriers, changed) },
];

const none = () => h('span', { class: 'muted' }, '–');

/** @param {App} app @param {AdminNumber} one */
function smsSwitch(app, { number, formatted, hasSMS, smsSource }) {
    const isTheirs = smsSource === 'phone-system';
    const label = t('numbers.switch', { number: formatted });
    const change = (/** @type {boolean} */ isOn) => setSwitch(app, 'sms', 'number', number, isOn);
    const el = liveSwitch(app, { label, isOn: hasSMS, disabled: isTheirs, change });
    return isTheirs ? h('span', { title: t('numbers.by-phone-system') }, el) : el;
}

/** @param {App} app @param {AdminNumber} one */
function people(app, one) {
    const label = t('numbers.users-of', { number: one.formatted });
    const button = h('button', { class: 'plain', type: 'button', 'aria-label': label });
    button.addEventListener('click', () => peopleOf(app, one));
    const [first, ...others] = one.users;
    if (!first) button.append(t('numbers.assign-short'));
    else button.append(h('bdi', {}, first.name), ...(others.length > 0 ? [h('small', {}, ` +${others.length}`)] : []));
    return button;
}

/** @param {AdminNumber & {isCarried: boolean}} one */
function stateOf({ hasSMS, carrier, isCarried, users }) {
    if (!hasSMS) return pill('quiet', t('numbers.sms-off'));
    if (!carrier) return pill('warn', t('numbers.no-carrier'));
    if (!isCarried) return pill('warn', t('numbers.carrier-stopped'));
    return users.length === 0 ? pill('warn', t('numbers.nobody')) : pill('ok', t('numbers.ready'));
}

/** @param {App} app @param {AdminNumber} one @param {() => Carrier[]} carriers @param {() => void} changed */
function more(app, one, carriers, changed) {
    const label = t('numbers.more', { number: one.formatted });
    const button = h('button', { class: 'ib', type: 'button', 'aria-label': label, title: label }, icon('dots', 18));
    const edit = () => editNumber(app, one, carriers(), changed);
    const items = () => [
        { icon: 'pencil', text: t('numbers.edit'), run: edit },
        { icon: 'users', text: t('numbers.people'), run: () => peopleOf(app, one) },
        { icon: 'trash', text: t('numbers.remove'), danger: true, run: () => removeNumber(app, one, changed) },
    ];
    return [button, menuButton(button, items)];
}
