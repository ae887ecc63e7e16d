/** Under Trusted Types even a worker's address must come from a policy. One policy, fixed names. */
const WORKERS = new Set(['/live-worker.js', '/sw.js']);

/** @type {any} */
let policy;

/** @param {string} url @returns {string} */
export function workerURL(url) {
    // Made when a worker is: a page that has none, of another portal, need not allow it.
    policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy('portal-workers', {
        createScriptURL: (/** @type {string} */ wanted) => {
            if (!WORKERS.has(wanted)) throw new TypeError(`not a worker of ours: ${wanted}`);
            return wanted;
        },
    });
    return policy ? policy.createScriptURL(url) : url;
}
