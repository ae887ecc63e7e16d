/**
 * The log of one conversation. Nodes are made once and only dressed again (classes, the line below): a live region
 * that is rebuilt reads the whole conversation aloud. A reader who has scrolled up is never pulled away.
 */
import { t } from '../i18n/index.js';
import { h } from './h.js';
import { JumpPill } from './jump-pill.js';
import { LogList } from './log-list.js';
import { MessageActions } from './message-actions.js';
import { dressRow, makeRow } from './row-node.js';

/** Nearer to the end than this, in pixels, is at the end. */
const NEAR = 24;
/** Nearer to the top than this, older messages are fetched. */
const TOP = 80;

/**
 * @typedef {object} ThreadOptions
 * @property {() => import('./bubble.js').WhoOf} who the same function as long as it says the same
 * @property {() => Promise<void>} loadOlder
 * @property {(message: Message) => void} retry
 * @property {(message: Message) => void} remove
 * @property {(message: Message) => void} sendNow what waits for the morning
 * @property {(message: Message) => void} cancel what waits for the morning
 * @property {(row: MessageRow) => (import('./menu.js').Item | '-')[]} items what a message's menu offers
 * @property {() => void} onEnd the newest message has come into view
 * @property {() => Promise<void>} [loadNewer] while `isPartial`, what follows
 */

export class Thread {
    #options;
    #lines;
    #isPinned = true;
    #top = 0;
    #isLoading = false;
    #hasOlder = false;
    /** @type {string | null} key of the last message */
    #last = null;
    /** What is shown ends before the conversation does: there is no end to stay at. */
    isPartial = false;

    /** @param {ThreadOptions} options */
    constructor(options) {
        this.#options = options;
        this.older = h(
            'div',
            { class: 'older', hidden: true },
            h('button', { class: 'btn', type: 'button', onclick: () => this.#loadOlder() }, t('log.earlier')),
        );
        this.begin = h('p', { class: 'begin', hidden: true }, t('log.begin'));
        this.#lines = new LogList((row) => makeRow(row, options.who()));
        this.list = this.#lines.el;
        this.log = h('div', { class: 'log', role: 'log', tabindex: 0, onscroll: () => this.#scrolled() });
        this.log.append(this.begin, this.older, this.list);
        this.pill = new JumpPill(() => this.toEnd(true));
        this.el = h('div', { class: 'wrap' }, this.log, this.pill.el);
        this.actions = new MessageActions(this.log, this.el, options);
        // The box grew, a picture or a font arrived.
        const keep = new ResizeObserver(() => this.#isPinned && this.toEnd());
        keep.observe(this.log);
        keep.observe(this.list);
    }

    get isAtEnd() {
        return this.#isPinned;
    }

    /** @param {Row[]} rows @param {boolean} hasOlder @param {string} label names the log */
    show(rows, hasOlder, label) {
        this.log.setAttribute('aria-label', label);
        const isFirst = this.#lines.isEmpty;
        const messages = rows.filter((row) => row.type === 'message');
        const lastAt = messages.findIndex((row) => row.key === this.#last);
        const added = lastAt < 0 ? [] : messages.slice(lastAt + 1);
        const isPrepending = !isFirst && added.length === 0;
        this.#hasOlder = hasOlder;
        // aria-busy holds announcements back while history is put in.
        if (isFirst || isPrepending) this.#quietly(() => this.#place(rows));
        else this.#place(rows);
        this.#last = messages.at(-1)?.key ?? null;
        this.#follow(added, isFirst);
    }

    /** @param {any[]} added @param {boolean} isFirst */
    #follow(added, isFirst) {
        if (added.some((row) => row.isMine && !this.#isPinned)) this.#isPinned = !this.isPartial;
        if (this.isPartial) return;
        if (isFirst) this.toStart();
        else if (this.#isPinned) this.toEnd();
        else this.pill.add(added.filter((row) => !row.isMine).length);
    }

    /** Where reading begins: at the line "New" if there is one and it would be out of view, else at the end. */
    toStart() {
        this.toEnd();
        const line = this.list.querySelector('.new');
        if (!line) return;
        const offset = line.getBoundingClientRect().top - this.log.getBoundingClientRect().top;
        if (offset >= 0) return;
        this.log.scrollTop += offset - 8;
        this.#isPinned = false;
        this.#top = this.log.scrollTop;
    }

    /**
     * Brings a message into the middle and marks it, until another one is.
     * @param {string} key
     */
    reveal(key) {
        const node = this.#lines.node(key);
        if (!node) return;
        this.list.querySelector('[data-hit]')?.removeAttribute('data-hit');
        node.setAttribute('data-hit', '');
        node.tabIndex = -1;
        const [log, it] = [this.log.getBoundingClientRect(), node.getBoundingClientRect()];
        this.#isPinned = false;
        this.log.scrollTop += it.top - log.top - (log.height - it.height) / 2;
        this.#top = this.log.scrollTop;
        node.focus({ preventScroll: true });
    }

    /** The log was out of the page and has lost its scroll place. */
    restore() {
        if (this.#isPinned) this.toEnd();
        else this.log.scrollTop = this.#top;
    }

    toEnd(isSmooth = false) {
        const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        this.#isPinned = true;
        this.pill.clear();
        this.log.scrollTo({ top: this.log.scrollHeight, behavior: isSmooth && !isCalm ? 'smooth' : 'instant' });
        this.#top = this.log.scrollTop;
        if (isSmooth) this.#options.onEnd();
    }

    /** @param {Row[]} rows */
    #place(rows) {
        const anchor = this.#isPinned ? null : this.#lines.firstBelow(this.log.getBoundingClientRect().top);
        const before = anchor?.getBoundingClientRect().top ?? 0;
        this.older.hidden = !this.#hasOlder;
        this.begin.hidden = rows.length > 0;
        const nodes = this.#lines.place(rows);
        const who = this.#options.who();
        rows.forEach((row, i) => row.type === 'message' && this.#dress(nodes[i], row, who));
        if (!anchor?.isConnected) return;
        // WebKit has no scroll anchoring, so the first visible message is kept where it is by hand.
        this.log.scrollTop += anchor.getBoundingClientRect().top - before;
        this.#top = this.log.scrollTop;
    }

    /**
     * @param {any} node
     * @param {MessageRow} row
     * @param {import('./bubble.js').WhoOf} who
     */
    #dress(node, row, who) {
        if (node.who === who && isSame(node.row, row)) return;
        const { message } = row;
        Object.assign(node, { row, who });
        const { retry, remove, sendNow, cancel } = this.#options;
        dressRow(node, row, {
            ...who(row),
            retry: () => retry(message),
            remove: () => remove(message),
            sendNow: () => sendNow(message),
            cancel: () => cancel(message),
        });
    }

    async #loadOlder() {
        if (this.#isLoading || !this.#hasOlder) return;
        this.#isLoading = true;
        try {
            await this.#options.loadOlder();
        } finally {
            this.#isLoading = false;
        }
    }

    async #loadNewer() {
        if (this.#isLoading) return;
        this.#isLoading = true;
        await this.#options.loadNewer?.().finally(() => (this.#isLoading = false));
    }

    /** @param {() => void} deed */
    #quietly(deed) {
        this.log.setAttribute('aria-busy', 'true');
        deed();
        requestAnimationFrame(() => this.log.removeAttribute('aria-busy'));
    }

    #scrolled() {
        const away = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
        const wasPinned = this.#isPinned;
        // Only the reader's own move up lets go; content growing below does not.
        if (away < NEAR) this.#isPinned = !this.isPartial;
        else if (this.log.scrollTop < this.#top - 1) this.#isPinned = false;
        const isUpward = this.log.scrollTop < this.#top;
        this.#top = this.log.scrollTop;
        if (isUpward && this.log.scrollTop < TOP) this.#loadOlder();
        if (this.isPartial && !isUpward && away < TOP) this.#loadNewer();
        if (!this.#isPinned || wasPinned) return;
        this.pill.clear();
        this.#options.onEnd();
    }
}

/** @param {MessageRow} a @param {MessageRow} b */
const isSame = (a, b) =>
    a.message === b.message &&
    a.isMine === b.isMine &&
    a.isFirst === b.isFirst &&
    a.isLast === b.isLast &&
    a.via === b.via;
