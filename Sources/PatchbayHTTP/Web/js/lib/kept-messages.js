/**
 * What was sent and has not reached the server yet, kept in this browser: a reload, or a tab that closes, loses nothing.
 * Each message has an owner, the tab that sends it.
 */
export class KeptMessages {
    #prefix;
    #tab;
    #storage;
    #last = 0;

    /** @param {string} userId @param {string} tab @param {Storage} [storage] */
    constructor(userId, tab, storage = localStorage) {
        this.#prefix = `patchbay.outbox.${userId}.`;
        this.#tab = tab;
        this.#storage = storage;
    }

    /** @param {Message} message */
    keep(message) {
        const key = this.#prefix + message.clientId;
        const place = this.#read(key)?.place ?? this.#next();
        try {
            this.#storage.setItem(key, JSON.stringify({ owner: this.#tab, place, message }));
        } catch {
            // A full or forbidden storage: the message lives as long as its tab.
        }
    }

    /** @param {string | null} clientId */
    forget(clientId) {
        try {
            this.#storage.removeItem(this.#prefix + clientId);
        } catch {
            // There was none.
        }
    }

    /** The tabs that have messages here. */
    owners() {
        return new Set(this.#all().map(({ owner }) => owner));
    }

    /**
     * Makes this tab the owner of what another had, and returns it in the order of writing.
     * @param {string} owner
     * @returns {Message[]}
     */
    adopt(owner) {
        const found = this.#all().filter((one) => one.owner === owner);
        const messages = found.sort((a, b) => a.place - b.place).map(({ message }) => message);
        for (const message of messages) this.keep(message);
        return messages;
    }

    /** Grows with every message, also over tabs and reloads. */
    #next() {
        this.#last = Math.max(this.#last + 1, Date.now() * 1000);
        return this.#last;
    }

    #all() {
        try {
            const keys = Object.keys(this.#storage).filter((key) => key.startsWith(this.#prefix));
            return keys.flatMap((key) => this.#read(key) ?? []);
        } catch {
            return [];
        }
    }

    /** @param {string} key @returns {{owner: string, place: number, message: Message} | null} */
    #read(key) {
        try {
            return JSON.parse(this.#storage.getItem(key) ?? 'null');
        } catch {
            return null;
        }
    }
}
