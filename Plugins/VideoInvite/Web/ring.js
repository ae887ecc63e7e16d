/** Rings like a telephone until it is hushed, in one tab only: the one that gets the lock. */

const EVERY = 3000;

/** @param {AudioContext} audio two soft notes, four times */
function chime(audio) {
    for (let i = 0; i < 8; i += 1) {
        const at = audio.currentTime + i * 0.16;
        const note = audio.createOscillator();
        const loud = audio.createGain();
        note.frequency.value = i % 2 === 0 ? 659 : 831;
        loud.gain.setValueAtTime(0, at);
        loud.gain.linearRampToValueAtTime(0.12, at + 0.02);
        loud.gain.linearRampToValueAtTime(0, at + 0.15);
        note.connect(loud).connect(audio.destination);
        note.start(at);
        note.stop(at + 0.16);
    }
}

/**
 * @param {string} id of what rings, the same in all tabs
 * @returns {() => void} hushes it
 */
export function ring(id) {
    const done = new AbortController();
    const hold = new Promise((resolve) => done.signal.addEventListener('abort', resolve));
    const play = async () => {
        const audio = new AudioContext();
        // Before the first click the browser holds it back; it sounds as soon as somebody has clicked.
        const timer = setInterval(() => audio.state === 'running' && chime(audio), EVERY);
        if (audio.state === 'running') chime(audio);
        await hold;
        clearInterval(timer);
        await audio.close();
    };
    navigator.locks.request(`video-ring-${id}`, { signal: done.signal }, play).catch(() => {});
    return () => done.abort();
}
