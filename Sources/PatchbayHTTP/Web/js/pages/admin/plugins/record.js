/** Who changed what of a plugin in the portal, and when. */
import { t } from '../../../i18n/index.js';
import { moment } from '../../../lib/format.js';
import { h } from '../../../lib/h.js';
import { part, table } from '../system/pieces.js';

/** @param {any} sheet */
export function record(sheet) {
    const heads = [t('plugins.record.when'), t('plugins.record.who'), t('plugins.record.what'), t('plugins.record.value')];
    const rows = sheet.changes.map((/** @type {any} */ one) =>
        h(
            'tr',
            {},
            h('td', {}, moment(new Date(one.at))),
            h('td', {}, h('bdi', {}, one.by)),
            h('td', {}, one.setting ? h('code', {}, one.setting) : t('plugins.runs')),
            h('td', {}, one.isReset ? t('plugins.record.reset') : h('code', {}, shown(one))),
        ),
    );
    return part(t('plugins.record'), table(t('plugins.record'), heads, rows));
}

/** @param {any} change */
function shown({ setting, value }) {
    if (!setting) return t(value ? 'plugins.record.on' : 'plugins.record.off');
    return value && value.$env ? `$${value.$env}` : value && value.$file ? value.$file : JSON.stringify(value);
}
