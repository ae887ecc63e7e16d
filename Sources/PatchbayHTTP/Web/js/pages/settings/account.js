/** The password, where the account is signed in, and signing out everywhere. */
import { t } from '../../i18n/index.js';
import { full } from '../../lib/format.js';
import { device } from '../../lib/device.js';
import { h, icon, uid } from '../../lib/h.js';
import { toast } from '../../shell/toast.js';

/** @typedef {import('../../shell/app.js').App} App */

/** @param {App} app */
export const account = (app) => {
    const list = h('ul', { class: 'sets', 'aria-busy': 'true' });
    const show = () => app.try(async () => list.replaceChildren(...(await app.account.sessions()).map(signIn)));
    const signIn = (/** @type {SignIn} */ session) => sessionRow(app, session, show);
    show().then(() => list.removeAttribute('aria-busy'));
    const everywhere = async () => {
        await app.try(async () => {
            await app.account.revokeOthers();
            await app.actions.signOut();
        });
    };
    const out = h('button', { class: 'btn danger', type: 'button', onclick: everywhere }, t('sessions.everywhere'));
    const head = h('header', {}, h('h2', {}, t('sessions.title')), h('span', { class: 'end' }, out));
    const sessions = h('section', { class: 'card' }, head, h('p', { class: 'lead-in' }, t('sessions.what')), list);
    return [passwordForm(app, show), sessions];
};

/** @param {App} app @param {SignIn} session @param {() => void} changed */
function sessionRow(app, session, changed) {
    const { browser, system } = device(session.userAgent);
    const what = browser && system ? t('sessions.on', { browser, system }) : (browser ?? t('sessions.unknown'));
    const when = t('sessions.seen', { when: full(new Date(session.lastSeenAt)) });
    const text = h('span', { class: 'n' }, h('b', {}, what), h('small', {}, h('bdi', {}, session.address), ` · ${when}`));
    const revoke = () =>
        app.try(async () => {
            await app.account.revoke(session.id);
            toast(t('sessions.revoked'));
            changed();
        });
    const label = t('sessions.revoke-named', { what });
    const button = h('button', { class: 'btn', type: 'button', 'aria-label': label, onclick: revoke });
    button.append(t('sessions.revoke'));
    const end = session.isCurrent ? h('span', { class: 'here' }, t('sessions.here')) : button;
    const glyph = h('span', { class: 'round', 'aria-hidden': 'true' }, icon('monitor', 19));
    return h('li', {}, glyph, text, h('span', { class: 'acts' }, end));
}

/** @param {App} app @param {() => void} changed */
function passwordForm(app, changed) {
    const error = h('p', { class: 'error', role: 'alert', id: uid('error') });
    const field = (/** @type {string} */ name, /** @type {string} */ autocomplete) => {
        const attributes = { id: `password-${name}`, type: 'password', autocomplete, required: true };
        const input = h('input', { ...attributes, 'aria-describedby': error.id });
        const label = h('label', { for: input.id }, t(`password.${name}`));
        return { input, el: h('div', { class: 'labelled' }, label, h('div', { class: 'field' }, input)) };
    };
    const [current, next] = [field('current', 'current-password'), field('new', 'new-password')];
    // Password stores want to know whose it is.
    const whose = h('input', { type: 'text', autocomplete: 'username', hidden: true, readonly: true });
    whose.value = app.store.state.session?.user.email ?? app.store.state.session?.user.extension ?? '';
    const form = h('form', { class: 'card form' }, h('h2', {}, t('password.title')), whose);
    form.append(h('p', { class: 'muted' }, t('password.what')), h('div', { class: 'pair' }, current.el, next.el), error);
    form.append(h('div', { class: 'row' }, h('button', { class: 'btn primary' }, t('password.change'))));
    form.addEventListener('submit', async (/** @type {Event} */ event) => {
        event.preventDefault();
        error.replaceChildren();
        try {
            await app.account.changePassword(current.input.value, next.input.value);
            form.reset();
            toast(t('password.changed'));
            changed();
        } catch (failure) {
            const { id, message } = /** @type {import('../../lib/api.js').ApiError} */ (failure);
            const isWrong = id === 'session.wrong-password';
            error.append(icon('alert', 16), h('span', {}, isWrong ? t('password.wrong') : message));
            (isWrong ? current : next).input.select();
        }
    });
    return form;
}
