/** Who answers a customer of a number that several people share. */
import * as s from './state.js';

export class Claims {
    #api;
    #store;

    /** @param {import('./api.js').Api} api @param {import('./store.js').Store} store */
    constructor(api, store) {
        this.#api = api;
        this.#store = store;
    }

    /**
     * Takes the conversation over from the one who answers as far as the reader has seen; throws
     * conversation.claimed when that has changed meanwhile.
     * @param {string} id conversation
     * @param {string | null} from
     */
    async take(id, from) {
        await this.#answered(id, this.#api.put(`/conversations/${id}/claim`, { from }));
    }

    /** @param {string} id conversation */
    async release(id) {
        await this.#answered(id, this.#api.delete(`/conversations/${id}/claim`));
    }

    /**
     * However it went: what is open to the reader has changed with it.
     * @param {string} id
     * @param {Promise<any>} deed
     */
    async #answered(id, deed) {
        try {
            await deed;
        } finally {
            const { deletions } = this.#store.state;
            this.#store.apply(s.conversationLoaded, await this.#api.get(`/conversations/${id}`), deletions);
        }
    }
}
