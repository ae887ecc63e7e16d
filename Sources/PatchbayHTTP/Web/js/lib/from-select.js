/** "From (619) 555-0188 · Front desk": a list to choose from where there are several numbers, plain text for one. */
import { t } from '../i18n/index.js';
import { h, icon } from './h.js';

/**
 * @param {Compose['from']} numbers
 * @param {string | null} chosen
 * @param {(number: string) => void} onFrom
 */
export function fromSelect(numbers, chosen, onFrom) {
    if (numbers.length === 0) return [h('span')];
    const label = h('span', { 'aria-hidden': numbers.length > 1 ? 'true' : null }, t('composer.from'));
    if (numbers.length === 1) {
        return [label, h('b', { class: 'num' }, h('bdi', { dir: 'ltr' }, numbers[0].formatted))];
    }
    // Isolates keep a number the right way round in a right-to-left page; an option holds no elements.
    const words = (/** @type {Compose['from'][0]} */ n) => `\u2066${n.formatted}\u2069 · ${n.label}`;
    const option = (/** @type {Compose['from'][0]} */ n) =>
        h('option', { value: n.number, '.selected': n.number === chosen }, words(n));
    const select = h('select', { 'aria-label': t('composer.send-from') }, numbers.map(option));
    select.addEventListener('change', () => onFrom(select.value));
    return [label, h('span', { class: 'pick' }, select, icon('down', 13))];
}
