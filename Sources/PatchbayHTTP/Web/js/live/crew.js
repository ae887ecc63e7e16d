/**
 * The tabs of one user in one browser: which of them speaks (rings, shows the browser's notification) and where
 * somebody looks. Kept by the one that owns the stream, told to the tabs with every event, so that exactly one speaks.
 */

/**
 * @typedef {object} Standing how a tab stands
 * @property {boolean} isFocused
 * @property {boolean} canSound somebody has clicked or typed in it, so that the browser lets it play
 * @property {number} at the last click or key, in milliseconds since 1970
 * @property {string | null} looksAt the conversation that somebody looks at
 *
 * @typedef {object} Facts the same for all tabs, but for `isSpeaker`
 * @property {boolean} isSpeaker whether this tab is the one that speaks
 * @property {boolean} isFocused whether any tab has the focus
 * @property {string[]} looking the conversations that somebody looks at
 */

export class Crew {
    /** @type {Map<string, Standing>} */
    #tabs = new Map();

    /** @param {string} id @param {Standing} standing */
    set(id, standing) {
        this.#tabs.set(id, standing);
    }

    /** @param {string} id */
    remove(id) {
        this.#tabs.delete(id);
    }

    /** @param {string} id */
    has(id) {
        return this.#tabs.has(id);
    }

    get size() {
        return this.#tabs.size;
    }

    get isFocused() {
        return [...this.#tabs.values()].some((tab) => tab.isFocused);
    }

    /** The tab in use; a tab that may not play only where none may. */
    get speaker() {
        const inOrder = [...this.#tabs].sort(([, a], [, b]) => rank(b) - rank(a) || b.at - a.at);
        return inOrder[0]?.[0] ?? null;
    }

    /** @param {string} id @returns {Facts} */
    facts(id) {
        const looking = [...this.#tabs.values()].flatMap((tab) => tab.looksAt ?? []);
        return { isSpeaker: this.speaker === id, isFocused: this.isFocused, looking };
    }
}

/** @param {Standing} tab */
const rank = ({ canSound, isFocused }) => 2 * Number(canSound) + Number(isFocused);

/** For a tab that is alone, or has not heard of the others yet. */
export const ALONE = /** @type {Facts} */ ({ isSpeaker: true, isFocused: false, looking: [] });
