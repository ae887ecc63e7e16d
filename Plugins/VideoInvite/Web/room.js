/** Who is in the session and a link to each of them; what changes is told to the stage. */
import { PeerLink } from './peer-link.js';

/**
 * @typedef {object} VideoPerson
 * @property {string} id
 * @property {string} name
 * @property {boolean} isGuest
 * @property {'invited' | 'joined' | 'declined' | 'missed' | 'left'} state
 * @property {string | null} peer
 *
 * @typedef {{id: string, conversationId: string, startedBy: string, endedAt: string | null, people: VideoPerson[]}}
 *     VideoSession
 * @typedef {{from: string, to: string, data: any}} VideoSignal
 *
 * @typedef {object} Stage
 * @property {(session: VideoSession) => void} session
 * @property {(peer: string, stream: MediaStream) => void} stream
 * @property {(peer: string, state: RTCPeerConnectionState) => void} state
 * @property {(peer: string) => void} gone
 */

export class Room {
    /** @type {Map<string, PeerLink>} */
    links = new Map();
    /** @type {VideoSession | null} */
    session = null;
    #stage;
    #send;
    /** @type {RTCConfiguration} */
    #configuration;
    /** @type {MediaStream} */
    #shown;

    /**
     * @param {object} options
     * @param {string} options.me our window's id
     * @param {RTCConfiguration} options.configuration
     * @param {MediaStream} options.shown our camera and microphone
     * @param {(to: string, data: any) => Promise<any>} options.send
     * @param {Stage} options.stage
     */
    constructor({ me, configuration, shown, send, stage }) {
        this.me = me;
        this.#configuration = configuration;
        this.#shown = shown;
        this.#send = send;
        this.#stage = stage;
        addEventListener('online', () => this.restart());
        // A phone that changes from mobile data to Wi-Fi stays online, but its addresses are others. The event comes with
        // every new estimate of the speed, too, which is no reason.
        const { connection } = /** @type {any} */ (navigator);
        let { type } = connection ?? {};
        connection?.addEventListener('change', () => {
            if (connection.type !== type) this.restart();
            type = connection.type;
        });
    }

    /** @param {VideoSession} session */
    take(session) {
        this.session = session;
        const there = session.people.filter(({ state, peer }) => state === 'joined' && peer && peer !== this.me);
        const peers = new Set(there.map(({ peer }) => /** @type {string} */ (peer)));
        for (const peer of this.links.keys()) if (!peers.has(peer)) this.#drop(peer);
        for (const peer of peers) this.#link(peer);
        this.#stage.session(session);
    }

    /** @param {VideoSignal} signal */
    hear({ from, to, data }) {
        if (to === this.me && from !== this.me) this.#link(from).hear(data);
    }

    /** @param {MediaStream} stream another camera, or the screen */
    show(stream) {
        this.#shown = stream;
        for (const link of this.links.values()) link.show(stream);
    }

    restart() {
        for (const link of this.links.values()) link.restart();
    }

    end() {
        for (const peer of this.links.keys()) this.#drop(peer);
    }

    /** @param {string} peer */
    #link(peer) {
        const known = this.links.get(peer);
        if (known) return known;
        const link = new PeerLink({
            me: this.me,
            peer,
            configuration: this.#configuration,
            send: this.#send,
            onStream: (from, stream) => this.#stage.stream(from, stream),
            onState: (from, state) => this.#stage.state(from, state),
        });
        this.links.set(peer, link);
        link.show(this.#shown);
        return link;
    }

    /** @param {string} peer */
    #drop(peer) {
        this.links.get(peer)?.close();
        this.links.delete(peer);
        this.#stage.gone(peer);
    }
}
