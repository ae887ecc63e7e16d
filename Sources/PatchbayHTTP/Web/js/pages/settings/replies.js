/** The away reply, and how long a message may be taken back. */
import { t } from '../../i18n/index.js';
import { h } from '../../lib/h.js';
import { preferencesOf } from '../../lib/preferences.js';
import { card, choice, row, toggle } from './rows.js';

const UNDO = /** @type {const} */ ([0, 5, 10, 20, 30]);
const LONGEST = 1000;

/** @param {import('../../shell/app.js').App} app @param {(fields: Partial<Preferences>) => void} prefer */
export function replies(app, prefer) {
    const now = preferencesOf(app.store.state);
    const undo = choice(
        'undo',
        now.undoSendSeconds,
        UNDO.map((n) => [n, n === 0 ? t('settings.undo.off') : t('settings.undo.seconds', { n })]),
        (value) => prefer({ undoSendSeconds: /** @type {Preferences['undoSendSeconds']} */ (Number(value)) }),
    );
    const rows = [
        row('undo', 'undo', t('settings.undo'), t('settings.undo.what'), undo),
        row('away', 'clock', t('settings.away'), t('settings.away.what'), awaySwitch(app, prefer)),
    ];
    return [card('', rows), awayText(app, prefer)];
}

/** @param {import('../../shell/app.js').App} app */
const away = (app) => preferencesOf(app.store.state).away;

/** @param {import('../../shell/app.js').App} app @param {(fields: Partial<Preferences>) => void} prefer */
const awaySwitch = (app, prefer) =>
    toggle('away', away(app).isOn, (isOn) => {
        const text = away(app).text || t('settings.away.suggestion');
        prefer({ away: { isOn, text } });
    });

/** @param {import('../../shell/app.js').App} app @param {(fields: Partial<Preferences>) => void} prefer */
function awayText(app, prefer) {
    const text = h('textarea', { id: 'away-text', rows: 3, maxlength: LONGEST, '.value': away(app).text });
    const said = h('span', { class: 'muted', role: 'status' });
    const save = h('button', { class: 'btn primary' }, t('settings.save'));
    const form = h('form', { class: 'card form' }, h('label', { for: 'away-text' }, t('settings.away.text')), text);
    form.append(h('div', { class: 'row' }, save, said));
    form.addEventListener('submit', async (/** @type {Event} */ event) => {
        event.preventDefault();
        // Without words there is nothing to answer with.
        const words = text.value.trim();
        prefer({ away: { isOn: away(app).isOn && words !== '', text: words } });
        said.textContent = t('settings.saved');
    });
    text.addEventListener('input', () => said.replaceChildren());
    const done = new AbortController();
    app.store.watch((state, before) => {
        const [next, last] = [preferencesOf(state).away, preferencesOf(before).away];
        if (next.text !== last.text && document.activeElement !== text) text.value = next.text;
    }, done.signal);
    form.addEventListener('pbx-end', () => done.abort());
    return form;
}
