/** The pill above the composer that says how many messages came while the reader was further up. */
import { t } from '../i18n/index.js';
import { h, icon } from './h.js';

export class JumpPill {
    #waiting = 0;

    /** @param {() => void} jump */
    constructor(jump) {
        this.button = h('button', { class: 'btn', type: 'button', onclick: jump });
        this.el = h('div', { class: 'jump', hidden: true }, this.button);
    }

    /** @param {number} n */
    add(n) {
        this.#show(this.#waiting + n);
    }

    clear() {
        this.#show(0);
    }

    /** @param {number} waiting */
    #show(waiting) {
        if (waiting === this.#waiting) return;
        this.#waiting = waiting;
        this.el.hidden = waiting === 0;
        if (waiting > 0) this.button.replaceChildren(icon('arrowDown', 15), t('log.new-messages', { n: waiting }));
    }
}
