/** Waits for a message from outside, and says how to send one. */
import { t } from '../../../i18n/index.js';
import { moment } from '../../../lib/format.js';
import { h, icon } from '../../../lib/h.js';
import { pill } from '../system/pieces.js';

/** @param {any} connection */
export function inbound({ id, numbers }) {
    const state = h('p', { class: 'row', role: 'status' });
    const button = h('button', { class: 'btn', type: 'button' }, icon('clock', 16), t('carriers.wait'));
    let known = 0;
    /** @type {number | null} how many had come when the waiting began */
    let since = null;
    button.addEventListener('click', () => {
        since = known;
        state.dataset.key = '';
        state.replaceChildren(pill('doubtful', t('carriers.waiting')));
    });
    const number = numbers[0]?.formatted ?? '';
    const how = id === 'simulator' ? t('carriers.in.simulator') : t('carriers.in.what', { number });
    const el = h('div', { class: 'trial' }, h('h3', {}, t('carriers.in')), h('p', { class: 'muted' }, how), h('div', { class: 'row' }, button), state);
    const written = (/** @type {string} */ to) => numbers.find((/** @type {any} */ one) => one.number === to)?.formatted ?? to;
    const show = (/** @type {any} */ last) => {
        known = last?.count ?? 0;
        const isNew = since !== null && known > since;
        if (since !== null && !isNew) return;
        const key = last ? `${last.count}/${isNew}` : 'none';
        if (state.dataset.key === key) return;
        state.dataset.key = key;
        if (!last) return void state.replaceChildren(pill('off', t('carriers.in.none')));
        const words = t('carriers.in.last', { from: last.from, to: written(last.to), when: moment(new Date(last.at)) });
        state.replaceChildren(pill('good', isNew ? t('carriers.in.came') : t('carriers.in.before')), words);
    };
    return { el, show };
}
