/** Where a message is written: Enter sends, Shift+Enter breaks the line, a closed gate locks it and keeps the draft. */
import { said, t } from '../i18n/index.js';
import { AttachmentTray } from './attachment-tray.js';
import { fromSelect } from './from-select.js';
import { h, icon, uid } from './h.js';
import { partsSaved, plainText } from './plain-text.js';
import { segments } from './segments.js';

/** A typing signal is sent at most this often, in milliseconds. */
const TYPING_EVERY = 2500;
/** Coarse pointers have a keyboard on the screen: there Enter breaks the line and the button sends. */
const isTouch = () => matchMedia('(pointer: coarse)').matches;

/** @typedef {{text: string, attachments: Attachment[], clientId?: string}} Written with the id that it had, if it is put back */

/**
 * @typedef {object} ComposerOptions
 * @property {'sms' | 'chat'} kind
 * @property {string} draft
 * @property {(written: Written, sendAt: Date | null) => void} onSend
 * @property {(text: string) => void} onDraft
 * @property {(number: string) => void} onFrom
 * @property {() => void} onTyping
 * @property {() => Written | null} onTakeBack ↑ in an empty composer: the last message that failed
 * @property {import('./attachment-tray.js').TrayOptions['upload']} upload
 * @property {import('./attachment-tray.js').TrayOptions['limits']} limits
 */

export class Composer {
    #options;
    #isOpen = true;
    #typedAt = 0;
    #parts = 1;
    #shown = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #saving;
    /** What was put back with its client id, until it is changed: other words are another message. */
    #again = { text: '', clientId: '' };
    /** The draft as it was last read or written here. */
    #saved;
    /** Elements that can be used only when there is something to send. @type {any[]} */
    #needing;

    /** @param {ComposerOptions} options */
    constructor(options) {
        this.#options = options;
        this.#saved = options.draft;
        const { upload, limits } = options;
        const closed = uid('closed');
        this.text = h('textarea', { rows: 1, '.value': options.draft, 'aria-describedby': closed });
        this.text.addEventListener('input', () => this.#typed());
        this.text.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event));
        this.text.addEventListener('paste', (/** @type {ClipboardEvent} */ event) => this.#paste(event));
        this.send = h('button', { class: 'ib send', type: 'button', onclick: () => this.submit() }, icon('send', 17));
        this.send.setAttribute('aria-label', t('composer.send'));
        this.send.title = t('composer.send-hint');
        this.#needing = [this.send];
        this.note = h('div', { class: 'note' });
        this.counter = h('span', { class: 'counter num', 'aria-live': 'off' });
        this.told = h('span', { class: 'vh', role: 'status' });
        this.closed = h('div', { class: 'closed', id: closed, role: 'status' });
        this.tray = new AttachmentTray({ upload, limits, onChange: () => this.#count() });
        const tools = h('div', { class: 'tools' }, this.#attach(), this.counter, this.send);
        this.entry = h('div', { class: 'entry' }, this.text, tools);
        this.hint = h('div', { class: 'hint', hidden: true }, this.#plain());
        const parts = [this.closed, this.note, this.hint, this.tray.el, this.entry, this.told];
        this.el = h('div', { class: 'composer' }, parts);
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
        if (isOpen !== this.#isOpen || !isOpen) this.#lock(isOpen, said(compose?.id, compose?.reason));
        const numbers = compose?.from ?? [];
        const key = [noteKey, from, ...numbers.map((n) => n.number + n.label)].join('|');
        if (key === this.#shown) return;
        this.#shown = key;
        const isText = this.#options.kind === 'sms';
        this.note.replaceChildren(...(isText ? fromSelect(numbers, from, this.#options.onFrom) : note));
    }

    /**
     * More tools, at the start of the row or before the send button; those need something to send.
     * @param {any[]} first
     * @param {any[]} last
     */
    offer(first, last) {
        this.counter.before(...first);
        this.send.before(...last);
        this.#needing.push(...last.filter((el) => el.matches('button')));
        this.#count();
    }

    /** @param {boolean} isOpen @param {string} reason */
    #lock(isOpen, reason) {
        this.#isOpen = isOpen;
        // Read-only, not disabled: a lock that comes while somebody writes must not take the focus away.
        this.text.readOnly = !isOpen;
        this.el.classList.toggle('locked', !isOpen);
        for (const button of this.entry.querySelectorAll('.tools > .tool')) button.disabled = !isOpen;
        const words = isOpen ? '' : reason || t('composer.closed');
        if (this.closed.textContent !== words) {
            this.closed.replaceChildren(...(isOpen ? [] : [icon('lock', 16), h('span', {}, words)]));
        }
        this.#count();
    }

    focus() {
        this.text.focus();
    }

    /**
     * Puts words where the caret is.
     * @param {string} words
     */
    insert(words) {
        this.text.setRangeText(words, this.text.selectionStart, this.text.selectionEnd, 'end');
        this.#typed();
        this.focus();
    }

    /**
     * Puts a message back to be written anew; what is being written stays in front of it.
     * @param {Written} written
     */
    put({ text, attachments, clientId = '' }) {
        const now = this.text.value.trim();
        this.text.value = now === '' ? text : `${now}\n${text}`;
        this.#again = { text: this.text.value.trim(), clientId };
        this.tray.restore(attachments);
        this.#typed();
        this.focus();
    }

    #attach() {
        if (this.#options.kind !== 'chat') return null;
        const input = h('input', { type: 'file', multiple: true, hidden: true });
        input.addEventListener('change', () => {
            this.tray.add(input.files);
            input.value = '';
        });
        const label = t('composer.attach');
        const attributes = { class: 'ib tool', type: 'button', 'aria-label': label, title: label };
        return [h('button', { ...attributes, onclick: () => input.click() }, icon('clip', 18)), input];
    }

    #plain() {
        const replace = () => {
            const at = plainText(this.text.value.slice(0, this.text.selectionStart)).length;
            this.text.value = plainText(this.text.value);
            this.text.setSelectionRange(at, at);
            this.#typed();
            this.focus();
        };
        return h('button', { class: 'btn quiet small', type: 'button', onclick: replace });
    }

    /**
     * Files by paste or drop.
     * @param {File[]} files
     */
    take(files) {
        if (!this.#isOpen) return;
        if (this.#options.kind === 'sms') this.tray.refuse(t('attachment.not-sms'));
        else this.tray.add(files);
        this.focus();
    }

    /** @param {ClipboardEvent} event */
    #paste(event) {
        const files = [...(event.clipboardData?.files ?? [])];
        // A spreadsheet puts a picture of the cells beside their text: the text is what was meant.
        if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
        event.preventDefault();
        this.take(files);
    }

    #typed() {
        if (this.text.value.trim() !== this.#again.text) this.#again = { text: '', clientId: '' };
        this.#count();
        clearTimeout(this.#saving);
        this.#saving = setTimeout(() => this.keep(), 500);
        if (this.text.value.trim() === '' || Date.now() - this.#typedAt < TYPING_EVERY) return;
        this.#typedAt = Date.now();
        this.#options.onTyping();
    }

    /** Saves the draft now, if anything was typed: another tab may have a newer one. */
    keep() {
        clearTimeout(this.#saving);
        if (this.text.value === this.#saved) return;
        this.#saved = this.text.value;
        this.#options.onDraft(this.text.value);
    }

    /**
     * Another tab has changed the draft; what was typed here since stays.
     * @param {string} draft
     */
    adopt(draft) {
        const isUntouched = this.text.value === this.#saved;
        this.#saved = draft;
        if (!isUntouched) return;
        this.text.value = draft;
        this.#again = { text: '', clientId: '' };
        this.#count();
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (event.key === 'ArrowUp' && this.text.value === '' && this.tray.files.length === 0) {
            const back = this.#options.onTakeBack();
            if (back) event.preventDefault();
            if (back) this.put(back);
        }
        // 229: some input methods confirm with an Enter that says nothing of composing.
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229 || isTouch()) return;
        event.preventDefault();
        this.submit();
    }

    /**
     * Gives what is written away and is empty.
     * @param {Date | null} [sendAt] later than now
     */
    submit(sendAt = null) {
        if (this.send.disabled) return;
        const { clientId } = this.#again;
        const written = { text: this.text.value.trim(), attachments: this.tray.take(), ...(clientId && { clientId }) };
        this.#again = { text: '', clientId: '' };
        this.text.value = '';
        this.#typedAt = 0;
        this.keep();
        this.#count();
        this.#options.onSend(written, sendAt);
        this.text.focus();
    }

    #count() {
        const isEmpty = this.text.value.trim() === '';
        const isNothing = isEmpty && this.tray.files.length === 0;
        for (const button of this.#needing) button.disabled = !this.#isOpen || isNothing || this.tray.isBusy;
        if (this.#options.kind !== 'sms') return;
        const { segments: parts, left, encoding } = segments(this.text.value);
        const isLong = parts > 1;
        const words = isLong ? t('segments.parts', { parts, left }) : t('segments.left', { left });
        const unicode = encoding === 'UCS-2' ? ` · ${t('segments.unicode')}` : '';
        this.counter.classList.toggle('warn', isLong);
        this.counter.textContent = isEmpty ? '' : words + unicode;
        if (isLong && parts !== this.#parts) this.told.textContent = t('segments.will-be', { parts });
        this.#parts = parts;
        const saved = partsSaved(this.text.value);
        this.hint.hidden = saved === 0;
        this.hint.firstChild.textContent = t('segments.replace', { n: saved });
    }
}
