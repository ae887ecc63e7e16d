/** One event stream for all tabs of a browser: every tab that says hello hears what the server tells. */
import { Crew } from './js/live/crew.js';
import { Front } from './js/live/front.js';
import { Stream } from './js/live/stream.js';
import { whenGone } from './js/live/tab.js';

/** @type {Map<string, MessagePort>} by the tab's id */
const ports = new Map();
const crew = new Crew();
const front = new Front();
/** @type {Stream | null} */
let stream = null;
let wasFocused = false;

/** @param {import('./js/live/stream.js').Told} told */
const tell = (told) => {
    for (const [id, port] of ports) port.postMessage({ ...told, crew: crew.facts(id) });
    if (told.type === 'state' && told.state === 'live') front.again();
    if (told.type === 'state' && told.state === 'out') leave();
};

const leave = () => {
    stream?.close();
    stream = null;
    front.rest();
};

/**
 * @param {string} id
 * @param {MessagePort} port
 * @param {import('./js/live/crew.js').Standing} standing
 * @param {string} after what the tab is about to load holds everything up to there
 */
function hello(id, port, standing, after) {
    if (!ports.has(id)) whenGone(id, () => bye(id));
    ports.set(id, port);
    stands(id, standing);
    if (stream) port.postMessage({ type: 'state', state: stream.state });
    else stream = new Stream(tell, { after });
    front.set(crew.isFocused);
}

/** @param {string} id @param {import('./js/live/crew.js').Standing} standing */
function stands(id, standing) {
    crew.set(id, standing);
    focusMoved();
}

/** @param {string} id */
function bye(id) {
    ports.delete(id);
    crew.remove(id);
    if (ports.size === 0) leave();
    focusMoved();
}

/** All tabs hear when somebody comes back to one of them: the flashing of the titles ends. */
function focusMoved() {
    if (crew.isFocused === wasFocused) return;
    wasFocused = crew.isFocused;
    if (stream) front.set(crew.isFocused);
    for (const [id, port] of ports) port.postMessage({ type: 'crew', crew: crew.facts(id) });
}

globalThis.addEventListener('connect', (event) => {
    const [port] = /** @type {MessageEvent} */ (event).ports;
    port.onmessage = ({ data: { type, id, standing, after } }) => {
        if (type === 'hello') hello(id, port, standing, after);
        if (type === 'stands' && ports.has(id)) stands(id, standing);
        if (type === 'bye') bye(id);
        if (type === 'hurry') stream?.hurry();
    };
    port.start();
});
