/** Where a message is written: Enter sends, Shift+Enter breaks the line, a closed gate locks it and keeps the draft. */
import { t } from '../i18n/index.js';
import { size } from './format.js';
import { h, icon, uid } from './h.js';
import { segments } from './segments.js';

/** A typing signal is sent at most this often, in milliseconds. */
const TYPING_EVERY = 2500;

/**
 * @typedef {object} ComposerOptions
 * @property {'sms' | 'chat'} kind
 * @property {string} draft
 * @property {(text: string, files: Attachment[]) => void} onSend
 * @property {(text: string) => void} onDraft
 * @property {(number: string) => void} onFrom
 * @property {() => void} onTyping
 * @property {(file: File) => Promise<Attachment>} upload
 */

export class Composer {
    #options;
    #isOpen = true;
    #typedAt = 0;
    #parts = 1;
    /** @type {Attachment[]} */
    #files = [];
    #shown = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #saving;

    /** @param {ComposerOptions} options */
    constructor(options) {
        this.#options = options;
        const closed = uid('closed');
        this.text = h('textarea', { rows: 1, '.value': options.draft, 'aria-describedby': closed });
        this.text.addEventListener('input', () => this.#typed());
        this.text.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event));
        this.send = h('button', { class: 'ib send', type: 'button', onclick: () => this.#go() }, icon('send', 17));
        this.send.setAttribute('aria-label', t('composer.send'));
        this.send.title = t('composer.send-hint');
        this.note = h('div', { class: 'note' });
        this.counter = h('span', { class: 'end num', 'aria-live': 'off' });
        this.told = h('span', { class: 'vh', role: 'status' });
        this.closed = h('div', { class: 'closed', id: closed, role: 'status' });
        this.chips = h('div', { class: 'atts', hidden: true });
        this.entry = h('div', { class: 'entry' }, this.#attach(), this.text, this.send);
        this.el = h('div', { class: 'composer' }, this.closed, this.note, this.chips, this.entry, this.told);
        this.#count();
    }

    /**
     * @param {{compose?: Compose, from: string | null, placeholder: string, note: any[], noteKey: string}} now
     * `note` is shown above the entry; it is replaced only when `noteKey` changes, so that an open list stays open
     */
    update({ compose, from, placeholder, note, noteKey }) {
        this.text.placeholder = placeholder;
        this.text.setAttribute('aria-label', placeholder);
        const isOpen = compose?.isOpen !== false;
        if (isOpen !== this.#isOpen || !isOpen) this.#lock(isOpen, compose?.reason ?? '');
        const numbers = compose?.from ?? [];
        const key = [noteKey, from, ...numbers.map((n) => n.number + n.label)].join('|');
        if (key === this.#shown) return;
        this.#shown = key;
        const isText = this.#options.kind === 'sms';
        this.note.replaceChildren(...(isText ? this.#from(numbers, from) : note), this.counter);
    }

    /** @param {boolean} isOpen @param {string} reason */
    #lock(isOpen, reason) {
        this.#isOpen = isOpen;
        // Read-only, not disabled: a lock that comes while somebody writes must not take the focus away.
        this.text.readOnly = !isOpen;
        this.el.classList.toggle('locked', !isOpen);
        const words = isOpen ? '' : reason || t('composer.closed');
        if (this.closed.textContent !== words) {
            this.closed.replaceChildren(...(isOpen ? [] : [icon('lock', 16), h('span', {}, words)]));
        }
        this.#count();
    }

    focus() {
        this.text.focus();
    }

    /** @param {Compose['from']} numbers @param {string | null} chosen */
    #from(numbers, chosen) {
        if (numbers.length === 0) return [h('span')];
        const label = h('span', { 'aria-hidden': numbers.length > 1 ? 'true' : null }, t('composer.from'));
        if (numbers.length === 1)
            return [label, h('b', { class: 'num' }, h('bdi', { dir: 'ltr' }, numbers[0].formatted))];
        const option = (/** @type {Compose['from'][0]} */ n) =>
            // Isolates keep a number the right way round in a right-to-left page; an option holds no elements.
            h(
                'option',
                { value: n.number, '.selected': n.number === chosen },
                `\u2066${n.formatted}\u2069 · ${n.label}`,
            );
        const select = h('select', { 'aria-label': t('composer.send-from') }, numbers.map(option));
        select.addEventListener('change', () => this.#options.onFrom(select.value));
        return [label, h('span', { class: 'pick' }, select, icon('down', 13))];
    }

    #attach() {
        if (this.#options.kind !== 'chat') return null;
        const input = h('input', { type: 'file', multiple: true, hidden: true });
        input.addEventListener('change', () => {
            for (const file of input.files) this.#upload(file);
            input.value = '';
        });
        const label = t('composer.attach');
        const attributes = { class: 'ib', type: 'button', 'aria-label': label, title: label };
        return [h('button', { ...attributes, onclick: () => input.click() }, icon('clip', 18)), input];
    }

    /** @param {File} file */
    async #upload(file) {
        const chip = h('span', { class: 'att' }, icon('clip', 14), file.name, h('small', {}, size(file.size)));
        this.chips.append(chip);
        this.chips.hidden = false;
        try {
            const stored = await this.#options.upload(file);
            this.#files.push(stored);
            const label = t('attachment.remove', { name: file.name });
            const remove = () => {
                this.#files = this.#files.filter((f) => f !== stored);
                chip.remove();
                this.#count();
            };
            chip.append(
                h('button', { class: 'ib small', type: 'button', 'aria-label': label, onclick: remove }, icon('x', 13)),
            );
        } catch (error) {
            chip.classList.add('bad');
            chip.replaceChildren(icon('alert', 14), /** @type {Error} */ (error).message);
            setTimeout(() => chip.remove(), 6000);
        }
        this.#count();
    }

    #typed() {
        this.#count();
        clearTimeout(this.#saving);
        this.#saving = setTimeout(() => this.keep(), 500);
        if (this.text.value.trim() === '' || Date.now() - this.#typedAt < TYPING_EVERY) return;
        this.#typedAt = Date.now();
        this.#options.onTyping();
    }

    /** Saves the draft now. */
    keep() {
        clearTimeout(this.#saving);
        this.#options.onDraft(this.text.value);
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        // 229: some input methods confirm with an Enter that says nothing of composing.
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        this.#go();
    }

    #go() {
        if (this.send.disabled) return;
        this.#options.onSend(this.text.value.trim(), this.#files);
        this.text.value = '';
        this.#files = [];
        this.chips.replaceChildren();
        this.#typedAt = 0;
        this.keep();
        this.#count();
        this.text.focus();
    }

    #count() {
        const isEmpty = this.text.value.trim() === '';
        this.send.disabled = !this.#isOpen || (isEmpty && this.#files.length === 0);
        if (this.#files.length === 0 && !this.chips.firstChild) this.chips.hidden = true;
        if (this.#options.kind !== 'sms') return;
        const { segments: parts, left, encoding } = segments(this.text.value);
        const isLong = parts > 1;
        const words = isLong ? t('segments.parts', { parts, left }) : t('segments.left', { left });
        const unicode = encoding === 'UCS-2' ? ` · ${t('segments.unicode')}` : '';
        this.counter.classList.toggle('warn', isLong);
        this.counter.textContent = isEmpty ? '' : words + unicode;
        if (isLong && parts !== this.#parts) this.told.textContent = t('segments.will-be', { parts });
        this.#parts = parts;
    }
}
