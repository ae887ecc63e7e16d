/** Notifications while the portal is closed: the switch of this browser, and all browsers that have it on. */
import { t } from '../../i18n/index.js';
import { device } from '../../lib/device.js';
import { full } from '../../lib/format.js';
import { h, icon } from '../../lib/h.js';
import { toast } from '../../shell/toast.js';
import { card, row, toggle } from './rows.js';

/** @typedef {import('../../shell/app.js').App} App */
/** @typedef {import('../../notices/push.js').TellsBrowser} TellsBrowser */

/**
 * @param {App} app
 * @returns {{row: HTMLElement, others: HTMLElement}} `others` is empty while no browser has it on
 */
export function pushSettings(app) {
    const words = h('span', { role: 'status' });
    /** @type {TellsBrowser[]} */
    let browsers = [];
    const others = h('div', {});
    const sw = toggle('push', false, (isOn) => change(isOn));
    const input = /** @type {HTMLInputElement} */ (sw.querySelector('input'));
    const show = async () => {
        const push = app.notices?.push;
        const found = push ? await push.look() : { state: /** @type {const} */ ('impossible'), browsers: [] };
        browsers = found.browsers;
        words.textContent = t(`push.${found.state}`);
        input.checked = found.state === 'on';
        input.disabled = found.state === 'impossible' || found.state === 'not-here' || found.state === 'denied';
        others.replaceChildren(...list(app, browsers, show));
    };
    const change = async (/** @type {boolean} */ isOn) => {
        input.disabled = true;
        try {
            if (isOn) await app.notices?.push.switchOn();
            else await app.notices?.push.switchOff(browsers);
        } catch (error) {
            toast(/** @type {Error} */ (error).message);
        }
        await app.try(show);
    };
    input.disabled = true;
    app.try(show);
    return { row: row('push', 'bell', t('push.title'), words, sw), others };
}

/** @param {App} app @param {TellsBrowser[]} browsers @param {() => Promise<void>} changed */
function list(app, browsers, changed) {
    if (browsers.length === 0) return [];
    const rows = browsers.map((browser) => browserRow(app, browser, changed));
    return [card(t('push.browsers'), rows)];
}

/** @param {App} app @param {TellsBrowser} browser @param {() => Promise<void>} changed */
function browserRow(app, { id, userAgent, createdAt, isCurrent }, changed) {
    const { browser, system } = device(userAgent);
    const what = browser && system ? t('sessions.on', { browser, system }) : (browser ?? t('sessions.unknown'));
    const since = t('push.since', { when: full(new Date(createdAt)) });
    const text = h('span', { class: 'n' }, h('b', {}, what), h('small', {}, since));
    const remove = () =>
        app.try(async () => {
            await app.notices?.push.remove(id);
            toast(t('push.removed'));
            await changed();
        });
    const label = t('push.remove-named', { what });
    const button = h('button', { class: 'btn', type: 'button', 'aria-label': label, onclick: remove }, t('push.remove'));
    const end = isCurrent ? h('span', { class: 'here' }, t('sessions.here')) : button;
    const glyph = h('span', { class: 'round', 'aria-hidden': 'true' }, icon('monitor', 19));
    return h('li', {}, glyph, text, h('span', { class: 'acts' }, end));
}
