/** Two soft notes made with Web Audio: no file, and silent until the browser lets a page play. */

/** Frequency in hertz and beginning in seconds. */
const NOTES = [
    [880, 0],
    [1174.66, 0.12],
];
const LASTS = 0.4;
/** However many messages come, it sounds once in this time, in milliseconds. */
const BURST = 3000;
const KEY = 'patchbay.tone';

export class Tone {
    /** How often it has sounded. */
    played = 0;
    /** @type {AudioContext | null} */
    #audio = null;
    #now;
    #storage;

    /** @param {{now?: () => number, storage?: Storage | null}} [options] for tests */
    constructor(options = {}) {
        const { now = Date.now, storage = globalThis.localStorage ?? null } = options;
        this.#now = now;
        this.#storage = storage;
        // Capture: also where an element keeps its clicks to itself.
        for (const type of ['pointerdown', 'keydown']) {
            globalThis.addEventListener?.(type, () => this.#unlock(), { capture: true });
        }
    }

    /** For a message: once in a burst, whichever tab plays. Says whether it sounded. */
    async ring() {
        if (!this.#isFirstOfBurst()) return false;
        const hasSounded = await this.play();
        // What the browser kept silent was no burst.
        if (!hasSounded) this.#mark('0');
        return hasSounded;
    }

    /** Now; says whether the browser allowed it. */
    async play() {
        const audio = this.#open();
        if (audio?.state === 'suspended') await Promise.race([audio.resume(), rest(150)]);
        if (audio?.state !== 'running') return false;
        for (const [hertz, at] of NOTES) note(audio, hertz, audio.currentTime + at);
        this.played += 1;
        return true;
    }

    #isFirstOfBurst() {
        try {
            const last = Number(this.#storage?.getItem(KEY) ?? 0);
            if (Math.abs(this.#now() - last) < BURST) return false;
        } catch {
            // Without storage a burst may sound more than once, no worse.
        }
        this.#mark(String(this.#now()));
        return true;
    }

    /** @param {string} when the last tone, for all tabs */
    #mark(when) {
        try {
            this.#storage?.setItem(KEY, when);
        } catch {
            // As above.
        }
    }

    #open() {
        if (!globalThis.AudioContext) return null;
        this.#audio ??= new AudioContext();
        return this.#audio;
    }

    /** The first click or key of the page: from now on it may play. */
    #unlock() {
        const audio = this.#open();
        if (audio?.state === 'suspended') audio.resume().catch(() => {});
    }
}

/** @param {AudioContext} audio @param {number} hertz @param {number} at */
function note(audio, hertz, at) {
    const [voice, loudness] = [audio.createOscillator(), audio.createGain()];
    voice.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.2, at + 0.01);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + LASTS - 0.05);
    voice.connect(loudness).connect(audio.destination);
    voice.start(at);
    voice.stop(at + LASTS);
}

/** @param {number} ms */
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
