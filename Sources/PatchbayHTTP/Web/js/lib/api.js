/** The portal's HTTP API. Every failure is an ApiError with the server's id and its sentence for people. */
import { t } from '../i18n/index.js';

/** What went wrong, in words for a person; `id` never changes and is what code looks at. */
export class ApiError extends Error {
    /** @param {number} status @param {string} id @param {string} detail @param {Record<string, any>} [more] */
    constructor(status, id, detail, more = {}) {
        super(detail);
        this.name = 'ApiError';
        this.status = status;
        this.id = id;
        this.more = more;
    }

    /** Whether the same request may succeed later without any change. */
    get isPassing() {
        return this.status === 0 || [429, 502, 503, 504].includes(this.status);
    }
}

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

    /** @param {string} path @param {any} body */
    put(path, body) {
        return this.#ask('PUT', path, json(body));
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
     */
    upload(file) {
        const headers = { 'Content-Type': file.type || 'application/octet-stream' };
        return this.#ask('POST', `/attachments?name=${encodeURIComponent(file.name)}`, { headers, body: file });
    }

    /** @param {string} method @param {string} path @param {RequestInit} options @returns {Promise<any>} */
    async #ask(method, path, options) {
        let response;
        try {
            response = await fetch(this.base + path, { method, credentials: 'same-origin', ...options });
        } catch (error) {
            if (/** @type {Error} */ (error).name === 'AbortError') throw error;
            throw new ApiError(0, 'network', t('error.network'));
        }
        if (response.status === 204) return null;
        const body = await response.json().catch(() => ({}));
        if (response.ok) return body;
        if (response.status === 401 && body.id === 'session.required') this.onSignedOut();
        const retryAfter = Number(response.headers.get('Retry-After')) || body.retryAfter;
        const detail = body.detail || t('error.unknown', { status: response.status });
        throw new ApiError(response.status, body.id ?? 'unknown', detail, { ...body, retryAfter });
    }
}

/** @param {any} body @returns {RequestInit} */
const json = (body) => ({ headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
