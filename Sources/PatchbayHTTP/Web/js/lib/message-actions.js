/**
 * What can be done with one message: a button that follows the mouse, a long press, or keys. Arrows go from message to
 * message, Enter opens the menu, Delete deletes. One button serves the whole log.
 */
import { t } from '../i18n/index.js';
import { openMenu } from './menu.js';
import { iconButton } from './parts.js';

/** A finger that rests this long, in milliseconds, asks for the menu. */
const LONG_PRESS = 500;

/**
 * @typedef {object} MessageActionsOptions
 * @property {(row: MessageRow) => (import('./menu.js').Item | '-')[]} items what the menu offers
 * @property {(message: Message) => void} remove
 */

export class MessageActions {
    #log;
    #wrap;
    #options;
    /** @type {any} the message that the button belongs to */
    #node = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #press;

    /** @param {any} log @param {any} wrap holds the log and the button @param {MessageActionsOptions} options */
    constructor(log, wrap, options) {
        this.#log = log;
        this.#wrap = wrap;
        this.#options = options;
        const label = t('message.options');
        const run = () => this.#open(this.button);
        this.button = iconButton('dots', label, run, { kind: 'more', size: 16 });
        this.button.tabIndex = -1;
        this.button.hidden = true;
        wrap.append(this.button);
        log.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event));
        log.addEventListener('pointerover', (/** @type {PointerEvent} */ event) => this.#over(event));
        log.addEventListener('scroll', () => this.#leave());
        wrap.addEventListener('pointerleave', () => this.#leave());
        this.#touch();
    }

    #touch() {
        const end = () => clearTimeout(this.#press);
        this.#log.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
            end();
            const node = at(event);
            if (event.pointerType === 'mouse' || !node) return;
            this.#press = setTimeout(() => this.#show(node, node.querySelector('.b') ?? node), LONG_PRESS);
        });
        for (const type of ['pointerup', 'pointercancel', 'pointerleave']) this.#log.addEventListener(type, end);
        this.#log.addEventListener('scroll', end);
        this.#log.addEventListener('contextmenu', (/** @type {PointerEvent} */ event) => {
            // The long press of the system would cover our menu. A mouse keeps its own.
            if (event.pointerType === 'touch') event.preventDefault();
        });
    }

    /** @param {PointerEvent} event */
    #over(event) {
        const node = at(event);
        if (event.pointerType !== 'mouse' || !node || node === this.#node) return;
        const bubble = (node.querySelector('.b') ?? node).getBoundingClientRect();
        const room = this.#wrap.getBoundingClientRect();
        this.#node = node;
        const isOnTheLeft = bubble.left - room.left > room.right - bubble.right;
        const left = isOnTheLeft ? bubble.left - room.left - 34 : bubble.right - room.left + 2;
        this.button.style.setProperty('left', `${Math.round(left)}px`);
        this.button.style.setProperty('top', `${Math.round(bubble.top - room.top + bubble.height / 2 - 14)}px`);
        this.button.hidden = bubble.top + bubble.height / 2 < room.top + 14;
    }

    #leave() {
        this.#node = null;
        this.button.hidden = true;
    }

    /** @param {any} anchor */
    #open(anchor) {
        if (this.#node) this.#show(this.#node, anchor);
    }

    /** @param {any} node @param {any} anchor */
    #show(node, anchor) {
        openMenu(this.#wrap, anchor, t('message.options'), this.#options.items(node.row));
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        const target = /** @type {any} */ (event.target);
        const isMessage = target.matches('.m');
        if (target !== this.#log && !isMessage) return;
        const all = /** @type {any[]} */ ([...this.#log.querySelectorAll('.m')]);
        const here = all.indexOf(target);
        if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            const step = event.key === 'ArrowUp' ? -1 : 1;
            const next = all[isMessage ? here + step : all.length - 1];
            if (!next) return;
            event.preventDefault();
            next.focus();
        } else if (isMessage && ['Delete', 'Backspace'].includes(event.key)) {
            event.preventDefault();
            (all[here + 1] ?? all[here - 1] ?? this.#log).focus();
            this.#options.remove(target.row.message);
        } else if (isMessage && ['Enter', 'ContextMenu'].includes(event.key)) {
            event.preventDefault();
            this.#show(target, target.querySelector('.b') ?? target);
        }
    }
}

/** @param {Event} event @returns {any} the message under it */
const at = (event) => /** @type {Element} */ (event.target).closest('.m');
