import { t } from '../i18n/index.js';
import { css, h, icon, uid } from '../lib/h.js';
import { deepFocus, stage } from '../shell/stage.js';
import { toast } from '../shell/toast.js';
import { EndpointRows } from './endpoint-rows.js';

const sheets = await Promise.all([css('shared.css'), css('controls.css'), css('contact-editor.css')]);

/** <pbx-contact-editor> : a dialog with all that a contact holds. Made by `editContact`; goes when it is closed. */
export class ContactEditor extends HTMLElement {
    /** @type {import('../shell/app.js').App} */
    app;
    /** @type {Contact | null} null for a new one */
    contact = null;
    /** @type {{label: string, value: string} | null} a number that a new contact begins with */
    number = null;

    constructor() {
        super();
        this.attachShadow({ mode: 'open' }).adoptedStyleSheets = sheets;
    }

    connectedCallback() {
        const id = uid('editor');
        const { contact } = this;
        const field = (/** @type {string} */ key, /** @type {any} */ el) => h('label', { class: 'f' }, t(key), el);
        const line = { maxlength: 200, autocomplete: 'off' };
        this.name = h('input', { ...line, required: true, '.value': contact?.name ?? '' });
        this.company = h('input', { ...line, '.value': contact?.company ?? '' });
        this.notes = h('textarea', { rows: 2, maxlength: 4000, '.value': contact?.notes ?? '' });
        this.shared = h('input', { type: 'checkbox', '.checked': contact?.isShared ?? false });
        this.numbers = new EndpointRows('number', contact?.numbers ?? (this.number ? [this.number] : []));
        this.emails = new EndpointRows('email', contact?.emails ?? []);
        this.error = h('p', { class: 'error', role: 'alert' });
        const { domain } = /** @type {Session} */ (this.app.store.state.session);
        const form = h(
            'form',
            {},
            h('h2', { id }, t(contact ? 'editor.edit' : 'editor.new')),
            h('div', { class: 'fields' }, field('contact.name', this.name), field('editor.company', this.company)),
            this.numbers.el,
            this.emails.el,
            field('editor.notes', this.notes),
            h('label', { class: 'check' }, this.shared, h('span', {}, t('editor.shared', { domain: domain.name }))),
            this.error,
            this.#buttons(),
        );
        form.addEventListener('submit', (/** @type {Event} */ event) => {
            event.preventDefault();
            this.#save();
        });
        this.dialog = h('dialog', { 'aria-labelledby': id, onclose: () => this.remove() }, form);
        this.shadowRoot?.append(this.dialog);
        this.dialog.showModal();
        this.name.focus();
    }

    #buttons() {
        const cancel = { class: 'btn quiet tall', type: 'button', onclick: () => this.dialog.close() };
        const remove = { class: 'btn quiet tall danger', type: 'button', onclick: () => this.#remove() };
        return h(
            'div',
            { class: 'row' },
            this.contact && h('button', remove, icon('trash', 17), t('editor.delete')),
            h('span', { class: 'gap' }),
            h('button', cancel, t('cancel')),
            h('button', { class: 'btn primary tall' }, t('editor.save')),
        );
    }

    /** @returns {ContactDraft} */
    get #draft() {
        return {
            name: this.name.value.trim(),
            company: this.company.value.trim(),
            notes: this.notes.value.trim(),
            isShared: this.shared.checked,
            numbers: this.numbers?.values ?? [],
            emails: this.emails?.values ?? [],
        };
    }

    async #save() {
        const { contacts } = this.app;
        this.error.textContent = '';
        try {
            if (this.contact) await contacts.replace(this.contact.id, this.#draft);
            else await contacts.add(this.#draft);
            this.dialog.close();
        } catch (failure) {
            this.error.textContent = /** @type {Error} */ (failure).message;
        }
    }

    /** The server keeps the id of what was deleted for a while, not what was in it. */
    #remove() {
        const { app, contact } = this;
        if (!contact) return;
        return app.try(async () => {
            const { name, company, notes, isShared } = contact;
            const plain = (/** @type {{label: string, value: string}[]} */ list) =>
                list.map(({ label, value }) => ({ label, value }));
            const [numbers, emails] = [plain(contact.numbers), plain(contact.emails)];
            await app.contacts.remove(contact.id);
            this.dialog.close();
            const again = () => app.contacts.bringBack(contact.id, { name, company, notes, isShared, numbers, emails });
            toast(t('editor.deleted', { name }), { label: t('undo'), run: () => void app.try(again) });
        });
    }
}

customElements.define('pbx-contact-editor', ContactEditor);

/**
 * Opens the editor over the page.
 * @param {import('../shell/app.js').App} app
 * @param {Contact | null} contact null for a new one
 * @param {{label: string, value: string} | null} [number] that a new one begins with
 */
export function editContact(app, contact, number = null) {
    const before = deepFocus();
    const editor = h('pbx-contact-editor', { '.app': app, '.contact': contact, '.number': number });
    stage.root.append(editor);
    // The dialog gives the focus back by itself, but not into another shadow root.
    editor.dialog.addEventListener('close', () => before?.isConnected && before.focus());
}
