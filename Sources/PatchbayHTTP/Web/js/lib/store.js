/** What the portal knows, in one plain object that is replaced and never changed in place. */
export class Store {
    #state;
    /** @type {Set<(state: State, before: State) => void>} */
    #readers = new Set();
    /** @type {State | null} */
    #told = null;

    /** @param {State} state */
    constructor(state) {
        this.#state = state;
    }

    get state() {
        return this.#state;
    }

    /**
     * Replaces the state by what a reducer makes of it; readers hear of all changes of one turn at once.
     * @param {(state: State, ...values: any[]) => State} reducer
     * @param {...any} values
     */
    apply(reducer, ...values) {
        const next = reducer(this.#state, ...values);
        if (next === this.#state) return;
        if (!this.#told) {
            this.#told = this.#state;
            queueMicrotask(() => this.#tell());
        }
        this.#state = next;
    }

    /**
     * Calls `reader` after every change until `signal` is aborted.
     * @param {(state: State, before: State) => void} reader
     * @param {AbortSignal} [signal]
     */
    watch(reader, signal) {
        this.#readers.add(reader);
        signal?.addEventListener('abort', () => this.#readers.delete(reader));
    }

    #tell() {
        const before = /** @type {State} */ (this.#told);
        this.#told = null;
        for (const reader of this.#readers) {
            try {
                reader(this.#state, before);
            } catch (error) {
                reportError(error);
            }
        }
    }
}
