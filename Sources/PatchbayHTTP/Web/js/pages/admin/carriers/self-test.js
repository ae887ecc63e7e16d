/** Lets a plugin try its connection, and shows step by step what it found and what to change. */
import { t } from '../../../i18n/index.js';
import { h, icon } from '../../../lib/h.js';
import { labelled, pill } from '../system/pieces.js';

/** @param {import('../../../shell/app.js').App} app @param {any} connection */
export function selfTest(app, { id, name, isPBX }) {
    const found = h('ol', { class: 'diagnoses' });
    const said = h('p', { role: 'status' });
    const placeholder = `1001@${app.store.state.session?.domain.id ?? ''}`;
    const phone = h('input', { type: 'text', autocomplete: 'off', placeholder, dir: 'ltr' });
    const button = h('button', { class: 'btn primary', type: 'submit' }, icon('check', 16), t('carriers.run'));
    const form = h('form', { class: 'trial' }, h('h3', {}, t('carriers.self-test')), h('p', { class: 'muted' }, t('carriers.self-test.what')));
    if (isPBX) form.append(labelled(t('carriers.phone'), phone, t('carriers.phone.what')));
    form.append(h('div', { class: 'row' }, button, said), found);
    form.addEventListener('submit', async (/** @type {Event} */ event) => {
        event.preventDefault();
        button.disabled = true;
        said.textContent = t('carriers.running', { name });
        await app.try(async () => {
            const { items } = await app.api.post(`/admin/plugins/${encodeURIComponent(id)}/self-test`, body(phone.value));
            found.replaceChildren(...items.map(step));
            said.textContent = summary(items);
        });
        if (said.textContent === t('carriers.running', { name })) said.textContent = '';
        button.disabled = false;
    });
    return form;
}

/** @param {string} typed extension, or extension@domain */
function body(typed) {
    const [extension, domain] = typed.trim().split('@');
    return extension ? { extension, ...(domain && { domain }) } : {};
}

/** @param {any[]} items */
function summary(items) {
    const n = items.filter(({ verdict }) => verdict === 'bad').length;
    return n > 0 ? t('carriers.found.bad', { n }) : t('carriers.found.good');
}

/** @param {any} one */
const step = ({ subject, verdict, finding, mend }) =>
    h(
        'li',
        { 'data-verdict': verdict },
        h('div', {}, h('b', {}, subject), pill(verdict, t(`carriers.verdict.${verdict}`))),
        h('p', {}, finding),
        mend && h('p', { class: 'mend' }, h('b', {}, `${t('carriers.mend')} `), mend),
    );
