/** The dialog in which templates are made, changed and deleted; those of the whole domain beside one's own. */
import { t } from '../i18n/index.js';
import { choice, openDialog } from '../lib/dialog.js';
import { h, uid } from '../lib/h.js';
import { iconButton } from '../lib/parts.js';

/**
 * @param {any} host
 * @param {import('../lib/templates.js').Templates} templates
 * @param {() => Template[]} known
 */
export function manageTemplates(host, templates, known) {
    openDialog(host, t('templates.title'), (close) => {
        const body = h('div', { class: 'manage' });
        const error = h('p', { class: 'error', role: 'alert' });
        const titled = (/** @type {string} */ words) => {
            const heading = body.closest('dialog')?.querySelector('h3');
            if (heading) heading.textContent = words;
        };
        const attempt = async (/** @type {() => Promise<void>} */ deed) => {
            error.textContent = '';
            try {
                await deed();
                list();
            } catch (failure) {
                error.textContent = /** @type {Error} */ (failure).message;
            }
        };
        const list = () => {
            const rows = known().map((one) => row(one, () => edit(one), () => attempt(() => templates.remove(one.id))));
            const none = rows.length === 0 && h('p', { class: 'none' }, t('templates.none'));
            const add = h('button', { class: 'btn', type: 'button', onclick: () => edit(null) }, t('templates.new'));
            const done = h('button', { class: 'btn primary', type: 'button', onclick: close }, t('templates.done'));
            body.replaceChildren(none || h('ul', {}, rows), h('div', { class: 'row' }, add, done));
            titled(t('templates.title'));
            add.focus();
        };
        const edit = (/** @type {Template | null} */ one) => {
            const save = (/** @type {any} */ fields) => attempt(() => templates.save(one?.id ?? null, fields));
            const form = editor(one, save, list);
            body.replaceChildren(form);
            titled(t(one ? 'templates.edit-one' : 'templates.new'));
            form.querySelector('input').focus();
        };
        list();
        return [body, error];
    });
}

/** @param {Template} one @param {() => void} edit @param {() => void} remove */
function row(one, edit, remove) {
    const act = (/** @type {string} */ glyph, /** @type {string} */ key, /** @type {() => void} */ run) =>
        iconButton(glyph, t(key, { name: one.name }), run, { kind: 'small', size: 16 });
    const shared = one.isShared && h('small', { class: 'kind' }, t('templates.shared'));
    const name = h('b', {}, h('bdi', {}, one.name), shared);
    const words = h('span', { class: 'n' }, name, h('span', { dir: 'auto' }, one.text));
    const acts = one.canEdit && [act('pencil', 'templates.edit', edit), act('trash', 'templates.delete', remove)];
    return h('li', {}, words, acts);
}

/** @param {Template | null} one @param {(fields: any) => void} save @param {() => void} cancel */
function editor(one, save, cancel) {
    const [nameId, textId] = [uid('name'), uid('text')];
    const named = { id: nameId, required: true, maxlength: 100, autocomplete: 'off' };
    const name = h('input', { ...named, '.value': one?.name ?? '' });
    const text = h('textarea', { id: textId, rows: 4, required: true, maxlength: 2000, '.value': one?.text ?? '' });
    const shared = h('input', { type: 'checkbox', '.checked': one?.isShared ?? false });
    const submit = (/** @type {Event} */ event) => {
        event.preventDefault();
        save({ name: name.value.trim(), text: text.value.trim(), isShared: shared.checked });
    };
    const put = (/** @type {string} */ words) => {
        text.setRangeText(words, text.selectionStart, text.selectionEnd, 'end');
        text.focus();
    };
    const blank = (/** @type {string} */ word) =>
        h('button', { class: 'btn small', type: 'button', onclick: () => put(`{${word}}`) }, `{${word}}`);
    const blanks = h('div', { class: 'blanks', role: 'group', 'aria-label': t('templates.blanks') });
    blanks.append(...['first-name', 'name', 'my-name'].map(blank));
    return h(
        'form',
        { onsubmit: submit, 'aria-label': t(one ? 'templates.edit-one' : 'templates.new') },
        h('div', { class: 'line' }, h('label', { for: nameId }, t('templates.name')), name),
        h('div', { class: 'line' }, h('label', { for: textId }, t('templates.text')), text),
        blanks,
        h('label', { class: 'check' }, shared, t('templates.share')),
        choice(cancel, h('button', { class: 'btn primary' }, t('save'))),
    );
}
