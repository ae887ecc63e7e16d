/** Who has a number: several people may share one. Each change counts at once. */
import { t } from '../../../i18n/index.js';
import { ApiError } from '../../../lib/api-error.js';
import { openDialog } from '../../../lib/dialog.js';
import { h, icon, uid } from '../../../lib/h.js';
import { avatar } from '../../../lib/parts.js';
import { wholeList } from '../../../lib/whole-list.js';
import { renew } from '../parts/renewed.js';

/** @typedef {import('../../../shell/app.js').App} App */
/** @typedef {AdminNumber['users'][number]} Somebody */

/** @param {App} app @param {AdminNumber} one */
export function peopleOf(app, one) {
    const list = h('ul', { 'aria-label': t('numbers.people') });
    const form = h('form', { class: 'fields add' });
    const error = h('p', { class: 'error', role: 'alert' });
    /** @type {Promise<Somebody[]>} */
    const everybody = wholeList(app.api, `/admin/domains/${one.domain}/users`).catch(() => []);
    const path = `/admin/numbers/${encodeURIComponent(one.number)}`;

    const change = async (/** @type {() => Promise<any>} */ deed) => {
        error.textContent = '';
        try {
            await deed();
            await show((await app.api.get(path)).users);
        } catch (failure) {
            if (!(failure instanceof ApiError)) throw failure;
            error.textContent = failure.message;
        }
    };
    const row = (/** @type {Somebody} */ somebody) => {
        const label = t('numbers.take', { number: one.formatted, name: somebody.name });
        const take = h('button', { class: 'btn', type: 'button', 'aria-label': label }, t('numbers.take-short'));
        take.addEventListener('click', () => change(() => app.api.delete(`${path}/users/${somebody.id}`)));
        const extension = t('person.extension', { extension: somebody.extension });
        const name = h('span', { class: 'n' }, h('b', {}, h('bdi', {}, somebody.name)), h('span', {}, extension));
        return h('li', {}, avatar(somebody.name), name, take);
    };
    const show = async (/** @type {Somebody[]} */ users) => {
        renew(list, users.length > 0 ? users.map(row) : h('li', { class: 'muted' }, t('numbers.nobody')));
        const free = (await everybody).filter(({ id }) => !users.some((user) => user.id === id));
        const id = uid('person');
        const option = (/** @type {Somebody} */ { name, extension, id: key }) =>
            h('option', { value: key }, `${name} · ${extension}`);
        const select = h('select', { id }, free.map(option));
        const add = h('button', { class: 'btn primary', disabled: free.length === 0 }, t('numbers.assign-short'));
        form.onsubmit = (/** @type {Event} */ event) => {
            event.preventDefault();
            change(() => app.api.put(`${path}/users/${select.value}`));
        };
        const label = h('label', { for: id }, t('numbers.assign-who'));
        renew(form, label, h('span', { class: 'pick' }, select, icon('down', 14)), add);
    };
    const dialog = openDialog(document.body, t('numbers.users-of', { number: one.formatted }), (close) => [
        list,
        form,
        error,
        h('div', { class: 'row' }, h('button', { class: 'btn', type: 'button', onclick: close }, t('close'))),
    ]);
    dialog.classList.add('wide');
    show(one.users);
}
