/** One user: who they are, why they can or can't use each feature, their numbers, and how they sign in. */
import { t } from '../../../i18n/index.js';
import { ApiError } from '../../../lib/api-error.js';
import { full } from '../../../lib/format.js';
import { h, icon } from '../../../lib/h.js';
import { avatar } from '../../../lib/parts.js';
import { toast } from '../../../shell/toast.js';
import { hearChanges } from '../parts/live.js';
import { renew } from '../parts/renewed.js';
import { mayGrant, scopeWords } from '../parts/scopes.js';
import { liveSwitch } from '../parts/switch.js';
import { statePill } from '../users.js';
import { editUser, removeUser, setPassword } from './forms.js';
import { featureSteps } from './gates.js';
import { numbersOf } from './numbers.js';

/** @typedef {import('../../../shell/app.js').App} App */

/** @param {App} app @param {string} id */
export function person(app, id) {
    const back = h('a', { class: 'back', href: '/admin/users', 'data-page': '' }, icon('left', 16), t('users.all'));
    const cards = h('div', { class: 'grid cards', 'aria-busy': 'true' });
    let shown = '';
    const show = async () => {
        try {
            const [user, gates] = await Promise.all([
                app.api.get(`/admin/users/${id}`),
                app.api.get(`/admin/users/${id}/gates`, { limit: 200 }),
            ]);
            const text = JSON.stringify([user, gates]);
            if (text === shown) return;
            shown = text;
            const features = featureSteps(app, user, gates.items, show);
            renew(cards, head(app, user, show), features, numbersOf(app, user, show), signIn(app, user, show));
        } catch (error) {
            if (!(error instanceof ApiError)) throw error;
            // What passes takes nothing away that is shown already.
            if (error.isPassing && shown) return void toast(error.message);
            shown = '';
            const gone = error.status === 404 && h('b', {}, t('users.gone'));
            renew(cards, h('div', { class: 'card none' }, icon('alert', 30), gone, error.message));
        }
        cards.removeAttribute('aria-busy');
    };
    show();
    const end = hearChanges(app, ['users', 'numbers', 'switches'], null, show);
    return { el: h('div', {}, back, cards), end };
}

/** @param {App} app @param {AdminUser} user @param {() => void} show */
function head(app, user, show) {
    const edit = h('button', { class: 'btn', type: 'button', onclick: () => editUser(app, user, show) });
    edit.append(icon('pencil', 15), t('users.edit-short'));
    const extension = t('person.extension', { extension: user.extension });
    const words = [extension, scopeWords(user.scope), user.email].filter(Boolean);
    const name = h('div', {}, h('h2', {}, h('bdi', {}, user.name)), h('p', { class: 'muted' }, words.join(' · ')));
    const end = h('span', { class: 'end' }, statePill(user), mayChange(app, user) && edit);
    return h('section', { class: 'card who' }, avatar(user.name), name, end);
}

/** @param {App} app @param {AdminUser} user */
const mayChange = (app, user) => mayGrant(app.store.state.session?.user.scope ?? '', user.scope);

/** @param {App} app @param {AdminUser} user @param {() => void} show */
function signIn(app, user, show) {
    const isMe = user.id === app.store.state.session?.user.id;
    const may = mayChange(app, user);
    const change = async (/** @type {boolean} */ isEnabled) => {
        await app.api.patch(`/admin/users/${user.id}`, { isEnabled });
        show();
    };
    const isFixed = isMe || !may;
    const enabled = liveSwitch(app, { label: t('users.enabled'), isOn: user.isEnabled, disabled: isFixed, change });
    const password = h('button', { class: 'btn', type: 'button', onclick: () => setPassword(app, user, show) });
    password.append(t(user.hasPassword ? 'users.password.reset' : 'users.password.set'));
    const everywhere = h('button', { class: 'btn', type: 'button' }, t('users.sign-out'));
    everywhere.addEventListener('click', () =>
        app.try(async () => {
            await app.api.delete(`/admin/users/${user.id}/sessions`);
            toast(t('users.signed-out', { name: user.name }));
        }),
    );
    const ask = () => removeUser(app, user);
    const remove = h('button', { class: 'btn danger', type: 'button', onclick: ask }, t('users.remove'));
    const seen = user.lastSeenAt ? t('users.seen', { when: full(new Date(user.lastSeenAt)) }) : t('users.never-seen');
    const has = t(user.hasPassword ? 'users.password.is' : 'users.password.none');
    const rows = [
        row('user', t('users.enabled'), isMe ? t('users.enabled.own') : t('users.enabled.what'), enabled),
        row('lock', t('users.password'), has, may && password),
        row('monitor', t('users.sessions'), seen, may && everywhere),
        !isMe && may && row('trash', t('users.remove.short'), t('users.remove.what'), remove),
    ];
    const title = h('header', {}, h('h2', {}, t('users.sign-in')));
    return h('section', { class: 'card' }, title, h('ul', { class: 'sets' }, rows));
}

/** @param {string} glyph @param {string} name @param {string} what @param {any} control */
const row = (glyph, name, what, control) =>
    h(
        'li',
        {},
        h('span', { class: 'round', 'aria-hidden': 'true' }, icon(glyph, 19)),
        h('span', { class: 'n' }, h('b', {}, name), h('small', {}, what)),
        h('span', { class: 'acts' }, control),
    );
