/**
 * A form: in a box of its own (openForm) or on the page (formOf). What the server refuses is said at the field that it
 * is about, else below all of them.
 */
import { t } from '../../../i18n/index.js';
import { ApiError } from '../../../lib/api-error.js';
import { choice, openDialog } from '../../../lib/dialog.js';
import { h } from '../../../lib/h.js';
import { fieldOf } from './fields.js';

/** @typedef {import('./fields.js').Field} Field */
/**
 * @typedef {object} Form
 * @property {Field[]} fields
 * @property {string} submit the words on its button
 * @property {(values: Record<string, any>, changed: Record<string, any>) => Promise<any>} save gets all values, and
 *     those that are no longer as they were shown: what somebody else has changed meanwhile isn't undone
 * @property {Record<string, string>} [places] for ids of errors that name no place: the field they are about
 * @property {boolean} [isDanger] whether it does away with something
 */

/**
 * Opens a form in a box; it closes when the server has taken it.
 * @param {Form & {title: string, lead?: any}} about lead stands above the fields
 */
export function openForm(about) {
    const dialog = openDialog(document.body, about.title, (close) => {
        /** @type {Form['save']} */
        const save = async (values, changed) => {
            await about.save(values, changed);
            close();
        };
        const lead = typeof about.lead === 'string' ? h('p', {}, about.lead) : about.lead;
        return [lead, formOf({ ...about, save }, close)].filter(Boolean);
    });
    dialog.classList.add('wide');
    return dialog;
}

/**
 * @param {Form} about
 * @param {() => void} [cancel] where there is something to cancel
 */
export function formOf({ fields, submit, save, places = {}, isDanger = false }, cancel) {
    const all = fields.map(fieldOf);
    const now = () => Object.fromEntries(all.map((field) => [field.name, field.value()]));
    const before = now();
    const error = h('p', { class: 'error', role: 'alert' });
    const button = h('button', { class: `btn ${isDanger ? 'danger' : 'primary'}` }, submit);
    const buttons = cancel ? choice(cancel, button) : h('div', { class: 'row' }, button);
    const form = h('form', { class: 'fields', novalidate: true }, all.map(({ el }) => el), error, buttons);
    form.addEventListener('submit', async (/** @type {Event} */ event) => {
        event.preventDefault();
        error.replaceChildren();
        all.forEach((field) => field.refuse(''));
        const bad = all.find((field) => field.fault());
        if (bad) return bad.refuse(bad.fault(), true);
        button.disabled = true;
        try {
            const values = now();
            const changed = Object.entries(values).filter(([name, value]) => value !== before[name]);
            await save(values, Object.fromEntries(changed));
        } catch (failure) {
            if (!(failure instanceof ApiError)) throw failure;
            const name = failure.more.place?.replace(/^\//, '').split('/')[0] || places[failure.id];
            const field = all.find((one) => one.name === name);
            if (field) field.refuse(failure.more.reason ?? failure.message, true);
            else error.textContent = failure.message;
        } finally {
            button.disabled = false;
        }
    });
    return form;
}

/**
 * Asks before something is done away with.
 * @param {object} about
 * @param {string} about.title
 * @param {string} about.lead what will be lost
 * @param {string} about.submit
 * @param {string} [about.typed] what has to be typed, where a click is too little
 * @param {() => Promise<any>} about.run
 */
export function confirmRemoval({ title, lead, submit, typed, run }) {
    const field = { name: 'typed', label: t('form.type', { words: typed ?? '' }), required: true, equals: typed };
    return openForm({ title, lead, submit, isDanger: true, fields: typed ? [field] : [], save: run });
}
