/** Where the portal puts what belongs to no box: the page's body, or the dock's own root in another portal's page. */
export const stage = {
    /** Takes toasts, dialogs and menus. @type {any} */
    root: globalThis.document?.body,
    /** Says the language of the words. @type {any} */
    words: globalThis.document?.documentElement,
};

/**
 * What has the focus, within whatever shadow roots.
 * @returns {any}
 */
export function deepFocus() {
    let el = document.activeElement;
    while (el?.shadowRoot?.activeElement) el = el.shadowRoot.activeElement;
    return el;
}
