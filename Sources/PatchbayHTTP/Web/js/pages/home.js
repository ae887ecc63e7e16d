/** Home: what was missed, who is here, my numbers, and what plugins add. */
import { said, t } from '../i18n/index.js';
import { administers } from '../lib/administrator.js';
import { stamp, today } from '../lib/format.js';
import { h, icon, vh } from '../lib/h.js';
import { avatar, indicators, tag, tel, titleParts } from '../lib/parts.js';
import { newestFirst } from '../lib/state.js';
import { slotElements } from '../shell/slots.js';
import { face } from '../components/chat-head.js';

/** Rows of a card; the rest is one click away. */
const ROWS = 6;

/** @param {import('../shell/app.js').App} app @returns {import('../main.js').Page} */
export function homePage(app) {
    const done = new AbortController();
    const session = /** @type {Session} */ (app.store.state.session);
    const heading = h('h1', {}, t('home.hello', { name: session.user.name.split(' ')[0] }));
    const where = t('person.extension', { extension: session.user.extension });
    const title = h('div', { class: 'title' }, h('div', {}, heading, h('p', {}, `${today(new Date())} · ${where}`)));
    const [missed, people, numbers] = [h('div'), h('div'), h('div')];
    const gates = h('div', { class: 'gate-list' });
    const cards = h('div', { class: 'grid' });
    const all = h('a', { class: 'link', href: '/messages', 'data-page': '' }, t('home.all-messages'));
    const left = h(
        'div',
        { class: 'grid' },
        gates,
        card(t('home.missed'), all, missed),
        card(t('home.people'), null, people),
        cards,
    );
    const right = h('div', { class: 'grid' }, card(t('home.numbers'), null, numbers));
    const el = h('div', {}, title, h('div', { class: 'grid home' }, left, right));
    /** @param {State} state @param {State | null} before */
    const show = (state, before) => {
        if (!state.session) return;
        if (state.conversations !== before?.conversations) missed.replaceChildren(missedList(app, state));
        if (state.people !== before?.people) people.replaceChildren(peopleList(app, state.people));
        if (state.session !== before?.session) {
            numbers.replaceChildren(numberList(state.session));
            gates.replaceChildren(...closedGates(state.session));
        }
    };
    app.store.watch(show, done.signal);
    show(app.store.state, null);
    slotElements(session, 'home.card', app).then((elements) => cards.append(...elements));
    return { title: t('nav.home'), el, end: () => done.abort() };
}

/** @param {string} title @param {any} end @param {any} body */
const card = (title, end, body) =>
    h('section', { class: 'card' }, h('header', {}, h('h2', {}, title), end && h('span', { class: 'end' }, end)), body);

/** @param {import('../shell/app.js').App} app @param {State} state */
function missedList(app, state) {
    const unread = newestFirst(state).filter((c) => c.unread > 0);
    if (unread.length === 0) return h('p', { class: 'quiet' }, icon('check', 18), t('home.nothing-missed'));
    const row = (/** @type {Conversation} */ c) => {
        const person = state.people.find((p) => p.id === c.members[0]?.id);
        const open = { class: 'cover', type: 'button', onclick: () => app.openBox(c.id) };
        const lead = h('span', { class: 'lead' }, h('b', {}, titleParts(c)), tag(c.kind));
        const text = h('small', {}, h('bdi', {}, c.lastMessage?.text || t('message.file')));
        const name = h('button', open, vh(t('unread', { n: c.unread })), lead);
        const when = h('time', { datetime: c.lastAt }, stamp(new Date(c.lastAt ?? 0)));
        return h(
            'li',
            { class: 'unread' },
            face(c, person),
            h('span', { class: 'n' }, name, text),
            h('span', { class: 'count', 'aria-hidden': 'true' }, String(c.unread)),
            when,
        );
    };
    return h('ul', { class: 'rows' }, unread.slice(0, ROWS).map(row));
}

/** @param {import('../shell/app.js').App} app @param {Person[]} people */
function peopleList(app, people) {
    if (people.length === 0) return h('p', { class: 'quiet' }, t('dock.empty'));
    const row = (/** @type {Person} */ p) => {
        const extension = t('person.extension', { extension: p.extension });
        const label = t('dock.chat-with', { name: p.name });
        const run = () => app.startWith({ kind: 'chat', users: [p.id] });
        const button =
            p.canChat &&
            h(
                'button',
                { class: 'ib', type: 'button', 'aria-label': label, title: label, onclick: run },
                icon('chat', 17),
            );
        const name = h('span', { class: 'n' }, h('b', {}, p.name), h('small', { class: 'num' }, extension));
        return h('li', {}, avatar(p.name), name, indicators(p), button || h('span', { class: 'no-button' }));
    };
    const online = [...people].sort((a, b) => Number(b.presence === 'online') - Number(a.presence === 'online'));
    return h('ul', { class: 'rows people' }, online.slice(0, ROWS).map(row));
}

/** @param {Session} session */
function numberList({ numbers }) {
    if (numbers.length === 0) return h('p', { class: 'quiet' }, t('home.no-number'));
    return h(
        'dl',
        { class: 'kv' },
        numbers.flatMap((n) => [h('dt', {}, n.label || t('home.number')), h('dd', {}, tel(n.formatted))]),
    );
}

/**
 * What is switched off, in the words of the gate. Who administers is not told to ask whoever does.
 * @param {Session} session
 */
function closedGates(session) {
    const { features, user } = session;
    const why = () => h('a', { href: `/admin/users/${user.id}`, 'data-page': '' }, t('home.closed.why'));
    const words = (/** @type {string} */ id) =>
        administers(session) ? [t(`home.closed.${id}`), ' ', why()] : said(features[id].id, features[id].reason);
    return ['sms', 'chat']
        .filter((id) => features[id] && !features[id].isOpen && features[id].reason)
        .map((id) => h('p', { class: 'gate', role: 'status' }, icon('lock', 16), h('span', {}, words(id))));
}
