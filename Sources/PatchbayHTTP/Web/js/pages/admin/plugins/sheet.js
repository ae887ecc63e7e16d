/** One plugin: its state and switch, what an update would bring, what it may do, its settings, who changed what. */
import { t } from '../../../i18n/index.js';
import { h, icon } from '../../../lib/h.js';
import { toast } from '../../../shell/toast.js';
import { ask, changedBy, part, pill, why } from '../system/pieces.js';
import { allowances } from './allowances.js';
import { LOOK } from './list.js';
import { record } from './record.js';
import { settingsForm } from './settings-form.js';
import { updateCard } from './update.js';

/** @typedef {import('../../../shell/app.js').App} App */

/** @param {App} app @param {string} id */
export function pluginSheet(app, id) {
    const path = `/admin/plugins/${encodeURIComponent(id)}`;
    const el = h('div', { class: 'sys-page', 'aria-busy': 'true' });
    const done = new AbortController();
    /** @type {any} */
    let form = null;
    const draw = (/** @type {any} */ sheet, keepsTyped = false) => {
        const name = sheet.status.name;
        const back = h('a', { class: 'link back', href: '/admin/plugins', 'data-page': '' }, icon('left', 16), t('plugins.all'));
        if (!keepsTyped || !isTyping()) {
            form = sheet.settings && settingsForm(app, path, sheet, draw);
        }
        const parts = [
            back,
            head(app, path, sheet, draw),
            sheet.update && updateCard(sheet.update, name),
            form,
            sheet.description && allowances(sheet.description),
            sheet.changes.length > 0 && record(sheet),
        ];
        el.replaceChildren(...parts.filter(Boolean));
        el.removeAttribute('aria-busy');
    };
    const isTyping = () => el.querySelector('form[data-dirty]') !== null;
    const load = async () => {
        const sheet = await app.api.get(path);
        // Somebody else's change: not while this reader is typing, who may have begun meanwhile.
        if (!isTyping()) draw(sheet);
    };
    app.try(load);
    const heard = (/** @type {any} */ event) => {
        if (event.detail?.plugin === id && !isTyping()) app.try(load);
    };
    app.updates.news.addEventListener('plugin.changed', heard, { signal: done.signal });
    return { el, end: () => done.abort() };
}

/** @param {App} app @param {string} path @param {any} sheet @param {(sheet: any, keepsTyped?: boolean) => void} draw */
function head(app, path, sheet, draw) {
    const { status, description, enabled, canSelfTest } = sheet;
    const state = pill(LOOK[status.state], t(`plugins.state.${status.state}`));
    const test =
        canSelfTest && h('a', { class: 'btn', href: '/admin/carriers', 'data-page': '' }, icon('check', 16), t('carriers.test'));
    const top = h('div', { class: 'row' }, state, h('span', { class: 'muted num' }, status.version), test);
    const card = part(status.name, h('div', { class: 'pad' }, description && h('p', {}, description.summary), top));
    card.querySelector('.pad').append(why(status.reason, status.mend) || '');
    if (enabled) card.append(runs(app, path, sheet, draw));
    return card;
}

/** Whether it runs, who has decided that, and back to the manifest. */
function runs(/** @type {App} */ app, /** @type {string} */ path, /** @type {any} */ sheet, /** @type {any} */ draw) {
    const { enabled, neededBy, status } = sheet;
    const put = (/** @type {boolean | null} */ isOn) =>
        app
            .try(async () => {
                draw(await app.api.put(`${path}/enabled`, { isOn }), true);
                toast(t('plugins.changed'));
            })
            .then(() => {
                input.checked = enabled.isOn;
            });
    const attributes = { id: 'runs', type: 'checkbox', role: 'switch', '.checked': enabled.isOn, disabled: enabled.isFixed };
    const input = h('input', { ...attributes, 'aria-describedby': 'runs-what' });
    input.addEventListener('change', () => {
        if (input.checked || neededBy.length === 0) return put(input.checked);
        input.checked = true;
        const words = t('plugins.stop.also', { names: neededBy.join(', ') });
        ask(t('plugins.stop.title', { name: status.name }), words, t('plugins.stop.yes'), () => put(false));
    });
    const origin = enabled.isFixed
        ? t(`plugins.runs.${enabled.manifest}`)
        : enabled.origin === 'portal'
          ? changedBy(enabled.changedAt, enabled.changedBy)
          : t('plugins.origin.manifest');
    const reset = enabled.origin === 'portal' && h('button', { class: 'btn', type: 'button', onclick: () => put(null) });
    if (reset) reset.append(t('plugins.reset'));
    return h(
        'div',
        { class: 'runs' },
        h('label', { class: 'sw' }, input, h('span')),
        h('div', { class: 'n' }, h('label', { for: 'runs' }, t('plugins.runs')), h('small', { id: 'runs-what' }, origin)),
        reset,
    );
}
