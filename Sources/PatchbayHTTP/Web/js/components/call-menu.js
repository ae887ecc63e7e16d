/** The button that calls a contact: at once where there is one number, by a menu where there are several. */
import { t } from '../i18n/index.js';
import { callControl } from '../lib/calls.js';
import { h } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { labelWords } from '../lib/parts.js';

/**
 * @param {import('../shell/app.js').App} app
 * @param {{name: string, numbers: LabelledNumber[]}} contact
 * @returns {any[]} the button and its menu
 */
export function callMenu(app, { name, numbers }) {
    const [first, ...others] = numbers;
    if (!first) return [];
    const { el } = callControl(app, { to: first.value, name });
    if (others.length === 0 || app.store.state.session?.calls?.isOpen !== true) return [el];
    const button = h('button', { class: 'ib call', type: 'button', 'aria-label': el.ariaLabel, title: el.title });
    button.append(...el.childNodes);
    const items = numbers.map(({ label, value, formatted }) => ({
        icon: 'phone',
        text: `${labelWords(label)} · ${formatted}`,
        run: () => app.try(() => app.calls.place({ to: value })),
    }));
    return [button, menuButton(button, () => [{ heading: t('call.to', { name }) }, ...items])];
}
