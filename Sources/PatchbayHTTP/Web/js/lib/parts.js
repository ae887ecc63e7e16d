/** Small pieces that several components show alike. */
import { knows, t } from '../i18n/index.js';
import { hue, initials } from './format.js';
import { h, icon, vh } from './h.js';

/**
 * Initials on a hue of the name; a head for a number that nobody knows. Decoration: hidden from assistive technology.
 * @param {string} name
 * @param {{presence?: string}} [options] presence adds the blue mark
 */
export function avatar(name, options = {}) {
    const { presence } = options;
    const known = initials(name) !== '';
    const el = h(
        'span',
        { class: `av${known ? '' : ' unknown'}`, style: { '--h': hue(name) }, 'aria-hidden': 'true' },
        h('i', {}, known ? initials(name) : icon('user', 18)),
    );
    if (presence) el.append(h('span', { class: `dot${presence === 'online' ? '' : ' off'}` }));
    return el;
}

/**
 * A phone number keeps its own direction in a right-to-left page.
 * @param {string} formatted
 */
export const tel = (formatted) => h('bdi', { class: 'num', dir: 'ltr' }, formatted);

/**
 * The tag SMS or CHAT.
 * @param {string} kind
 */
export const tag = (kind) => h('span', { class: `tag ${kind}` }, t(`kind.${kind}.tag`));

/**
 * A number in a green pill, with a word for assistive technology.
 * @param {number} n
 * @param {string} words
 */
export const count = (n, words) =>
    h('span', { class: 'count' }, h('span', { 'aria-hidden': 'true' }, n > 99 ? '99+' : String(n)), vh(words));

const GLYPHS = { idle: 'phoneFill', busy: 'phoneBusy', ringing: 'phoneRing', offline: 'phoneOff', unknown: 'phoneUnknown' };

/**
 * The two indicators of a colleague, side by side and independent: the phone, then the blue chat mark.
 * @param {{phone: string, presence: string}} person
 */
export const indicators = (person) =>
    h(
        'span',
        { class: 'st' },
        h(
            'span',
            { class: `hs ${person.phone}`, title: t(`phone.${person.phone}`) },
            icon(GLYPHS[/** @type {keyof typeof GLYPHS} */ (person.phone)] ?? 'phoneUnknown', 15),
            vh(t(`phone.${person.phone}`)),
        ),
        h(
            'span',
            { class: `dot${person.presence === 'online' ? '' : ' off'}`, title: t(`presence.${person.presence}`) },
            vh(t(`presence.${person.presence}`)),
        ),
    );

/**
 * The type of a number; those that everybody uses are in the reader's language.
 * @param {string} label
 */
export function labelWords(label) {
    const key = `contact.label.${label}`;
    return knows(key) ? t(key) : label;
}

/**
 * The title of a conversation in pieces: "Bob Smith" and " – Mobile", or the number alone.
 * @param {Conversation} conversation
 */
export function titleParts(conversation) {
    const isNumber = conversation.kind === 'sms' && !conversation.contactId;
    if (isNumber) return [tel(conversation.remoteFormatted ?? conversation.title)];
    const label = conversation.label && h('span', { class: 'lab' }, ` – ${labelWords(conversation.label)}`);
    return [h('bdi', {}, conversation.title), label];
}

/**
 * The same title as plain text.
 * @param {Conversation} conversation
 */
export function titleText({ kind, contactId, title, label, remoteFormatted }) {
    if (kind === 'sms' && !contactId) return remoteFormatted ?? title;
    return label ? `${title} – ${labelWords(label)}` : title;
}

/**
 * A button that is an icon; its name is said and shown as a tooltip.
 * @param {string} glyph
 * @param {string} label
 * @param {() => void} [run]
 * @param {{kind?: string, size?: number}} [look] more classes; the icon's size in CSS pixels
 */
export function iconButton(glyph, label, run, look = {}) {
    const { kind = '', size = 18 } = look;
    const named = { 'aria-label': label, title: label };
    const button = h('button', { class: `ib ${kind}`.trim(), type: 'button', ...named }, icon(glyph, size));
    if (run) button.addEventListener('click', run);
    return button;
}

/**
 * Tells the elements around what happened.
 * @param {EventTarget} el
 * @param {string} type
 * @param {any} [detail]
 */
export const say = (el, type, detail) =>
    el.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
