/** The files that will go with a message: each a chip with its picture, how far it is, and a button to take it out. */
import { t } from '../i18n/index.js';
import { size } from './format.js';
import { h, icon } from './h.js';

/** @typedef {{onProgress: (part: number) => void, signal: AbortSignal}} Watching */

/**
 * @typedef {object} TrayOptions
 * @property {(file: File, more: Watching) => Promise<Attachment>} upload
 * @property {() => {bytes: number, files: number}} limits at most so big, and so many in one message
 * @property {() => void} onChange
 */

/** @typedef {{el: any, stored: Attachment | null, abort: AbortController, preview: string}} Chip */

export class AttachmentTray {
    #options;
    /** @type {Chip[]} */
    #chips = [];

    /** @param {TrayOptions} options */
    constructor(options) {
        this.#options = options;
        this.list = h('ul', { class: 'atts', 'aria-label': t('attachment.list') });
        this.error = h('p', { class: 'refused', role: 'alert', hidden: true });
        this.el = h('div', { class: 'tray', hidden: true }, this.error, this.list);
    }

    /** Those that are there already. */
    get files() {
        return this.#chips.flatMap(({ stored }) => stored ?? []);
    }

    get isBusy() {
        return this.#chips.some(({ stored }) => stored === null);
    }

    /** @param {Iterable<File>} files what is too much or too big is refused before it goes anywhere */
    add(files) {
        const { bytes, files: most } = this.#options.limits();
        const refused = [];
        for (const file of files) {
            const { name } = file;
            if (file.size > bytes) refused.push(t('attachment.too-large', { name, most: size(bytes) }));
            else if (file.size === 0) refused.push(t('attachment.empty', { name }));
            else if (this.#chips.length >= most) refused.push(t('attachment.too-many', { n: most }));
            else this.#begin(file);
        }
        this.refuse([...new Set(refused)].join(' '));
    }

    /** @param {string} words why files were not taken, or nothing */
    refuse(words) {
        this.error.textContent = words;
        this.#changed();
    }

    /** @param {Attachment[]} stored files that the server has already */
    restore(stored) {
        for (const file of stored) this.#settle(this.#chip(file.name, file.size, ''), file);
        this.#changed();
    }

    /** Gives the files away and is empty. */
    take() {
        const { files } = this;
        for (const chip of this.#chips) URL.revokeObjectURL(chip.preview);
        this.#chips = [];
        this.list.replaceChildren();
        this.refuse('');
        return files;
    }

    /** @param {File} file */
    async #begin(file) {
        const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
        const chip = this.#chip(file.name, file.size, isPicture ? URL.createObjectURL(file) : '');
        const bar = h('progress', { max: 1, value: 0, 'aria-label': t('attachment.uploading', { name: file.name }) });
        chip.el.append(bar);
        const onProgress = (/** @type {number} */ part) => (bar.value = part);
        try {
            this.#settle(chip, await this.#options.upload(file, { onProgress, signal: chip.abort.signal }));
        } catch (failure) {
            const error = /** @type {Error} */ (failure);
            if (error.name === 'AbortError') return;
            this.#drop(chip);
            this.refuse(t('attachment.failed', { name: file.name, reason: error.message }));
        }
        this.#changed();
    }

    /** @param {string} name @param {number} bytes @param {string} preview @returns {Chip} */
    #chip(name, bytes, preview) {
        const label = t('attachment.remove', { name });
        const remove = () => {
            this.#drop(chip);
            this.#changed();
        };
        const button = h('button', { class: 'ib small', type: 'button', 'aria-label': label, onclick: remove });
        button.append(icon('x', 13));
        const face = preview ? h('img', { src: preview, alt: '' }) : icon('file', 18);
        const words = h('span', { class: 'n' }, h('bdi', { title: name }, name), h('small', {}, size(bytes)));
        const el = h('li', { class: 'att' }, face, words, button);
        const chip = { el, stored: null, abort: new AbortController(), preview };
        this.#chips.push(chip);
        this.list.append(chip.el);
        this.#changed();
        return chip;
    }

    /** @param {Chip} chip @param {Attachment} stored */
    #settle(chip, stored) {
        chip.stored = stored;
        chip.el.querySelector('progress')?.remove();
    }

    /** @param {Chip} chip */
    #drop(chip) {
        chip.abort.abort();
        chip.el.remove();
        URL.revokeObjectURL(chip.preview);
        this.#chips = this.#chips.filter((other) => other !== chip);
    }

    #changed() {
        this.error.hidden = this.error.textContent === '';
        this.el.hidden = this.#chips.length === 0 && this.error.hidden;
        this.#options.onChange();
    }
}
