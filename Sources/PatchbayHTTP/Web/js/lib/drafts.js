/** What was typed and not sent, per user and conversation, kept in this browser until it is sent. */
export class Drafts {
    #prefix;
    #storage;

    /** @param {string} userId @param {Storage} [storage] */
    constructor(userId, storage = localStorage) {
        this.#prefix = `patchbay.draft.${userId}.`;
        this.#storage = storage;
    }

    /** @param {string} conversationId */
    get(conversationId) {
        try {
            return this.#storage.getItem(this.#prefix + conversationId) ?? '';
        } catch {
            return '';
        }
    }

    /**
     * Another tab has changed it.
     * @param {string} conversationId
     * @param {(text: string) => void} hear
     * @param {AbortSignal} signal
     */
    watch(conversationId, hear, signal) {
        const changed = (/** @type {StorageEvent} */ { key, newValue }) =>
            key === this.#prefix + conversationId && hear(newValue ?? '');
        addEventListener('storage', changed, { signal });
    }

    /** @param {string} conversationId @param {string} text blank forgets it */
    set(conversationId, text) {
        try {
            if (text.trim() === '') this.#storage.removeItem(this.#prefix + conversationId);
            else this.#storage.setItem(this.#prefix + conversationId, text);
        } catch {
            // A full or forbidden storage costs the draft, never the typing.
        }
    }
}
