/** This tab among the others: its name, how it stands, and a lock that the browser takes from it when it is gone. */

/** Clicks and keys are told at most this often, in milliseconds. */
const TOLD_EVERY = 1000;

export const tabId = globalThis.crypto?.randomUUID?.() ?? `${Math.random()}`;

const lockOf = (/** @type {string} */ id) => `patchbay.tab.${id}`;

/** Holds this tab's lock as long as the tab lives. */
export function holdTab() {
    navigator.locks?.request(lockOf(tabId), () => new Promise(() => {})).catch(() => {});
}

/**
 * Calls `deed` when that tab is gone, also when it crashed. Never, where the browser has no locks.
 * @param {string} id
 * @param {() => any} deed runs while no other tab is told the same
 */
export function whenGone(id, deed) {
    globalThis.navigator.locks?.request(lockOf(id), deed).catch(() => {});
}

/**
 * Tells how this tab stands, now and after every change.
 * @param {() => string | null} looksAt which conversation is open under the reader's eyes
 * @param {(standing: import('./crew.js').Standing) => void} tell
 * @returns {{update: () => void, close: () => void}}
 */
export function watchTab(looksAt, tell) {
    const done = new AbortController();
    const options = { capture: true, signal: done.signal };
    let at = Date.now();
    let told = '';
    let toldAt = 0;
    const update = () => {
        const isFocused = document.hasFocus() && document.visibilityState === 'visible';
        const canSound = /** @type {any} */ (navigator).userActivation?.hasBeenActive ?? true;
        const key = JSON.stringify([isFocused, canSound, isFocused ? looksAt() : null]);
        const isStale = at - toldAt > TOLD_EVERY;
        if (key === told && !isStale) return;
        told = key;
        toldAt = at;
        tell({ isFocused, canSound, at, looksAt: isFocused ? looksAt() : null });
    };
    // After the event: at a blur the document may still say that it has the focus.
    const soon = () => setTimeout(update);
    const used = () => {
        at = Date.now();
        soon();
    };
    for (const name of ['pointerdown', 'keydown']) addEventListener(name, used, options);
    for (const name of ['focus', 'blur', 'focusin', 'focusout', 'popstate']) addEventListener(name, soon, options);
    document.addEventListener('visibilitychange', soon, options);
    update();
    return { update: () => void soon(), close: () => done.abort() };
}
