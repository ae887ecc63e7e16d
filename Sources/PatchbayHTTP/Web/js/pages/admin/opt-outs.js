/** Who wants no messages from the domain: look, add, and take back with a reason. */
import { t } from '../../i18n/index.js';
import { moment } from '../../lib/format.js';
import { choice, openDialog } from '../../lib/dialog.js';
import { h, icon } from '../../lib/h.js';
import { tel } from '../../lib/parts.js';
import { toast } from '../../shell/toast.js';
import { administered } from './parts/domain.js';
import { labelled, nameCells, part, table } from './system/pieces.js';

/** @typedef {import('../../shell/app.js').App} App */

/** @param {App} app @returns {{el: any, end: () => void}} */
export function section(app) {
    const domain = administered(app).id;
    const list = h('div', { 'aria-busy': 'true' });
    const search = h('input', { type: 'search', placeholder: t('optouts.search'), 'aria-label': t('optouts.search') });
    const again = h('button', { class: 'btn', type: 'button', hidden: true, onclick: () => load(cursor) }, t('optouts.more'));
    const body = h('tbody');
    /** @type {string | null} */
    let cursor = null;
    let asked = 0;
    const load = async (/** @type {string | null} */ from = null) => {
        const mine = (asked += 1);
        again.disabled = true;
        await app.try(async () => {
            const query = { query: search.value, domain, cursor: from, limit: 100 };
            const page = await app.api.get('/sms/opt-outs', query);
            // An older search's late answer.
            if (mine !== asked) return;
            const rows = page.items.map((/** @type {any} */ one) => nameCells(row(one, () => takeBack(one)), heads));
            if (from) body.append(...rows);
            else body.replaceChildren(...rows);
            cursor = page.next;
            again.hidden = !cursor;
            const empty = h('p', { class: 'pad muted' }, t(search.value ? 'optouts.not-found' : 'optouts.none'));
            shown.hidden = body.children.length === 0;
            list.replaceChildren(shown, body.children.length === 0 ? empty : again);
            list.removeAttribute('aria-busy');
        });
        if (mine === asked) again.disabled = false;
    };
    const heads = ['number', 'since', 'how', 'deeds'].map((key) => t(`optouts.head.${key}`));
    const shown = table(t('optouts.title'), heads, []);
    shown.querySelector('tbody').replaceWith(body);
    const address = (/** @type {string} */ remote, rest = '') =>
        `/sms/opt-outs/${encodeURIComponent(remote)}${rest}?domain=${encodeURIComponent(domain)}`;
    const add = () =>
        dialog('add', true, async (number, reason) => {
            await app.api.put(address(number), reason ? { reason } : {});
            toast(t('optouts.added'));
            load();
        });
    const takeBack = (/** @type {any} */ { remote, ourNumber, holdsForNumberOnly }) =>
        dialog('remove', false, async (_, reason) => {
            const pair = holdsForNumberOnly ? { ourNumber } : {};
            await app.api.post(address(remote, '/removal'), { reason, ...pair });
            toast(t('optouts.removed'));
            load();
        });
    const button = h('button', { class: 'btn primary', type: 'button', onclick: add }, icon('plus', 16), t('optouts.add'));
    let timer = setTimeout(() => {}, 0);
    search.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(() => load(), 200);
    });
    const tools = h('div', { class: 'tools' }, h('div', { class: 'field' }, icon('search', 17), search), button);
    const el = h('div', { class: 'sys-page' }, part(t('optouts.title'), h('p', { class: 'lead-in' }, t('optouts.what')), tools, list));
    load();
    return { el, end: () => clearTimeout(timer) };
}

/** @param {any} one @param {() => void} takeBack */
function row(one, takeBack) {
    const how = one.word ? t('optouts.word', { word: one.word }) : t('optouts.by', { name: one.addedBy ?? t('optouts.somebody') });
    const ours = one.holdsForNumberOnly ? one.ourNumberFormatted : null;
    const label = t(ours ? 'optouts.remove-pair' : 'optouts.remove-named', { number: one.formatted, ours });
    const button = h('button', { class: 'btn', type: 'button', 'aria-label': label, onclick: takeBack }, t('optouts.remove'));
    return h(
        'tr',
        {},
        h('td', {}, h('b', {}, tel(one.formatted)), ours && h('small', { class: 'muted' }, t('optouts.pair', { ours }))),
        h('td', {}, moment(new Date(one.at))),
        h('td', {}, how, one.reason && h('small', { class: 'muted' }, one.reason)),
        h('td', { class: 'deeds' }, button),
    );
}

/**
 * Asks for the number, where it is wanted, and for the reason; the refusal is said in the dialog.
 * @param {string} kind
 * @param {boolean} asksNumber
 * @param {(number: string, reason: string) => Promise<void>} deed
 */
function dialog(kind, asksNumber, deed) {
    openDialog(document.body, t(`optouts.${kind}.title`), (close) => {
        const number = h('input', { type: 'tel', required: true, autocomplete: 'off', dir: 'ltr' });
        const reason = h('input', { type: 'text', maxlength: 200, required: !asksNumber });
        const error = h('p', { class: 'error', role: 'alert' });
        const yes = h('button', { class: 'btn primary' }, t(`optouts.${kind}`));
        const form = h('form', { class: 'asked' }, h('p', {}, t(`optouts.${kind}.what`)));
        if (asksNumber) form.append(labelled(t('optouts.number'), number));
        form.append(labelled(t('optouts.reason'), reason), error, choice(close, yes));
        form.addEventListener('submit', async (/** @type {Event} */ event) => {
            event.preventDefault();
            error.replaceChildren();
            try {
                await deed(number.value.trim(), reason.value.trim());
                close();
            } catch (failure) {
                error.append(icon('alert', 16), h('span', {}, /** @type {Error} */ (failure).message));
            }
        });
        return [form];
    });
}
