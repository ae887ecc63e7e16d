/** What is kept and for how long: rules by kind, legal holds, everything of a person as one file, or removed for good. */
import { h } from '../../lib/h.js';
import { administered } from './parts/domain.js';
import { erasePart } from './records/erase.js';
import { exportPart } from './records/export.js';
import { holdsPart } from './records/holds.js';
import { retentionPart } from './records/retention.js';

/** @param {import('../../shell/app.js').App} app */
export function section(app) {
    const domain = administered(app).id;
    const erase = erasePart(app, domain);
    const others = [retentionPart(app, domain), holdsPart(app, domain), exportPart(app, domain)];
    return { el: h('div', { class: 'sys-page' }, others, erase.el), end: erase.end };
}
