import { t } from '../i18n/index.js';
import { css, h } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { titleText } from '../lib/parts.js';
import { ChatBox } from './chat-box.js';
import { FoldedPill } from './folded-pill.js';
import './contact-dock.js';
import './new-chat.js';

const sheets = await Promise.all([css('shared.css'), css('controls.css'), css('dock.css')]);

/** Widths in pixels, as in the style sheets; used to find out how many boxes fit. */
const CONTACTS = matchMedia('(pointer: coarse)').matches ? 340 : 300;
const WIDTH = { contacts: CONTACTS + 40, box: 340 + 12, chip: 256 + 12, more: 80 };

/** <pbx-dock-row> : the row along the bottom edge, contacts first, the newest box beside them. Boxes are light DOM. */
export class Dock extends HTMLElement {
    /** @type {import('../shell/app.js').App} */
    app;
    #done = new AbortController();
    /** @type {Map<string, ChatBox | import('./new-chat.js').NewChat>} */
    #boxes = new Map();
    /** @type {string | null} the box that gets the focus when it is there */
    #focus = null;
    /** @type {string[]} boxes for which there is no room */
    #hidden = [];
    #narrow = matchMedia('(max-width: 40rem)');

    constructor() {
        super();
        const root = this.attachShadow({ mode: 'open' });
        root.adoptedStyleSheets = sheets;
        this.more = h('button', { class: 'btn more', type: 'button' });
        const menu = menuButton(this.more, () => this.#hiddenItems());
        this.moreWrap = h('div', { class: 'overflow', hidden: true }, this.more, menu);
        this.told = h('div', { class: 'vh', role: 'status' });
        this.folded = new FoldedPill((id) => this.app.openBox(id));
        root.append(h('div', { class: 'bar' }, h('slot'), this.moreWrap), this.folded.el, this.told);
    }

    connectedCallback() {
        const { signal } = this.#done;
        this.contacts = /** @type {import('./contact-dock.js').ContactDock} */ (h('pbx-contact-dock'));
        this.contacts.app = this.app;
        this.append(this.contacts);
        this.foldContacts(false);
        this.app.store.watch((state) => this.#update(state), signal);
        addEventListener('resize', () => this.#update(this.app.store.state), { signal });
        document.addEventListener('focusin', (event) => this.#reveal(event.target), { signal });
        this.#update(this.app.store.state);
    }

    disconnectedCallback() {
        this.#done.abort();
        for (const box of this.#boxes.values()) box.end();
    }

    /**
     * Gives the box the focus as soon as it is there.
     * @param {string} id
     */
    focusBox(id) {
        this.#focus = id;
        // On a phone the contacts cover everything: they have done their work.
        if (this.#narrow.matches) this.foldContacts(true);
        this.#giveFocus();
    }

    /**
     * Folds the contacts, or unfolds them where there is room.
     * @param {boolean} isFolded
     */
    foldContacts(isFolded) {
        this.contacts?.toggleAttribute('collapsed', isFolded || this.#narrow.matches);
    }

    /**
     * Whether a box lies over the whole page: on a phone.
     * @param {State} state
     */
    isCovered({ boxes }) {
        return this.#narrow.matches && boxes.some((box) => !box.isMinimised);
    }

    /** On a phone: takes away the contacts or the box over the page; says whether there was one. */
    uncover() {
        if (!this.#narrow.matches) return false;
        const open = [...this.#boxes].find(([, box]) => !box.hidden && !box.hasAttribute('minimised'));
        const hasContacts = !this.contacts?.hasAttribute('collapsed');
        if (hasContacts) this.foldContacts(true);
        else if (open?.[0] === 'new') this.app.closeBox('new');
        else if (open) this.app.minimiseBox(open[0]);
        return hasContacts || open !== undefined;
    }

    /**
     * Says in one line what came in where nobody looks.
     * @param {string} words
     */
    announce(words) {
        this.told.textContent = words;
    }

    /** @param {State} state */
    #update(state) {
        const ids = new Set(state.boxes.map((box) => box.id));
        for (const [id, box] of this.#boxes) {
            if (ids.has(id)) continue;
            if (box.matches(':focus-within')) this.#keepFocus();
            box.end();
            box.remove();
            this.#boxes.delete(id);
        }
        let before = /** @type {Element} */ (this.contacts);
        for (const { id } of state.boxes) {
            const box = this.#boxes.get(id) ?? this.#make(id);
            this.#boxes.set(id, box);
            // Moving a box costs its focus and its scroll place: only one that is out of place moves.
            if (before.nextElementSibling !== box) before.after(box);
            before = box;
        }
        this.contacts?.update(state);
        for (const box of this.#boxes.values()) box.update(state);
        this.#fit(state);
        this.#giveFocus();
    }

    /** @param {string} id */
    #make(id) {
        const box = /** @type {ChatBox | import('./new-chat.js').NewChat} */ (
            h(id === 'new' ? 'pbx-new-chat' : 'pbx-chat-box')
        );
        box.app = this.app;
        if (box instanceof ChatBox) box.conversationId = id;
        return box;
    }

    /**
     * The oldest boxes that find no room go into the menu "+2"; a phone shows one, full screen.
     * @param {State} state
     */
    #fit(state) {
        let room = innerWidth - WIDTH.contacts;
        /** @type {string[]} */
        const hidden = [];
        state.boxes.forEach(({ id, isMinimised }, i) => {
            const width = isMinimised ? WIDTH.chip : WIDTH.box;
            const isLast = i === state.boxes.length - 1;
            const isFirstOpen = state.boxes.findIndex((box) => !box.isMinimised) === i;
            const fits = this.#narrow.matches
                ? isFirstOpen
                : room >= width + (isLast && hidden.length === 0 ? 0 : WIDTH.more);
            const isShown = hidden.length === 0 || this.#narrow.matches ? fits : false;
            room -= width;
            if (!isShown && i > 0) hidden.push(id);
            const box = this.#boxes.get(id);
            if (box) box.hidden = !isShown && (i > 0 || this.#narrow.matches);
        });
        this.#showFolded(state);
        this.#hidden = this.#narrow.matches ? [] : hidden;
        this.moreWrap.hidden = this.#hidden.length === 0;
        const isFresh = this.#hidden.some((id) => this.#boxes.get(id)?.hasAttribute('fresh'));
        this.more.classList.toggle('fresh', isFresh);
        this.more.textContent = isFresh ? t('dock.more-new', { n: this.#hidden.length }) : `+${this.#hidden.length}`;
        this.more.setAttribute('aria-label', t('dock.more', { n: this.#hidden.length }));
    }

    /** @param {State} state */
    #showFolded({ boxes, conversations }) {
        const folded = this.#narrow.matches ? boxes.filter((box) => box.isMinimised) : [];
        this.folded.show(folded.flatMap(({ id }) => conversations.get(id) ?? []));
    }

    #hiddenItems() {
        const { conversations } = this.app.store.state;
        return this.#hidden.map((id) => {
            const conversation = conversations.get(id);
            const text = conversation ? titleText(conversation) : t('new.title');
            return { icon: 'chat', text, run: () => this.app.raiseBox(id) };
        });
    }

    /** Whoever closes a box by keys goes on beside it, not at the top of the page. */
    #keepFocus() {
        requestAnimationFrame(() => {
            if (document.activeElement === document.body && !this.#focus) this.contacts?.start?.focus();
        });
    }

    #giveFocus() {
        const box = this.#focus && this.#boxes.get(this.#focus);
        if (!box || box.hidden) return;
        if (box.focusComposer()) this.#focus = null;
    }

    /** WCAG 2.4.11: what gets the focus must not lie under a box. The page gets room and is scrolled clear. */
    #reveal(/** @type {any} */ el) {
        if (!(el instanceof Element) || this.contains(el) || el.closest('header.top')) return;
        const r = el.getBoundingClientRect();
        const over = [...this.children]
            .map((child) => child.getBoundingClientRect())
            .find((b) => b.height && r.right > b.left && r.left < b.right && r.bottom > b.top && r.top < b.bottom);
        if (!over || r.height > innerHeight / 2) return;
        document.documentElement.style.setProperty('--pbx-dock-space', `${Math.ceil(innerHeight - over.top)}px`);
        scrollBy(0, r.bottom - over.top + 24);
    }
}
customElements.define('pbx-dock-row', Dock);
