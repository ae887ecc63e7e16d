/** The portal: finds out who is here and shows the sign-in page, or the top bar, a page and the dock. */
import './shell/theme.js';
import './components/call-bar.js';
import './components/dock.js';
import { t, useLanguage } from './i18n/index.js';
import { administers } from './lib/administrator.js';
import { ApiError } from './lib/api-error.js';
import { h, icon } from './lib/h.js';
import { preferencesOf } from './lib/preferences.js';
import { holdTab } from './live/tab.js';
import { conversationPage } from './pages/conversation.js';
import { homePage } from './pages/home.js';
import { messagesPage } from './pages/messages.js';
import { settingsPage } from './pages/settings.js';
import { signInPage } from './pages/sign-in.js';
import { App } from './shell/app.js';
import { Bars } from './shell/bars.js';
import { watchKeys } from './shell/keys.js';
import { Router } from './shell/router.js';
import { slotElements } from './shell/slots.js';
import { toast } from './shell/toast.js';
import { TopBar } from './shell/top-bar.js';

/** @typedef {{title: string, el: any, end: () => void}} Page */

const app = new App();
const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const router = new Router(
    (path) => showPage(path, true),
    () => app.dock?.uncover() ?? false,
);
app.go = (/** @type {string} */ path) => router.go(path);
/** @type {Page | null} */
let page = null;
/** @type {any[]} what is on screen besides the page */
let frame = [];
/** @type {TopBar | null} */
let bar = null;
/** @type {Bars | null} */
let bars = null;
/** @type {string | null} the language that the frame is in, as its reader chose it */
let shownLanguage = null;
holdTab();
watchKeys(app, (/** @type {string} */ path) => router.go(path));

app.store.watch((state, before) => {
    if (state.phase === 'out' && before.phase !== 'out') leave();
    const { language, density } = preferencesOf(state);
    if (state.phase === 'in' && language !== shownLanguage) {
        shownLanguage = language;
        useLanguage(language).then(enter, enter);
    }
    if (state.boxes !== before.boxes && app.dock?.isCovered(state)) router.covered();
    document.documentElement.dataset.link = state.link;
    document.documentElement.dataset.density = density;
    // What somebody may do has changed: what they may not see goes, what they may comes.
    if (state.session && bar && bar.administers !== administers(state.session)) enter();
    if (state.session && bar) bar.show(state.session, location.pathname);
    if (state.session) title(state.session);
});

/** Puts up what every page has; also when the language has changed: all of it is made anew. */
function enter() {
    const { session } = app.store.state;
    if (!session) return;
    const focused = document.activeElement?.id;
    clear();
    const go = (/** @type {string} */ path) => router.go(path);
    bar = new TopBar(app, session, go);
    bars = new Bars(app, go);
    const dock = h('pbx-dock-row', { '.app': app });
    app.dock = dock;
    const skip = h('a', { class: 'skip btn', href: '#main' }, t('skip'));
    const contacts = h('button', { class: 'fab', type: 'button' }, icon('users', 19), t('dock.title'));
    contacts.addEventListener('click', () => {
        dock.contacts.removeAttribute('collapsed');
        router.covered();
    });
    const callBar = h('pbx-call-bar', { '.app': app });
    const notices = h('div', { class: 'plugin-notices' });
    slotElements(session, 'shell.notice', app).then((elements) => notices.append(...elements));
    frame = [skip, bar.el, bars.el, dock, contacts, callBar, notices];
    main.before(skip, bar.el, bars.el);
    document.body.append(contacts, dock, callBar, notices);
    document.body.classList.remove('is-out');
    bar.show(session, location.pathname);
    showPage(location.pathname === '/sign-in' ? '/' : location.pathname, false);
    openAsked();
    // The language was changed: its list is where the reader is.
    if (focused) document.getElementById(focused)?.focus();
}

/** A notification that was clicked while no tab was open names its conversation in the address. */
function openAsked() {
    const id = new URLSearchParams(location.search).get('conversation');
    if (!id) return;
    history.replaceState(null, '', location.pathname);
    app.openBox(id);
}

function leave() {
    clear();
    shownLanguage = null;
    document.body.classList.add('is-out');
    const show = () => app.store.state.phase === 'out' && mount(signInPage(app), false);
    useLanguage('auto').then(show, show);
}

function clear() {
    for (const el of frame) el.remove();
    frame = [];
    bar = null;
    bars?.end();
    bars = null;
    app.dock = null;
}

/** @param {string} path @param {boolean} isMove whether the reader came from another page */
function showPage(path, isMove) {
    const { session } = app.store.state;
    if (!session) return;
    const isMessages = path.startsWith('/messages');
    const isSettings = path.startsWith('/settings');
    const isAdmin = path.startsWith('/admin') && administers(session);
    if (isAdmin) administration(path, isMove);
    else mount(isMessages ? messages(path) : isSettings ? settingsPage(app, path) : homePage(app), isMove);
    // The list of messages is wide, and the settings have their switches where the contacts stand: they make room.
    app.dock?.foldContacts(isMessages || isSettings || isAdmin);
    bar?.show(session, path);
    bars?.arrived(path);
    title(session);
}

/**
 * Its code comes when somebody opens it: most people never do.
 * @param {string} path
 * @param {boolean} isMove
 */
async function administration(path, isMove) {
    main.setAttribute('aria-busy', 'true');
    try {
        const { adminPage } = await import('./pages/admin/page.js');
        const next = await adminPage(app, path);
        const isWanted = location.pathname === path && app.store.state.phase === 'in';
        if (!isWanted) return next.end();
        mount(next, isMove);
        if (app.store.state.session) title(app.store.state.session);
    } catch (error) {
        toast(error instanceof ApiError ? error.message : t('error.network'));
        reportError(error);
    } finally {
        main.removeAttribute('aria-busy');
    }
}

/** @param {string} path the list, or one conversation, at one of its messages perhaps */
function messages(path) {
    if (path === '/messages/settings') return settingsPage(app, '/settings');
    const [, id, sequence] = path.match(/^\/messages\/([^/]+)(?:\/(\d+))?$/) ?? [];
    return id ? conversationPage(app, decodeURIComponent(id), sequence ? Number(sequence) : null) : messagesPage(app);
}

/** @param {Page} next @param {boolean} takesFocus */
function mount(next, takesFocus) {
    page?.end();
    page = next;
    main.replaceChildren(next.el);
    if (takesFocus) {
        // A page begins at its top, with the lines above it in view.
        scrollTo(0, 0);
        main.focus({ preventScroll: true });
    }
    app.title.own = next.title;
    document.documentElement.dataset.ready = '1';
}

/**
 * The steady count in front of the title is for everybody; it does not move.
 * @param {Session} session
 */
function title({ unread, domain }) {
    app.title.own = `${unread > 0 ? `(${unread}) ` : ''}${page?.title ?? ''} · ${domain.name}`;
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
