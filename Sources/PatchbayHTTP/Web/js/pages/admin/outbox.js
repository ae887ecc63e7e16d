/** Messages that wait for their carrier, and those that were given up: who, to whom, why, and what to do. */
import { t } from '../../i18n/index.js';
import { moment } from '../../lib/format.js';
import { h } from '../../lib/h.js';
import { tel } from '../../lib/parts.js';
import { toast } from '../../shell/toast.js';
import { administered } from './parts/domain.js';
import { ask, part, pill, table, whileVisible } from './system/pieces.js';

/** How often the list is looked at again, in milliseconds. */
const PAUSE = 5000;
/** A message that has waited so long is stuck, in milliseconds. */
const LONG = 5 * 60_000;
const STATES = /** @type {const} */ (['waiting', 'dead']);

/**
 * @param {import('../../shell/app.js').App} app
 * @returns {{el: any, end: () => void}}
 */
export function section(app) {
    /** @type {typeof STATES[number]} */
    let state = 'waiting';
    const domain = administered(app).id;
    const list = h('div', { 'aria-busy': 'true' });
    /** Until something was shown or chosen, the page begins where there is something to see. */
    let isNew = true;
    const choose = (/** @type {typeof STATES[number]} */ key) => {
        state = key;
        isNew = false;
        for (const one of tabs.children) one.setAttribute('aria-pressed', String(one.dataset.key === key));
        return load();
    };
    const tab = (/** @type {typeof STATES[number]} */ key) => {
        const run = () => choose(key);
        const pressed = { 'aria-pressed': String(key === state), 'data-key': key };
        return h('button', { type: 'button', class: 'btn', ...pressed, onclick: run }, t(`stuck.${key}`));
    };
    const tabs = h('div', { class: 'row', role: 'group', 'aria-label': t('stuck.which') });
    tabs.append(...STATES.map(tab));
    const fetched = (/** @type {string} */ of, limit = 200) => app.api.get('/sms/outbox', { state: of, domain, limit });
    /** @returns {Promise<void>} */
    const load = () =>
        app.try(async () => {
            const of = state;
            const page = await fetched(of);
            if (isNew && page.items.length === 0 && (await fetched('dead', 1)).items.length > 0 && isNew) return choose('dead');
            isNew = false;
            if (of === state) draw(page, of);
        });
    const draw = (/** @type {any} */ page, /** @type {string} */ of) => {
        list.removeAttribute('aria-busy');
        show(page.allowance);
        const key = JSON.stringify([of, page.items]);
        // A button that somebody is about to press must not be made anew under the hand.
        if (list.dataset.key === key) return;
        list.dataset.key = key;
        if (page.items.length === 0) return list.replaceChildren(h('p', { class: 'pad muted' }, t(`stuck.${of}.none`)));
        const rows = page.items.map((/** @type {any} */ one) => row(one, new Date(page.now), act));
        const more = page.next && h('p', { class: 'pad muted' }, t('stuck.more'));
        list.replaceChildren(...[table(t(`stuck.${of}`), heads(), rows), more].filter(Boolean));
    };
    const show = (/** @type {{used: number, limit: number, isNearlyUsed: boolean}} */ { used, limit, isNearlyUsed }) => {
        const words = t('stuck.allowance', { used, limit });
        const more = isNearlyUsed && h('span', {}, t('stuck.allowance.nearly'));
        if (allowance.dataset.key === words) return;
        allowance.dataset.key = words;
        allowance.replaceChildren(isNearlyUsed ? pill('doubtful', words) : h('span', { class: 'muted' }, words), ...[more].filter(Boolean));
    };
    const act = (/** @type {any} */ message, /** @type {string} */ deed) =>
        app.try(async () => {
            const path = `/sms/outbox/${encodeURIComponent(message.messageId)}/${deed}`;
            await app.api.post(`${path}?domain=${encodeURIComponent(domain)}`);
            toast(t(`stuck.${deed}.done`));
            await load();
        });
    const allowance = h('p', { class: 'row', role: 'status' });
    const tools = h('div', { class: 'tools' }, tabs, allowance);
    const el = h('div', { class: 'sys-page' }, part(t('stuck.title'), tools, list));
    return { el, end: whileVisible(load, PAUSE) };
}

const heads = () => ['who', 'from', 'to', 'state', 'attempts', 'deeds'].map((key) => t(`stuck.head.${key}`));

/** @param {any} one @param {Date} now @param {(message: any, deed: string) => void} act */
function row(one, now, act) {
    const { author, fromFormatted, to, reason, attempts, createdAt, nextAttemptAt, state, carrier } = one;
    const isLate = now.getTime() - new Date(createdAt).getTime() > LONG;
    const look = state === 'dead' ? 'bad' : isLate ? 'doubtful' : 'off';
    const word = state === 'waiting' && isLate ? 'late' : state;
    const next = nextAttemptAt && new Date(nextAttemptAt) > now && t('stuck.next', { when: moment(new Date(nextAttemptAt)) });
    const discard = () => ask(t('stuck.discard.title'), t('stuck.discard.what', { to }), t('stuck.discard'), () => act(one, 'discard'));
    const name = (/** @type {string} */ deed) => t(`stuck.${deed}-named`, { to });
    const button = (/** @type {string} */ deed, /** @type {() => void} */ run, kind = '') =>
        h('button', { class: `btn ${kind}`, type: 'button', 'aria-label': name(deed), onclick: run }, t(`stuck.${deed}`));
    return h(
        'tr',
        {},
        h('td', {}, h('b', {}, author ?? t('stuck.automatic')), h('small', { class: 'muted' }, moment(new Date(createdAt)))),
        h('td', {}, tel(fromFormatted), h('small', { class: 'muted' }, carrier)),
        h('td', {}, tel(to)),
        h('td', {}, pill(look, t(`stuck.state.${word}`)), reason && h('p', { class: 'why-line' }, reason)),
        h('td', { class: 'num' }, String(attempts), next && h('small', { class: 'muted' }, next)),
        h('td', { class: 'deeds' }, button('retry', () => act(one, 'retry')), button('discard', discard, 'danger')),
    );
}
