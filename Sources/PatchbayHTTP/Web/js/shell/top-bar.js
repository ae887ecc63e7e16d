/** The bar at the top: the domain's name, the pages, and the account menu with the count of missed messages. */
import { t } from '../i18n/index.js';
import { administers } from '../lib/administrator.js';
import { h, icon, svg } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { avatar, count } from '../lib/parts.js';
import { Bell } from './bell.js';
import { slotElements } from './slots.js';
import { setTheme, theme } from './theme.js';

const PAGES = [
    ['/', 'nav.home'],
    ['/messages', 'nav.messages'],
];
const ADMINISTRATION = ['/admin', 'nav.admin'];
const THEMES = /** @type {const} */ ([
    ['light', 'sun'],
    ['dark', 'moon'],
    ['system', 'monitor'],
]);

const HOLES = [
    [13, 7.5],
    [18.5, 7.5],
    [7.5, 18.5],
    [13, 18.5],
];

/**
 * A patch board with one cord: our mark.
 * @param {number} size
 */
export const logo = (size) =>
    svg(
        'svg',
        { width: size, height: size, viewBox: '0 0 26 26', 'aria-hidden': 'true', class: 'mark' },
        svg('rect', { width: 26, height: 26, rx: 7, class: 'ground' }),
        HOLES.map(([cx, cy]) => svg('circle', { cx, cy, r: 1.3, class: 'hole' })),
        svg('path', { d: 'M7.5 7.5c0 8.5 11 2.5 11 11', class: 'cord' }),
        svg('circle', { cx: 7.5, cy: 7.5, r: 2.4, class: 'jack' }),
        svg('circle', { cx: 18.5, cy: 18.5, r: 2.4, class: 'jack' }),
    );

export class TopBar {
    #app;
    #shown = '';

    /** @param {import('./app.js').App} app @param {Session} session @param {(path: string) => void} go */
    constructor(app, session, go) {
        this.#app = app;
        this.go = go;
        this.bell = new Bell(app, go);
        this.administers = administers(session);
        this.pages = this.administers ? [...PAGES, ADMINISTRATION] : PAGES;
        this.links = this.pages.map(([path, key]) => h('a', { href: path, 'data-page': '' }, t(key)));
        this.nav = h('nav', { class: 'nav', 'aria-label': t('nav.label') }, this.links);
        this.me = h('button', { class: 'me', type: 'button' });
        const menu = menuButton(this.me, () => this.#items());
        const home = h(
            'a',
            { class: 'logo', href: '/', 'data-page': '' },
            logo(26),
            h('span', {}, session.domain.name),
        );
        home.setAttribute('aria-label', t('nav.home-of', { name: session.domain.name }));
        const end = h('div', { class: 'end' }, this.#theme(), this.bell.button, this.bell.menu, this.me, menu);
        this.el = h('header', { class: 'top' }, home, this.nav, end);
        slotElements(session, 'nav', app).then((elements) => this.nav.append(...elements));
    }

    /** @param {Session} session @param {string} path */
    show(session, path) {
        this.links.forEach((link, i) => {
            const isHere = i === 0 ? path === '/' : path.startsWith(this.pages[i][0]);
            if (isHere) link.setAttribute('aria-current', 'page');
            else link.removeAttribute('aria-current');
        });
        const { user, unread } = session;
        this.bell.show(unread);
        if (this.#shown === `${user.name} ${unread}`) return;
        this.#shown = `${user.name} ${unread}`;
        const missed = t('missed', { n: unread });
        this.me.setAttribute(
            'aria-label',
            unread > 0 ? t('account.menu-missed', { name: user.name, missed }) : t('account.menu', { name: user.name }),
        );
        const badge = unread > 0 && count(unread, missed);
        this.me.replaceChildren(
            ...[avatar(user.name), badge, h('span', { class: 'nm' }, user.name), icon('down', 15)].filter(Boolean),
        );
    }

    #items() {
        const unread = this.#app.store.state.session?.unread ?? 0;
        const end = unread > 0 && count(unread, t('missed', { n: unread }));
        const { session } = this.#app.store.state;
        const administration = { icon: 'shield', text: t('nav.admin'), run: () => this.go('/admin') };
        return [
            { heading: t('account.messages') },
            { icon: 'chat', text: t('account.chat-and-sms'), run: () => this.go('/messages'), end },
            /** @type {'-'} */ ('-'),
            { icon: 'bell', text: t('account.notifications'), run: () => this.go('/settings') },
            { icon: 'cog', text: t('account.settings'), run: () => this.go('/settings/appearance') },
            { icon: 'lock', text: t('account.account'), run: () => this.go('/settings/account') },
            ...(session && administers(session) ? [administration] : []),
            /** @type {'-'} */ ('-'),
            { icon: 'signOut', text: t('account.sign-out'), run: () => this.#app.try(() => this.#app.actions.signOut()) },
        ];
    }

    #theme() {
        const button = h('button', {
            class: 'ib',
            type: 'button',
            'aria-label': t('theme.label'),
            title: t('theme.label'),
        });
        const draw = () => button.replaceChildren(icon(THEMES.find(([name]) => name === theme())?.[1] ?? 'sun', 17));
        const choice = (/** @type {typeof THEMES[number]} */ [name, glyph]) => ({
            icon: glyph,
            text: t(`theme.${name}`),
            checked: theme() === name,
            run: () => {
                setTheme(name);
                draw();
            },
        });
        draw();
        return [button, menuButton(button, () => THEMES.map(choice))];
    }
}
