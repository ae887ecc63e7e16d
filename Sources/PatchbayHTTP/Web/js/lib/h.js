/** Build DOM without markup strings: nothing here ever parses HTML, so Trusted Types has nothing to refuse. */
import { ICONS } from './icons.js';

/** @typedef {Node | string | number | null | false | undefined | any[]} Child */

/**
 * Makes an element: h('button', { class: 'btn', 'aria-label': 'Call', onclick: fn }, icon('phone')).
 * Keys that begin with "on" are listeners, with "." properties, the rest attributes (false and null are left out).
 * @param {string} tag
 * @param {Record<string, any>} [attrs]
 * @param {...Child} children
 * @returns {any} the element; `any` because callers know better than a tag name what it is
 */
export function h(tag, attrs = {}, ...children) {
    const el = /** @type {any} */ (document.createElement(tag));
    for (const [key, value] of Object.entries(attrs)) {
        if (value === false || value === null || value === undefined) continue;
        if (key.startsWith('on')) el.addEventListener(key.slice(2), value);
        else if (key.startsWith('.')) el[key.slice(1)] = value;
        else if (key === 'style') for (const [p, x] of Object.entries(value)) el.style.setProperty(p, x);
        else el.setAttribute(key, value === true ? '' : value);
    }
    el.append(...solid(children));
    return el;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
const solid = (children) => children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false);

const SVG = 'http://www.w3.org/2000/svg';

/**
 * One of our icons; decoration only, so a control with nothing else needs a name of its own.
 * @param {string} name
 * @param {number} [size] in CSS pixels
 */
export function icon(name, size = 18) {
    const box = { viewBox: '0 0 24 24', width: size, height: size, class: 'icon' };
    const paths = ICONS[name].map((d) => svg('path', d.startsWith('!') ? { d: d.slice(1), class: 'solid' } : { d }));
    return svg('svg', { ...box, 'aria-hidden': 'true', focusable: 'false' }, ...paths);
}

/**
 * @param {string} tag
 * @param {Record<string, any>} [attrs]
 * @param {...any} children
 * @returns {SVGElement}
 */
export function svg(tag, attrs = {}, ...children) {
    const el = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
    for (const [key, value] of Object.entries(attrs)) el.setAttribute(key, String(value));
    el.append(...children.flat());
    return el;
}

/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();

/**
 * A stylesheet for shadow roots, loaded once. fetch + replace works in every engine; CSS module imports do not.
 * @param {string} name a file in css/
 * @returns {Promise<CSSStyleSheet>}
 */
export function css(name) {
    let sheet = sheets.get(name);
    if (!sheet) {
        sheet = fetch(new URL(`../../css/${name}`, import.meta.url))
            .then((response) => response.text())
            .then((text) => new CSSStyleSheet().replace(text));
        sheets.set(name, sheet);
    }
    return sheet;
}

/**
 * Text for assistive technology only.
 * @param {string} text
 */
export const vh = (text) => h('span', { class: 'vh' }, text);

let count = 0;
/**
 * An id that is unique in this page.
 * @param {string} prefix
 */
export const uid = (prefix) => `${prefix}-${(count += 1)}`;
