/** The field of one setting: its control, what it is for, its limits, where its value comes from, and its error. */
import { t } from '../../../i18n/index.js';
import { h, icon, uid } from '../../../lib/h.js';
import { changedBy } from '../system/pieces.js';
import { controlFor } from './controls.js';
import { secretControl } from './secret.js';

/**
 * @param {any} setting as the server describes it
 * @param {() => void} reset back to what the manifest says
 */
export function settingField(setting, reset) {
    const { name, schema, isRequired, isSecret, origin } = setting;
    const id = `setting-${name}`;
    const [what, wrong] = [uid('what'), uid('wrong')];
    const { el: control, main, value, isChanged } = isSecret ? secretControl(setting, id) : controlFor(setting, id);
    main.setAttribute('aria-describedby', `${what} ${wrong}`);
    const error = h('p', { class: 'error', id: wrong });
    const title = h('label', { for: id }, schema.title ?? name, isRequired && h('span', { class: 'must' }, t('plugins.required')));
    const hint = h('p', { class: 'what', id: what }, [schema.description, limits(schema), preset(setting)].filter(Boolean).join(' '));
    const top = h('div', { class: 'set-top' }, title, schema.title && h('code', {}, name), originTag(setting));
    if (origin === 'portal') {
        const label = t('plugins.reset-named', { name: schema.title ?? name });
        top.append(h('button', { class: 'btn small', type: 'button', 'aria-label': label, onclick: reset }, t('plugins.reset')));
    }
    const by = origin === 'portal' && h('small', { class: 'muted' }, changedBy(setting.changedAt, setting.changedBy));
    const field = {
        name,
        el: h('div', { class: 'setting', 'data-setting': name }, top, hint, control, error, by),
        control: main,
        value,
        isChanged,
        isWrong: false,
        /** @param {string} words none takes the error away */
        complain(words) {
            field.isWrong = words !== '';
            error.replaceChildren(...(words ? [icon('alert', 15), h('span', {}, words)] : []));
            if (words) main.setAttribute('aria-invalid', 'true');
            else main.removeAttribute('aria-invalid');
        },
    };
    return field;
}

/** @param {any} setting */
const originTag = ({ origin }) => h('span', { class: `origin ${origin}` }, t(`plugins.origin.${origin}`));

/**
 * What may be given, in words.
 * @param {any} schema
 */
function limits(schema) {
    const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
    if (minimum !== undefined && maximum !== undefined) return t('plugins.limit.range', { from: minimum, to: maximum });
    if (minimum !== undefined) return t('plugins.limit.least', { n: minimum });
    if (maximum !== undefined) return t('plugins.limit.most', { n: maximum });
    if (minLength > 1) return t('plugins.limit.characters-least', { n: minLength });
    if (maxLength !== undefined) return t('plugins.limit.characters-most', { n: maxLength });
    if (maxItems !== undefined) return t('plugins.limit.entries-most', { n: maxItems });
    return minItems > 0 ? t('plugins.limit.entries-least', { n: minItems }) : '';
}

/**
 * The value that counts when nobody says anything.
 * @param {any} setting
 */
function preset({ schema, isSecret, origin }) {
    const value = schema.default;
    const isShort = ['number', 'boolean', 'string'].includes(typeof value) && value !== '';
    return !isSecret && isShort && origin !== 'default' ? t('plugins.default', { value: String(value) }) : '';
}
