/** Many at once: a CSV file is looked through before anything is stored, and is imported as a whole or not at all. */
import { t } from '../../i18n/index.js';
import { h, icon } from '../../lib/h.js';
import { administered } from './parts/domain.js';
import { importCard } from './transfer/import.js';

/** @typedef {import('../../shell/app.js').App} App */

const KINDS = /** @type {const} */ (['users', 'numbers', 'contacts']);

/** @param {App} app */
export function section(app) {
    const domain = administered(app);
    const kinds = h('div', { class: 'segd', role: 'group', 'aria-label': t('transfer.what') });
    const cards = h('div', { class: 'grid' });
    const show = (/** @type {typeof KINDS[number]} */ kind) => {
        kinds.replaceChildren(
            ...KINDS.map((one) =>
                h(
                    'button',
                    { type: 'button', 'aria-pressed': String(one === kind), onclick: () => choose(one) },
                    t(`transfer.${one}`),
                ),
            ),
        );
        cards.replaceChildren(importCard(app, domain, kind), exportCard(app, domain, kind));
    };
    const choose = (/** @type {typeof KINDS[number]} */ kind) => {
        show(kind);
        kinds.querySelector('[aria-pressed="true"]')?.focus();
    };
    show('users');
    return { el: h('div', { class: 'grid' }, h('div', {}, kinds), cards), end: () => {} };
}

/** @param {App} app @param {AdminDomain} domain @param {string} kind */
function exportCard(app, domain, kind) {
    const path = `${app.api.base}/admin/domains/${encodeURIComponent(domain.id)}/export/${kind}`;
    const link = h('a', { class: 'btn', href: path, download: `${kind}-${domain.id}.csv` });
    link.append(icon('file', 16), t('transfer.save'));
    const words = [h('p', {}, t(`transfer.export.${kind}`)), h('p', { class: 'muted' }, t('transfer.export.how'))];
    const row = h('div', { class: 'row' }, link);
    return h('section', { class: 'card form' }, h('h2', {}, t('transfer.export')), words, row);
}
