/**
 * The event stream of this tab. All tabs of a browser share one connection: a SharedWorker owns it, or, where there is
 * none, the tab that holds a Web Lock, which relays over a BroadcastChannel.
 */
import { Stream } from './stream.js';
import { Cursor } from './cursor.js';
import { workerURL } from './worker-url.js';

/** @typedef {import('./stream.js').Told} Told */
/** @typedef {{close: () => void, hurry: () => void}} Live */

/**
 * @param {string} name who is signed in, so that two users of one browser do not share
 * @param {(told: Told) => void} emit
 * @returns {Live}
 */
export function openLive(name, emit) {
    const live = 'SharedWorker' in globalThis ? overWorker(name, emit) : overLock(name, emit);
    const hurry = () => live.hurry();
    addEventListener('online', hurry);
    return {
        hurry,
        close: () => {
            removeEventListener('online', hurry);
            live.close();
        },
    };
}

/** @param {string} name @param {(told: Told) => void} emit @returns {Live} */
function overWorker(name, emit) {
    const worker = new SharedWorker(workerURL('/live-worker.js'), { type: 'module', name: `live:${name}` });
    worker.port.onmessage = (event) => emit(event.data);
    const bye = () => worker.port.postMessage('bye');
    const hello = () => worker.port.postMessage('hello');
    addEventListener('pagehide', bye);
    // A page that comes back from the browser's cache has said goodbye and missed events.
    addEventListener('pageshow', (event) => {
        if (!event.persisted) return;
        hello();
        emit({ type: 'event', name: 'resync', id: '', data: {} });
    });
    hello();
    return { hurry: () => worker.port.postMessage('hurry'), close: bye };
}

/** @param {string} name @param {(told: Told) => void} emit @returns {Live} */
function overLock(name, emit) {
    const channel = new BroadcastChannel(`live:${name}`);
    const cursor = new Cursor();
    const done = new AbortController();
    /** @type {Stream | null} */
    let stream = null;
    const take = (/** @type {Told} */ told) => {
        if (told.type === 'event') cursor.takes(told.id);
        emit(told);
    };
    channel.onmessage = (event) => (event.data === 'state?' ? answer() : take(event.data));
    const answer = () => stream && channel.postMessage({ type: 'state', state: stream.state });
    const relay = (/** @type {Told} */ told) => {
        take(told);
        channel.postMessage(told);
    };
    const lead = () =>
        new Promise((resolve) => {
            stream = new Stream(relay, { after: cursor.id });
            done.signal.addEventListener('abort', resolve);
        });
    navigator.locks.request(`live:${name}`, { signal: done.signal }, lead).catch(() => {});
    channel.postMessage('state?');
    return {
        hurry: () => stream?.hurry(),
        close: () => {
            stream?.close();
            done.abort();
            channel.close();
        },
    };
}
