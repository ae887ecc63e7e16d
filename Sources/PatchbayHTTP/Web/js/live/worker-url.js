/** Under Trusted Types even a worker's address must come from a policy. One policy, one fixed name. */
const WORKERS = new Set(['/live-worker.js']);

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('portal-workers', {
    createScriptURL: (/** @type {string} */ url) => {
        if (!WORKERS.has(url)) throw new TypeError(`not a worker of ours: ${url}`);
        return url;
    },
});

/** @param {string} url @returns {string} */
export const workerURL = (url) => (policy ? policy.createScriptURL(url) : url);
