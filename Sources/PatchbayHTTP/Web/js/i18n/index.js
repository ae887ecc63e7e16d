/** Texts by key, with plurals and values. Every word of the portal comes from one catalogue per language. */
import { en } from './en.js';

/** @typedef {string | {one: string, other: string}} Text */

const catalogue = /** @type {Record<string, Text>} */ (en);
const plural = new Intl.PluralRules('en');

/**
 * The text for `key`, with {name} replaced by `values.name`; a plural text chooses by `values.n`.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
    const text = catalogue[key];
    if (text === undefined) return key;
    const chosen = typeof text === 'string' ? text : text[/** @type {'one'} */ (plural.select(Number(values.n)))];
    return chosen.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/**
 * Whether the catalogue has `key`.
 * @param {string} key
 */
export const knows = (key) => key in catalogue;
