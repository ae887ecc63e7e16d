/** Which key does what. Single letters only while nobody writes, and only if they are wanted (WCAG 2.1.4). */

/** @typedef {'new' | 'search' | 'help' | 'left' | 'right'} Deed */

/** @type {Record<string, Deed>} */
const LETTERS = { c: 'new', '/': 'search', '?': 'help' };

/**
 * @param {{key: string, ctrlKey: boolean, altKey: boolean, metaKey: boolean, isComposing?: boolean}} event
 * @param {{isWriting: boolean, letterKeys: boolean}} now
 * @returns {Deed | null}
 */
export function deedOf(event, { isWriting, letterKeys }) {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey && altKey && !metaKey) {
        if (key === 'ArrowLeft') return 'left';
        if (key === 'ArrowRight') return 'right';
    }
    if (ctrlKey || altKey || metaKey || event.isComposing || isWriting || !letterKeys) return null;
    return LETTERS[key] ?? null;
}
