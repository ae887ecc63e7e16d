/** One EventSource that comes back by itself, in a page or in a worker. It tells states and events to `emit`. */
import { Cursor } from './cursor.js';

const LASTING = [
    'message.created',
    'message.changed',
    'conversation.changed',
    'contact.changed',
    'chat.read',
    'scheduled.changed',
    'template.changed',
    'preferences.changed',
    'call.changed',
    'admin.changed',
    'plugin.changed',
    'video.session.changed',
];
/** Signals are told once and not kept: they have no place of their own in the log. */
const SIGNALS = ['presence.changed', 'phones.changed', 'conversation.typing', 'feature.changed', 'simulator.phone.changed', 'video.signal'];
const WAITS = [300, 1000, 2000, 4000, 8000];

/**
 * What a tab hears: an event, how the connection stands, or that the focus came to one of the tabs or left them all.
 * @typedef {{type: 'event', name: string, id: string, data: any, crew?: Facts} | {type: 'state', state: string}
 *     | {type: 'crew', crew: Facts}} Told
 * @typedef {import('./crew.js').Facts} Facts
 */

/**
 * How the server is reached.
 * @typedef {Pick<EventSource, 'close' | 'addEventListener' | 'onopen' | 'onerror'>} Source
 * @typedef {object} Line
 * @property {(path: string) => Source} open
 * @property {(path: string) => Promise<Response>} ask
 * @property {import('./front.js').Tell} [tell] says something by PUT; without it, as the portal's own pages
 */

/** @type {Line} the portal's own pages, with its cookie */
const OWN = {
    open: (path) => new EventSource(`/api/v1${path}`),
    ask: (path) => fetch(`/api/v1${path}`, { cache: 'no-store' }),
};

export class Stream {
    #emit;
    #line;
    #cursor;
    /** @type {Source | null} */
    #source = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #tries = 0;
    #isClosed = false;
    state = 'connecting';

    /** @param {(told: Told) => void} emit @param {{line?: Line, after?: string | null}} [options] */
    constructor(emit, options = {}) {
        const { line = OWN, after = null } = options;
        this.#emit = emit;
        this.#line = line;
        this.#cursor = new Cursor(after);
        this.#open();
    }

    /** Ends it for good. */
    close() {
        this.#isClosed = true;
        clearTimeout(this.#timer);
        this.#source?.close();
        this.#source = null;
    }

    /** The network is back: do not sit out the wait. */
    hurry() {
        if (this.state !== 'reconnecting' || this.#source) return;
        clearTimeout(this.#timer);
        this.#open();
    }

    #open() {
        // A new EventSource sends no Last-Event-ID, so the cursor goes into the address.
        const after = this.#cursor.id ? `?after=${encodeURIComponent(this.#cursor.id)}` : '';
        const source = this.#line.open(`/events${after}`);
        this.#source?.close();
        this.#source = source;
        source.onopen = () => {
            this.#tries = 0;
            this.#tell('live');
        };
        source.onerror = () => source === this.#source && this.#lost();
        for (const name of LASTING) source.addEventListener(name, (event) => this.#take(name, event, true));
        for (const name of SIGNALS) source.addEventListener(name, (event) => this.#take(name, event, false));
        source.addEventListener('resync', (event) => {
            this.#cursor = new Cursor(/** @type {MessageEvent} */ (event).lastEventId || null);
            this.#emit({ type: 'event', name: 'resync', id: '', data: {} });
        });
    }

    /** @param {string} name @param {Event} event @param {boolean} isLasting */
    #take(name, event, isLasting) {
        const { lastEventId: id, data } = /** @type {MessageEvent} */ (event);
        const isNew = this.#cursor.takes(id);
        if (isNew || !isLasting) this.#emit({ type: 'event', name, id, data: JSON.parse(data) });
    }

    async #lost() {
        this.#source?.close();
        this.#source = null;
        this.#tell('reconnecting');
        // An EventSource does not say why it was refused; the session does.
        const response = await this.#line.ask('/session').catch(() => null);
        // Meanwhile somebody may have been in a hurry.
        if (this.#isClosed || this.#source) return;
        if (response?.status === 401) {
            this.#tell('out');
            return;
        }
        const wait = WAITS[Math.min(this.#tries, WAITS.length - 1)];
        this.#tries += 1;
        this.#timer = setTimeout(() => this.#open(), wait * (0.75 + Math.random() / 2));
    }

    /** @param {string} state */
    #tell(state) {
        this.state = state;
        this.#emit({ type: 'state', state });
    }
}
