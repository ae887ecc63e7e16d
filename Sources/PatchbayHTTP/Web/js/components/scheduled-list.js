/** Above the composer: what will be sent later, and what has just been written and can still be called back. */
import { t } from '../i18n/index.js';
import { choice, openDialog } from '../lib/dialog.js';
import * as format from '../lib/format.js';
import { h, icon, uid } from '../lib/h.js';
import { iconButton } from '../lib/parts.js';
import { isUndoable } from '../lib/scheduling.js';
import { timeField } from './later-button.js';

/**
 * @typedef {object} ScheduledOptions
 * @property {() => any} host where a dialog goes
 * @property {(one: Scheduled, fields: {text?: string, sendAt?: string}) => Promise<void>} change
 * @property {(one: Scheduled) => void} sendNow
 * @property {(one: Scheduled) => void} cancel
 * @property {(one: Scheduled) => void} undo takes it back into the composer
 */

export class ScheduledList {
    #options;
    /** @type {Scheduled[] | undefined} */
    #shown;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #ticking;

    /** @param {ScheduledOptions} options */
    constructor(options) {
        this.#options = options;
        this.strips = h('div');
        this.list = h('ul', { 'aria-label': t('scheduled.label') });
        this.el = h('div', { class: 'scheduled', hidden: true }, this.list, this.strips);
    }

    /** @param {Scheduled[] | undefined} items */
    show(items) {
        if (items === this.#shown) return;
        this.#shown = items;
        const all = items ?? [];
        this.el.hidden = all.length === 0;
        this.list.replaceChildren(...all.filter((one) => !isUndoable(one)).map((one) => this.#row(one)));
        this.list.hidden = !this.list.firstChild;
        const undoable = all.filter(isUndoable);
        this.#strips(undoable);
        clearInterval(this.#ticking);
        if (undoable.length > 0) this.#ticking = setInterval(() => this.#tick(), 500);
        this.#tick();
    }

    /** The box is gone. */
    end() {
        clearInterval(this.#ticking);
    }

    /**
     * A strip stays while it counts down: its button may have the focus.
     * @param {Scheduled[]} items
     */
    #strips(items) {
        const known = new Map([...this.strips.children].map((el) => [el.one.id, el]));
        this.strips.replaceChildren(...items.map((one) => known.get(one.id) ?? this.#strip(one)));
    }

    /** @param {Scheduled} one */
    #strip(one) {
        const back = () => this.#options.undo(one);
        const undo = h('button', { class: 'btn small', type: 'button', onclick: back }, t('scheduled.undo'));
        const count = h('b', { class: 'num', 'aria-hidden': 'true' });
        const words = h('span', { class: 'n' }, count, h('bdi', { dir: 'auto' }, preview(one)));
        const told = h('span', { class: 'vh', role: 'status' }, t('scheduled.undo-told'));
        return h('div', { class: 'strip', '.one': one, '.ends': ends(one) }, icon('later', 16), words, told, undo);
    }

    #tick() {
        for (const el of this.strips.children) {
            const left = Math.max(0, Math.ceil((el.ends - Date.now()) / 1000));
            el.querySelector('b').textContent = t('scheduled.sending-in', { n: left });
        }
    }

    /** @param {Scheduled} one */
    #row(one) {
        const at = new Date(one.sendAt);
        const isRefused = one.state === 'refused';
        const name = preview(one);
        const act = (/** @type {string} */ glyph, /** @type {string} */ key, /** @type {() => void} */ run) =>
            iconButton(glyph, t(key, { name }), run, { kind: 'small', size: 15 });
        const when = isRefused
            ? h('span', { class: 'bad' }, t('scheduled.refused', { reason: one.reason ?? '' }))
            : h('time', { datetime: one.sendAt, title: format.full(at) }, t('scheduled.at', { when: moment(at) }));
        return h(
            'li',
            { class: isRefused ? 'refused' : '' },
            icon(isRefused ? 'alert' : 'later', 16),
            h('span', { class: 'n' }, when, h('bdi', { dir: 'auto' }, name)),
            act('pencil', 'scheduled.edit', () => this.#edit(one)),
            act('send', 'scheduled.send-now', () => this.#options.sendNow(one)),
            act('x', 'scheduled.cancel', () => this.#options.cancel(one)),
        );
    }

    /** @param {Scheduled} one */
    #edit(one) {
        openDialog(this.#options.host(), t('scheduled.edit-title'), (close) => {
            const id = uid('text');
            const text = h('textarea', { id, rows: 4, '.value': one.text, required: one.attachments.length === 0 });
            const planned = new Date(Math.max(Date.parse(one.sendAt), Date.now() + 120_000));
            const { row, input } = timeField(planned);
            const error = h('p', { class: 'error', role: 'alert' });
            const save = async (/** @type {Event} */ event) => {
                event.preventDefault();
                const sendAt = new Date(input.value).toISOString();
                try {
                    await this.#options.change(one, { text: text.value.trim(), sendAt });
                    close();
                } catch (failure) {
                    error.textContent = /** @type {Error} */ (failure).message;
                }
            };
            const field = h('div', { class: 'line' }, h('label', { for: id }, t('scheduled.text')), text);
            const buttons = choice(close, h('button', { class: 'btn primary' }, t('save')));
            return [h('form', { onsubmit: save }, field, row, error, buttons)];
        });
    }
}

/**
 * When it goes by the clock of this machine, in milliseconds; where that clock is off, counted from now.
 * @param {Scheduled} one
 */
function ends({ sendAt, createdAt }) {
    const wait = Date.parse(sendAt) - Date.parse(createdAt);
    const left = Date.parse(sendAt) - Date.now();
    return Date.now() + (left >= 0 && left <= wait ? left : wait);
}

/** @param {Scheduled} one */
const preview = ({ text, attachments }) => text || attachments.map((file) => file.name).join(', ');

/**
 * The time alone for today.
 * @param {Date} at
 */
function moment(at) {
    const isSoon = format.dayNumber(at) === format.dayNumber(new Date());
    return isSoon ? format.time(at) : format.moment(at);
}
