/** How the server is, looked at again while the page is in view: figures, and in words what is not as it should be. */
import { t } from '../../i18n/index.js';
import { moment, size } from '../../lib/format.js';
import { judged, uptime } from '../../lib/health.js';
import { h, icon } from '../../lib/h.js';
import { toast } from '../../shell/toast.js';
import { LOOK } from './plugins/list.js';
import { part, pill, table, whileVisible, why } from './system/pieces.js';

/** How often the server is asked, in milliseconds. */
const PAUSE = 5000;

/**
 * @param {import('../../shell/app.js').App} app
 * @returns {{el: any, end: () => void}}
 */
export function section(app) {
    const tiles = h('ul', { class: 'tiles' });
    const plugins = h('ul', { class: 'plugs' });
    const versions = h('dl', { class: 'facts' });
    const faults = h('ul', { class: 'news pad' });
    const said = h('p', { class: 'vh', role: 'status' });
    const check = h('button', { class: 'btn', type: 'button' }, icon('check', 16), t('health.check'));
    const draw = (/** @type {any} */ health) => {
        const found = judged(health);
        tiles.replaceChildren(...found.map((one) => tile(one, health)));
        plugins.replaceChildren(...health.plugins.map(plugin));
        versions.replaceChildren(...facts(health));
        faults.replaceChildren(...(health.store.integrity?.faults ?? []).map((/** @type {string} */ one) => h('li', {}, one)));
        const n = found.filter(({ look }) => look !== 'good').length;
        const words = n > 0 ? t('health.troubled', { n }) : t('health.well');
        // Said again only when it has changed.
        if (said.textContent !== words) said.textContent = words;
        el.removeAttribute('aria-busy');
    };
    const load = async () => draw(await app.api.get('/admin/health'));
    check.addEventListener('click', async () => {
        check.disabled = true;
        await app.try(async () => {
            draw(await app.api.post('/admin/health/integrity'));
            toast(t('health.checked'));
        });
        check.disabled = false;
    });
    const now = part(t('health.now'), said, tiles, faults);
    now.querySelector('header').append(h('span', { class: 'end' }, check));
    const el = h('div', { class: 'sys-page', 'aria-busy': 'true' }, now, part(t('health.plugins'), plugins), part(t('health.versions'), versions));
    return { el, end: whileVisible(() => app.try(load), PAUSE) };
}

/** @param {import('../../lib/health.js').Finding} finding @param {any} health */
function tile({ id, look, values }, health) {
    /** @type {Record<string, string | number>} */
    const shown = { ...values, ...('bytes' in values && { size: size(Number(values.bytes)) }) };
    if ('seconds' in values) shown.seconds = Math.round(Number(values.seconds) * 10) / 10;
    const checked = health.store.integrity && id.startsWith('integrity') ? moment(new Date(health.store.integrity.checkedAt)) : '';
    const figure = t(`health.figure.${id}`, { ...shown, when: checked });
    const mend = look !== 'good' && h('p', { class: 'mend' }, t(`health.mend.${id}`));
    const name = h('h3', {}, t(`health.name.${id}`));
    return h('li', { 'data-figure': id, 'data-look': look }, h('div', {}, name, pill(look, t(`health.look.${look}`))), h('p', { class: 'figure' }, figure), mend);
}

/** @param {any} one */
const plugin = ({ id, name, version, state, reason, mend }) =>
    h(
        'li',
        { class: 'plug' },
        h('div', { class: 'who' }, h('a', { href: `/admin/plugins/${encodeURIComponent(id)}`, 'data-page': '' }, name), h('small', { class: 'muted num' }, version)),
        h('div', { class: 'how' }, pill(LOOK[state], t(`plugins.state.${state}`))),
        why(reason, mend),
    );

/** @param {any} health */
function facts({ versions, startedAt, now, store }) {
    const { days, hours, minutes } = uptime(startedAt, now);
    const since = moment(new Date(startedAt));
    const up = days > 0 ? t('health.uptime.days', { days, hours, since }) : t('health.uptime.hours', { hours, minutes, since });
    const rows = [
        [t('health.uptime'), up],
        [t('health.version.patchbay'), versions.patchbay],
        [t('health.version.sdk'), versions.sdk],
        [t('health.version.swift'), versions.swift],
        [t('health.version.sqlite'), versions.sqlite],
        [t('health.commits'), t('health.commits.what', { batches: store.batches, writes: store.writes })],
    ];
    const steps = versions.migrations.map((/** @type {any} */ one) =>
        h('tr', {}, h('td', {}, one.owner), h('td', { class: 'num' }, String(one.count)), h('td', {}, h('code', {}, one.last ?? ''))),
    );
    const heads = [t('health.migrations.owner'), t('health.migrations.count'), t('health.migrations.last')];
    return [
        ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
        h('dt', {}, t('health.migrations')),
        h('dd', { class: 'wide' }, table(t('health.migrations'), heads, steps)),
    ];
}
