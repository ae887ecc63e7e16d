/** One event stream for all tabs of a browser: every tab that says hello hears what the server tells. */
import { Stream } from './js/live/stream.js';

/** @type {Set<MessagePort>} */
const ports = new Set();
/** @type {Stream | null} */
let stream = null;

/** @param {import('./js/live/stream.js').Told} told */
const tell = (told) => {
    for (const port of ports) port.postMessage(told);
    if (told.type === 'state' && told.state === 'out') leave();
};

const leave = () => {
    stream?.close();
    stream = null;
};

/** @param {MessagePort} port */
function hello(port) {
    ports.add(port);
    if (stream) port.postMessage({ type: 'state', state: stream.state });
    else stream = new Stream(tell);
}

/** @param {MessagePort} port */
function bye(port) {
    ports.delete(port);
    if (ports.size === 0) leave();
}

globalThis.addEventListener('connect', (event) => {
    const [port] = /** @type {MessageEvent} */ (event).ports;
    port.onmessage = ({ data }) => {
        if (data === 'hello') hello(port);
        if (data === 'bye') bye(port);
        if (data === 'hurry') stream?.hurry();
    };
    port.start();
});
