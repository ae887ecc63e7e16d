/** A state in a word and a colour: { kind: ok, warn, bad or quiet }. */
import { h, icon } from '../../../lib/h.js';

const GLYPHS = { ok: 'check', warn: 'alert', bad: 'alert', quiet: 'minus' };

/**
 * @param {keyof typeof GLYPHS} kind
 * @param {string} words
 */
export const pill = (kind, words) => h('span', { class: `pill ${kind}` }, icon(GLYPHS[kind], 14), words);
