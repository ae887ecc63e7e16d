/** The bell in the top bar: how many conversations have something new, and the list of them, on every page. */
import { face } from '../components/chat-head.js';
import { t } from '../i18n/index.js';
import { stamp } from '../lib/format.js';
import { h, icon, vh } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { count, tag, titleParts } from '../lib/parts.js';
import { newestFirst } from '../lib/state.js';

/** Rows of the list; the rest is one click away. */
const ROWS = 7;

export class Bell {
    #app;
    #shown = -1;

    /** @param {import('./app.js').App} app @param {(path: string) => void} go */
    constructor(app, go) {
        this.#app = app;
        this.go = go;
        this.button = h('button', { class: 'ib bell', type: 'button', title: t('bell.label') });
        this.menu = menuButton(this.button, () => this.#items());
        this.menu.classList.add('bell-menu');
        this.menu.setAttribute('aria-label', t('bell.label'));
    }

    /** @param {number} unread conversations */
    show(unread) {
        if (unread === this.#shown) return;
        this.#shown = unread;
        const label = unread > 0 ? t('bell.label-new', { n: unread }) : t('bell.label');
        this.button.setAttribute('aria-label', label);
        const badge = unread > 0 && count(unread, '');
        this.button.replaceChildren(...[icon('bell', 18), badge].filter(Boolean));
    }

    #items() {
        const { state } = this.#app.store;
        const unread = newestFirst(state).filter((c) => c.unread > 0);
        const all = { icon: 'chat', text: t('bell.all'), run: () => this.go('/messages') };
        if (unread.length === 0) return [{ heading: t('bell.none') }, /** @type {'-'} */ ('-'), all];
        const more = unread.length - ROWS;
        if (more > 0) all.text = t('bell.more', { n: more });
        const items = unread.slice(0, ROWS).map((c) => ({
            text: /** @type {any} */ (row(c, state)),
            run: () => void this.#app.openBox(c.id),
        }));
        return [...items, /** @type {'-'} */ ('-'), all];
    }
}

/** @param {Conversation} c @param {State} state */
function row(c, state) {
    const person = state.people.find((one) => one.id === c.members[0]?.id);
    const lead = h('span', { class: 'lead' }, h('b', {}, titleParts(c)), tag(c.kind));
    const text = h('small', {}, h('bdi', {}, c.lastMessage?.text || t('message.file')));
    const when = h('time', { datetime: c.lastAt }, stamp(new Date(c.lastAt ?? 0)));
    const news = count(c.unread, t('unread', { n: c.unread }));
    return [face(c, person), h('span', { class: 'n' }, lead, vh(' '), text), h('span', { class: 'when' }, when, news)];
}
