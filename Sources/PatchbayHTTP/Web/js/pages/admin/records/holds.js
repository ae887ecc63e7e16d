/** Legal holds: what they name is kept, whatever the rules say, until they are lifted. */
import { t } from '../../../i18n/index.js';
import { moment } from '../../../lib/format.js';
import { h, icon } from '../../../lib/h.js';
import { wholeList } from '../../../lib/whole-list.js';
import { toast } from '../../../shell/toast.js';
import { openForm } from '../parts/form.js';
import { dataTable } from '../parts/table.js';
import { ask, part } from '../system/pieces.js';

/** @param {import('../../../shell/app.js').App} app @param {string} domain */
export function holdsPart(app, domain) {
    const path = `/admin/domains/${encodeURIComponent(domain)}/holds`;
    const people = wholeList(app.api, `/admin/domains/${encodeURIComponent(domain)}/users`).catch(() => []);
    const nameOf = async (/** @type {any} */ hold) => {
        const known = await people;
        return known.find((/** @type {any} */ one) => one.id === hold.subject)?.name ?? hold.subject;
    };
    const load = async (/** @type {any} */ request) => {
        const page = await app.api.get(path, request);
        return { ...page, items: await Promise.all(page.items.map(async (/** @type {any} */ one) => ({ ...one, name: await nameOf(one) }))) };
    };
    const table = dataTable(app, {
        label: t('holds.title'),
        columns: [
            { id: 'what', title: t('holds.subject'), cell: (one) => [t(`holds.level.${one.level}`), one.level !== 'domain' && h('bdi', {}, ` ${one.name}`)] },
            { id: 'reason', title: t('holds.reason'), cell: ({ reason }) => h('bdi', {}, reason) },
            { id: 'since', title: t('holds.since'), cell: ({ placedAt }) => moment(new Date(placedAt)) },
            { id: 'more', title: '', kind: 'end', cell: (one) => liftButton(one, () => lift(one)) },
        ],
        load,
        key: ({ id }) => id,
        empty: () => h('b', {}, t('holds.none')),
    });
    const lift = (/** @type {any} */ one) =>
        ask(t('holds.lift.title'), t('holds.lift.what'), t('holds.lift'), () =>
            app.try(async () => {
                await app.api.delete(`${path}/${encodeURIComponent(one.id)}`);
                toast(t('holds.lifted'));
                table.reload();
            }),
        );
    const place = async () => {
        const options = /** @type {[string, string][]} */ ([
            ['', t('holds.level.domain')],
            ...(await people).map((/** @type {any} */ one) => [one.id, `${one.name} (${one.extension})`]),
        ]);
        openForm({
            title: t('holds.place'),
            lead: t('holds.what'),
            fields: [
                { name: 'subject', label: t('holds.subject'), kind: 'choice', value: '', options },
                { name: 'reason', label: t('holds.reason'), required: true, more: { maxlength: 200 } },
            ],
            submit: t('holds.place'),
            save: async ({ subject, reason }) => {
                const what = subject ? { level: 'user', subject } : { level: 'domain' };
                await app.api.post(path, { ...what, reason });
                toast(t('holds.placed'));
                table.reload();
            },
        });
    };
    const button = h('button', { class: 'btn primary', type: 'button', onclick: place }, icon('plus', 16), t('holds.place'));
    return part(t('holds.title'), h('p', { class: 'lead-in' }, t('holds.what')), h('div', { class: 'tools' }, button), table.el);
}

/** @param {any} hold @param {() => void} run */
const liftButton = (hold, run) =>
    h('button', { class: 'btn', type: 'button', 'aria-label': t('holds.lift-named', { reason: hold.reason }), onclick: run }, t('holds.lift'));
