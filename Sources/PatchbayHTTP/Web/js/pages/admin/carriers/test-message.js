/** Sends one real message to a number that the administrator types, and follows its receipts. */
import { t } from '../../../i18n/index.js';
import { time } from '../../../lib/format.js';
import { h, icon } from '../../../lib/h.js';
import { ask, labelled, pill } from '../system/pieces.js';

const LOOKS = /** @type {Record<string, string>} */ ({
    sending: 'doubtful',
    accepted: 'doubtful',
    sent: 'doubtful',
    delivered: 'good',
    failed: 'bad',
});

/** @param {import('../../../shell/app.js').App} app @param {any} connection */
export function testMessage(app, { id, name, numbers }) {
    const state = h('p', { class: 'row', role: 'status' });
    const error = h('p', { class: 'error', role: 'alert' });
    const option = (/** @type {any} */ { number, formatted, label }) =>
        h('option', { value: number }, label ? `${formatted} · ${label}` : formatted);
    const from = h('select', {}, numbers.map(option));
    const to = h('input', { type: 'tel', autocomplete: 'off', required: true, dir: 'ltr' });
    const button = h('button', { class: 'btn', type: 'submit' }, icon('send', 16), t('carriers.send'));
    const send = async () => {
        error.replaceChildren();
        button.disabled = true;
        try {
            const body = { from: from.value, to: to.value };
            show(await app.api.post(`/admin/connections/${encodeURIComponent(id)}/test-messages`, body));
        } catch (failure) {
            error.append(icon('alert', 16), h('span', {}, /** @type {Error} */ (failure).message));
        }
        button.disabled = false;
    };
    const show = (/** @type {any} */ test) => {
        const key = test ? `${test.id}/${test.state}` : '';
        if (state.dataset.key === key || !test) return;
        state.dataset.key = key;
        const words = t(`carriers.state.${test.state}`, { to: test.to });
        const when = h('span', { class: 'muted' }, time(new Date(test.at)));
        state.replaceChildren(pill(LOOKS[test.state], words), test.reason ?? '', when);
    };
    const form = h('form', { class: 'trial' }, h('h3', {}, t('carriers.out')));
    if (numbers.length === 0) form.append(h('p', { class: 'muted' }, t('carriers.no-number', { name })));
    else {
        const fields = h('div', { class: 'pair' }, labelled(t('carriers.from'), from), labelled(t('carriers.to'), to));
        form.append(h('p', { class: 'muted' }, t('carriers.out.what')), fields, h('div', { class: 'row' }, button), error, state);
    }
    form.addEventListener('submit', (/** @type {Event} */ event) => {
        event.preventDefault();
        if (!to.value.trim()) return to.focus();
        const words = t('carriers.confirm.what', { from: from.selectedOptions[0].text, to: to.value, name });
        ask(t('carriers.confirm'), words, t('carriers.confirm.yes'), send);
    });
    return { el: form, show };
}
