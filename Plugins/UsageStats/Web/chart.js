/** Columns of received and sent by day, drawn with SVG; whoever doesn't see them has the table below. */
import { h, svg } from '/js/lib/h.js';
import { scaleTop } from './scale.js';
import { day, number, t } from './texts.js';

/** In a narrow window it is drawn narrower, so that its words stay as large as others. */
const size = () => (innerWidth < 480 ? { width: 360, labels: 4 } : { width: 640, labels: 6 });
const HEIGHT = 240;
const EDGE = { start: 40, end: 8, top: 12, bottom: 26 };

/** @typedef {{day: string, received: number, sent: number}} Entry */

/** @param {Entry[]} days */
export function chart(days) {
    const { width, labels } = size();
    const most = scaleTop(Math.max(1, ...days.map((d) => d.received + d.sent)));
    const step = (width - EDGE.start - EDGE.end) / days.length;
    const y = (/** @type {number} */ value) => HEIGHT - EDGE.bottom - (value / most) * (HEIGHT - EDGE.top - EDGE.bottom);
    const sum = (/** @type {'received' | 'sent'} */ key) => days.reduce((all, d) => all + d[key], 0);
    const label = t('chart', { from: day(days[0].day), to: day(days.at(-1)?.day ?? ''), received: sum('received'), sent: sum('sent') });
    const parts = [0, 1, 2, 3, 4].flatMap((i) => line((most / 4) * i, width, y));
    days.forEach((d, i) => parts.push(...column(d, EDGE.start + step * i, step, y)));
    const every = Math.ceil(days.length / labels);
    days.forEach((d, i) => {
        if (i % every !== Math.floor(every / 2)) return;
        const text = svg('text', { x: EDGE.start + step * (i + 0.5), y: HEIGHT - 8, 'text-anchor': 'middle' });
        text.textContent = day(d.day);
        parts.push(text);
    });
    const box = { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': label, class: 'chart' };
    return [legend(), svg('svg', box, ...parts)];
}

const legend = () =>
    h('p', { class: 'legend' }, h('span', {}, h('i', { class: 's1' }), t('received')), h('span', {}, h('i', { class: 's2' }), t('sent')));

/** @param {number} value @param {number} width @param {(value: number) => number} y */
function line(value, width, y) {
    const text = svg('text', { x: EDGE.start - 8, y: y(value) + 4, 'text-anchor': 'end' });
    text.textContent = number(value);
    return [svg('line', { x1: EDGE.start, x2: width - EDGE.end, y1: y(value), y2: y(value), class: 'grid' }), text];
}

/** @param {Entry} entry @param {number} x @param {number} step @param {(value: number) => number} y */
function column({ received, sent }, x, step, y) {
    const width = Math.max(1, step * 0.66);
    const left = x + (step - width) / 2;
    const rect = (/** @type {string} */ kind, /** @type {number} */ from, /** @type {number} */ to) =>
        svg('rect', { class: kind, x: left, y: y(to), width, height: Math.max(0, y(from) - y(to) - (from > 0 ? 1.5 : 0)), rx: 2 });
    return [...(received > 0 ? [rect('s1', 0, received)] : []), ...(sent > 0 ? [rect('s2', received, received + sent)] : [])];
}
