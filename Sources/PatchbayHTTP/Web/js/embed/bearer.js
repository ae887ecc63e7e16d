/** The session of a page of another portal: a bearer, got for a token that its server makes, renewed in time. */
import { said, t } from '../i18n/index.js';
import { ApiError } from '../lib/api-error.js';

/** A bearer is renewed when so much of its life is over. */
const AT = 0.6;
/** A renewal that failed is tried again after so long, in milliseconds. */
const AGAIN = 10_000;

/** @typedef {() => Promise<string>} GetToken asks the host portal's server for a fresh token */

export class Bearer {
    #base;
    #getToken;
    #value = '';
    /** @type {Promise<Session> | null} */
    #signingIn = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;

    /** @param {string} base address of the API @param {GetToken} getToken */
    constructor(base, getToken) {
        this.#base = base;
        this.#getToken = getToken;
    }

    /** @returns {Record<string, string>} */
    get headers() {
        return this.#value ? { Authorization: `Bearer ${this.#value}` } : {};
    }

    /**
     * Exchanges a new token for a bearer; who asks meanwhile waits for the same.
     * @returns {Promise<Session>}
     */
    signIn() {
        this.#signingIn ??= this.#exchange().finally(() => (this.#signingIn = null));
        return this.#signingIn;
    }

    /** @returns {Promise<Session>} */
    async #exchange() {
        const token = await this.#getToken();
        // A bearer that is over would be refused beside the token.
        this.#value = '';
        const answer = await this.#send('POST', { token });
        this.#value = answer.bearer;
        this.#renewAt(answer.expiresAt);
        return answer.session;
    }

    /** @param {string} expiresAt */
    #renewAt(expiresAt) {
        clearTimeout(this.#timer);
        const life = new Date(expiresAt).getTime() - Date.now();
        this.#timer = setTimeout(() => this.#renew(), Math.max(life * AT, 1000));
    }

    async #renew() {
        try {
            this.#renewAt((await this.#send('PUT')).expiresAt);
        } catch (failure) {
            const isOver = /** @type {ApiError} */ (failure).status === 401;
            // Once it is over, the next request signs in anew.
            if (!isOver) this.#timer = setTimeout(() => this.#renew(), AGAIN);
        }
    }

    /** @param {string} method @param {any} [body] @returns {Promise<any>} */
    async #send(method, body) {
        const headers = { ...this.headers, ...(body && { 'Content-Type': 'application/json' }) };
        const request = { method, headers, body: body && JSON.stringify(body), credentials: /** @type {const} */ ('omit') };
        const response = await fetch(`${this.#base}/session/embed`, request).catch(() => {
            throw new ApiError(0, 'network', t('error.network'));
        });
        const answer = await response.json().catch(() => ({}));
        if (response.ok) return answer;
        const words = said(answer.id, answer.detail) || t('error.unknown', { status: response.status });
        throw new ApiError(response.status, answer.id ?? 'unknown', words);
    }

    /** Gives the session back. */
    async end() {
        clearTimeout(this.#timer);
        const { headers } = this;
        this.#value = '';
        if (!headers.Authorization) return;
        await fetch(`${this.#base}/session`, { method: 'DELETE', headers, keepalive: true }).catch(() => {});
    }
}
