/** What a plugin may do: whom it lets do what, where it may reach, what it adds to the portal. */
import { t } from '../../../i18n/index.js';
import { h } from '../../../lib/h.js';
import { part, table } from '../system/pieces.js';
import { scopeNames } from './update.js';

/** @param {any} description */
export function allowances(description) {
    const { permissions, hosts, events, slots, provides, requires, levels, sdk, folder } = description;
    const rights = permissions.map((/** @type {any} */ one) =>
        h('tr', {}, h('td', {}, one.title), h('td', { class: 'id' }, h('code', {}, one.id)), h('td', {}, scopeNames(one.scopes))),
    );
    const heads = [t('plugins.permission'), t('plugins.id'), t('plugins.scopes')];
    const reach = hosts.map((/** @type {any} */ { host, setting }) =>
        setting ? t('plugins.host-of', { host: host ?? '–', setting }) : host,
    );
    const places = slots.map((/** @type {any} */ { slot }) => slot);
    const gates = levels.map((/** @type {string} */ level) => t(`plugins.level.${level}`));
    const facts = [
        [t('plugins.hosts'), reach, t('plugins.hosts.none')],
        [t('plugins.provides'), provides, ''],
        [t('plugins.requires'), requires, ''],
        [t('plugins.slots'), places, ''],
        [t('plugins.events'), events, ''],
        [t('plugins.levels'), gates, ''],
        [t('plugins.sdk'), [sdk], ''],
        [t('plugins.folder'), [folder], ''],
    ];
    const shown = facts.filter(([, values, none]) => values.length > 0 || none);
    const list = shown.map(([name, values, none]) => [
        h('dt', {}, name),
        h('dd', {}, values.length > 0 ? values.map((/** @type {string} */ one) => h('code', {}, one)) : none),
    ]);
    const empty = h('p', { class: 'muted' }, t('plugins.permissions.none'));
    return part(
        t('plugins.may'),
        rights.length > 0 ? table(t('plugins.permissions'), heads, rights) : h('div', { class: 'pad' }, empty),
        h('dl', { class: 'facts' }, list),
    );
}
