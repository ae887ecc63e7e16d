/** Light, dark, or as the system says; kept in this browser. */
const KEY = 'patchbay.theme';

/** @typedef {'system' | 'light' | 'dark'} Theme */

/** @returns {Theme} */
export function theme() {
    const kept = read();
    return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** @param {Theme} value */
export function setTheme(value) {
    try {
        localStorage.setItem(KEY, value);
    } catch {
        // Without storage the choice lasts as long as the page.
    }
    show(value);
}

/** @param {Theme} value */
function show(value) {
    if (value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
}

function read() {
    try {
        return localStorage.getItem(KEY);
    } catch {
        return null;
    }
}

show(theme());
