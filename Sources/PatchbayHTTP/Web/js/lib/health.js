/** What the server's figures mean: which are good, which are not, and where the limits lie. */

/** @typedef {'good' | 'doubtful' | 'bad'} Look */
/** @typedef {{id: string, look: Look, values: Record<string, number | string>}} Finding */

const MEGABYTE = 1e6;

/** From where on a figure is doubtful, and bad. */
export const LIMITS = {
    freeDiskBytes: [2000 * MEGABYTE, 500 * MEGABYTE],
    walBytes: [64 * MEGABYTE, 512 * MEGABYTE],
    eventLagSeconds: [2, 15],
    outbox: [100, 1000],
    integrityHours: [48, Infinity],
    // The share at which the SMS plugin warns, and the one at which it refuses.
    dailyShare: [0.8, 1],
};

/** @param {number} value @param {number[]} limits @returns {Look} */
const above = (value, [doubtful, bad]) => (value >= bad ? 'bad' : value >= doubtful ? 'doubtful' : 'good');

/** @param {number} value @param {number[]} limits @returns {Look} */
const below = (value, [doubtful, bad]) => (value < bad ? 'bad' : value < doubtful ? 'doubtful' : 'good');

/**
 * @param {any} health as the server gives it
 * @returns {Finding[]} in the order in which they are shown
 */
export function judged(health) {
    const { store, eventLagSeconds, plugins, figures, streams } = health;
    const waiting = sum(figures, 'outbox_messages');
    const dead = sum(figures, 'dead_letters');
    const troubled = plugins.filter((/** @type {any} */ one) => ['declined', 'degraded'].includes(one.state)).length;
    /** @type {(Finding | null)[]} */
    const all = [
        { id: 'plugins', look: troubled > 0 ? 'bad' : 'good', values: { n: troubled, all: plugins.length } },
        figures.length > 0 ? { id: 'outbox', look: above(waiting, LIMITS.outbox), values: { n: waiting } } : null,
        figures.length > 0 ? { id: 'dead', look: dead > 0 ? 'doubtful' : 'good', values: { n: dead } } : null,
        daily(figures),
        { id: 'lag', look: above(eventLagSeconds, LIMITS.eventLagSeconds), values: { seconds: eventLagSeconds } },
        { id: 'streams', look: 'good', values: { n: streams } },
        store.freeDiskBytes === null
            ? null
            : { id: 'disk', look: below(store.freeDiskBytes, LIMITS.freeDiskBytes), values: { bytes: store.freeDiskBytes } },
        { id: 'database', look: 'good', values: { bytes: store.databaseBytes } },
        { id: 'wal', look: above(store.walBytes, LIMITS.walBytes), values: { bytes: store.walBytes } },
        integrity(store.integrity, health.now),
    ];
    return all.filter((one) => one !== null).map((one) => /** @type {Finding} */ (one));
}

/** @param {any} found @param {string} now @returns {Finding} */
function integrity(found, now) {
    if (!found) return { id: 'integrity-none', look: 'doubtful', values: {} };
    const hours = (new Date(now).getTime() - new Date(found.checkedAt).getTime()) / 3_600_000;
    if (found.faults.length > 0) return { id: 'integrity-bad', look: 'bad', values: { n: found.faults.length } };
    return { id: 'integrity', look: above(hours, LIMITS.integrityHours), values: { hours: Math.floor(hours) } };
}

/**
 * The domain that is nearest to its daily limit of SMS.
 * @param {any[]} figures @returns {Finding | null} nothing while none has sent any
 */
function daily(figures) {
    const of = (/** @type {string} */ name) => figures.filter((one) => one.plugin === 'sms' && one.name === name);
    const limits = new Map(of('segments_a_day_limit').map((one) => [one.labels.domain, one.value]));
    const all = of('segments_within_a_day').flatMap(({ labels: { domain }, value }) => {
        const limit = limits.get(domain);
        return limit > 0 ? [{ domain, n: value, limit, share: value / limit }] : [];
    });
    if (all.length === 0) return null;
    const { domain, n, limit, share } = all.reduce((most, one) => (one.share > most.share ? one : most));
    return { id: 'daily', look: above(share, LIMITS.dailyShare), values: { domain, n, limit } };
}

/** @param {any[]} figures @param {string} name */
const sum = (figures, name) =>
    figures.filter((one) => one.plugin === 'sms' && one.name === name).reduce((total, one) => total + one.value, 0);

/**
 * How long it has run, in the two largest units.
 * @param {string} startedAt @param {string} now
 * @returns {{days: number, hours: number, minutes: number}}
 */
export function uptime(startedAt, now) {
    const minutes = Math.max(0, Math.floor((new Date(now).getTime() - new Date(startedAt).getTime()) / 60_000));
    return { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
}
