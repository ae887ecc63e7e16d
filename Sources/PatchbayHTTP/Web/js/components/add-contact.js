/** The bar "Not in your contacts" of an SMS box, and the form that it becomes. */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';

const LABELS = ['Mobile', 'Home', 'Work', 'Other'];

/**
 * @typedef {object} AddContactOptions
 * @property {() => Contact[]} contacts those to choose from
 * @property {(name: string, label: string) => Promise<void>} create
 * @property {(contactId: string, label: string) => Promise<void>} extend
 * @property {() => void} [saved] the form is gone, and the focus with it
 */

export class AddContact {
    #options;
    #formatted = '';

    /** @param {AddContactOptions} options */
    constructor(options) {
        this.#options = options;
        this.el = h('div', { class: 'add' });
        this.#bar();
    }

    /** @param {boolean} isShown @param {string} formatted the number */
    show(isShown, formatted) {
        this.el.hidden = !isShown;
        this.#formatted = formatted;
        if (!isShown) this.#bar();
    }

    #bar() {
        const add = h('button', { class: 'btn', type: 'button', onclick: () => this.#form('new') }, t('contact.add'));
        this.el.replaceChildren(h('div', { class: 'bar' }, icon('userPlus', 16), t('box.not-in-contacts'), add));
    }

    #cancel() {
        this.#bar();
        this.el.querySelector('button').focus();
    }

    /** @param {'new' | 'existing'} mode */
    #form(mode) {
        const choice = (/** @type {'new' | 'existing'} */ value) =>
            h(
                'button',
                { type: 'button', 'aria-pressed': String(mode === value), onclick: () => this.#form(value) },
                t(`contact.${value}`),
            );
        const modes = h('div', { class: 'seg', role: 'group', 'aria-label': t('contact.how') });
        modes.append(choice('new'), choice('existing'));
        const who = mode === 'new' ? this.#name() : this.#chooser();
        const error = h('p', { class: 'error', role: 'alert' });
        const form = h('form', { class: 'form', 'aria-label': t('contact.add') }, modes, who, this.#number(), error);
        form.append(this.#buttons());
        form.addEventListener('submit', (/** @type {Event} */ event) => {
            event.preventDefault();
            this.#save(mode, form, error);
        });
        // Escape leaves the form, not the box around it.
        form.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
            if (event.key !== 'Escape' || event.defaultPrevented) return;
            event.preventDefault();
            this.#cancel();
        });
        this.el.replaceChildren(form);
        form.querySelector('label input:not([readonly]), label select').focus();
    }

    #name() {
        const attributes = { name: 'name', required: true, autocomplete: 'off', maxlength: 200 };
        return h('label', {}, t('contact.name'), h('input', { ...attributes, placeholder: t('contact.name-hint') }));
    }

    #chooser() {
        const options = this.#options.contacts().map((c) => h('option', { value: c.id }, c.name));
        return h('label', {}, t('contact.contact'), h('select', { name: 'contact', required: true }, options));
    }

    #number() {
        const number = h('input', { class: 'num', '.value': this.#formatted, readonly: true, dir: 'ltr' });
        const options = LABELS.map((label) => h('option', { value: label }, t(`contact.label.${label}`)));
        return h(
            'div',
            { class: 'two' },
            h('label', {}, t('contact.number'), number),
            h('label', {}, t('contact.type'), h('select', { name: 'label' }, options)),
        );
    }

    #buttons() {
        const cancel = h('button', { class: 'btn quiet', type: 'button', onclick: () => this.#cancel() }, t('cancel'));
        return h('div', { class: 'row' }, cancel, h('button', { class: 'btn primary' }, t('contact.save')));
    }

    /** @param {string} mode @param {HTMLFormElement} form @param {HTMLElement} error */
    async #save(mode, form, error) {
        const data = new FormData(form);
        const [label, name, id] = ['label', 'name', 'contact'].map((key) => String(data.get(key) ?? ''));
        try {
            if (mode === 'new') await this.#options.create(name.trim(), label);
            else await this.#options.extend(id, label);
            this.#options.saved?.();
        } catch (failure) {
            error.textContent = /** @type {Error} */ (failure).message;
        }
    }
}
