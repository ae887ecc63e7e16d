/** Under Trusted Types even a worker's address must come from a policy. One policy, fixed names. */
const WORKERS = new Set(['/live-worker.js', '/sw.js']);

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('portal-workers', {
    createScriptURL: (/** @type {string} */ url) => {
        if (!WORKERS.has(url)) throw new TypeError(`not a worker of ours: ${url}`);
        return url;
    },
});

/** @param {string} url @returns {string} */
export const workerURL = (url) => (policy ? policy.createScriptURL(url) : url);
