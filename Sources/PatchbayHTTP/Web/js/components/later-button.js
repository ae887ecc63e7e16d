/** "Send later": in an hour, tomorrow morning, or when somebody says. */
import { t } from '../i18n/index.js';
import { choice, openDialog } from '../lib/dialog.js';
import * as format from '../lib/format.js';
import { h, uid } from '../lib/h.js';
import { choosable, inAnHour, localInput, tomorrowMorning } from '../lib/later.js';
import { menuButton } from '../lib/menu.js';
import { iconButton } from '../lib/parts.js';

/** @param {() => any} host where the dialog goes @param {(at: Date) => void} send @returns {any[]} button and menu */
export function laterButton(host, send) {
    const label = t('later.button');
    const button = iconButton('later', label, undefined, { kind: 'tool' });
    const menu = menuButton(button, () => {
        const now = new Date();
        const times = [
            { text: t('later.hour'), at: inAnHour(now) },
            { text: t('later.tomorrow'), at: tomorrowMorning(now) },
        ];
        const ask = () => askWhen(host(), tomorrowMorning(now), send);
        return [
            ...times.map(({ text, at }) => ({ text, end: format.time(at), run: () => send(at) })),
            { text: t('later.choose'), run: ask },
        ];
    });
    return [button, menu];
}

/** @param {any} host @param {Date} at @param {(at: Date) => void} send */
function askWhen(host, at, send) {
    openDialog(host, t('later.title'), (close) => {
        const { row, input } = timeField(at);
        const form = h('form', {}, row, choice(close, h('button', { class: 'btn primary' }, t('later.schedule'))));
        form.addEventListener('submit', (/** @type {Event} */ event) => {
            event.preventDefault();
            close();
            send(new Date(input.value));
        });
        return [form];
    });
}

/**
 * A field for a date and a time from now on.
 * @param {Date} at
 */
export function timeField(at) {
    const id = uid('when');
    const attributes = { id, type: 'datetime-local', required: true, ...choosable(new Date()) };
    const input = h('input', { ...attributes, '.value': localInput(at) });
    return { input, row: h('div', { class: 'line' }, h('label', { for: id }, t('later.when')), input) };
}
