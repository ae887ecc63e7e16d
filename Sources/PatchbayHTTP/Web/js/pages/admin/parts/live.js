/** What other administrators change: the server tells which kind of thing it was, in which domain. */

/** @typedef {import('../../../shell/app.js').App} App */

/** A burst of changes costs one fetch, this long after the first, in milliseconds. */
const TOGETHER = 150;

/**
 * Calls `reload` when something of `kinds` in `domain` has changed, and when news may have been lost.
 * @param {App} app
 * @param {string[]} kinds users, numbers, switches, domains
 * @param {string | null} domain any where it is null
 * @param {() => any} reload
 * @returns {() => void} stops listening
 */
export function hearChanges(app, kinds, domain, reload) {
    const done = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const soon = () => {
        timer ??= setTimeout(() => {
            timer = undefined;
            if (!done.signal.aborted) reload();
        }, TOGETHER);
    };
    const heard = (/** @type {any} */ { detail }) => {
        const isAbout = domain === null || detail.domain === null || detail.domain === domain;
        if (isAbout && kinds.includes(detail.kind)) soon();
    };
    app.updates.news.addEventListener('admin.changed', heard, { signal: done.signal });
    app.updates.news.addEventListener('resync', soon, { signal: done.signal });
    return () => {
        clearTimeout(timer);
        done.abort();
    };
}
