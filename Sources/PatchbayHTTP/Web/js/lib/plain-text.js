/** Typographic characters that phones put in by themselves, and what stands for them in the SMS alphabet. No DOM. */
import { segments } from './segments.js';

/** @type {Record<string, string>} */
const PLAIN = {
    '\u2018': "'",
    '\u2019': "'",
    '\u201A': "'",
    '\u201B': "'",
    '\u2032': "'",
    '\u201C': '"',
    '\u201D': '"',
    '\u201E': '"',
    '\u201F': '"',
    '\u2033': '"',
    '\u00AB': '"',
    '\u00BB': '"',
    '\u2039': "'",
    '\u203A': "'",
    '\u2010': '-',
    '\u2011': '-',
    '\u2012': '-',
    '\u2013': '-',
    '\u2014': '-',
    '\u2015': '-',
    '\u2022': '*',
    '\u2026': '...',
    '\u00A0': ' ',
    '\u2009': ' ',
    '\u202F': ' ',
    '\u200B': '',
    '\uFEFF': '',
};

/**
 * The text with straight quotes, plain dashes and plain spaces.
 * @param {string} text
 */
export const plainText = (text) => text.replace(/[\u2010-\u203A\u00AB\u00BB\u00A0\u200B\uFEFF]/g, (c) => PLAIN[c] ?? c);

/**
 * How many parts fewer the plain text needs; nothing when it is no gain.
 * @param {string} text
 */
export const partsSaved = (text) => Math.max(0, segments(text).segments - segments(plainText(text)).segments);
