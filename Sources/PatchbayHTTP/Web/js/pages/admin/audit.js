/** Who did what, newest first. The rows are chained by their hashes: `patchbay audit verify` finds what was changed. */
import { t } from '../../i18n/index.js';
import { moment } from '../../lib/format.js';
import { h, icon } from '../../lib/h.js';
import { wholeList } from '../../lib/whole-list.js';
import { administered } from './parts/domain.js';
import { searchField } from './parts/search.js';
import { dataTable } from './parts/table.js';
import { labelled } from './system/pieces.js';

/** @param {import('../../shell/app.js').App} app */
export function section(app) {
    const domain = administered(app).id;
    let action = '';
    const [from, to] = [day(), day()];
    const person = h('select', {}, h('option', { value: '' }, t('audit.everybody')));
    const table = dataTable(app, {
        label: t('audit.section'),
        columns: [
            { id: 'at', title: t('audit.when'), cell: ({ at }) => h('time', { datetime: at }, moment(new Date(at))) },
            { id: 'who', title: t('audit.who'), cell: who },
            { id: 'action', title: t('audit.action'), cell: (one) => h('code', {}, one.action) },
            { id: 'subject', title: t('audit.subject'), cell: (one) => h('bdi', {}, one.subjectName ?? one.subject) },
            { id: 'details', title: t('audit.details'), cell: details },
        ],
        load: (request) => app.api.get('/admin/audit', { ...request, domain, action, who: person.value, from: midnight(from.value), to: midnight(to.value, 1) }),
        key: ({ sequence }) => String(sequence),
        empty: () => [icon('clock', 30), h('b', {}, t('audit.none'))],
    });
    const search = searchField(t('audit.search'), (words) => {
        action = words.trim();
        table.first();
    });
    for (const one of [person, from, to]) one.addEventListener('change', () => table.first());
    app.try(async () => {
        const people = await wholeList(app.api, `/admin/domains/${encodeURIComponent(domain)}/users`);
        person.append(...people.map((/** @type {any} */ one) => h('option', { value: one.id }, `${one.name} (${one.extension})`)));
    });
    const whom = labelled(t('audit.person'), person);
    const sought = h('div', { class: 'tools sys sought' }, search, whom, labelled(t('audit.from'), from), labelled(t('audit.to'), to));
    const verify = h('p', { class: 'hashes' }, t('audit.verify'), ' ', h('code', {}, 'patchbay audit verify'));
    return { el: h('section', { class: 'card' }, sought, verify, table.el), end: () => {} };
}

const day = () => h('input', { type: 'date' });

/**
 * When a day begins by the reader's clock; nothing for no day.
 * @param {string} date as its field has it: 2026-11-28
 * @param {number} [later] days after it
 */
function midnight(date, later = 0) {
    if (!date) return '';
    const [year, month, dayOfMonth] = date.split('-').map(Number);
    return new Date(year, month - 1, dayOfMonth + later).toISOString();
}

/** @param {any} one */
const who = (one) => h('span', {}, h('bdi', {}, one.actorName ?? one.actor), h('small', { class: 'muted' }, ` ${t(`audit.kind.${one.actorKind}`)}`));

/** @param {any} one what changed, one after the other */
const details = ({ details: all }) =>
    h('small', { class: 'muted' }, Object.entries(all).map(([name, value]) => `${name}: ${plain(value)}`).join(' · '));

/** @param {any} value */
const plain = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
