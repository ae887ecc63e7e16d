/** What waits for the morning where its recipient is: in words, by the recipient's clock where their zone is certain. */
import { t } from '../i18n/index.js';
import * as format from './format.js';

/**
 * Whether it is still night there.
 * @param {Hold | null | undefined} hold
 * @returns {hold is Hold}
 */
export const isHeld = (hold) => Boolean(hold) && Date.parse(/** @type {Hold} */ (hold).until) > Date.now();

/** @param {Hold} hold */
const end = ({ until, timeZone }) => format.timeIn(new Date(until), timeZone);

/** By what is said: where the recipient's zone is certain, and where it isn't. */
const TEXTS = {
    note: ['hold.note', 'hold.note-unsure'],
    title: ['hold.title', 'hold.title-unsure'],
    wait: ['hold.wait', 'hold.wait-unsure'],
    goes: ['hold.goes', 'hold.goes-unsure'],
};

/** @param {keyof typeof TEXTS} what @param {Hold} hold */
export function holdWords(what, hold) {
    const [certain, unsure] = TEXTS[what];
    const at = end(hold);
    return hold.timeZone ? t(certain, { at, time: format.timeIn(new Date(), hold.timeZone) }) : t(unsure, { at });
}
