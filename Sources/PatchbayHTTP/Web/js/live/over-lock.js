/** Where there is no SharedWorker: the tab that holds a lock owns the stream and the crew, and relays to the others. */
import { Crew } from './crew.js';
import { Cursor } from './cursor.js';
import { Front } from './front.js';
import { Stream } from './stream.js';
import { tabId, whenGone } from './tab.js';

/** @typedef {import('./live.js').Told} Told */
/** @typedef {import('./live.js').Standing} Standing */

/**
 * @param {{name: string, after: string, line?: import('./stream.js').Line}} visitor
 * @param {(told: Told) => void} emit
 * @param {Standing} standing
 * @returns {import('./live.js').Live}
 */
export function overLock({ name, after, line }, emit, standing) {
    const channel = new BroadcastChannel(`live2:${name}`);
    const cursor = new Cursor(after);
    const done = new AbortController();
    let latest = standing;
    /** @type {Leader | null} */
    let leader = null;
    const take = (/** @type {Told} */ told) => {
        if (told.type === 'event') cursor.takes(told.id);
        emit(told);
    };
    channel.onmessage = ({ data }) => {
        if (data.told) return take({ ...data.told, crew: { ...data.told.crew, isSpeaker: data.speaker === tabId } });
        if (data.state && !leader) return emit({ type: 'state', state: data.state });
        if (data.type === 'who?') channel.postMessage({ type: 'stands', id: tabId, standing: latest });
        if (data.type === 'stands') leader?.stands(data.id, data.standing);
        if (data.type === 'bye') leader?.bye(data.id);
    };
    const lead = () =>
        new Promise((resolve) => {
            leader = new Leader(channel, take, { after: cursor.id, line });
            leader.stands(tabId, latest);
            channel.postMessage({ type: 'who?' });
            done.signal.addEventListener('abort', resolve);
        });
    // A page without TLS has no locks: each of its tabs has a stream then.
    if (navigator.locks) navigator.locks.request(`live2:${name}`, { signal: done.signal }, lead).catch(() => {});
    else lead();
    const tell = () => {
        if (done.signal.aborted) return;
        if (leader) leader.stands(tabId, latest);
        else channel.postMessage({ type: 'stands', id: tabId, standing: latest });
    };
    tell();
    return {
        hurry: () => leader?.hurry(),
        stands: (now) => {
            latest = now;
            tell();
        },
        close: () => {
            channel.postMessage({ type: 'bye', id: tabId });
            leader?.close();
            done.abort();
            channel.close();
        },
    };
}

class Leader {
    #channel;
    #take;
    #crew = new Crew();
    #wasFocused = false;
    #stream;
    #front;

    /**
     * @param {BroadcastChannel} channel
     * @param {(told: Told) => void} take
     * @param {{after: string | null, line?: import('./stream.js').Line}} options
     */
    constructor(channel, take, options) {
        this.#channel = channel;
        this.#take = take;
        this.#front = new Front(options.line?.tell);
        this.#stream = new Stream((told) => this.#tell(told), options);
    }

    /** @param {string} id @param {Standing} standing */
    stands(id, standing) {
        const isNew = !this.#crew.has(id);
        this.#crew.set(id, standing);
        this.#focusMoved();
        if (!isNew || id === tabId) return;
        this.#channel.postMessage({ state: this.#stream.state });
        whenGone(id, () => this.bye(id));
    }

    /** @param {string} id */
    bye(id) {
        this.#crew.remove(id);
        this.#focusMoved();
    }

    hurry() {
        this.#stream.hurry();
    }

    close() {
        this.#stream.close();
        this.#front.rest();
    }

    #focusMoved() {
        if (this.#crew.isFocused === this.#wasFocused) return;
        this.#wasFocused = this.#crew.isFocused;
        this.#front.set(this.#wasFocused);
        this.#tell({ type: 'crew', crew: this.#crew.facts(tabId) });
    }

    /** @param {Told} told */
    #tell(told) {
        if (told.type === 'state' && told.state === 'live') this.#front.again();
        if (told.type === 'state' && told.state === 'out') this.#front.rest();
        const crew = this.#crew.facts(tabId);
        this.#channel.postMessage({ told: { ...told, crew }, speaker: this.#crew.speaker });
        this.#take(/** @type {Told} */ ({ ...told, crew }));
    }
}
