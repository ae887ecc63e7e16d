/** Sign-in: says what went wrong, and how long to wait after too many tries. */
import { t } from '../i18n/index.js';
import { h, icon, uid } from '../lib/h.js';
import { logo } from '../shell/top-bar.js';

/** @param {import('../shell/app.js').App} app @returns {import('../main.js').Page} */
export function signInPage(app) {
    const error = h('p', { class: 'error', role: 'alert', id: uid('error') });
    const [login, password] = [field('login', 'username', 'text'), field('password', 'current-password', 'password')];
    const button = h('button', { class: 'btn primary tall' }, t('sign-in.button'));
    const form = h('form', { class: 'sign-in-form' }, login.el, password.el, error, button);
    /** @type {ReturnType<typeof setInterval> | undefined} */
    let timer;
    for (const { input } of [login, password]) input.setAttribute('aria-describedby', error.id);

    form.addEventListener('submit', async (/** @type {Event} */ event) => {
        event.preventDefault();
        if (button.disabled) return;
        say('');
        button.disabled = true;
        try {
            await app.actions.signIn(login.input.value.trim(), password.input.value);
        } catch (failure) {
            fail(/** @type {import('../lib/api.js').ApiError} */ (failure));
        }
        if (timer === undefined) button.disabled = false;
    });

    /** @param {string} words */
    const say = (words) => {
        error.replaceChildren(...(words ? [icon('alert', 16), h('span', {}, words)] : []));
        for (const { input } of [login, password]) input.toggleAttribute('aria-invalid', words !== '');
    };

    /** @param {import('../lib/api.js').ApiError} failure */
    const fail = (failure) => {
        const wait = failure.status === 429 ? Math.min(Number(failure.more.retryAfter) || 30, 3600) : 0;
        if (wait > 0) return countDown(wait, failure.message);
        say(failure.id === 'session.wrong-password' ? t('sign-in.wrong') : failure.message);
        password.input.select();
    };

    /** @param {number} seconds @param {string} words */
    const countDown = (seconds, words) => {
        say(words);
        let left = seconds;
        const tick = () => {
            button.disabled = left > 0;
            button.textContent = left > 0 ? t('sign-in.wait', { n: left }) : t('sign-in.button');
            if (left > 0) return void (left -= 1);
            clearInterval(timer);
            timer = undefined;
            say('');
        };
        tick();
        timer = setInterval(tick, 1000);
    };

    const card = h(
        'div',
        { class: 'sign-in-card' },
        h('h1', {}, t('sign-in.title')),
        h('p', {}, t('sign-in.hint')),
        form,
    );
    const el = h('div', { class: 'sign-in' }, aside(), h('div', { class: 'sign-in-side' }, brand(), card));
    queueMicrotask(() => login.input.focus());
    return { title: t('sign-in.page'), el, end: () => clearInterval(timer) };
}

/** @param {'login' | 'password'} name @param {string} autocomplete @param {string} type */
function field(name, autocomplete, type) {
    const id = uid(name);
    const attributes = { id, name, type, autocomplete, required: true, autocapitalize: 'off', spellcheck: 'false' };
    const input = h('input', attributes);
    const reveal = type === 'password' && shower(input);
    const el = h(
        'div',
        { class: 'labelled' },
        h('label', { for: id }, t(`sign-in.${name}`)),
        h('div', { class: 'field' }, input, reveal),
    );
    return { el, input };
}

/** @param {any} input */
function shower(input) {
    const label = t('sign-in.show');
    const button = h('button', {
        class: 'ib small',
        type: 'button',
        'aria-label': label,
        title: label,
        'aria-pressed': 'false',
    });
    button.append(icon('eye', 17));
    button.addEventListener('click', () => {
        const isShown = input.type === 'text';
        input.type = isShown ? 'password' : 'text';
        button.setAttribute('aria-pressed', String(!isShown));
    });
    return button;
}

const brand = () => h('div', { class: 'sign-in-brand' }, logo(30), h('span', {}, t('product')));

/** The picture beside the form: a conversation, drawn with our own bubbles. Decoration only. */
function aside() {
    const line = (/** @type {string} */ key, /** @type {string} */ look) => h('div', { class: `b ${look}` }, t(key));
    const tags = h(
        'div',
        { class: 'sign-in-tags' },
        h('span', { class: 'tag sms' }, t('kind.sms.tag')),
        h('span', { class: 'tag chat' }, t('kind.chat.tag')),
    );
    const talk = h('div', { class: 'sign-in-talk', 'aria-hidden': 'true' }, tags);
    talk.append(line('sign-in.talk.1', 'far'), line('sign-in.talk.2', 'near'), line('sign-in.talk.3', 'far'));
    return h('div', { class: 'sign-in-aside' }, h('p', { class: 'sign-in-claim' }, t('sign-in.claim')), talk);
}
