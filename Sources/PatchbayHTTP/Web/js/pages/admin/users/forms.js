/** The forms of a user: made, changed, a new password, removed. */
import { t } from '../../../i18n/index.js';
import { toast } from '../../../shell/toast.js';
import { confirmRemoval, openForm } from '../parts/form.js';
import { scopeChoices, scopeWords } from '../parts/scopes.js';

/** @typedef {import('../../../shell/app.js').App} App */
/** @typedef {import('../parts/fields.js').Field} Field */

const PLACES = {
    'directory.extension-invalid': 'extension',
    'directory.extension-taken': 'extension',
    'directory.name-invalid': 'name',
    'directory.email-invalid': 'email',
    'directory.email-taken': 'email',
    'directory.scope-too-high': 'scope',
    'password.too-short': 'password',
    'password.too-long': 'password',
    'password.too-common': 'password',
};
/** No letters or digits that look alike. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** @param {App} app */
const myScope = (app) => app.store.state.session?.user.scope ?? '';

/** @param {App} app @param {Partial<AdminUser>} user @returns {Field[]} */
function fields(app, user) {
    const isMe = user.id === app.store.state.session?.user.id;
    const own = /** @type {[string, string]} */ ([user.scope, scopeWords(user.scope ?? '')]);
    const choices = isMe ? [own] : scopeChoices(myScope(app));
    return [
        { name: 'name', label: t('users.name'), value: user.name, required: true, more: { maxlength: 200 } },
        {
            name: 'extension',
            label: t('users.extension'),
            value: user.extension,
            required: true,
            more: { inputmode: 'numeric', maxlength: 10 },
        },
        {
            name: 'email',
            label: t('users.email'),
            kind: 'email',
            value: user.email ?? '',
            hint: t('users.email.hint'),
            more: { maxlength: 254 },
        },
        {
            name: 'scope',
            label: t('users.scope'),
            kind: 'choice',
            value: user.scope ?? 'basic-user',
            options: choices,
            hint: isMe ? t('users.scope.own') : undefined,
            disabled: isMe,
        },
    ];
}

/** @param {App} app @param {AdminDomain} domain @param {() => void} done */
export function addUser(app, domain, done) {
    const password = passwordField(t('users.password'), t('users.password.hint'));
    openForm({
        title: t('users.add'),
        fields: [...fields(app, {}), { ...password, required: false }],
        submit: t('users.add'),
        places: PLACES,
        save: async (values) => {
            const body = { ...values, email: values.email || null, password: values.password || undefined };
            const user = await app.api.post(`/admin/domains/${domain.id}/users`, body);
            toast(t('users.added', { name: user.name }));
            done();
        },
    });
}

/** @param {App} app @param {AdminUser} user @param {() => void} done */
export function editUser(app, user, done) {
    openForm({
        title: t('users.edit', { name: user.name }),
        fields: fields(app, user),
        submit: t('save'),
        places: PLACES,
        save: async ({ name }, changed) => {
            const email = 'email' in changed ? { email: changed.email || null } : {};
            await app.api.patch(`/admin/users/${user.id}`, { ...changed, ...email });
            toast(t('users.saved', { name }));
            done();
        },
    });
}

/** @param {App} app @param {AdminUser} user @param {() => void} done */
export function setPassword(app, user, done) {
    openForm({
        title: t('users.password.of', { name: user.name }),
        lead: t('users.password.what'),
        fields: [passwordField(t('users.password'), t('users.password.hand'))],
        submit: t('users.password.set'),
        places: PLACES,
        save: async ({ password }) => {
            await app.api.patch(`/admin/users/${user.id}`, { password });
            toast(t('users.password.done', { name: user.name }));
            done();
        },
    });
}

/** @param {App} app @param {AdminUser} user */
export function removeUser(app, user) {
    confirmRemoval({
        title: t('users.remove.title', { name: user.name }),
        lead: t('users.remove.what'),
        submit: t('users.remove'),
        run: async () => {
            await app.api.delete(`/admin/users/${user.id}`);
            toast(t('users.removed', { name: user.name }));
            app.go('/admin/users');
        },
    });
}

/** @param {string} label @param {string} hint @returns {Field} */
const passwordField = (label, hint) => ({
    name: 'password',
    label,
    kind: 'password',
    hint,
    required: true,
    suggest: { label: t('users.password.suggest'), make: suggestion },
    more: { autocomplete: 'new-password', maxlength: 1024 },
});

/** Four groups of four: about 79 bits, and easy to read out. */
function suggestion() {
    const random = crypto.getRandomValues(new Uint32Array(16));
    const letters = [...random].map((n) => LETTERS[n % LETTERS.length]);
    return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-');
}
