/** The forms of a number: added, changed, removed. */
import { t } from '../../../i18n/index.js';
import { toast } from '../../../shell/toast.js';
import { confirmRemoval, openForm } from '../parts/form.js';

/** @typedef {import('../../../shell/app.js').App} App */
/** @typedef {{id: string, name: string}[]} Carriers */

const PLACES = {
    'number.invalid': 'number',
    'numbers.taken': 'number',
    'numbers.label-invalid': 'label',
};

const path = (/** @type {AdminNumber} */ one) => `/admin/numbers/${encodeURIComponent(one.number)}`;

/** @param {Carriers} carriers @param {Partial<AdminNumber>} one @returns {import('../parts/fields.js').Field[]} */
function fields(carriers, one) {
    const known = carriers.map(({ id, name }) => /** @type {[string, string]} */ ([id, name]));
    const isGone = one.carrier && !carriers.some(({ id }) => id === one.carrier);
    const stopped = t('numbers.carrier.stopped', { name: one.carrier ?? '' });
    const gone = isGone ? [/** @type {[string, string]} */ ([one.carrier, stopped])] : [];
    const value = one.number ? (one.carrier ?? '') : (carriers[0]?.id ?? '');
    return [
        {
            name: 'label',
            label: t('numbers.label'),
            value: one.label,
            required: true,
            hint: t('numbers.label.hint'),
            more: { maxlength: 60 },
        },
        {
            name: 'carrier',
            label: t('numbers.carrier'),
            kind: 'choice',
            value,
            options: [...known, ...gone, ['', t('numbers.carrier.none')]],
            hint: t('numbers.carrier.hint'),
        },
    ];
}

/** @param {App} app @param {AdminDomain} domain @param {Carriers} carriers @param {() => void} done */
export function addNumber(app, domain, carriers, done) {
    const number = {
        name: 'number',
        label: t('numbers.number'),
        kind: /** @type {const} */ ('tel'),
        required: true,
        hint: t('numbers.number.hint', { region: domain.region }),
        more: { maxlength: 64, dir: 'ltr' },
    };
    openForm({
        title: t('numbers.add'),
        lead: t('numbers.add.what'),
        fields: [number, ...fields(carriers, {})],
        submit: t('numbers.add'),
        places: PLACES,
        save: async (values) => {
            const body = { ...values, carrier: values.carrier || null };
            const made = await app.api.post(`/admin/domains/${domain.id}/numbers`, body);
            toast(t('numbers.added', { number: made.formatted }));
            done();
        },
    });
}

/** @param {App} app @param {AdminNumber} one @param {Carriers} carriers @param {() => void} done */
export function editNumber(app, one, carriers, done) {
    openForm({
        title: t('numbers.edit-of', { number: one.formatted }),
        fields: fields(carriers, one),
        submit: t('save'),
        places: PLACES,
        save: async (_, changed) => {
            const carrier = 'carrier' in changed ? { carrier: changed.carrier || null } : {};
            await app.api.patch(path(one), { ...changed, ...carrier });
            done();
        },
    });
}

/** @param {App} app @param {AdminNumber} one @param {() => void} done */
export function removeNumber(app, one, done) {
    confirmRemoval({
        title: t('numbers.remove.title', { number: one.formatted }),
        lead: t('numbers.remove.what'),
        submit: t('numbers.remove'),
        run: async () => {
            await app.api.delete(path(one));
            toast(t('numbers.removed', { number: one.formatted }));
            done();
        },
    });
}
