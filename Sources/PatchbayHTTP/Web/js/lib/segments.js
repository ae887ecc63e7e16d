/** How a text is cut into SMS: GSM 03.38 septets or UCS-2, 160/153 and 70/67. The server counts the same way. */
const BASIC = new Set(
    '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
        '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('\f^{}\\[~]|€');

/**
 * Counts the parts of a text; `left` is what still fits into the last one, in units of the encoding, and `odd` are the
 * characters that forced Unicode.
 * @param {string} text
 * @returns {{encoding: 'GSM-7' | 'UCS-2', units: number, segments: number, left: number, odd: string[]}}
 */
export function segments(text) {
    const odd = [...new Set([...text].filter((c) => !BASIC.has(c) && !EXTENDED.has(c)))];
    const gsm = odd.length === 0;
    // A septet pair (escape + char) or a surrogate pair is never split over two parts.
    const sizes = gsm ? [...text].map((c) => (EXTENDED.has(c) ? 2 : 1)) : [...text].map((c) => c.length);
    const units = sizes.reduce((a, b) => a + b, 0);
    const [single, multi] = gsm ? [160, 153] : [70, 67];
    if (units <= single)
        return { encoding: gsm ? 'GSM-7' : 'UCS-2', units, segments: units ? 1 : 0, left: single - units, odd };
    let parts = 1;
    let used = 0;
    for (const s of sizes) {
        if (used + s > multi) {
            parts += 1;
            used = 0;
        }
        used += s;
    }
    return { encoding: gsm ? 'GSM-7' : 'UCS-2', units, segments: parts, left: multi - used, odd };
}
