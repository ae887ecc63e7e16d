/** A person's data removed for good: what there is, asked once more, and what became of it. */
import { t } from '../../../i18n/index.js';
import { moment } from '../../../lib/format.js';
import { h, icon, uid } from '../../../lib/h.js';
import { wholeList } from '../../../lib/whole-list.js';
import { toast } from '../../../shell/toast.js';
import { confirmRemoval } from '../parts/form.js';
import { hearChanges } from '../parts/live.js';
import { pill } from '../parts/pill.js';
import { dataTable } from '../parts/table.js';
import { labelled, part } from '../system/pieces.js';

/** @typedef {import('../../../shell/app.js').App} App */
/** @typedef {Record<string, number>} Counts */

const COUNTED = ['conversations', 'messages', 'files', 'scheduled', 'contacts', 'calls'];

/** @param {Counts} counts what there is of each kind, in words; nothing of what there isn't */
const inWords = (counts) =>
    COUNTED.filter((kind) => counts[kind] > 0).map((kind) => t(`erase.count.${kind}`, { n: counts[kind] }));

/** @param {App} app @param {string} domain */
export function erasePart(app, domain) {
    const base = `/admin/domains/${encodeURIComponent(domain)}`;
    const people = wholeList(app.api, `${base}/users`).catch(() => []);
    const table = erasureTable(app, `${base}/erasures`, people);
    const end = hearChanges(app, ['erasures'], domain, table.reload);
    const form = whoForm(app, people, (whom, name, typed) => look(app, `${base}/erasures`, whom, name, typed));
    const title = t('erase.title');
    const el = part(title, h('p', { class: 'lead-in' }, t('erase.what')), form, table.el);
    return { el, end };
}

/**
 * @param {App} app
 * @param {Promise<any[]>} people
 * @param {(whom: object, name: string, typed?: string) => Promise<void>} ask
 */
function whoForm(app, people, ask) {
    const outside = h('option', { value: '' }, t('erase.outside'));
    const choose = h('select', { id: uid('whom') }, outside);
    const number = h('input', { type: 'tel', autocomplete: 'off', maxlength: 64 });
    const numberLine = labelled(t('erase.number'), number, t('erase.number.hint'));
    const button = h('button', { class: 'btn' }, icon('search', 16), t('erase.look'));
    const pick = h('span', { class: 'pick' }, choose, icon('down', 14));
    const line = h('div', { class: 'labelled' }, h('label', { for: choose.id }, t('erase.whom')), pick);
    const form = h('form', { class: 'kept' }, line, numberLine, button);
    choose.addEventListener('change', () => (numberLine.hidden = choose.value !== ''));
    people.then((all) => {
        // Nobody erases themselves.
        const others = all.filter(({ id }) => id !== app.store.state.session?.user.id);
        choose.append(...others.map((one) => h('option', { value: one.id }, `${one.name} (${one.extension})`)));
    });
    form.addEventListener('submit', async (/** @type {Event} */ event) => {
        event.preventDefault();
        const user = (await people).find(({ id }) => id === choose.value);
        if (user) return ask({ user: user.id }, user.name, user.extension);
        if (number.value.trim() === '') return number.focus();
        await ask({ number: number.value.trim() }, number.value.trim());
    });
    return form;
}

/**
 * Shows what would go, and asks for it to be typed once more.
 * @param {App} app
 * @param {string} path
 * @param {object} whom
 * @param {string} name
 * @param {string} [typed] what confirms it; else the number as the server has it
 */
function look(app, path, whom, name, typed) {
    return app.try(async () => {
        const { counts, subject, isHeld, kind } = await app.api.post(`${path}/preview`, whom);
        if (isHeld) return toast(t('erase.held'));
        const words = inWords(counts);
        const list = h('ul', {}, (words.length > 0 ? words : [t('erase.nothing')]).map((one) => h('li', {}, one)));
        confirmRemoval({
            title: t('erase.sure', { name: kind === 'user' ? name : subject }),
            lead: h('div', {}, h('p', {}, t('erase.goes')), list, h('p', {}, t(`erase.stays.${kind}`))),
            submit: t('erase.do'),
            typed: typed ?? subject,
            run: async () => {
                await app.api.post(path, whom);
                toast(t('erase.begun'));
            },
        });
    });
}

/** @param {any} erasure */
function stateOf({ isDone, pluginsNotAsked }) {
    if (!isDone) return pill('warn', t('erase.under-way'));
    if (pluginsNotAsked.length === 0) return pill('ok', t('erase.done'));
    const plugins = pluginsNotAsked.join(', ');
    return h('div', {}, pill('warn', t('erase.left')), h('small', { class: 'muted' }, t('erase.left.why', { plugins })));
}

/** @param {App} app @param {string} path @param {Promise<any[]>} people */
function erasureTable(app, path, people) {
    const whose = (/** @type {any} */ one) => (one.kind === 'user' ? t('erase.user') : h('bdi', {}, one.subject));
    const nameOf = async (/** @type {string | null} */ id) =>
        id === null ? t('audit.kind.console') : ((await people).find((one) => one.id === id)?.name ?? id);
    return dataTable(app, {
        label: t('erase.title'),
        columns: [
            { id: 'who', title: t('erase.whom'), cell: whose },
            { id: 'removed', title: t('erase.removed'), cell: ({ removed }) => inWords(removed).join(', ') || '–' },
            { id: 'by', title: t('erase.by'), cell: ({ by }) => h('bdi', {}, by) },
            { id: 'since', title: t('erase.since'), cell: ({ requestedAt }) => moment(new Date(requestedAt)) },
            { id: 'state', title: t('erase.state'), cell: stateOf },
        ],
        load: async (request) => {
            const page = await app.api.get(path, request);
            const named = page.items.map(async (/** @type {any} */ one) => ({ ...one, by: await nameOf(one.requestedBy) }));
            return { ...page, items: await Promise.all(named) };
        },
        key: ({ id }) => id,
        empty: () => h('b', {}, t('erase.none')),
    });
}
