import { h } from '../../lib/h.js';

/** @param {import('../../shell/app.js').App} app */
export const section = (app) => ({ el: h('div', { class: 'card' }), end: () => app.api });
