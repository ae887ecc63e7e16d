/** Who did what, newest first. The rows are chained by their hashes: `patchbay audit verify` finds what was changed. */
import { t } from '../../i18n/index.js';
import { moment } from '../../lib/format.js';
import { h, icon } from '../../lib/h.js';
import { administered } from './parts/domain.js';
import { searchField } from './parts/search.js';
import { dataTable } from './parts/table.js';

/** @param {import('../../shell/app.js').App} app */
export function section(app) {
    const domain = administered(app).id;
    let action = '';
    const table = dataTable(app, {
        label: t('audit.section'),
        columns: [
            { id: 'at', title: t('audit.when'), cell: ({ at }) => h('time', { datetime: at }, moment(new Date(at))) },
            { id: 'who', title: t('audit.who'), cell: who },
            { id: 'action', title: t('audit.action'), cell: (one) => h('code', {}, one.action) },
            { id: 'subject', title: t('audit.subject'), cell: (one) => h('bdi', {}, one.subjectName ?? one.subject) },
            { id: 'details', title: t('audit.details'), cell: details },
        ],
        load: (request) => app.api.get('/admin/audit', { ...request, domain, action }),
        key: ({ sequence }) => String(sequence),
        empty: () => [icon('clock', 30), h('b', {}, t('audit.none'))],
    });
    const search = searchField(t('audit.search'), (words) => {
        action = words.trim();
        table.first();
    });
    const verify = h('p', { class: 'hashes' }, t('audit.verify'), ' ', h('code', {}, 'patchbay audit verify'));
    return { el: h('section', { class: 'card' }, h('div', { class: 'tools' }, search), verify, table.el), end: () => {} };
}

/** @param {any} one */
const who = (one) => h('span', {}, h('bdi', {}, one.actorName ?? one.actor), h('small', { class: 'muted' }, ` ${t(`audit.kind.${one.actorKind}`)}`));

/** @param {any} one what changed, one after the other */
const details = ({ details: all }) =>
    h('small', { class: 'muted' }, Object.entries(all).map(([name, value]) => `${name}: ${plain(value)}`).join(' · '));

/** @param {any} value */
const plain = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
