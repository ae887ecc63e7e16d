/** The import: a file is chosen or dropped, looked through by the server, and then imported if nothing is wrong. */
import { t } from '../../../i18n/index.js';
import { h, icon, uid } from '../../../lib/h.js';
import { toast } from '../../../shell/toast.js';
import { pill } from '../parts/pill.js';
import { firstRecords } from './csv.js';

/** @typedef {import('../../../shell/app.js').App} App */
/** @typedef {{imported: number, skipped: number, faults: {line: number, reason: string}[]}} Report */

const SHOWN = 5;
/** Enough for the first records of any sensible file, in bytes. */
const BEGINNING = 64 * 1024;

/** @param {App} app @param {AdminDomain} domain @param {string} kind */
export function importCard(app, domain, kind) {
    const id = uid('file');
    const input = h('input', { id, type: 'file', accept: '.csv,text/csv,text/plain', class: 'vh' });
    const choose = h('label', { class: 'btn primary', for: id }, icon('file', 16), t('transfer.choose'));
    const zone = h('div', { class: 'drop' }, input, choose, h('span', { class: 'muted' }, t('transfer.drop')));
    const result = h('div', { class: 'result', 'aria-live': 'polite' });
    const send = (/** @type {File} */ file, /** @type {boolean} */ isDry) =>
        app.api.postFile(`/admin/domains/${domain.id}/import/${kind}${isDry ? '?dryRun=true' : ''}`, file, 'text/csv');

    // What was begun last is shown: an earlier file's late answer doesn't replace it.
    let begun = 0;
    const begin = (/** @type {string} */ words) => {
        const mine = (begun += 1);
        result.replaceChildren(h('p', { class: 'muted' }, words));
        return (/** @type {any[]} */ ...shown) => void (mine === begun && result.replaceChildren(...shown));
    };

    const look = (/** @type {File | undefined} */ file) =>
        file &&
        app.try(async () => {
            const show = begin(t('transfer.looking', { name: file.name }));
            const beginning = await file.slice(0, BEGINNING).text();
            const report = await send(file, true).catch((/** @type {Error} */ error) => {
                show(h('p', { class: 'error', role: 'alert' }, icon('alert', 16), error.message));
                throw error;
            });
            show(preview(file.name, beginning), verdict(report, kind, () => store(file)));
        });
    const store = (/** @type {File} */ file) =>
        app.try(async () => {
            const show = begin(t('transfer.importing', { name: file.name }));
            const mine = begun;
            // The button that had it is gone.
            input.focus();
            const report = /** @type {Report} */ (
                await send(file, false).catch((/** @type {Error} */ error) => {
                    // It may have been stored all the same: what is left to import is asked for anew.
                    if (mine === begun) look(file);
                    throw error;
                })
            );
            const isDone = report.faults.length === 0;
            const words = t(`transfer.done.${kind}`, { n: report.imported });
            show(isDone ? h('p', {}, pill('ok', words)) : verdict(report, kind, () => store(file)));
            if (isDone) toast(words);
        });
    input.addEventListener('change', () => {
        const file = input.files?.[0];
        // The same file may be chosen again once it is mended.
        input.value = '';
        look(file);
    });
    zone.addEventListener('dragover', (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        zone.classList.add('over');
    });
    zone.addEventListener('dragleave', () => zone.classList.remove('over'));
    zone.addEventListener('drop', (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        zone.classList.remove('over');
        look(event.dataTransfer?.files[0]);
    });
    const words = [h('p', {}, t(`transfer.import.${kind}`)), h('p', { class: 'muted' }, t('transfer.import.how'))];
    return h('section', { class: 'card form' }, h('h2', {}, t('transfer.import')), words, zone, result);
}

/** @param {string} name @param {string} text */
function preview(name, text) {
    const [head = [], ...rows] = firstRecords(text, SHOWN + 1);
    const cells = (/** @type {string} */ tag, /** @type {string[]} */ fields) =>
        fields.map((field) => h(tag, tag === 'th' ? { scope: 'col' } : {}, field));
    const label = t('transfer.preview', { name });
    const body = h('tbody', {}, rows.map((row) => h('tr', {}, cells('td', row))));
    const table = h('table', {}, h('thead', {}, h('tr', {}, cells('th', head))), body);
    // What is wider than the page is scrolled, by keyboard too.
    const region = { class: 'preview', tabindex: 0, role: 'region', 'aria-label': label };
    return h('div', region, h('p', { class: 'muted' }, label), table);
}

/** @param {Report} report @param {string} kind @param {() => any} run */
function verdict({ imported, skipped, faults }, kind, run) {
    if (faults.length > 0) {
        const line = (/** @type {Report['faults'][number]} */ fault) =>
            h('li', {}, h('b', {}, t('transfer.line', { line: fault.line })), h('span', {}, fault.reason));
        const words = t('transfer.faults', { n: faults.length });
        const title = h('p', { class: 'error', role: 'alert' }, icon('alert', 16), words);
        return h('div', {}, title, h('ol', { class: 'faults' }, faults.map(line)));
    }
    const words = t(`transfer.go.${kind}`, { n: imported });
    const go = h('button', { class: 'btn primary', type: 'button', onclick: run }, words);
    const left = skipped > 0 && h('span', { class: 'muted' }, t('transfer.skipped', { n: skipped }));
    return h('div', { class: 'row' }, pill('ok', t('transfer.fine')), left, imported > 0 && go);
}
