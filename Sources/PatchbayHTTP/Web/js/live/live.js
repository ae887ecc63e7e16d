/**
 * The event stream of this tab. All tabs of a browser share one connection: a SharedWorker owns it, or, where there is
 * none, the tab that holds a Web Lock, which relays over a BroadcastChannel. The owner also knows the crew of tabs.
 */
import { overLock } from './over-lock.js';
import { tabId, watchTab } from './tab.js';
import { workerURL } from './worker-url.js';

/** @typedef {import('./stream.js').Told} Told */
/** @typedef {{close: () => void, hurry: () => void, stands: (standing: Standing) => void}} Live */
/** @typedef {import('./crew.js').Standing} Standing */

/**
 * @param {{name: string, after: string, line?: import('./stream.js').Line}} visitor who is signed in, so that two users
 * of one browser do not share; where the event log stood before this tab loads anything, so that it hears of everything
 * later; and how the server is reached from another portal's page, where no worker of ours may run
 * @param {(told: Told) => void} emit
 * @param {() => string | null} looksAt the conversation under the reader's eyes
 * @returns {{close: () => void, hurry: () => void, update: () => void}}
 */
export function openLive(visitor, emit, looksAt) {
    /** @type {Live | null} */
    let live = null;
    const open = 'SharedWorker' in globalThis && !visitor.line ? overWorker : overLock;
    const tab = watchTab(looksAt, (standing) => {
        if (live) live.stands(standing);
        else live = open(visitor, emit, standing);
    });
    const hurry = () => live?.hurry();
    addEventListener('online', hurry);
    return {
        hurry,
        update: tab.update,
        close: () => {
            removeEventListener('online', hurry);
            tab.close();
            live?.close();
        },
    };
}

/**
 * @param {{name: string, after: string}} visitor
 * @param {(told: Told) => void} emit
 * @param {Standing} standing
 * @returns {Live}
 */
function overWorker({ name, after }, emit, standing) {
    // The number is of the words that tab and worker exchange: a tab of yesterday keeps its worker of yesterday.
    const worker = new SharedWorker(workerURL('/live-worker.js'), { type: 'module', name: `live2:${name}` });
    const done = new AbortController();
    const { signal } = done;
    let latest = standing;
    worker.port.onmessage = (event) => emit(event.data);
    const say = (/** @type {string} */ type) => worker.port.postMessage({ type, id: tabId, standing: latest, after });
    addEventListener('pagehide', () => say('bye'), { signal });
    // A page that comes back from the browser's cache has said goodbye and missed events.
    const back = (/** @type {PageTransitionEvent} */ event) => {
        if (!event.persisted) return;
        say('hello');
        emit({ type: 'event', name: 'resync', id: '', data: {} });
    };
    addEventListener('pageshow', back, { signal });
    say('hello');
    return {
        hurry: () => say('hurry'),
        stands: (now) => {
            latest = now;
            say('stands');
        },
        close: () => {
            done.abort();
            say('bye');
        },
    };
}
