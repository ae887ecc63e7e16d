/** Tells the server while somebody has the portal in front, so that nothing is pushed meanwhile. */

/** The server takes a word for 90 seconds. */
const EVERY = 60_000;

/** @typedef {(path: string, body: any) => Promise<any>} Tell */

/** @type {Tell} as the portal's own pages, with their cookie */
const own = (path, body) =>
    fetch(`/api/v1${path}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
    });

export class Front {
    #tell;
    #isInFront = false;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #timer;

    /** @param {Tell} [tell] */
    constructor(tell = own) {
        this.#tell = tell;
    }

    /** @param {boolean} isInFront */
    set(isInFront) {
        if (isInFront === this.#isInFront) return;
        this.#isInFront = isInFront;
        this.again();
    }

    /** The server may have been started anew. */
    again() {
        clearInterval(this.#timer);
        if (this.#isInFront) this.#timer = setInterval(() => this.#say(), EVERY);
        this.#say();
    }

    /** Nobody is there any more: the server sees it by the stream. */
    rest() {
        clearInterval(this.#timer);
        this.#isInFront = false;
    }

    #say() {
        // What is lost is said again in a minute.
        this.#tell('/push/front', { isInFront: this.#isInFront }).catch(() => {});
    }
}
