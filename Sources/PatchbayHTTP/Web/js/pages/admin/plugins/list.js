/** All plugins of the manifest, one a row, and the button that reads it again. */
import { t } from '../../../i18n/index.js';
import { moment } from '../../../lib/format.js';
import { h, icon } from '../../../lib/h.js';
import { toast } from '../../../shell/toast.js';
import { pill, part, why } from '../system/pieces.js';
import { updateCard } from './update.js';

/** How good a state is. */
export const LOOK = /** @type {Record<string, string>} */ ({
    running: 'good',
    degraded: 'doubtful',
    declined: 'bad',
    off: 'off',
});

/** @param {import('../../../shell/app.js').App} app */
export function pluginList(app) {
    const el = h('div', { class: 'sys-page', 'aria-busy': 'true' });
    const done = new AbortController();
    const load = async () => draw(await app.api.get('/admin/plugins', { limit: 200 }));
    const reload = () =>
        app.try(async () => {
            draw(await app.api.post('/admin/plugins/reload'));
            toast(t('plugins.reloaded'));
        });
    const draw = (/** @type {any} */ page) => {
        const names = new Map(page.items.map((/** @type {any} */ one) => [one.id, one.name]));
        const button = h('button', { class: 'btn', type: 'button', onclick: reload }, icon('undo', 16), t('plugins.reload'));
        const fault = page.manifestFault && h('p', { class: 'banner bad', role: 'alert' }, icon('alert', 18), page.manifestFault);
        const waiting = page.waiting.map((/** @type {any} */ one) => updateCard(one, names.get(one.plugin) ?? one.plugin));
        const rows = h('ul', { class: 'plugs' }, page.items.map(row));
        const list = part(t('plugins.all'), rows);
        list.querySelector('header').append(h('span', { class: 'end' }, button));
        el.replaceChildren(...[fault, ...waiting, list].filter(Boolean));
        el.removeAttribute('aria-busy');
    };
    app.try(load);
    for (const name of ['plugin.changed', 'resync'])
        app.updates.news.addEventListener(name, () => app.try(load), { signal: done.signal });
    return { el, end: () => done.abort() };
}

/** @param {any} plugin */
function row(plugin) {
    const { id, name, version, state, reason, mend, since } = plugin;
    const link = h('a', { href: `/admin/plugins/${encodeURIComponent(id)}`, 'data-page': '' }, name);
    const when = h('small', { class: 'muted' }, t('plugins.since', { when: moment(new Date(since)) }));
    return h(
        'li',
        { class: 'plug' },
        h('div', { class: 'who' }, h('b', {}, link), h('small', { class: 'muted num' }, version)),
        h('div', { class: 'how' }, pill(LOOK[state], t(`plugins.state.${state}`)), when),
        why(reason, mend),
    );
}
