/** A plugin's settings, drawn from its JSON Schema; the server says at which field something is wrong. */
import { t } from '../../../i18n/index.js';
import { h, icon } from '../../../lib/h.js';
import { toast } from '../../../shell/toast.js';
import { part } from '../system/pieces.js';
import { settingField } from './field.js';

/**
 * @param {import('../../../shell/app.js').App} app
 * @param {string} path of the plugin
 * @param {any} sheet
 * @param {(sheet: any) => void} draw shows the plugin as it is now
 */
export function settingsForm(app, path, sheet, draw) {
    const said = h('p', { class: 'error', role: 'alert' });
    const note = h('span', { class: 'muted', role: 'status' });
    const send = async (/** @type {any} */ body) => {
        said.replaceChildren();
        for (const field of fields) field.complain('');
        try {
            draw(await app.api.patch(`${path}/settings`, body));
            toast(t('plugins.settings.saved'));
        } catch (error) {
            refused(/** @type {import('../../../lib/api.js').ApiError} */ (error));
        }
    };
    const refused = (/** @type {import('../../../lib/api.js').ApiError} */ error) => {
        const places = Object.entries(error.more ?? {}).filter(([place]) => place.startsWith('/'));
        for (const [place, reason] of places) {
            const field = fields.find((/** @type {any} */ { name }) => place === `/${name}` || place.startsWith(`/${name}/`));
            field?.complain(place === `/${field.name}` ? String(reason) : `${place.slice(field.name.length + 2)}: ${reason}`);
        }
        said.append(icon('alert', 16), h('span', {}, error.message));
        (fields.find((/** @type {any} */ one) => one.isWrong)?.control ?? said).focus?.();
    };
    const fields = sheet.settings.map((/** @type {any} */ setting) =>
        settingField(setting, () => reset(setting.name)),
    );
    // The form is drawn anew with the answer, and what is typed elsewhere in it would be gone.
    const reset = (/** @type {string} */ name) => {
        const isTyped = fields.some((/** @type {any} */ field) => field.name !== name && field.isChanged());
        if (isTyped) note.textContent = t('plugins.settings.save-first');
        else send({ reset: [name] });
    };
    const form = h('form', { class: 'pad set-form', novalidate: true }, fields.map((/** @type {any} */ field) => field.el));
    const save = h('button', { class: 'btn primary' }, t('settings.save'));
    form.append(said, h('div', { class: 'row sticky' }, save, note));
    form.addEventListener('input', () => {
        form.toggleAttribute('data-dirty', fields.some((/** @type {any} */ field) => field.isChanged()));
        note.replaceChildren();
    });
    form.addEventListener('submit', (/** @type {Event} */ event) => {
        event.preventDefault();
        const changed = fields.filter((/** @type {any} */ field) => field.isChanged());
        if (changed.length === 0) return void (note.textContent = t('plugins.settings.unchanged'));
        const set = Object.fromEntries(changed.map((/** @type {any} */ field) => [field.name, field.value()]));
        send({ set });
    });
    const lead = h('p', { class: 'lead-in' }, t('plugins.settings.what'));
    if (fields.length === 0) return part(t('plugins.settings'), h('p', { class: 'pad muted' }, t('plugins.settings.none')));
    return part(t('plugins.settings'), lead, form);
}
