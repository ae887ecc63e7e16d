/** The title of the tab: its own words, and by turns with them who wrote, until somebody comes back. */
const EVERY = 1000;

export class PageTitle {
    #own = '';
    /** @type {Map<string, string>} by conversation, the newest last */
    #alarms = new Map();
    #isAlarm = false;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #timer;
    #show;
    #isCalm;

    /** @param {(title: string) => void} show @param {() => boolean} isCalm whether nothing may move */
    constructor(show, isCalm) {
        this.#show = show;
        this.#isCalm = isCalm;
    }

    /** @param {string} words */
    set own(words) {
        this.#own = words;
        this.#draw();
    }

    /** @param {string} conversationId @param {string} words */
    flash(conversationId, words) {
        this.#alarms.delete(conversationId);
        this.#alarms.set(conversationId, words);
        this.#isAlarm = true;
        this.#timer ??= setInterval(() => this.#turn(), EVERY);
        this.#draw();
    }

    /**
     * The conversation has been read.
     * @param {string} conversationId
     */
    settle(conversationId) {
        if (!this.#alarms.delete(conversationId)) return;
        if (this.#alarms.size === 0) this.rest();
        else this.#draw();
    }

    /** Somebody is back. */
    rest() {
        clearInterval(this.#timer);
        this.#timer = undefined;
        this.#alarms.clear();
        this.#draw();
    }

    get alarms() {
        return this.#alarms.keys();
    }

    #turn() {
        this.#isAlarm = !this.#isAlarm;
        this.#draw();
    }

    #draw() {
        const words = [...this.#alarms.values()].at(-1);
        if (words === undefined) return this.#show(this.#own);
        if (this.#isCalm()) return this.#show(`${words} · ${this.#own}`);
        this.#show(this.#isAlarm ? words : this.#own);
    }
}
