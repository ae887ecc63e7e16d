/** The lines of a contact card: the number of this conversation first, then every other way to reach the person. */
import { t } from '../i18n/index.js';
import { callButton } from '../lib/calls.js';
import { h, icon } from '../lib/h.js';
import { indicators, labelWords, tel, titleText } from '../lib/parts.js';

/** @typedef {import('../shell/app.js').App} App */

/**
 * @param {App} app
 * @param {Conversation} conversation
 * @param {Contact | null} contact
 * @returns {any[]}
 */
export function cardPoints(app, conversation, contact) {
    if (conversation.kind === 'chat') return chatPoints(app, conversation);
    const { remote, remoteFormatted, title, label } = conversation;
    const call = callButton(app, { conversationId: conversation.id, name: titleText(conversation) });
    const now = point(tel(remoteFormatted ?? title), label ? labelWords(label) : wroteTo(app, conversation), [call], true);
    const heading = conversation.lastMessage?.direction === 'in' ? 'card.sent' : 'card.this';
    const out = [...(contact ? section(t(heading), [now]) : [h('ul', { class: 'points' }, now)])];
    if (!contact) return out;
    const numbers = contact.numbers.filter((n) => n.value !== remote).map((n) => numberPoint(app, contact, n));
    const emails = contact.emails.map((e) => mailPoint(e));
    const [first] = contact.name.split(' ');
    if (numbers.length + emails.length > 0) out.push(...section(t('card.others', { name: first }), [...numbers, ...emails]));
    if (contact.notes) out.push(h('h3', {}, t('card.notes')), h('p', { class: 'notes', dir: 'auto' }, contact.notes));
    return out;
}

/** @param {App} app @param {Conversation} conversation */
function chatPoints(app, { id, members }) {
    const { people } = app.store.state;
    if (members.length < 2) {
        const [member] = members;
        if (!member) return [];
        const call = callButton(app, { conversationId: id, name: member.name });
        const row = point(h('span', { class: 'num' }, member.extension), t('card.extension'), [call], true);
        return [h('ul', { class: 'points' }, row)];
    }
    const row = (/** @type {Conversation['members'][0]} */ m) => {
        const person = people.find((p) => p.id === m.id);
        const chat = () => app.startWith({ kind: 'chat', users: [m.id] });
        const call = callButton(app, { to: m.extension, name: m.name });
        const acts = [person && indicators(person), call, act('chat', t('card.chat', { name: m.name }), chat)];
        return point(h('bdi', {}, m.name), t('person.extension', { extension: m.extension }), acts);
    };
    return section(t('card.people'), members.map(row));
}

/** @param {App} app @param {Contact} contact @param {LabelledNumber} number */
function numberPoint(app, { name }, { label, value, formatted }) {
    const words = t('card.text', { name: `${name} – ${label}` });
    const text = () => app.startWith({ kind: 'sms', to: value });
    const call = callButton(app, { to: value, name: `${name} – ${label}` });
    return point(tel(formatted), labelWords(label), [call, act('chat', words, text)]);
}

/** @param {{label: string, value: string}} email */
function mailPoint({ label, value }) {
    const words = t('card.mail', { address: value });
    const link = h('a', { class: 'ib', href: `mailto:${encodeURIComponent(value).replace('%40', '@')}`, title: words });
    link.setAttribute('aria-label', words);
    link.append(icon('mail', 17));
    return point(h('bdi', {}, value), labelWords(label), [link]);
}

/**
 * Our number that the customer wrote to, by its name.
 * @param {App} app
 * @param {Conversation} conversation
 */
function wroteTo(app, { lastMessage, from }) {
    const number = lastMessage?.via ?? from;
    const ours = app.store.state.session?.numbers.find((n) => n.number === number);
    return ours ? t('card.wrote-to', { label: ours.label || ours.formatted }) : '';
}

/** @param {string} title @param {any[]} rows */
const section = (title, rows) => [h('h3', {}, title), h('ul', { class: 'points', 'aria-label': title }, rows)];

/** @param {any} main @param {any} small @param {any[]} acts @param {boolean} [isNow] the number of this conversation */
const point = (main, small, acts, isNow = false) =>
    h(
        'li',
        { class: isNow ? 'now' : null },
        h('span', { class: 'n' }, h('b', { class: 'num' }, main), small && h('small', {}, small)),
        h('span', { class: 'acts' }, acts),
    );

/** @param {string} glyph @param {string} label @param {() => void} run */
const act = (glyph, label, run) =>
    h('button', { class: 'ib', type: 'button', 'aria-label': label, title: label, onclick: run }, icon(glyph, 17));
