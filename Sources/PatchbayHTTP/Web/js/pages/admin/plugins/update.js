/** What a reload would change of a plugin, and what it would newly be allowed. */
import { listed, t } from '../../../i18n/index.js';
import { h, icon } from '../../../lib/h.js';
import { part } from '../system/pieces.js';

/** @param {any} update @param {string} name */
export function updateCard(update, name) {
    const { kind, fromVersion, toVersion, permissions, hosts, slots, provides, isAllowedMore } = update;
    const versions = fromVersion && toVersion && fromVersion !== toVersion;
    const what = versions ? t('plugins.update.versions', { from: fromVersion, to: toVersion }) : t(`plugins.update.${kind}`);
    const news = [
        ...permissions.map((/** @type {any} */ one) =>
            t('plugins.update.permission', { title: one.title, scopes: scopeNames(one.scopes) }),
        ),
        ...hosts.map((/** @type {string} */ host) => t('plugins.update.host', { host })),
        ...slots.map((/** @type {any} */ { slot }) => t('plugins.update.slot', { slot })),
        ...provides.map((/** @type {string} */ power) => t('plugins.update.power', { power })),
    ];
    const line = (/** @type {string} */ words) => h('li', {}, icon('alert', 15), h('span', {}, words));
    const allowed = isAllowedMore
        ? [h('p', {}, h('b', {}, t('plugins.update.newly'))), h('ul', { class: 'news' }, news.map(line))]
        : h('p', { class: 'muted' }, t('plugins.update.nothing-new'));
    const card = part(t('plugins.update.title', { name }), h('div', { class: 'pad' }, h('p', {}, what), allowed));
    card.classList.add('update');
    return card;
}

/** @param {string[]} scopes */
export const scopeNames = (scopes) => listed(scopes.map((scope) => t(`system.scope.${scope}`)));
