/** Links in what people write: text stays text, and only addresses that do no harm become links. No DOM. */

const ADDRESS = /\b(?:https?:\/\/|www\.|mailto:|tel:\+?\d)[^\s<>"'`]*/;
const MAIL = /\b[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{2,63})+\b/;
const LINK = new RegExp(`${ADDRESS.source}|${MAIL.source}`, 'giu');
const SAFE = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/**
 * Text cut into plain pieces and links.
 * @param {string} text
 * @returns {{text: string, href?: string}[]}
 */
export function pieces(text) {
    /** @type {{text: string, href?: string}[]} */
    const out = [];
    let from = 0;
    for (const match of text.matchAll(LINK)) {
        const found = trimmed(match[0]);
        const href = address(found);
        if (!href) continue;
        const at = match.index ?? 0;
        if (at > from) out.push({ text: text.slice(from, at) });
        out.push({ text: found, href });
        from = at + found.length;
    }
    if (from < text.length) out.push({ text: text.slice(from) });
    return out;
}

/**
 * Without the full stop or the bracket that belong to the sentence.
 * @param {string} found
 */
function trimmed(found) {
    let out = found.replace(/[.,;:!?*_»”’]+$/u, '');
    while (/[)\]}]$/.test(out) && !/[([{]/.test(out)) out = out.slice(0, -1).replace(/[.,;:!?]+$/u, '');
    return out;
}

/**
 * Where a found address leads; nothing when it is better left alone.
 * @param {string} found
 */
function address(found) {
    const whole = /^www\./i.test(found) ? `https://${found}` : /^[^:/]+@/.test(found) ? `mailto:${found}` : found;
    /** @type {URL} */
    let url;
    try {
        url = new URL(whole);
    } catch {
        return null;
    }
    // "https://bank.example@evil.example" would lead elsewhere than it seems to.
    const isDisguised = url.username !== '' || url.password !== '';
    return SAFE.has(url.protocol) && !isDisguised && url.href.length > url.protocol.length + 2 ? whole : null;
}
