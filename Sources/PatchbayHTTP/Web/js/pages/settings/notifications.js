/** How a new message calls for attention. */
import { t } from '../../i18n/index.js';
import { h } from '../../lib/h.js';
import { preferencesOf } from '../../lib/preferences.js';
import { pushSettings } from './push.js';
import { card, choice, row, toggle } from './rows.js';

/** @param {import('../../shell/app.js').App} app @param {(fields: Partial<Preferences>) => void} prefer */
export function notifications(app, prefer) {
    const now = preferencesOf(app.store.state);
    const heard = h('span', { class: 'vh', role: 'status' });
    const play = async () => {
        const hasSounded = await app.tone.play();
        heard.textContent = t(hasSounded ? 'settings.tone.played' : 'settings.tone.blocked');
    };
    const test = h('button', { class: 'btn', type: 'button', onclick: play }, t('settings.tone.play'));
    const tone = choice(
        'tone',
        now.tone,
        ['always', 'hidden', 'never'].map((key) => [key, t(`settings.tone.${key}`)]),
        (value) => prefer({ tone: /** @type {Preferences['tone']} */ (value) }),
    );
    const push = pushSettings(app);
    const rows = [
        row('tone', 'bell', t('settings.tone'), t('settings.tone.what'), test, heard, tone),
        row(
            'title',
            'chat',
            t('settings.title'),
            t('settings.title.what'),
            toggle('title', now.flashesTitle, (is) => prefer({ flashesTitle: is })),
        ),
        browserRow(app, now, prefer),
        push.row,
        row(
            'hides',
            'shield',
            t('settings.hides'),
            t('settings.hides.what'),
            toggle('hides', now.hidesText, (is) => prefer({ hidesText: is })),
        ),
        row(
            'green',
            'open',
            t('settings.green'),
            t('settings.green.what'),
            toggle('green', now.turnsGreen, (is) => prefer({ turnsGreen: is })),
        ),
    ];
    return [card('', rows), push.others];
}

/**
 * Beside its switch the browser's own word: not asked yet, allowed, or refused and how to mend that.
 * @param {import('../../shell/app.js').App} app
 * @param {Preferences} now
 * @param {(fields: Partial<Preferences>) => void} prefer
 */
function browserRow(app, now, prefer) {
    const words = h('span', { role: 'status' });
    const allow = h('button', { class: 'btn primary', type: 'button' }, t('settings.browser.allow'));
    const show = () => {
        const permission = app.notices?.browser.permission ?? 'impossible';
        words.textContent = t(`settings.browser.${permission}`);
        allow.hidden = permission !== 'default';
    };
    allow.addEventListener('click', async () => {
        await app.notices?.browser.ask();
        show();
    });
    show();
    const isOn = toggle('browser', now.showsNotices, (is) => prefer({ showsNotices: is }));
    return row('browser', 'monitor', t('settings.browser'), words, allow, isOn);
}
