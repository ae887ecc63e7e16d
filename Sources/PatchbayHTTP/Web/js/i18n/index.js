/** Texts by key, with plurals and values. Every word of the portal comes from one catalogue per language. */
import { stage } from '../shell/stage.js';
import { en } from './en.js';

/** @typedef {string | {one: string, other: string}} Text */
/** @typedef {Record<string, Text>} Catalogue */
/** @typedef {{texts: Catalogue, problems: Record<string, string>}} Language `problems`: by the server's ids */

/** English is always there; the others are loaded when somebody reads them. */
const LOADERS = /** @type {Record<string, () => Promise<Language>>} */ ({
    en: async () => ({ texts: english, problems: {} }),
    es: () => import('./es.js').then(({ es, problems }) => ({ texts: es, problems })),
    de: () => import('./de.js').then(({ de, problems }) => ({ texts: de, problems })),
    fr: () => import('./fr.js').then(({ fr, problems }) => ({ texts: fr, problems })),
});
/** Each in its own words, for the list in the settings. */
export const LANGUAGES = { en: 'English', es: 'Español', de: 'Deutsch', fr: 'Français' };

let english = /** @type {Catalogue} */ (en);
let catalogue = english;
/** @type {Record<string, string>} */
let problems = {};
/** Areas that somebody has opened here; a change of the language takes them along. */
const areas = /** @type {Set<string>} */ (new Set());
let tag = 'en-US';
let plural = new Intl.PluralRules(tag);
let number = new Intl.NumberFormat(tag);

/**
 * Which language somebody reads: the one they chose, else the first of their browser's that we have, else English.
 * The browser's own variant of it (es-MX) decides how dates and numbers look.
 * @param {string} wanted "auto" or a code
 * @param {readonly string[]} browser
 * @returns {string} a language tag
 */
export function languageFor(wanted, browser) {
    const base = (/** @type {string} */ name) => name.toLowerCase().split('-')[0];
    const code = wanted in LOADERS ? wanted : base(browser.find((name) => base(name) in LOADERS) ?? 'en');
    const fallback = code === 'en' ? 'en-US' : code;
    return browser.find((name) => base(name) === code && name.includes('-')) ?? fallback;
}

/**
 * Loads the language's texts and uses them from now on.
 * @param {string} wanted "auto" or a code
 * @param {readonly string[]} [browser]
 */
export async function useLanguage(wanted, browser = navigator.languages) {
    const next = languageFor(wanted, browser);
    const [loaded, ...parts] = await Promise.all([
        LOADERS[next.slice(0, 2)](),
        ...[...areas].map((area) => areaTexts(next, area)),
    ]);
    [catalogue, problems, tag] = [Object.assign({}, loaded.texts, ...parts), loaded.problems, next];
    plural = new Intl.PluralRules(tag);
    number = new Intl.NumberFormat(tag);
    if (stage.words) stage.words.lang = tag;
}

/**
 * Loads the texts of areas that only some people open: LANG/AREA.js, which exports them as `texts`.
 * @param {...string} names
 */
export async function useTexts(...names) {
    const missing = names.filter((name) => !areas.has(name));
    const [ours, theirs] = await Promise.all(
        ['en', tag].map((language) => Promise.all(missing.map((name) => areaTexts(language, name)))),
    );
    missing.forEach((name) => areas.add(name));
    english = Object.assign({}, english, ...ours);
    catalogue = Object.assign({}, catalogue, ...theirs);
}

/** @param {string} language @param {string} area @returns {Promise<Catalogue>} */
const areaTexts = async (language, area) => (await import(`./${language.slice(0, 2)}/${area}.js`)).texts;

/** The language tag in use, for example "es-MX". */
export const language = () => tag;

/**
 * The text for `key`, with {name} replaced by `values.name`; a plural text chooses by `values.n`.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
    const text = catalogue[key] ?? english[key];
    if (text === undefined) return key;
    return chosen(text, values).replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

/** @param {Text} text @param {Record<string, string | number>} values */
function chosen(text, values) {
    if (typeof text === 'string') return text;
    return text[/** @type {'one'} */ (plural.select(Number(values.n)))] ?? text.other;
}

/** @param {string | number | undefined} value */
const shown = (value) => (typeof value === 'number' ? number.format(value) : (value ?? ''));

/**
 * What the server says, in the reader's language where we have it.
 * @param {string | null | undefined} id the id of the refusal
 * @param {string | null | undefined} words the server's own sentence
 */
export const said = (id, words) => (id && problems[id]) || words || '';

/**
 * The names as one phrase: "Ann, Ben and Cleo".
 * @param {string[]} names
 */
export const listed = (names) => new Intl.ListFormat(tag, { type: 'conjunction' }).format(names);

/**
 * Whether the catalogue has `key`.
 * @param {string} key
 */
export const knows = (key) => key in english;
