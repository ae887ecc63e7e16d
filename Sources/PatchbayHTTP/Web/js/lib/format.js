/** Words for dates, times, sizes and names. What depends on the locale goes through Intl; nothing is pasted by hand. */

const locale = () => globalThis.document?.documentElement.lang || 'en-US';
/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {Intl.DateTimeFormatOptions} options */
function format(options) {
    const key = locale() + JSON.stringify(options);
    const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options);
    formats.set(key, known);
    return known;
}

/**
 * "10:46 AM"
 * @param {Date} date
 */
export const time = (date) => format({ timeStyle: 'short' }).format(date);
/**
 * The same by the clock of another zone; by the reader's own for null.
 * @param {Date} date
 * @param {string | null} timeZone
 */
export const timeIn = (date, timeZone) => format({ timeStyle: 'short', timeZone: timeZone ?? undefined }).format(date);
/**
 * "Friday, November 20, 2026 at 10:46 AM"
 * @param {Date} date
 */
export const full = (date) => format({ dateStyle: 'full', timeStyle: 'short' }).format(date);
/**
 * "Fri, Nov 20, 10:46 AM"; of another year "Nov 20, 2025, 10:46 AM".
 * @param {Date} date
 * @param {Date} [now]
 */
export function moment(date, now = new Date()) {
    const otherYear = date.getFullYear() !== now.getFullYear();
    const options = otherYear ? /** @type {const} */ ({ year: 'numeric' }) : /** @type {const} */ ({ weekday: 'short' });
    return format({ ...options, day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(date);
}
/**
 * The local day as a number: equal numbers are the same day.
 * @param {Date} date
 */
export const dayNumber = (date) => Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000);

/**
 * "Today", "Yesterday", "Tuesday", "November 6", "November 6, 2025".
 * @param {Date} date
 * @param {Date} [now]
 */
export function day(date, now = new Date()) {
    const ago = dayNumber(now) - dayNumber(date);
    if (ago === 0 || ago === 1) {
        const word = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(-ago, 'day');
        return word.charAt(0).toLocaleUpperCase() + word.slice(1);
    }
    if (ago > 1 && ago < 7) return format({ weekday: 'long' }).format(date);
    const otherYear = date.getFullYear() !== now.getFullYear();
    return format({ day: 'numeric', month: 'long', ...(otherYear && { year: 'numeric' }) }).format(date);
}

/**
 * The short form for lists: "10:46 AM", "Yesterday", "Tue", "Nov 6".
 * @param {Date} date
 * @param {Date} [now]
 */
export function stamp(date, now = new Date()) {
    const ago = dayNumber(now) - dayNumber(date);
    if (ago <= 0) return time(date);
    if (ago === 1) return day(date, now);
    if (ago < 7) return format({ weekday: 'short' }).format(date);
    return format({ day: 'numeric', month: 'short' }).format(date);
}

/**
 * "Sunday, November 22"
 * @param {Date} date
 */
export const today = (date) => format({ weekday: 'long', day: 'numeric', month: 'long' }).format(date);

/**
 * "1.2 MB", "65 GB"
 * @param {number} bytes
 */
export function size(bytes) {
    const [value, unit] =
        bytes < 1e6
            ? [Math.max(bytes / 1000, 0.1), 'kilobyte']
            : bytes < 1e10
              ? [bytes / 1e6, 'megabyte']
              : [bytes / 1e9, 'gigabyte'];
    const options = { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 };
    return new Intl.NumberFormat(locale(), /** @type {any} */ (options)).format(value);
}

/**
 * Up to two initials.
 * @param {string} name
 */
export const initials = (name) =>
    name
        .split(/\s+/)
        .filter((word) => /\p{L}/u.test(word.charAt(0)))
        .map((word) => word.charAt(0))
        .slice(0, 2)
        .join('')
        .toLocaleUpperCase();

/**
 * A hue that stays with a name, 0 to 359.
 * @param {string} name
 */
export const hue = (name) => [...name].reduce((sum, c) => (sum * 31 + (c.codePointAt(0) ?? 0)) % 360, 7);

/**
 * For comparing names: lower case, without accents.
 * @param {string} text
 */
export const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
