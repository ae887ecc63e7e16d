/** Everything that is kept of a person, as one ZIP file. */
import { t } from '../../../i18n/index.js';
import { h, icon, uid } from '../../../lib/h.js';
import { wholeList } from '../../../lib/whole-list.js';
import { part } from '../system/pieces.js';

/** @param {import('../../../shell/app.js').App} app @param {string} domain */
export function exportPart(app, domain) {
    const base = `/admin/domains/${encodeURIComponent(domain)}`;
    const id = uid('person');
    const choose = h('select', { id });
    const link = h('a', { class: 'btn', download: '', hidden: true }, icon('file', 16), t('records.export'));
    const point = () => (link.href = `/api/v1${base}/export/people/${encodeURIComponent(choose.value)}`);
    choose.addEventListener('change', point);
    app.try(async () => {
        const people = await wholeList(app.api, `${base}/users`);
        const option = (/** @type {any} */ one) => h('option', { value: one.id }, `${one.name} (${one.extension})`);
        choose.replaceChildren(...people.map(option));
        link.hidden = people.length === 0;
        point();
    });
    const pick = h('span', { class: 'pick' }, choose, icon('down', 14));
    const line = h('div', { class: 'labelled' }, h('label', { for: id }, t('records.person')), pick);
    return part(t('records.export.title'), h('p', { class: 'lead-in' }, t('records.export.what')), h('div', { class: 'kept' }, line, link));
}
