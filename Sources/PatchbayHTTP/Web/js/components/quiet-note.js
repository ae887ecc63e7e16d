/** Says above the composer that it is night for the recipient, and asks before a message is sent into it. */
import { t } from '../i18n/index.js';
import { openDialog } from '../lib/dialog.js';
import { h, icon } from '../lib/h.js';
import { holdWords, isHeld } from '../lib/holds.js';

/** The time there is shown to the minute. */
const TICK = 20_000;
/** Somebody who types is told no later than this, in milliseconds, that it has become night. */
const FRESH_FOR = 60_000;

export class QuietNote {
    #renew;
    #renewedAt = Date.now();
    /** @type {Hold | null | undefined} */
    #hold;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #ticking;

    /** @param {() => void} renew asks the server anew */
    constructor(renew) {
        this.#renew = renew;
        this.words = h('span');
        this.el = h('div', { class: 'claim', hidden: true }, icon('later', 16), this.words);
        this.el.setAttribute('role', 'status');
    }

    /** @param {Hold | null | undefined} hold */
    show(hold) {
        if (hold?.until === this.#hold?.until && hold?.timeZone === this.#hold?.timeZone) return;
        this.#hold = hold;
        this.#renewedAt = Date.now();
        clearInterval(this.#ticking);
        if (hold) this.#ticking = setInterval(() => this.#tick(), TICK);
        this.#tick();
    }

    /** Somebody types: what is known may be old. */
    typed() {
        if (Date.now() - this.#renewedAt < FRESH_FOR) return;
        this.#renewedAt = Date.now();
        this.#renew();
    }

    /** The box is gone. */
    end() {
        clearInterval(this.#ticking);
    }

    #tick() {
        const hold = this.#hold;
        this.el.hidden = !isHeld(hold);
        const words = isHeld(hold) ? holdWords('note', hold) : '';
        if (this.words.textContent !== words) this.words.textContent = words;
    }
}

/**
 * "It is 11:10 PM for this person": send in the morning, or now?
 * @param {any} host where the dialog goes
 * @param {Hold} hold
 * @returns {Promise<'hold' | 'send' | null>} null for neither, also where nobody looks any more
 */
export function askAtNight(host, hold) {
    if (!host.isConnected) return Promise.resolve(null);
    return new Promise((resolve) => {
        const dialog = openDialog(host, holdWords('title', hold), (close) => {
            const decide = (/** @type {'hold' | 'send'} */ answer) => () => {
                resolve(answer);
                close();
            };
            const button = (/** @type {string} */ kind, /** @type {string} */ text, /** @type {() => void} */ run) =>
                h('button', { class: `btn ${kind}`, type: 'button', onclick: run }, text);
            const wait = button('primary', holdWords('wait', hold), decide('hold'));
            wait.autofocus = true;
            const buttons = [button('quiet', t('cancel'), close), button('', t('hold.now'), decide('send')), wait];
            return [h('p', {}, t('hold.ask')), h('div', { class: 'row' }, buttons)];
        });
        dialog.addEventListener('close', () => resolve(null));
    });
}
