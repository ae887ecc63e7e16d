/** The portal's HTTP API. Every failure is an ApiError with the server's id and its sentence for people. */
import { said, t } from '../i18n/index.js';
import { ApiError } from './api-error.js';
import { upload } from './upload.js';

export { ApiError };

/** Requests to one server; tells `onSignedOut` when the session has ended. */
export class Api {
    /** @param {string} [base] */
    constructor(base = '/api/v1') {
        this.base = base;
        /** Whose page it is, by their id. @type {string} */
        this.user = '';
        /** @type {() => void} */
        this.onSignedOut = () => {};
        /** Somebody else has signed in with this browser. @type {() => void} */
        this.onOtherUser = () => {};
    }

    /** @param {string} path @param {Record<string, any>} [query] @param {AbortSignal} [signal] */
    get(path, query = {}, signal = undefined) {
        const pairs = Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== '');
        const text = new URLSearchParams(pairs.map(([k, v]) => [k, String(v)])).toString();
        return this.#ask('GET', text ? `${path}?${text}` : path, { signal });
    }

    /** @param {string} path @param {any} [body] */
    post(path, body = {}) {
        return this.#ask('POST', path, json(body));
    }

    /**
     * Sends a file as it is.
     * @param {string} path
     * @param {Blob} file
     * @param {string} type its media type, as the server is to take it
     */
    postFile(path, file, type) {
        return this.#ask('POST', path, { headers: { 'Content-Type': type }, body: file });
    }

    /** @param {string} path @param {any} [body] nothing where the deed is all */
    put(path, body) {
        return this.#ask('PUT', path, body === undefined ? {} : json(body));
    }

    /** @param {string} path @param {any} body */
    patch(path, body) {
        return this.#ask('PATCH', path, json(body));
    }

    /** @param {string} path */
    delete(path) {
        return this.#ask('DELETE', path, {});
    }

    /**
     * Stores a file.
     * @param {File} file
     * @param {{onProgress?: (part: number) => void, signal?: AbortSignal}} [more]
     */
    upload(file, more) {
        return upload(this.base, file, { ...more, headers: this.headers });
    }

    /** What every request carries besides its own. @returns {Record<string, string>} */
    get headers() {
        return /** @type {Record<string, string>} */ (this.user ? { 'Patchbay-User': this.user } : {});
    }

    /**
     * Sends a request as whoever is signed in.
     * @param {string} path
     * @param {RequestInit} options
     */
    send(path, options) {
        const headers = { .../** @type {Record<string, string>} */ (options.headers), ...this.headers };
        return fetch(this.base + path, { credentials: 'same-origin', ...options, headers });
    }

    /** @param {string} method @param {string} path @param {RequestInit} options @returns {Promise<any>} */
    async #ask(method, path, options) {
        const { user } = this;
        let response;
        try {
            response = await this.send(path, { method, ...options });
        } catch (error) {
            if (/** @type {Error} */ (error).name === 'AbortError') throw error;
            throw new ApiError(0, 'network', t('error.network'));
        }
        const body = response.status === 204 ? null : await response.json().catch(() => ({}));
        // The answer to somebody who has left meanwhile is nobody's.
        if (user && user !== this.user) throw new ApiError(401, 'session.required', t('sign-in.ended'));
        if (response.ok) return body;
        if (body.id === 'session.other-user') {
            this.onOtherUser();
            throw new ApiError(401, 'session.required', body.detail);
        }
        if (response.status === 401 && body.id === 'session.required') this.onSignedOut();
        const retryAfter = Number(response.headers.get('Retry-After')) || body.retryAfter;
        const detail = said(body.id, body.detail) || t('error.unknown', { status: response.status });
        throw new ApiError(response.status, body.id ?? 'unknown', detail, { ...body, retryAfter });
    }
}

/** @param {any} body @returns {RequestInit} */
const json = (body) => ({ headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
