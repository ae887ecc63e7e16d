/** A switch that acts at once: it turns back, and says why, when the server refuses. */
import { h } from '../../../lib/h.js';

/** @typedef {import('../../../shell/app.js').App} App */

/**
 * @param {App} app
 * @param {object} about
 * @param {string} about.label what is switched, for assistive technology
 * @param {boolean} about.isOn
 * @param {boolean} [about.disabled]
 * @param {(isOn: boolean) => Promise<any>} about.change
 */
export function liveSwitch(app, { label, isOn, disabled = false, change }) {
    const input = h('input', { type: 'checkbox', role: 'switch', '.checked': isOn, 'aria-label': label, disabled });
    input.addEventListener('change', async () => {
        const wanted = input.checked;
        input.disabled = true;
        let isDone = false;
        await app.try(async () => {
            await change(wanted);
            isDone = true;
        });
        input.disabled = false;
        if (!isDone) input.checked = !wanted;
        input.focus();
    });
    return h('label', { class: 'sw' }, input, h('span'));
}
