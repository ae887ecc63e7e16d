/** "Why can't Ann text?": the gates of each feature as a line of steps, the closed one named, with what opens it. */
import { t } from '../../../i18n/index.js';
import { h, icon } from '../../../lib/h.js';
import { domains } from '../parts/domain.js';
import { pill } from '../parts/pill.js';
import { liveSwitch } from '../parts/switch.js';
import { isSystemAdmin, setSwitch } from '../parts/switches.js';
import { assignNumber } from './numbers.js';

/** @typedef {import('../../../shell/app.js').App} App */
/** @typedef {FeatureGates['levels'][number]} Step */

/** Which features the reader has opened or closed, while they look at a user. @type {Map<string, boolean>} */
const opened = new Map();

/** @param {App} app @param {AdminUser} user @param {FeatureGates[]} features @param {() => void} changed */
export function featureSteps(app, user, features, changed) {
    const title = h('header', {}, h('h2', {}, t('users.features')));
    const list = features.map((one) => feature(app, user, one, changed));
    return h('section', { class: 'card' }, title, h('ul', { class: 'features' }, list));
}

/** @param {App} app @param {AdminUser} user @param {FeatureGates} gates @param {() => void} changed */
function feature(app, user, gates, changed) {
    const { plugin, title, isOpen, levels } = gates;
    const key = `${user.id} ${plugin}`;
    const own = levels.find(({ level }) => level === 'user');
    const steps = h('ol', { class: 'gates', 'aria-label': t('gates.steps', { feature: title }) });
    steps.append(...levels.map((step) => stepItem(app, user, gates, step, changed)));
    const said = h('p', {}, t(isOpen ? 'gates.open' : 'gates.closed', { name: user.name, feature: title }));
    const body = h('div', { class: 'why' }, said, steps);
    const whyOf = { 'aria-label': t('gates.why-of', { feature: title }) };
    const why = h('button', { class: 'btn quiet', type: 'button', ...whyOf }, t('gates.why'));
    const show = (/** @type {boolean} */ is) => {
        body.hidden = !is;
        why.setAttribute('aria-expanded', String(is));
    };
    why.addEventListener('click', () => {
        opened.set(key, body.hidden);
        show(body.hidden);
    });
    // Once it has been seen closed it stays in view: what was done to open it is to be seen too.
    if (!isOpen && !opened.has(key)) opened.set(key, true);
    show(opened.get(key) ?? false);
    const change = async (/** @type {boolean} */ isOn) => {
        await setSwitch(app, plugin, 'user', user.id, isOn);
        changed();
    };
    const label = t('users.switch', { feature: title, name: user.name });
    const toggle = own && liveSwitch(app, { label, isOn: own.isOn, change });
    const state = isOpen ? pill('ok', t('gates.can')) : pill('warn', t('gates.cannot'));
    return h('li', {}, h('div', { class: 'line' }, h('b', {}, title), state, why, toggle), body);
}

/**
 * @param {App} app @param {AdminUser} user @param {FeatureGates} gates @param {Step} step @param {() => void} changed
 */
function stepItem(app, user, gates, step, changed) {
    const { level, isOn } = step;
    // Only the first one that is closed stops them; those behind it are told, not blamed.
    const isTheOne = level === gates.closedGate;
    const domain = domains().find(({ id }) => id === user.domain)?.name ?? user.domain;
    const values = { feature: gates.title, name: user.name, domain };
    const words = t(`gates.${level}.${isOn ? 'open' : 'closed'}`, values);
    const kind = isOn ? 'ok' : isTheOne ? 'shut' : 'later';
    const glyph = h('span', { class: 'mark-of' }, icon(isOn ? 'check' : isTheOne ? 'alert' : 'minus', 15));
    const deed = isOn ? null : opener(app, user, gates, step, changed);
    const name = h('b', {}, t(`gates.${level}`), isTheOne && h('span', { class: 'vh' }, ` – ${t('gates.this-one')}`));
    return h('li', { class: kind }, glyph, h('div', {}, name, h('span', {}, words), deed));
}

/**
 * What opens a gate, for those who may.
 * @param {App} app @param {AdminUser} user @param {FeatureGates} gates @param {Step} step @param {() => void} changed
 */
function opener(app, user, { plugin, title }, { level, subject }, changed) {
    const button = (/** @type {string} */ words, /** @type {() => any} */ run) =>
        h('button', { class: 'btn primary', type: 'button', onclick: run }, words);
    const turnOn = (/** @type {string} */ at, /** @type {string} */ whose) =>
        app.try(async () => {
            await setSwitch(app, plugin, at, whose, true);
            changed();
        });
    if (level === 'plugin') {
        const place = { class: 'btn', href: `/admin/plugins/${encodeURIComponent(plugin)}`, 'data-page': '' };
        return isSystemAdmin(app) ? h('a', place, t('gates.plugin.open-page')) : h('small', {}, t('gates.ask'));
    }
    if (level === 'system' && !isSystemAdmin(app)) return h('small', {}, t('gates.ask'));
    if (level === 'carrier') return h('a', { class: 'btn', href: '/admin/numbers', 'data-page': '' }, t('gates.carrier.choose'));
    if (level !== 'number') {
        const words = t(`gates.${level}.turn-on`, { feature: title, name: user.name });
        return button(words, () => turnOn(level, subject ?? ''));
    }
    const off = user.numbers.find(({ hasSMS }) => !hasSMS);
    if (off) {
        const words = t('gates.number.turn-on', { feature: title, number: off.formatted });
        return button(words, () => turnOn('number', off.number));
    }
    return button(t('gates.number.assign'), () => assignNumber(app, user, changed));
}
