/** The icons of the video pages, in the portal's manner: 24 units, strokes only. */
import { svg } from '/js/lib/h.js';

const PATHS = /** @type {Record<string, string[]>} */ ({
    video: ['M3 7.5A1.5 1.5 0 0 1 4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5z', 'M15 10.5l6-3v9l-6-3'],
    videoOff: ['M9 6h4.5A1.5 1.5 0 0 1 15 7.5V12', 'M15 15.5v1a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6', 'M17 9.5l4-2v9l-3-1.5', 'M3 3l18 18'],
    mic: ['M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3z', 'M6 11a6 6 0 0 0 12 0', 'M12 17v4'],
    micOff: ['M15 9.500V6a3 3 0 0 0-5.7-1.3', 'M9 9v2a3 3 0 0 0 4.5 2.6', 'M6 11a6 6 0 0 0 9.5 4.9', 'M18 11a6 6 0 0 1-.5 2.4', 'M12 17v4', 'M3 3l18 18'],
    screen: ['M3 5h18v11H3z', 'M8 20h8', 'M12 16v4', 'M12 13V8', 'M9.5 10.500L12 8l2.5 2.5'],
    hangUp: ['M4 14.500c0-4 16-4 16 0v1.500c0 .8-.6 1.4-1.4 1.300l-2.6-.4a1.4 1.4 0 0 1-1.2-1.400v-1.300a12 12 0 0 0-5.6 0v1.300c0 .7-.5 1.3-1.2 1.400l-2.6.4A1.3 1.3 0 0 1 4 16z'],
    frame: ['M3 5h18v14H3z', 'M12.5 12.500h6v4h-6z'],
    link: ['M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1', 'M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1-1'],
    gear: ['M4 7h10', 'M18 7h2', 'M16 5v4', 'M4 17h2', 'M10 17h10', 'M8 15v4'],
});

/**
 * Decoration only: the control that holds it has a name of its own.
 * @param {string} name
 * @param {number} [size] in CSS pixels
 */
export const glyph = (name, size = 20) =>
    svg(
        'svg',
        { viewBox: '0 0 24 24', width: size, height: size, class: 'icon', 'aria-hidden': 'true', focusable: 'false' },
        PATHS[name].map((d) => svg('path', { d })),
    );
