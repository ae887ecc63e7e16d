/** The rows of a settings card: an icon, what it is, what it does, and its control. Controls carry their row's name. */
import { h, icon } from '../../lib/h.js';

/**
 * @param {string} id stays the same when the page is made anew, so that the focus finds it again
 * @param {string} glyph
 * @param {string} name
 * @param {any} what
 * @param {...any} controls
 */
export function row(id, glyph, name, what, ...controls) {
    const text = h('span', { class: 'n' }, h('b', { id: `${id}-name` }, name), h('small', { id: `${id}-what` }, what));
    const acts = h('span', { class: 'acts' }, controls);
    return h('li', {}, h('span', { class: 'round', 'aria-hidden': 'true' }, icon(glyph, 19)), text, acts);
}

const named = (/** @type {string} */ id) => ({ id, 'aria-labelledby': `${id}-name`, 'aria-describedby': `${id}-what` });

/**
 * @param {string} id
 * @param {boolean} isOn
 * @param {(isOn: boolean) => void} change
 */
export function toggle(id, isOn, change) {
    const input = h('input', { type: 'checkbox', role: 'switch', '.checked': isOn, ...named(id) });
    input.addEventListener('change', () => change(input.checked));
    return h('label', { class: 'sw' }, input, h('span'));
}

/**
 * @param {string} id
 * @param {string | number} value
 * @param {[string | number, string][]} choices value and words
 * @param {(value: string) => void} change
 */
export function choice(id, value, choices, change) {
    const option = (/** @type {[string | number, string]} */ [key, words]) =>
        h('option', { value: String(key), '.selected': String(key) === String(value) }, words);
    const select = h('select', named(id), choices.map(option));
    select.addEventListener('change', () => change(select.value));
    return h('span', { class: 'pick' }, select, icon('down', 14));
}

/**
 * @param {string} title
 * @param {any[]} rows
 */
export const card = (title, rows) =>
    h('section', { class: 'card' }, title && h('header', {}, h('h2', {}, title)), h('ul', { class: 'sets' }, rows));
