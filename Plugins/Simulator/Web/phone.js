/** One customer's phone: what arrived on it, and a place to answer. */
import { time } from '/js/lib/format.js';
import { h, icon, vh } from '/js/lib/h.js';
import { texts } from './texts.js';

/**
 * @typedef {{id: number, ours: string, oursFormatted: string, direction: 'toPhone' | 'fromPhone', text: string, at: string}} Bubble
 * @typedef {{number: string, formatted: string, messages: Bubble[]}} PhoneData
 */

export class Phone {
    #send;
    /** @type {Set<number>} the messages that are shown */
    #shown = new Set();
    #ours = '';
    #number;

    /**
     * @param {PhoneData} phone
     * @param {(number: string, to: string, text: string) => Promise<void>} send
     */
    constructor(phone, send) {
        this.#send = send;
        this.#number = phone.number;
        const name = phone.formatted;
        this.log = h('div', { class: 'screen', role: 'log', tabindex: 0, 'aria-label': texts.messagesOf(name) });
        this.text = h('textarea', { rows: 1, placeholder: texts.answer, 'aria-label': texts.answerFrom(name) });
        this.error = h('p', { class: 'error', role: 'alert', hidden: true });
        const button = h('button', { class: 'ib go', 'aria-label': `${texts.send}: ${name}` }, icon('send', 17));
        const form = h('form', { class: 'answer' }, this.text, button);
        form.addEventListener('submit', (/** @type {Event} */ event) => {
            event.preventDefault();
            this.#go();
        });
        this.text.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            this.#go();
        });
        const title = h('h2', {}, h('bdi', { dir: 'ltr' }, name));
        const notch = h('div', { class: 'notch', 'aria-hidden': 'true' });
        this.from = h('p', { class: 'with' });
        const head = h('header', {}, title, this.from);
        const attributes = { class: 'phone', 'aria-label': texts.phoneOf(name), 'data-number': phone.number };
        this.el = h('section', attributes, notch, head, this.log, this.error, form);
        this.show(phone);
    }

    /** @param {PhoneData} phone */
    show({ messages }) {
        const isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 24;
        const fresh = messages.filter((m) => !this.#shown.has(m.id)).sort((a, b) => a.id - b.id);
        for (const message of fresh) {
            this.#shown.add(message.id);
            this.log.append(bubble(message));
        }
        const last = messages.reduce((a, b) => (a && a.id > b.id ? a : b), messages[0]);
        if (last) this.#ours = last.ours;
        this.from.textContent = last ? `${texts.to} ${last.oursFormatted}` : texts.empty;
        if (fresh.length > 0 && isAtEnd) this.log.scrollTop = this.log.scrollHeight;
    }

    async #go() {
        const text = this.text.value.trim();
        if (text === '') return;
        this.text.value = '';
        try {
            await this.#send(this.#number, this.#ours, text);
            this.error.hidden = true;
        } catch (failure) {
            this.text.value = text;
            this.error.textContent = /** @type {Error} */ (failure).message;
            this.error.hidden = false;
        }
        this.log.scrollTop = this.log.scrollHeight;
    }
}

/** @param {Bubble} message */
function bubble({ direction, text, at }) {
    const isTheirs = direction === 'fromPhone';
    const date = new Date(at);
    return h(
        'div',
        { class: `m${isTheirs ? ' mine' : ''}` },
        vh(`${isTheirs ? texts.customer : texts.portal}${time(date)}: `),
        h('div', { class: 'b', dir: 'auto' }, text),
        h('time', { datetime: at }, time(date)),
    );
}
