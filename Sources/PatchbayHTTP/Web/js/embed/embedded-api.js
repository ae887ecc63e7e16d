/** The API as another portal's page reaches it: on the portal's own origin, with a bearer and never with a cookie. */
import { Api } from '../lib/api.js';

export class EmbeddedApi extends Api {
    #bearer;

    /** @param {string} origin of the portal @param {import('./bearer.js').Bearer} bearer */
    constructor(origin, bearer) {
        super(`${origin}/api/v1`);
        this.#bearer = bearer;
    }

    get headers() {
        return { ...super.headers, ...this.#bearer.headers };
    }

    /**
     * A bearer that is over is replaced once; the request is made again with the new one.
     * @param {string} path
     * @param {RequestInit} options
     */
    async send(path, options) {
        const first = await this.#once(path, options);
        if (first.status !== 401) return first;
        try {
            await this.#bearer.signIn();
        } catch {
            return first;
        }
        return this.#once(path, options);
    }

    /**
     * Elements of plugins are the portal's own pages' business.
     * @param {string} path
     * @param {Record<string, any>} [query]
     * @param {AbortSignal} [signal]
     */
    async get(path, query, signal) {
        const answer = await super.get(path, query, signal);
        return path === '/session' ? { ...answer, slots: [] } : answer;
    }

    /** @param {string} path @param {RequestInit} options */
    #once(path, options) {
        const headers = { .../** @type {Record<string, string>} */ (options.headers), ...this.headers };
        return fetch(this.base + path, { ...options, headers, credentials: 'omit' });
    }

    /**
     * An uploaded file, under an address of this page.
     * @param {string} id
     */
    async file(id) {
        const response = await this.send(`/attachments/${encodeURIComponent(id)}`, {});
        if (!response.ok) throw new Error(`the file was not given: ${response.status}`);
        return URL.createObjectURL(await response.blob());
    }
}
