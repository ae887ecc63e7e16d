/** What became of a text, step by step and in words. */
import { t } from '../i18n/index.js';
import { openDialog } from '../lib/dialog.js';
import * as format from '../lib/format.js';
import { h, icon } from '../lib/h.js';

/** @type {Record<string, () => string>} */
const WORDS = {
    pending: () => t('delivery.pending'),
    accepted: () => t('delivery.accepted'),
    sent: () => t('delivery.sent'),
    delivered: () => t('delivery.delivered'),
    failed: () => t('delivery.failed'),
    received: () => t('delivery.received'),
};
/** @type {Record<string, string>} */
const GLYPHS = { delivered: 'checks', failed: 'alert', pending: 'clock' };

/**
 * @param {any} host
 * @param {() => Promise<{state: string, reason: string | null, at: string, attempt: number}[]>} load
 */
export function showDelivery(host, load) {
    openDialog(host, t('delivery.title'), (close) => {
        const list = h('ol', { class: 'steps', 'aria-label': t('delivery.title'), 'aria-busy': 'true' });
        const done = h('button', { class: 'btn primary', type: 'button', onclick: close }, t('close'));
        const show = (/** @type {Awaited<ReturnType<typeof load>>} */ steps) => {
            list.replaceChildren(...steps.map(step));
            if (steps.length === 0) list.replaceWith(h('p', {}, t('delivery.none')));
        };
        const fail = (/** @type {Error} */ { message }) =>
            list.replaceWith(h('p', { class: 'error', role: 'alert' }, message));
        load().then(show, fail).finally(() => list.removeAttribute('aria-busy'));
        return [list, h('div', { class: 'row' }, done)];
    });
}

/** @param {{state: string, reason: string | null, at: string, attempt: number}} step */
function step({ state, reason, at, attempt }) {
    const when = new Date(at);
    const words = WORDS[state]?.() ?? state;
    return h(
        'li',
        { class: state },
        icon(GLYPHS[state] ?? 'check', 15),
        h('span', { class: 'n' }, h('b', {}, words), reason && h('span', {}, reason)),
        h('span', { class: 'when num' }, h('time', { datetime: at, title: format.full(when) }, format.moment(when))),
        attempt > 1 && h('small', {}, t('delivery.attempt', { n: attempt })),
    );
}
