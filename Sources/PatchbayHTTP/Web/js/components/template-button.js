/** The templates of a composer: found by a word, put in with the other side's name, kept in a dialog. */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';
import { panelButton } from '../lib/panel.js';
import { foundTemplates } from '../lib/templates.js';

/**
 * @param {{templates: () => Template[] | null, load: () => Promise<void>, manage: () => void,
 *     pick: (template: Template) => void}} options
 * @returns {any[]} the button and its panel
 */
export function templateButton({ templates, load, manage, pick }) {
    const label = t('templates.button');
    const attributes = { class: 'ib tool', type: 'button', 'aria-label': label, title: label };
    const button = h('button', attributes, icon('template', 18));
    const panel = panelButton(button, label, (close) => {
        const search = t('templates.search');
        const find = h('input', { type: 'search', 'aria-label': search, placeholder: search, autocomplete: 'off' });
        const list = h('ul', { class: 'choices', 'aria-label': t('templates.list') });
        const none = h('p', { class: 'none', role: 'status' });
        const choose = (/** @type {Template} */ template) => {
            close();
            pick(template);
        };
        const show = () => {
            const all = templates() ?? [];
            const found = foundTemplates(all, find.value);
            list.replaceChildren(...found.map((template) => row(template, choose)));
            none.hidden = found.length > 0;
            none.textContent = found.length > 0 ? '' : t(all.length === 0 ? 'templates.none' : 'templates.none-found');
        };
        const failed = (/** @type {Error} */ error) => {
            none.hidden = false;
            none.textContent = error.message;
        };
        find.addEventListener('input', show);
        find.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            event.preventDefault();
            list.querySelector('button')?.click();
        });
        list.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => move(event, list, find));
        if (templates()) show();
        load().then(show, failed);
        const edit = () => {
            close();
            manage();
        };
        const more = h('button', { class: 'btn quiet', type: 'button', onclick: edit }, t('templates.manage'));
        return [h('div', { class: 'field soft' }, icon('search', 15), find), none, list, h('footer', {}, more)];
    });
    panel.classList.add('templates');
    return [button, panel];
}

/** @param {Template} template @param {(template: Template) => void} choose */
function row(template, choose) {
    const shared = template.isShared && h('small', { class: 'kind' }, t('templates.shared'));
    const title = h('b', {}, h('bdi', {}, template.name), shared);
    const text = h('span', { dir: 'auto' }, template.text);
    return h('li', {}, h('button', { type: 'button', onclick: () => choose(template) }, title, text));
}

/** @param {KeyboardEvent} event @param {any} list @param {any} find */
function move(event, list, find) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const all = [...list.querySelectorAll('button')];
    event.preventDefault();
    (all[all.indexOf(event.target) + step] ?? (step < 0 ? find : event.target)).focus();
}
