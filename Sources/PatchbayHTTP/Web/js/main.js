/** The portal: finds out who is here and shows the sign-in page, or the top bar, a page and the dock. */
import './shell/theme.js';
import './components/dock.js';
import { t } from './i18n/index.js';
import { h, icon } from './lib/h.js';
import { homePage } from './pages/home.js';
import { messagesPage } from './pages/messages.js';
import { signInPage } from './pages/sign-in.js';
import { App } from './shell/app.js';
import { Router } from './shell/router.js';
import { TopBar } from './shell/top-bar.js';

/** @typedef {{title: string, el: any, end: () => void}} Page */

const app = new App();
const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const router = new Router((path) => showPage(path, true));
/** @type {Page | null} */
let page = null;
/** @type {any[]} what is on screen besides the page */
let frame = [];
/** @type {TopBar | null} */
let bar = null;

app.store.watch((state, before) => {
    if (state.phase !== before.phase) {
        if (state.phase === 'in') enter(state);
        if (state.phase === 'out') leave();
    }
    document.documentElement.dataset.link = state.link;
    if (state.session && bar) bar.show(state.session, location.pathname);
    if (state.session) title(state.session);
});

/** @param {State} state */
function enter(state) {
    const session = /** @type {Session} */ (state.session);
    clear();
    bar = new TopBar(app, session);
    bar.el.addEventListener('pbx-go', (/** @type {CustomEvent} */ event) => router.go(event.detail));
    const dock = h('pbx-dock', { '.app': app });
    app.dock = dock;
    const skip = h('a', { class: 'skip btn', href: '#main' }, t('skip'));
    const contacts = h('button', { class: 'fab', type: 'button' }, icon('users', 19), t('dock.title'));
    contacts.addEventListener('click', () => dock.contacts.removeAttribute('collapsed'));
    frame = [skip, bar.el, dock, contacts];
    main.before(skip, bar.el);
    document.body.append(contacts, dock);
    document.body.classList.remove('is-out');
    bar.show(session, location.pathname);
    showPage(location.pathname === '/sign-in' ? '/' : location.pathname, false);
}

function leave() {
    clear();
    document.body.classList.add('is-out');
    mount(signInPage(app), false);
}

function clear() {
    for (const el of frame) el.remove();
    frame = [];
    bar = null;
    app.dock = null;
}

/** @param {string} path @param {boolean} isMove whether the reader came from another page */
function showPage(path, isMove) {
    const { session } = app.store.state;
    if (!session) return;
    const isMessages = path.startsWith('/messages');
    mount(isMessages ? messagesPage(app) : homePage(app), isMove);
    // The list of messages is long and wide: the contacts make room for it.
    app.dock?.foldContacts(isMessages);
    bar?.show(session, path);
    title(session);
}

/** @param {Page} next @param {boolean} takesFocus */
function mount(next, takesFocus) {
    page?.end();
    page = next;
    main.replaceChildren(next.el);
    if (takesFocus) main.focus();
    document.title = next.title;
    document.documentElement.dataset.ready = '1';
}

/**
 * The steady count in front of the title is for everybody; it does not move.
 * @param {Session} session
 */
function title({ unread, domain }) {
    const words = `${unread > 0 ? `(${unread}) ` : ''}${page?.title ?? ''} · ${domain.name}`;
    if (document.title !== words) document.title = words;
}

app.begin().catch((error) => {
    const again = h(
        'button',
        { class: 'btn primary tall', type: 'button', onclick: () => location.reload() },
        t('error.again'),
    );
    main.replaceChildren(
        h(
            'div',
            { class: 'empty' },
            icon('alert', 34),
            h('b', {}, t('error.start')),
            h('span', {}, error.message),
            again,
        ),
    );
    document.documentElement.dataset.ready = '1';
});
