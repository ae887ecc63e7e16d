/** How long a link that has broken off may come back by itself, and then between tries, in milliseconds. */
const PATIENCE = 4000;
/** How often a connection is mended before it is given up for another; one that is coming up, slowly, has three times that. */
const MOST_TRIES = 4;

/**
 * What a connection is known by; another has other keys.
 * @param {RTCSessionDescriptionInit | null} description
 */
const keysOf = (description) => /a=fingerprint:(\S+ \S+)/.exec(description?.sdp ?? '')?.[1];

/**
 * The connection to one other window: WebRTC with perfect negotiation (W3C WebRTC 1.0 §10.7), so that both sides may
 * change their tracks at any time. Signals go out and come in one after the other: a candidate must never overtake the
 * description that it belongs to.
 */
export class PeerLink {
    #peer;
    #mending = 0;
    /** How often it has been tried since the link was last up. */
    #tries = 0;
    #polite;
    /** Whether we make the first offer; the polite side only when none comes, or when it begins anew. */
    #begins;
    #isOffering = false;
    /** Which of our offers is the last one; its answer carries the same number. */
    #offers = 0;
    #ignores = false;
    #inbound = Promise.resolve();
    #outbound = Promise.resolve();
    #configuration;
    #send;
    #onStream;
    #onState;
    /** @type {MediaStream | null} */
    #shown = null;
    /** @type {Map<string, RTCRtpSender>} by kind */
    #senders = new Map();

    /**
     * @param {object} options
     * @param {string} options.me our window
     * @param {string} options.peer the other window
     * @param {RTCConfiguration} options.configuration
     * @param {(peer: string, data: any) => Promise<any>} options.send must end: what comes later waits for it
     * @param {(peer: string, stream: MediaStream) => void} options.onStream
     * @param {(peer: string, state: RTCPeerConnectionState) => void} options.onState
     */
    constructor({ me, peer, configuration, send, onStream, onState }) {
        this.#peer = peer;
        this.#polite = me < peer;
        this.#begins = !this.#polite;
        this.#configuration = configuration;
        this.#send = send;
        this.#onStream = onStream;
        this.#onState = onState;
        this.pc = this.#connection();
        this.#mend();
    }

    #connection() {
        const pc = new RTCPeerConnection(this.#configuration);
        pc.onicecandidate = ({ candidate }) => candidate && this.#say({ candidate: candidate.toJSON() });
        pc.ontrack = ({ streams }) => this.#onStream(this.#peer, streams[0]);
        pc.onnegotiationneeded = () => this.#offer();
        pc.onconnectionstatechange = () => {
            this.#onState(this.#peer, pc.connectionState);
            if (pc.connectionState === 'failed') this.#again();
            this.#mend();
        };
        pc.onsignalingstatechange = () => this.#mend();
        return pc;
    }

    /** Begins anew with another connection: a way can be looked for again, but keys that failed are of no use any more. */
    #renew() {
        this.pc.close();
        this.#tries = 0;
        this.pc = this.#connection();
        this.#senders.clear();
        if (this.#shown) this.show(this.#shown);
        this.#mend();
    }

    /** @param {MediaStream} stream what we show */
    show(stream) {
        this.#shown = stream;
        for (const kind of ['audio', 'video']) {
            const track = stream.getTracks().find((one) => one.kind === kind) ?? null;
            const sender = this.#senders.get(kind);
            // Without anything to show the last picture would stay.
            if (sender) sender.replaceTrack(track).catch(reportError);
            else if (track) this.#senders.set(kind, this.pc.addTrack(track, stream));
        }
    }

    /** The network has changed: look for a new way. */
    restart() {
        this.pc.restartIce();
    }

    close() {
        clearTimeout(this.#mending);
        this.pc.close();
    }

    /**
     * A link that is broken, never comes up, or waits for an answer, tries again until it is there: its network or relay
     * may be away for a while, and a signal may have been told while the other window, or we, didn't listen.
     */
    #mend() {
        clearTimeout(this.#mending);
        const { connectionState, signalingState } = this.pc;
        if (connectionState === 'closed') return;
        if (connectionState === 'connected') this.#tries = 0;
        if (connectionState === 'connected' && signalingState !== 'have-local-offer') return;
        const isYoung = connectionState === 'new' || connectionState === 'connecting';
        // Not both sides at the same moment.
        const wait = PATIENCE * (isYoung ? 2 : 1) * (this.#polite ? 1.3 : 1);
        this.#mending = setTimeout(() => {
            this.#again();
            this.#mend();
        }, wait);
    }

    /** The same offer once more is answered once more; without one under way, a new one looks for a new way. */
    #again() {
        this.#begins = true;
        this.#tries += 1;
        const most = this.pc.connectionState === 'connecting' ? 3 * MOST_TRIES : MOST_TRIES;
        if (this.#tries > most) this.#renew();
        else if (this.pc.signalingState === 'have-local-offer') this.#sayOffer();
        else if (this.pc.connectionState === 'new' && !this.pc.localDescription) this.#offer();
        else this.pc.restartIce();
    }

    #sayOffer() {
        return this.#say({ description: this.pc.localDescription?.toJSON(), offer: this.#offers });
    }

    /** @param {any} data */
    hear(data) {
        this.#inbound = this.#inbound.then(() => this.#take(data)).catch((error) => this.#failed(error));
        return this.#inbound;
    }

    async #offer() {
        // One side begins: after two first offers at once a browser may stop looking for candidates of its own.
        if (!this.#begins && !this.pc.remoteDescription) return;
        try {
            this.#isOffering = true;
            await this.pc.setLocalDescription();
            this.#offers += 1;
            await this.#sayOffer();
        } catch (error) {
            this.#failed(error);
        } finally {
            this.#isOffering = false;
        }
    }

    /**
     * @param {{description?: RTCSessionDescriptionInit, offer?: number, candidate?: RTCIceCandidateInit}} data
     */
    async #take({ description, offer = this.#offers, candidate }) {
        if (description && this.#isOfAnother(description)) {
            // The other side has begun anew: so must we. Its offer can be answered at once, an answer is to what is gone.
            this.#renew();
            if (description.type !== 'offer') return;
        }
        const { pc } = this;
        if (candidate) {
            await pc.addIceCandidate(candidate).catch((error) => {
                if (!this.#ignores) throw error;
            });
            return;
        }
        if (!description) return;
        // An offer that was made twice is answered twice, and the second answer may come after the next offer.
        const isStale = pc.signalingState !== 'have-local-offer' || offer !== this.#offers;
        if (description.type === 'answer' && isStale) return;
        const collides = description.type === 'offer' && (this.#isOffering || pc.signalingState !== 'stable');
        this.#ignores = !this.#polite && collides;
        if (this.#ignores) return;
        await pc.setRemoteDescription(description);
        if (description.type !== 'offer') return;
        await pc.setLocalDescription();
        // Not waited for: what comes in must not stand behind an answer that is slow to go out.
        this.#say({ description: pc.localDescription?.toJSON(), offer });
    }

    /** @param {RTCSessionDescriptionInit} description */
    #isOfAnother(description) {
        const known = keysOf(this.pc.remoteDescription);
        return known !== undefined && keysOf(description) !== known;
    }

    /** @param {any} data */
    #say(data) {
        this.#outbound = this.#outbound.then(() => this.#send(this.#peer, data)).catch((error) => this.#failed(error));
        return this.#outbound;
    }

    /**
     * A link that was closed meanwhile has nothing more to say.
     * @param {any} error
     */
    #failed(error) {
        if (this.pc.connectionState !== 'closed') console.warn('video signal', error);
    }
}
