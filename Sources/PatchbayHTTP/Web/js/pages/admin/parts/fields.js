/** The fields of a form. */
import { t } from '../../../i18n/index.js';
import { h, icon, uid } from '../../../lib/h.js';

/**
 * @typedef {object} Field
 * @property {string} name the server's name of it
 * @property {string} label
 * @property {'text' | 'email' | 'tel' | 'number' | 'password' | 'date' | 'area' | 'switch' | 'choice'} [kind] else text
 * @property {any} [value] at the beginning
 * @property {string} [hint]
 * @property {boolean} [required]
 * @property {boolean} [disabled]
 * @property {[string, string][]} [options] of a choice: value and words
 * @property {{label: string, make: () => string}} [suggest] a button that fills it in, and shows what it is
 * @property {string} [equals] what has to be typed
 * @property {Record<string, any>} [more] further attributes, such as maxlength
 *
 * @typedef {object} ShownField
 * @property {string} name
 * @property {any} el
 * @property {() => any} value
 * @property {() => string} fault what is wrong with it before anybody is asked; empty when nothing is
 * @property {(words: string, takesFocus?: boolean) => void} refuse says what is wrong; empty takes it back
 */

/** @param {Field} field @returns {ShownField} */
export function fieldOf(field) {
    const { name, label, hint, kind = 'text', required = false, equals } = field;
    const id = uid(name);
    const input = control(field, id);
    const said = h('span', { class: 'wrong', id: `${id}-wrong` });
    const about = hint && h('small', { id: `${id}-hint` }, hint);
    input.setAttribute('aria-describedby', hint ? `${id}-hint ${id}-wrong` : `${id}-wrong`);
    const words = h('label', { for: id }, label, !required && isTyped(kind) && optional(field));
    const filler = field.suggest && fillButton(input, field.suggest);
    const whole = kind === 'switch' ? switchLine(input, words, about) : [words, wrapped(kind, input), filler, about];
    const el = h('div', { class: `line ${kind}` }, whole, said);
    const value = () => (kind === 'switch' ? input.checked : kind === 'number' ? numberIn(input) : input.value);
    const fault = () => {
        // What is no number at all has no value either: the browser knows that something stands there.
        if (kind === 'number' && !input.validity.valid) return range(field);
        const isThere = equals === undefined ? !required || input.value.trim() !== '' : input.value.trim() === equals;
        return isThere ? '' : t('form.needed');
    };
    const refuse = (/** @type {string} */ sentence, takesFocus = false) => {
        said.replaceChildren(...(sentence ? [icon('alert', 14), sentence] : []));
        if (sentence) input.setAttribute('aria-invalid', 'true');
        else input.removeAttribute('aria-invalid');
        if (takesFocus) input.focus();
    };
    input.addEventListener('input', () => refuse(''));
    return { name, el, value, fault, refuse };
}

const isTyped = (/** @type {string} */ kind) => kind !== 'switch' && kind !== 'choice';

/** @param {Field} field */
const optional = ({ equals, disabled }) =>
    equals === undefined && !disabled && h('span', { class: 'muted' }, ` ${t('form.optional')}`);

/** @param {Field} field a number with limits */
const range = ({ more = {} }) => t('form.range', { least: more.min, most: more.max });

/** @param {any} input */
const numberIn = (input) => (input.value === '' ? null : Number(input.value));

/** @param {Field} field @param {string} id */
function control(field, id) {
    const { name, kind = 'text', value = '', required = false, disabled = false, options = [], more = {} } = field;
    const all = { id, name, disabled, 'aria-required': required ? 'true' : null, ...more };
    if (kind === 'choice') {
        const option = (/** @type {[string, string]} */ [key, words]) =>
            h('option', { value: key, '.selected': key === value }, words);
        return h('select', all, options.map(option));
    }
    if (kind === 'switch') return h('input', { ...all, type: 'checkbox', role: 'switch', '.checked': Boolean(value) });
    if (kind === 'area') return h('textarea', { rows: 4, ...all, '.value': value });
    return h('input', { type: kind, autocomplete: 'off', ...all, '.value': value ?? '' });
}

/** @param {any} input @param {{label: string, make: () => string}} suggest */
function fillButton(input, { label, make }) {
    const button = h('button', { class: 'btn', type: 'button' }, label);
    button.addEventListener('click', () => {
        input.type = 'text';
        input.value = make();
        input.dispatchEvent(new Event('input'));
        input.select();
    });
    return button;
}

/** @param {string} kind @param {any} input */
const wrapped = (kind, input) =>
    kind === 'choice' ? h('span', { class: 'pick' }, input, icon('down', 14)) : input;

/** @param {any} input @param {any} words @param {any} about */
const switchLine = (input, words, about) => [
    h('span', { class: 'n' }, words, about),
    h('span', { class: 'sw' }, input, h('span')),
];
