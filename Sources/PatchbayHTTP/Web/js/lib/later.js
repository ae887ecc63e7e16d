/** When a message can go that is not sent now. No DOM. */

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

/** @param {Date} now */
export const inAnHour = (now) => new Date(now.getTime() + 60 * MINUTE);

/**
 * Eight in the morning of the next day, where the reader is.
 * @param {Date} now
 */
export const tomorrowMorning = (now) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 8);

/**
 * A local time as <input type="datetime-local"> writes it: "2026-11-23T08:00".
 * @param {Date} date
 */
export function localInput(date) {
    const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
    const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/**
 * Between which times one may choose.
 * @param {Date} now
 */
export const choosable = (now) => ({
    min: localInput(new Date(now.getTime() + MINUTE)),
    max: localInput(new Date(now.getTime() + YEAR - MINUTE)),
});
