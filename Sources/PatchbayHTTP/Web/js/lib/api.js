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
        /** @type {() => void} */
        this.onSignedOut = () => {};
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
        return {};
    }

    /**
     * Sends a request as whoever is signed in.
     * @param {string} path
     * @param {RequestInit} options
     */
    send(path, options) {
        return fetch(this.base + path, { credentials: 'same-origin', ...options });
    }

    /** @param {string} method @param {string} path @param {RequestInit} options @returns {Promise<any>} */
    async #ask(method, path, options) {
        let response;
        try {
            response = await this.send(path, { method, ...options });
        } catch (error) {
            if (/** @type {Error} */ (error).name === 'AbortError') throw error;
            throw new ApiError(0, 'network', t('error.network'));
        }
        if (response.status === 204) return null;
        const body = await response.json().catch(() => ({}));
        if (response.ok) return body;
        if (response.status === 401 && body.id === 'session.required') this.onSignedOut();
        const retryAfter = Number(response.headers.get('Retry-After')) || body.retryAfter;
        const detail = said(body.id, body.detail) || t('error.unknown', { status: response.status });
        throw new ApiError(response.status, body.id ?? 'unknown', detail, { ...body, retryAfter });
    }
}

/** @param {any} body @returns {RequestInit} */
const json = (body) => ({ headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
