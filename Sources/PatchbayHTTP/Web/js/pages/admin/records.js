/** What is kept and for how long: rules by kind, legal holds, and everything of a person as one file. */
import { h } from '../../lib/h.js';
import { administered } from './parts/domain.js';
import { exportPart } from './records/export.js';
import { holdsPart } from './records/holds.js';
import { retentionPart } from './records/retention.js';

/** @param {import('../../shell/app.js').App} app */
export function section(app) {
    const domain = administered(app).id;
    const el = h('div', { class: 'sys-page' }, retentionPart(app, domain), holdsPart(app, domain), exportPart(app, domain));
    return { el, end: () => {} };
}
