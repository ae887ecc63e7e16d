/** The control for what a JSON Schema allows: a switch, a list to choose from, a number, a line, lines, or JSON. */
import { h, icon } from '../../../lib/h.js';
import { boxed } from '../system/pieces.js';

/**
 * @typedef {{el: any, main: any, value: () => any, isChanged: () => boolean}} Control
 * `main` is what takes the focus and the name
 */

/** Texts that are longer get more than a line, and so do those that may be longer than a name or an address ever is. */
const LONG = 80;
const LONG_AT_MOST = 255;

/** @param {any} setting @param {string} id @returns {Control} */
export function controlFor(setting, id) {
    const { schema, value } = setting;
    const before = value ?? null;
    const made = make(schema, before, id);
    const start = JSON.stringify(made.value());
    return { ...made, isChanged: () => JSON.stringify(made.value()) !== start };
}

/** @param {any} schema @param {any} value @param {string} id @returns {{el: any, main: any, value: () => any}} */
function make(schema, value, id) {
    if (schema.enum) return chosen(schema.enum, value, id);
    if (schema.type === 'boolean') return toggled(value === true, id);
    if (schema.type === 'integer' || schema.type === 'number') return counted(schema, value, id);
    if (schema.type === 'array' && schema.items?.type === 'string') return lines(value, id);
    if (schema.type === 'string') return (schema.maxLength ?? 0) > LONG_AT_MOST || long(value) ? text(value, id) : line(schema, value, id);
    return json(value, id);
}

/** @param {any} value */
const long = (value) => typeof value === 'string' && (value.length > LONG || value.includes('\n'));

/** @param {any[]} choices @param {any} value @param {string} id */
function chosen(choices, value, id) {
    const option = (/** @type {any} */ one, /** @type {number} */ index) =>
        h('option', { value: index, '.selected': one === value }, String(one));
    const main = h('select', { id }, choices.map(option));
    return { el: h('span', { class: 'pick' }, main, icon('down', 14)), main, value: () => choices[Number(main.value)] };
}

/** @param {boolean} value @param {string} id */
function toggled(value, id) {
    const main = h('input', { id, type: 'checkbox', role: 'switch', '.checked': value });
    return { el: h('label', { class: 'sw' }, main, h('span')), main, value: () => main.checked };
}

/** @param {any} schema @param {any} value @param {string} id */
function counted(schema, value, id) {
    const { minimum, maximum, type } = schema;
    const limits = { min: minimum, max: maximum, step: type === 'integer' ? 1 : 'any' };
    const main = h('input', { id, type: 'number', inputmode: 'decimal', ...limits, '.value': value ?? '' });
    // What is no number goes to the server as it is: it knows the sentence.
    const read = () => (main.value === '' ? null : Number(main.value));
    return { el: boxed(main), main, value: read };
}

/** @param {any} schema @param {any} value @param {string} id */
function line(schema, value, id) {
    const placeholder = value ? null : schema.examples?.[0];
    const main = h('input', { id, type: 'text', spellcheck: 'false', autocomplete: 'off', placeholder, '.value': value ?? '' });
    return { el: boxed(main), main, value: () => main.value };
}

/** @param {any} value @param {string} id */
function text(value, id) {
    const main = h('textarea', { id, rows: 3, '.value': value ?? '' });
    return { el: main, main, value: () => main.value };
}

/**
 * One entry a line.
 * @param {any} value
 * @param {string} id
 */
function lines(value, id) {
    const main = h('textarea', { id, rows: 4, spellcheck: 'false', '.value': (value ?? []).join('\n') });
    const read = () => main.value.split('\n').map((/** @type {string} */ one) => one.trim()).filter(Boolean);
    return { el: main, main, value: read };
}

/**
 * What no simple control can show.
 * @param {any} value
 * @param {string} id
 */
function json(value, id) {
    const written = value === null ? '' : JSON.stringify(value, null, 2);
    const main = h('textarea', { id, rows: 6, class: 'code', spellcheck: 'false', dir: 'ltr', '.value': written });
    // What is no JSON goes as text: the server says that it wants something else.
    const read = () => {
        try {
            return main.value.trim() === '' ? null : JSON.parse(main.value);
        } catch {
            return main.value;
        }
    };
    return { el: main, main, value: read };
}
