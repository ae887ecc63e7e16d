/** The numbers of a user: assigned, taken away. */
import { t } from '../../../i18n/index.js';
import { h, icon } from '../../../lib/h.js';
import { tel } from '../../../lib/parts.js';
import { wholeList } from '../../../lib/whole-list.js';
import { toast } from '../../../shell/toast.js';
import { openForm } from '../parts/form.js';
import { pill } from '../parts/pill.js';

/** @typedef {import('../../../shell/app.js').App} App */

const place = (/** @type {string} */ number, /** @type {AdminUser} */ user) =>
    `/admin/numbers/${encodeURIComponent(number)}/users/${user.id}`;

/** @param {App} app @param {AdminUser} user @param {() => void} changed */
export function numbersOf(app, user, changed) {
    const add = h('button', { class: 'btn', type: 'button', onclick: () => assignNumber(app, user, changed) });
    add.append(icon('plus', 15), t('numbers.assign'));
    const header = h('header', {}, h('h2', {}, t('users.numbers')), h('span', { class: 'end' }, add));
    const none = user.numbers.length === 0 && h('p', { class: 'lead-in' }, t('users.no-number'));
    const rows = user.numbers.map((one) => row(app, user, one, changed));
    return h('section', { class: 'card' }, header, none, h('ul', { class: 'sets' }, rows));
}

/** @param {App} app @param {AdminUser} user @param {AdminUser['numbers'][number]} one @param {() => void} changed */
function row(app, user, one, changed) {
    const label = t('numbers.take', { number: one.formatted, name: user.name });
    const take = h('button', { class: 'btn', type: 'button', 'aria-label': label }, t('numbers.take-short'));
    take.addEventListener('click', () =>
        app.try(async () => {
            await app.api.delete(place(one.number, user));
            changed();
        }),
    );
    const state = one.hasSMS ? pill('ok', t('numbers.sms')) : pill('quiet', t('numbers.sms-off'));
    return h(
        'li',
        {},
        h('span', { class: 'round', 'aria-hidden': 'true' }, icon('hash', 19)),
        h('span', { class: 'n' }, h('b', {}, tel(one.formatted)), h('small', {}, one.label)),
        h('span', { class: 'acts' }, state, take),
    );
}

/** @param {App} app @param {AdminUser} user @param {() => void} changed */
export function assignNumber(app, user, changed) {
    return app.try(async () => {
        const all = /** @type {AdminNumber[]} */ (await wholeList(app.api, `/admin/domains/${user.domain}/numbers`));
        const free = all.filter((one) => !one.users.some(({ id }) => id === user.id));
        if (free.length === 0) return toast(t('numbers.none-left'));
        const words = (/** @type {AdminNumber} */ one) =>
            [`\u2066${one.formatted}\u2069`, one.label, t(one.hasSMS ? 'numbers.sms' : 'numbers.sms-off')].join(' · ');
        const options = free.map((one) => /** @type {[string, string]} */ ([one.number, words(one)]));
        openForm({
            title: t('numbers.assign-to', { name: user.name }),
            fields: [{ name: 'number', label: t('numbers.number'), kind: 'choice', value: free[0].number, options }],
            submit: t('numbers.assign-short'),
            save: async ({ number }) => {
                await app.api.put(place(number, user));
                changed();
            },
        });
    });
}
