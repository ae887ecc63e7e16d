/** The emoji panel of a composer: found by a word, gone through by arrow keys. */
import { t } from '../i18n/index.js';
import { emojiGroups, foundEmoji } from '../lib/emoji.js';
import { h, icon, uid } from '../lib/h.js';
import { panelButton } from '../lib/panel.js';
import { iconButton } from '../lib/parts.js';

/** Emoji in one row, as the style sheet lays them out. */
const COLUMNS = 8;

/** @param {(char: string) => void} onPick @returns {any[]} the button and its panel */
export function emojiButton(onPick) {
    const label = t('composer.emoji');
    const button = iconButton('smile', label, undefined, { kind: 'tool' });
    const panel = panelButton(button, label, (close) => {
        const pick = (/** @type {string} */ char) => {
            close();
            onPick(char);
        };
        return emojiPanel(pick);
    });
    panel.classList.add('emoji');
    return [button, panel];
}

/** @param {(char: string) => void} pick */
function emojiPanel(pick) {
    const groups = emojiGroups();
    const label = t('emoji.search');
    const find = h('input', { type: 'search', 'aria-label': label, placeholder: label, autocomplete: 'off' });
    const list = h('div', { class: 'emojis' });
    const status = h('p', { class: 'none', role: 'status' });
    const all = () => /** @type {any[]} */ ([...list.querySelectorAll('button')]);
    const show = () => {
        const found = foundEmoji(groups, find.value);
        list.replaceChildren(...found.map((group) => section(group, pick)));
        // One stop for the Tab key; arrows go on from there.
        all().forEach((el, i) => (el.tabIndex = i === 0 ? 0 : -1));
        status.textContent = found.length === 0 ? t('emoji.none') : '';
        status.hidden = found.length > 0;
    };
    find.addEventListener('input', show);
    find.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
        const first = all()[0];
        if (!first || !['Enter', 'ArrowDown'].includes(event.key) || event.isComposing) return;
        event.preventDefault();
        if (event.key === 'Enter') first.click();
        else first.focus();
    });
    list.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => move(event, all(), find));
    show();
    return [h('div', { class: 'field soft' }, icon('search', 15), find), status, list];
}

/** @param {{name: string, emoji: import('../lib/emoji.js').Emoji[]}} group @param {(char: string) => void} pick */
function section({ name, emoji }, pick) {
    const id = uid('emoji');
    const button = (/** @type {import('../lib/emoji.js').Emoji} */ e) =>
        h('button', { type: 'button', 'aria-label': e.name, title: e.name, onclick: () => pick(e.char) }, e.char);
    const grid = h('div', { class: 'grid', role: 'group', 'aria-labelledby': id }, emoji.map(button));
    return h('section', {}, h('p', { id }, name), grid);
}

/** @param {KeyboardEvent} event @param {any[]} all @param {any} find */
function move(event, all, find) {
    const here = all.indexOf(/** @type {any} */ (event.target));
    const right = getComputedStyle(find).direction === 'rtl' ? -1 : 1;
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: right, ArrowLeft: -right, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
    const step = steps[event.key];
    if (step === undefined || here < 0) return;
    event.preventDefault();
    if (here + step < 0) return find.focus();
    const next = all[Math.min(here + step, all.length - 1)];
    all[here].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
}
