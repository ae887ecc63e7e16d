/** The numbers or e-mail addresses of a contact, each with its type, as rows of a form. */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';

/** Types that the portal offers, by what is stored. */
const LABELS = { number: ['Mobile', 'Home', 'Work', 'Other'], email: ['Work', 'Home', 'Other'] };
const CUSTOM = '\u0000custom';

export class EndpointRows {
    #kind;
    /** @type {{el: any, label: () => string, value: any}[]} */
    #rows = [];

    /**
     * @param {'number' | 'email'} kind
     * @param {{label: string, value: string, formatted?: string}[]} values
     */
    constructor(kind, values) {
        this.#kind = kind;
        this.list = h('div', { class: 'list' });
        const add = { class: 'btn quiet add', type: 'button', onclick: () => this.#add(null).value.focus() };
        const legend = h('legend', {}, t(`editor.${kind}s`));
        this.el = h('fieldset', {}, legend, this.list, h('button', add, icon('plus', 16), t(`editor.add-${kind}`)));
        for (const value of values) this.#add(value);
        if (values.length === 0) this.#add(null);
    }

    /** What was typed; rows without a value are left out. */
    get values() {
        return this.#rows
            .map((row) => ({ label: row.label(), value: row.value.value.trim() }))
            .filter(({ value }) => value !== '');
    }

    /** @param {{label: string, value: string, formatted?: string} | null} given */
    #add(given) {
        const type = this.#type(given?.label ?? this.#free());
        const isNumber = this.#kind === 'number';
        const kind = isNumber ? { type: 'tel', inputmode: 'tel' } : { type: 'text', inputmode: 'email' };
        const value = h('input', { class: 'num', ...kind, dir: 'ltr', autocomplete: 'off', maxlength: 254 });
        value.value = given?.formatted ?? given?.value ?? '';
        const remove = h('button', { class: 'ib', type: 'button', onclick: () => this.#remove(row) }, icon('x', 15));
        const el = h('div', { class: 'endpoint' }, type.el, value, remove);
        const row = { el, label: type.value, value, select: type.select, remove };
        this.#rows.push(row);
        this.list.append(el);
        this.#name();
        return row;
    }

    /** @param {any} row */
    #remove(row) {
        const at = this.#rows.indexOf(row);
        this.#rows.splice(at, 1);
        row.el.remove();
        this.#name();
        const next = this.#rows[at] ?? this.#rows[at - 1];
        (next?.value ?? this.el.querySelector('.add')).focus();
    }

    /** Rows are counted, so that each control has a name of its own. */
    #name() {
        this.#rows.forEach((/** @type {any} */ row, i) => {
            const n = i + 1;
            row.value.setAttribute('aria-label', t(`editor.${this.#kind}`, { n }));
            row.select.setAttribute('aria-label', t(`editor.${this.#kind}-type`, { n }));
            row.remove.setAttribute('aria-label', t(`editor.remove-${this.#kind}`, { n }));
            row.remove.title = t(`editor.remove-${this.#kind}`, { n });
        });
    }

    /** The first type that no row has yet. */
    #free() {
        const used = new Set(this.#rows.map((row) => row.label()));
        const labels = LABELS[this.#kind];
        return labels.find((label) => !used.has(label)) ?? labels[labels.length - 1];
    }

    /**
     * A list of types, which becomes a field for another one.
     * @param {string} chosen
     */
    #type(chosen) {
        const labels = LABELS[this.#kind];
        const all = labels.includes(chosen) ? labels : [...labels, chosen];
        const option = (/** @type {string} */ label) =>
            h('option', { value: label, '.selected': label === chosen }, this.#words(label));
        const select = h('select', {}, all.map(option), h('option', { value: CUSTOM }, t('editor.custom')));
        const name = t('editor.custom-name');
        const own = h('input', { class: 'own', 'aria-label': name, placeholder: name, maxlength: 40, hidden: true });
        select.addEventListener('change', () => {
            const isOwn = select.value === CUSTOM;
            own.hidden = !isOwn;
            own.required = isOwn;
            if (isOwn) own.focus();
        });
        const value = () => (select.value === CUSTOM ? own.value.trim() : select.value);
        return { el: h('span', { class: 'type' }, select, own), select, value };
    }

    /** @param {string} label */
    #words(label) {
        const isOurs = Object.values(LABELS).some((labels) => labels.includes(label));
        return isOurs ? t(`contact.label.${label}`) : label;
    }
}
