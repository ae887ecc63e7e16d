/** A button that opens a menu: native popover, arrow keys, Home, End and first letters, as the ARIA pattern asks. */
import { h, icon } from './h.js';

/**
 * @typedef {object} Item
 * @property {string} text
 * @property {string} [icon]
 * @property {string} [href]
 * @property {boolean} [checked] makes it one of a group of choices
 * @property {boolean} [danger]
 * @property {any} [end] shown at the far side
 * @property {() => void} [run]
 */

/**
 * @param {HTMLElement} button
 * @param {() => (Item | '-' | {heading: string})[]} items asked each time the menu opens
 * @returns {any} the menu, to be put beside the button
 */
export function menuButton(button, items) {
    const menu = h('div', { class: 'menu', role: 'menu', popover: 'auto', tabindex: -1 });
    menu.setAttribute('aria-label', button.getAttribute('aria-label') ?? button.textContent);
    button.setAttribute('aria-haspopup', 'menu');
    button.setAttribute('aria-expanded', 'false');
    const entries = () => /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[role^="menuitem"]')]);
    // At once, not at the event: the next key may come before it.
    button.addEventListener('click', () => menu.togglePopover({ source: button }) && entries()[0]?.focus());

    menu.addEventListener('beforetoggle', (/** @type {any} */ event) => {
        if (event.newState === 'open') menu.replaceChildren(...items().map((item) => entry(item, menu)));
    });
    menu.addEventListener('toggle', (/** @type {any} */ event) => {
        const isOpen = event.newState === 'open';
        button.setAttribute('aria-expanded', String(isOpen));
        if (!isOpen && menu.contains(menu.getRootNode().activeElement)) button.focus();
    });
    menu.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => move(event, entries(), menu));
    return menu;
}

/**
 * A menu that is made for once, beside what it is about; the focus goes back to where it was.
 * @param {any} host where it is put
 * @param {any} anchor what it stands beside
 * @param {string} label
 * @param {(Item | '-')[]} items
 */
export function openMenu(host, anchor, label, items) {
    const menu = h('div', { class: 'menu', role: 'menu', popover: 'auto', tabindex: -1, 'aria-label': label });
    menu.append(...items.map((item) => entry(item, menu)));
    const before = anchor.getRootNode().activeElement;
    const entries = () => /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[role^="menuitem"]')]);
    menu.addEventListener('toggle', (/** @type {any} */ event) => {
        if (event.newState === 'open') return;
        if (menu.contains(menu.getRootNode().activeElement)) before?.focus();
        menu.remove();
    });
    menu.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => move(event, entries(), menu));
    host.append(menu);
    menu.showPopover({ source: anchor });
    entries()[0]?.focus();
}

/** @param {Item | '-' | {heading: string}} item @param {any} menu */
function entry(item, menu) {
    if (item === '-') return h('hr');
    if ('heading' in item) return h('div', { class: 'mh', role: 'presentation' }, item.heading);
    const isChoice = item.checked !== undefined;
    const attributes = {
        role: isChoice ? 'menuitemradio' : 'menuitem',
        tabindex: -1,
        href: item.href,
        type: item.href ? null : 'button',
        'aria-checked': isChoice ? String(item.checked) : null,
        class: item.danger ? 'danger' : null,
        onclick: () => {
            menu.hidePopover();
            item.run?.();
        },
    };
    const end = isChoice ? item.checked && icon('check', 16) : item.end;
    return h(
        item.href ? 'a' : 'button',
        attributes,
        item.icon && icon(item.icon),
        item.text,
        end && h('span', { class: 'end' }, end),
    );
}

/** @param {KeyboardEvent} event @param {HTMLElement[]} entries @param {any} menu */
function move(event, entries, menu) {
    const here = entries.indexOf(menu.getRootNode().activeElement);
    const count = entries.length;
    /** @type {Record<string, number>} */
    const places = {
        ArrowDown: (here + 1) % count,
        ArrowUp: (here - 1 + count) % count,
        Home: 0,
        End: count - 1,
    };
    const place = places[event.key];
    if (place !== undefined) {
        event.preventDefault();
        entries[place].focus();
    } else if (event.key.length === 1) {
        const key = event.key.toLocaleLowerCase();
        entries.find((x) => x.textContent?.trim().toLocaleLowerCase().startsWith(key))?.focus();
    }
}
