/** The emoji of the panel. Which there are and the words that find them are in the catalogue, by group. No DOM. */
import { t } from '../i18n/index.js';
import { fold } from './format.js';

/** @typedef {{char: string, name: string, words: string}} Emoji */

/** @param {string} text "😀 grin happy | 😂 tears laugh": the character, its name, more words @returns {Emoji[]} */
export const parsed = (text) =>
    text.split('|').map((entry) => {
        const [char, ...words] = entry.trim().split(' ');
        return { char, name: words[0].replaceAll('_', ' '), words: fold(words.join(' ').replaceAll('_', ' ')) };
    });

/** @returns {{name: string, emoji: Emoji[]}[]} */
export const emojiGroups = () => [
    { name: t('emoji.group.faces'), emoji: parsed(t('emoji.faces')) },
    { name: t('emoji.group.hands'), emoji: parsed(t('emoji.hands')) },
    { name: t('emoji.group.hearts'), emoji: parsed(t('emoji.hearts')) },
    { name: t('emoji.group.life'), emoji: parsed(t('emoji.life')) },
    { name: t('emoji.group.food'), emoji: parsed(t('emoji.food')) },
    { name: t('emoji.group.places'), emoji: parsed(t('emoji.places')) },
    { name: t('emoji.group.things'), emoji: parsed(t('emoji.things')) },
    { name: t('emoji.group.signs'), emoji: parsed(t('emoji.signs')) },
];

/**
 * The groups with only those whose words begin with what is typed, in the order of the groups.
 * @param {{name: string, emoji: Emoji[]}[]} groups
 * @param {string} query
 */
export function foundEmoji(groups, query) {
    const wanted = fold(query.trim()).split(/\s+/).filter(Boolean);
    const fits = (/** @type {Emoji} */ { words }) =>
        wanted.every((part) => words.split(' ').some((word) => word.startsWith(part)));
    return groups
        .map(({ name, emoji }) => ({ name, emoji: emoji.filter(fits) }))
        .filter(({ emoji }) => emoji.length > 0);
}
