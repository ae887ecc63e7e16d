/** The part of a new conversation that gathers several people: chips, a name for the group, and Start. */
import { t } from '../i18n/index.js';
import { h, icon, uid } from '../lib/h.js';

/** @typedef {{id: string, name: string}} Chosen */

export class GroupMaker {
    #start;
    #onChange;
    /** @type {Chosen[]} */
    #chosen = [];
    isOn = false;

    /**
     * @param {(users: string[], title: string | undefined) => void} start
     * @param {() => void} onChange somebody came or went
     */
    constructor(start, onChange) {
        this.#start = start;
        this.#onChange = onChange;
        const id = uid('group-name');
        this.chips = h('ul', { class: 'chosen', 'aria-label': t('group.chosen'), hidden: true });
        this.title = h('input', { id, maxlength: 100, autocomplete: 'off', placeholder: t('group.name-hint') });
        const go = () => this.#go();
        this.button = h('button', { class: 'btn primary', type: 'button', onclick: go }, t('group.start'));
        this.told = h('span', { class: 'vh', role: 'status' });
        const line = h('div', { class: 'line' }, h('label', { for: id }, t('group.name')), this.title);
        this.foot = h('div', { class: 'foot', hidden: true }, line, this.button, this.told);
        this.toggle = h('button', { class: 'btn small', type: 'button', onclick: () => this.#turn(!this.isOn) });
        this.toggle.append(icon('users', 15), t('group.new'));
        this.#turn(false);
    }

    /** @param {boolean} isOn */
    #turn(isOn) {
        this.isOn = isOn;
        this.toggle.setAttribute('aria-pressed', String(isOn));
        this.foot.hidden = !isOn;
        this.#changed('');
    }

    /** @param {string} id */
    has(id) {
        return this.#chosen.some((one) => one.id === id);
    }

    /** @param {Chosen} one */
    add(one) {
        if (this.has(one.id)) return;
        this.#chosen.push(one);
        this.#changed(t('group.added', { name: one.name }));
    }

    /** Backspace in the empty field takes the last one out. */
    removeLast() {
        const last = this.#chosen.pop();
        if (last) this.#changed(t('group.removed', { name: last.name }));
    }

    /** @param {Chosen} one */
    #remove(one) {
        this.#chosen = this.#chosen.filter(({ id }) => id !== one.id);
        this.#changed(t('group.removed', { name: one.name }));
    }

    /** @param {string} words */
    #changed(words) {
        this.told.textContent = words;
        this.chips.hidden = !this.isOn || this.#chosen.length === 0;
        this.chips.replaceChildren(...this.#chosen.map((one) => this.#chip(one)));
        this.button.disabled = this.#chosen.length < 2;
        this.button.title = this.button.disabled ? t('group.too-few') : '';
        this.#onChange();
    }

    /** @param {Chosen} one */
    #chip(one) {
        const label = t('group.remove', { name: one.name });
        const remove = () => this.#remove(one);
        const button = h('button', { type: 'button', 'aria-label': label, onclick: remove }, icon('x', 12));
        return h('li', {}, h('bdi', {}, one.name), button);
    }

    #go() {
        const title = this.title.value.trim();
        this.#start(this.#chosen.map(({ id }) => id), title === '' ? undefined : title);
    }
}
