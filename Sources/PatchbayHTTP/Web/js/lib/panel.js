/** A button that opens a small panel beside it: native popover, closed by Escape or a press elsewhere. */
import { h } from './h.js';

/**
 * @param {any} button
 * @param {string} label names the panel
 * @param {(close: () => void) => any[]} fill asked each time the panel opens
 * @returns {any} the panel, to be put beside the button
 */
export function panelButton(button, label, fill) {
    const panel = h('div', { class: 'panel', role: 'dialog', 'aria-label': label, popover: 'auto' });
    button.setAttribute('aria-haspopup', 'dialog');
    button.setAttribute('aria-expanded', 'false');
    // The focus goes in at once, not at the event: the next key may come before it.
    const first = () => panel.querySelector('input, button');
    button.addEventListener('click', () => panel.togglePopover({ source: button }) && first()?.focus());
    panel.addEventListener('beforetoggle', (/** @type {any} */ event) => {
        if (event.newState === 'open') panel.replaceChildren(...fill(() => panel.hidePopover()));
    });
    panel.addEventListener('toggle', (/** @type {any} */ event) => {
        const isOpen = event.newState === 'open';
        button.setAttribute('aria-expanded', String(isOpen));
        if (!isOpen && panel.contains(panel.getRootNode().activeElement)) button.focus();
    });
    return panel;
}
