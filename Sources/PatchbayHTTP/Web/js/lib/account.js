/** What somebody does with their own account: preferences, password, sessions. */
import { preferencesOf } from './preferences.js';
import { preferencesChanged } from './state.js';
import { wholeList } from './whole-list.js';

/** @typedef {import('./api.js').ApiError} ApiError */

export class Account {
    #api;
    #store;
    /** The last change on its way: the server gets them one after the other. */
    #tail = Promise.resolve();
    /** What was chosen and the server has not said yes to: a session that is loaded meanwhile does not know it. */
    #wanted = /** @type {Partial<Preferences>} */ ({});

    /** @param {import('./api.js').Api} api @param {import('./store.js').Store} store */
    constructor(api, store) {
        this.#api = api;
        this.#store = store;
        store.watch((state) => {
            const now = /** @type {any} */ (preferencesOf(state));
            const isBehind = Object.entries(this.#wanted).some(([key, value]) => now[key] !== value);
            if (state.session && isBehind) store.apply(preferencesChanged, this.#wanted);
        });
    }

    /**
     * Shown at once; taken back if the server refuses it.
     * @param {Partial<Preferences>} fields
     */
    prefer(fields) {
        this.#wanted = { ...this.#wanted, ...fields };
        this.#store.apply(preferencesChanged, this.#wanted);
        const mine = this.#tail.then(() => this.#put());
        this.#tail = mine.catch(() => {});
        return mine;
    }

    async #put() {
        const wanted = this.#wanted;
        const settled = () => {
            if (this.#wanted === wanted) this.#wanted = {};
        };
        try {
            await this.#api.put('/preferences', { ...preferencesOf(this.#store.state), ...wanted });
            settled();
        } catch (error) {
            settled();
            const { preferences } = await this.#api.get('/session');
            this.#store.apply(preferencesChanged, preferences ?? {});
            throw error;
        }
    }

    /**
     * The other sessions of the account end.
     * @param {string} current
     * @param {string} next
     */
    async changePassword(current, next) {
        await this.#api.put('/password', { current, new: next });
    }

    /** Where the account is signed in, this session first. @returns {Promise<SignIn[]>} */
    async sessions() {
        const all = /** @type {SignIn[]} */ (await wholeList(this.#api, '/sessions'));
        return all.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.lastSeenAt.localeCompare(a.lastSeenAt));
    }

    /** @param {string} id */
    async revoke(id) {
        await this.#api.delete(`/sessions/${id}`);
    }

    /** Here too: the caller then signs out. */
    async revokeOthers() {
        const others = (await this.sessions()).filter((session) => !session.isCurrent);
        // One that has ended meanwhile is what was wanted.
        const gone = (/** @type {ApiError} */ error) => {
            if (error.status !== 404) throw error;
        };
        await Promise.all(others.map(({ id }) => this.revoke(id).catch(gone)));
    }
}
