/** Camera, microphone and screen of this window. */

/** What is wrong with a device, as a key of the texts. */
const FAULTS = /** @type {Record<string, string>} */ ({
    NotAllowedError: 'device.denied',
    NotFoundError: 'device.none',
    NotReadableError: 'device.busy',
    OverconstrainedError: 'device.none',
});

export class Media {
    /** What the others get. */
    stream = new MediaStream();
    /** @type {MediaStreamTrack | null} */
    #camera = null;
    /** @type {MediaStreamTrack | null} */
    #screen = null;
    /** @type {{camera?: string, microphone?: string}} */
    #chosen = {};
    /** Called when the screen's sharing ends by the browser's own button. */
    onScreenEnd = () => {};

    /**
     * Asks for camera and microphone; with one of them alone where there is no other.
     * @returns {Promise<string | null>} the key of what is wrong, or null
     */
    async open() {
        for (const wanted of [{ audio: true, video: true }, { audio: true }, { video: true }]) {
            try {
                this.#take(await navigator.mediaDevices.getUserMedia(this.#constraints(wanted)));
                return wanted.audio && wanted.video ? null : 'device.half';
            } catch (error) {
                const name = /** @type {Error} */ (error).name;
                if (name === 'NotAllowedError' || !wanted.audio) return FAULTS[name] ?? 'device.none';
            }
        }
        return 'device.none';
    }

    /** @param {{audio?: boolean, video?: boolean}} wanted @returns {MediaStreamConstraints} */
    #constraints({ audio, video }) {
        const exact = (/** @type {string | undefined} */ id) => (id ? { deviceId: { exact: id } } : {});
        return {
            audio: audio && { echoCancellation: true, noiseSuppression: true, ...exact(this.#chosen.microphone) },
            video: video && { width: { ideal: 1280 }, height: { ideal: 720 }, ...exact(this.#chosen.camera) },
        };
    }

    /** @param {MediaStream} stream */
    #take(stream) {
        for (const track of stream.getTracks()) {
            if (track.kind === 'video') {
                track.enabled = this.#camera?.enabled ?? true;
                this.#camera = track;
            }
            if (track.kind === 'audio' || !this.#screen) this.#put(track);
        }
    }

    /** @param {MediaStreamTrack} track */
    #put(track) {
        for (const old of this.stream.getTracks()) {
            if (old.kind !== track.kind) continue;
            this.stream.removeTrack(old);
            if (old !== this.#camera && old !== this.#screen) old.stop();
            // The screen is seen also when the camera is off.
            if (track.kind === 'audio') track.enabled = old.enabled;
        }
        this.stream.addTrack(track);
    }

    /** @param {'audio' | 'video'} kind @returns {boolean} whether microphone or camera is on */
    isOn(kind) {
        return this.#device(kind)?.enabled ?? false;
    }

    /** @param {'audio' | 'video'} kind the microphone, or the camera, which waits while the screen is shown */
    toggle(kind) {
        const device = this.#device(kind);
        if (device) device.enabled = !device.enabled;
    }

    /** @param {'audio' | 'video'} kind */
    #device(kind) {
        return kind === 'video' ? this.#camera : this.stream.getAudioTracks()[0];
    }

    get isSharing() {
        return this.#screen !== null;
    }

    /** Shows the screen instead of the camera. */
    async share() {
        const screen = await navigator.mediaDevices.getDisplayMedia({ video: true });
        const [track] = screen.getVideoTracks();
        this.#screen = track;
        track.onended = () => {
            this.unshare();
            this.onScreenEnd();
        };
        this.#put(track);
    }

    /** The camera again. */
    unshare() {
        const screen = this.#screen;
        if (!screen) return;
        screen.onended = null;
        if (this.#camera) this.#put(this.#camera);
        else this.stream.removeTrack(screen);
        this.#screen = null;
        screen.stop();
    }

    /** @returns {Promise<MediaDeviceInfo[]>} what can be chosen */
    async devices() {
        const all = await navigator.mediaDevices.enumerateDevices();
        return all.filter(({ kind, deviceId }) => kind !== 'audiooutput' && deviceId);
    }

    /** @param {MediaDeviceInfo} device */
    async choose({ kind, deviceId }) {
        const isCamera = kind === 'videoinput';
        this.#chosen = { ...this.#chosen, [isCamera ? 'camera' : 'microphone']: deviceId };
        const old = isCamera ? this.#camera : null;
        this.#take(await navigator.mediaDevices.getUserMedia(this.#constraints({ audio: !isCamera, video: isCamera })));
        old?.stop();
    }

    close() {
        for (const track of [...this.stream.getTracks(), this.#camera, this.#screen]) track?.stop();
    }
}
