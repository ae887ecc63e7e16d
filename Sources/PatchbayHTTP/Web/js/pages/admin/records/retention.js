/** How long messages are kept, by kind; an empty field keeps them for ever. */
import { t } from '../../../i18n/index.js';
import { h } from '../../../lib/h.js';
import { toast } from '../../../shell/toast.js';
import { formOf } from '../parts/form.js';
import { ask, part } from '../system/pieces.js';

const KINDS = ['sms', 'chat'];

/** @param {import('../../../shell/app.js').App} app @param {string} domain */
export function retentionPart(app, domain) {
    const path = `/admin/domains/${encodeURIComponent(domain)}/retention`;
    const body = h('div', { class: 'kept', 'aria-busy': 'true' });
    const show = (/** @type {{kind: string, days: number}[]} */ rules) => {
        const days = (/** @type {string} */ kind) => rules.find((rule) => rule.kind === kind)?.days ?? '';
        const fields = KINDS.map((kind) => ({
            name: kind,
            label: t(`retention.${kind}`),
            kind: /** @type {const} */ ('number'),
            value: days(kind),
            hint: t('retention.hint'),
            more: { min: 1, max: 36500, step: 1 },
        }));
        const store = async (/** @type {Record<string, any>} */ changed) => {
            const mine = Object.entries(changed).map(([kind, given]) => ({ kind, days: given }));
            show((await app.api.put(path, { rules: mine })).rules);
            toast(t('retention.saved'));
        };
        // What goes is gone for good: asked once more, unless more is to be kept. Only what was changed here is sent:
        // a rule that somebody has removed meanwhile must not come back.
        const save = async (/** @type {Record<string, any>} */ _, /** @type {Record<string, any>} */ changed) => {
            if (Object.values(changed).every((given) => given === null)) return store(changed);
            ask(t('retention.sure'), t('retention.sure.what'), t('retention.save'), () => app.try(() => store(changed)));
        };
        body.replaceChildren(formOf({ fields, submit: t('retention.save'), save }));
        body.removeAttribute('aria-busy');
    };
    app.try(async () => show((await app.api.get(path)).rules));
    return part(t('retention.title'), h('p', { class: 'lead-in' }, t('retention.what')), body);
}
