/** What is switched on: for the whole system, for this domain, and how many users and numbers stand apart from it. */
import { t } from '../../i18n/index.js';
import { h, icon } from '../../lib/h.js';
import { administered } from './parts/domain.js';
import { hearChanges } from './parts/live.js';
import { pill } from './parts/pill.js';
import { renew } from './parts/renewed.js';
import { liveSwitch } from './parts/switch.js';
import { isSystemAdmin, setSwitch } from './parts/switches.js';

/** @typedef {import('../../shell/app.js').App} App */

/** @param {App} app */
export function section(app) {
    const domain = administered(app);
    const el = h('div', { class: 'grid', 'aria-busy': 'true' });
    let shown = '';
    const show = () =>
        app.try(async () => {
            const plugins = Object.keys(app.store.state.session?.features ?? {});
            const asked = plugins.map((plugin) => app.api.get(`/admin/switches/${plugin}`, { domain: domain.id }));
            const lists = /** @type {SwitchList[]} */ (await Promise.all(asked));
            const text = JSON.stringify(lists);
            const cards = lists.map((one) => card(app, one, domain, show));
            if (text !== shown) renew(el, cards.length > 0 ? cards : nothing());
            shown = text;
            el.removeAttribute('aria-busy');
        });
    show();
    const end = hearChanges(app, ['switches'], domain.id, show);
    return { el, end };
}

const nothing = () => h('div', { class: 'card none' }, icon('switches', 30), h('b', {}, t('features.none')));

/** @param {App} app @param {SwitchList} list @param {AdminDomain} domain @param {() => any} changed */
function card(app, list, domain, changed) {
    const rows = [
        level(app, list, 'system', 'system', 'globe', t('features.system'), changed),
        level(app, list, 'domain', domain.id, 'building', domain.name, changed),
        exceptions(list, 'user', 'users', 'features.users'),
        exceptions(list, 'number', 'hash', 'features.numbers'),
    ];
    const header = h('header', {}, h('h2', {}, list.title));
    return h('section', { class: 'card' }, header, h('ul', { class: 'sets' }, rows.filter(Boolean)));
}

/**
 * @param {App} app
 * @param {SwitchList} list
 * @param {'system' | 'domain'} at
 * @param {string} subject
 * @param {string} glyph
 * @param {string} name
 * @param {() => any} changed
 */
function level(app, list, at, subject, glyph, name, changed) {
    if (!list.levels.includes(at)) {
        const always = at === 'system' ? t('features.always') : null;
        return always && row(glyph, name, always, pill('ok', t('features.on')));
    }
    const isOn = list.items.find((one) => one.level === at)?.isOn ?? list.onByDefault.includes(at);
    const may = at === 'domain' || isSystemAdmin(app);
    const change = async (/** @type {boolean} */ is) => {
        await setSwitch(app, list.plugin, at, subject, is);
        await changed();
    };
    const label = t('features.switch', { feature: list.title, name });
    const state = isOn ? pill('ok', t('features.on')) : pill('quiet', t('features.off'));
    return row(glyph, name, t(`features.${at}.what`), may ? liveSwitch(app, { label, isOn, change }) : state);
}

/** @param {SwitchList} list @param {'user' | 'number'} at @param {string} glyph @param {string} key */
function exceptions(list, at, glyph, key) {
    if (!list.levels.includes(at)) return null;
    // A number has no feature until somebody switches it on for it, whatever the plugin says.
    const byDefault = at === 'user' && list.onByDefault.includes(at);
    const others = list.items.filter((one) => one.level === at && one.isOn !== byDefault).length;
    const some = t(`${key}.${byDefault ? 'off' : 'on'}`, { n: others });
    const what = others > 0 ? some : t(`${key}.${byDefault ? 'all' : 'none'}`);
    const link = h('a', { class: 'btn', href: at === 'user' ? '/admin/users' : '/admin/numbers', 'data-page': '' });
    link.append(t(at === 'user' ? 'admin.users' : 'admin.numbers'));
    return row(glyph, t(key), what, link);
}

/** @param {string} glyph @param {string} name @param {string} what @param {any} control */
const row = (glyph, name, what, control) =>
    h(
        'li',
        {},
        h('span', { class: 'round', 'aria-hidden': 'true' }, icon(glyph, 19)),
        h('span', { class: 'n' }, h('b', {}, name), h('small', {}, what)),
        h('span', { class: 'acts' }, control),
    );
