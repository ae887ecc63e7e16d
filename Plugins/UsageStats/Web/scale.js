/** Round steps between the lines of the chart, times a power of ten. */
const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/**
 * A number at or above the most whose quarters are whole and round: what stands at a line is what the line means.
 * @param {number} most
 */
export function scaleTop(most) {
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(most / 4)));
    const step = STEPS.map((n) => n * unit).find((n) => Number.isInteger(n) && 4 * n >= most) ?? 10 * unit;
    return 4 * step;
}
