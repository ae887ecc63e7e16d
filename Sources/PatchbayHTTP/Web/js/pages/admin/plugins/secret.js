/** Where a secret lies: in a variable of the environment or in a file. It is never typed here, and never shown. */
import { t } from '../../../i18n/index.js';
import { h, icon } from '../../../lib/h.js';
import { boxed, pill } from '../system/pieces.js';

/** @param {any} setting @param {string} id @returns {import('./controls.js').Control} */
export function secretControl(setting, id) {
    const { reference } = setting;
    const option = (/** @type {string} */ kind) =>
        h('option', { value: kind, '.selected': kind === reference?.kind }, t(`plugins.secret.${kind}`));
    const kind = h('select', { 'aria-label': t('plugins.secret.kind'), id: `${id}-kind` }, ['env', 'file'].map(option));
    const attributes = { id, type: 'text', spellcheck: 'false', autocomplete: 'off', dir: 'ltr' };
    const main = h('input', { ...attributes, '.value': reference?.name ?? '' });
    const read = () => (main.value.trim() === '' ? null : { [`$${kind.value}`]: main.value.trim() });
    const start = JSON.stringify(read());
    const found = !reference
        ? pill('off', t('plugins.secret.none'))
        : reference.isFound
          ? pill('good', t('plugins.secret.found'))
          : pill('bad', t('plugins.secret.missing'));
    const mend = reference?.mend && h('small', { class: 'muted' }, reference.mend);
    const row = h('div', { class: 'secret' }, h('span', { class: 'pick' }, kind, icon('down', 14)), boxed(main), found);
    const rule = h('small', { class: 'muted rule' }, icon('lock', 14), t('plugins.secret.rule'));
    return { el: h('div', {}, row, mend, rule), main, value: read, isChanged: () => JSON.stringify(read()) !== start };
}
