/** The forms of a domain: made, its settings, removed. */
import { language, t } from '../../../i18n/index.js';
import { toast } from '../../../shell/toast.js';
import { domains, loadDomains } from '../parts/domain.js';
import { confirmRemoval, formOf, openForm } from '../parts/form.js';
import { isSystemAdmin } from '../parts/switches.js';

/** @typedef {import('../../../shell/app.js').App} App */
/** @typedef {import('../parts/fields.js').Field} Field */

const PLACES = {
    'directory.domain-id-invalid': 'id',
    'directory.domain-taken': 'id',
    'directory.name-invalid': 'name',
    'directory.region-unknown': 'region',
    'directory.time-zone-unknown': 'timeZone',
    'directory.claim-minutes-invalid': 'claimMinutes',
    'directory.reseller-unknown': 'resellerId',
    'calls.pattern-invalid': 'deniedCalls',
    'calls.too-many-patterns': 'deniedCalls',
};
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** @param {string} region */
export const regionName = (region) => {
    const name = new Intl.DisplayNames([language()], { type: 'region', fallback: 'none' }).of(region);
    return name ? `${name} (${region})` : region;
};

/** Every country that has a name in the reader's language. @returns {[string, string][]} */
function regions() {
    const names = new Intl.DisplayNames([language()], { type: 'region', fallback: 'none' });
    const pairs = LETTERS.flatMap((a) => LETTERS.map((b) => a + b));
    const all = pairs.filter((code) => names.of(code) && !NO_COUNTRY.has(code));
    const choices = all.map((code) => /** @type {[string, string]} */ ([code, `${names.of(code)} (${code})`]));
    return choices.sort((one, other) => one[1].localeCompare(other[1], language()));
}

/** Names that ISO 3166 keeps for other things than countries. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'XK', 'ZZ', 'QO']);

/** @returns {[string, string][]} */
const zones = () => {
    const known = Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/'));
    return ['UTC', ...known].map((name) => [name, name.replaceAll('_', ' ')]);
};

/** @param {[string, string][]} options @param {string | undefined} value one that the browser doesn't know stays */
const holding = (options, value) => {
    if (!value || options.some(([key]) => key === value)) return options;
    return [/** @type {[string, string]} */ ([value, value]), ...options];
};

/** @param {App} app @param {Partial<AdminDomain>} domain @returns {Field[]} */
function fields(app, domain) {
    const others = domains().filter(({ id }) => id !== domain.id);
    const resellers = others.map(({ id, name }) => /** @type {[string, string]} */ ([id, `${name} (${id})`]));
    /** @type {Field[]} */
    const all = [
        { name: 'name', label: t('domains.name'), value: domain.name, required: true, more: { maxlength: 200 } },
        {
            name: 'region',
            label: t('domains.region'),
            kind: 'choice',
            value: domain.region,
            options: holding(regions(), domain.region),
            hint: t('domains.region.hint'),
        },
        {
            name: 'timeZone',
            label: t('domains.zone'),
            kind: 'choice',
            value: domain.timeZone,
            options: holding(zones(), domain.timeZone),
        },
    ];
    if (!isSystemAdmin(app)) return all;
    const options = holding([['', t('domains.reseller.none')], ...resellers], domain.resellerId ?? undefined);
    const hint = t('domains.reseller.hint');
    const value = domain.resellerId ?? '';
    return [...all, { name: 'resellerId', label: t('domains.reseller'), kind: 'choice', value, options, hint }];
}

/** @param {Record<string, any>} values */
const body = ({ resellerId, ...values }) =>
    resellerId === undefined ? values : { ...values, resellerId: resellerId || null };

/** @param {App} app @param {() => Promise<any>} done */
export function addDomain(app, done) {
    const own = app.store.state.session?.domain;
    openForm({
        title: t('domains.add'),
        fields: [
            {
                name: 'id',
                label: t('domains.id'),
                required: true,
                hint: t('domains.id.hint'),
                more: { maxlength: 253, autocapitalize: 'none', dir: 'ltr' },
            },
            ...fields(app, { region: own?.region, timeZone: own?.timeZone }),
        ],
        submit: t('domains.add'),
        places: PLACES,
        save: async (values) => {
            const made = await app.api.post('/admin/domains', body(values));
            toast(t('domains.added', { name: made.name }));
            await done();
        },
    });
}

/** @param {App} app @param {AdminDomain} domain @param {() => Promise<any>} saved */
export function domainForm(app, domain, saved) {
    const lines = domain.deniedCalls.join('\n');
    return formOf({
        fields: [
            ...fields(app, domain),
            {
                name: 'claimMinutes',
                label: t('domains.claim'),
                kind: 'number',
                value: domain.claimMinutes,
                required: true,
                hint: t('domains.claim.hint'),
                more: { min: 1, max: 1440, inputmode: 'numeric' },
            },
            {
                name: 'deniedCalls',
                label: t('domains.denied'),
                kind: 'area',
                value: lines,
                hint: t('domains.denied.hint'),
                more: { rows: 6, dir: 'ltr', spellcheck: 'false' },
            },
        ],
        submit: t('save'),
        places: PLACES,
        save: async ({ deniedCalls }, { deniedCalls: changedCalls, ...changed }) => {
            const trimmed = deniedCalls.split('\n').map((/** @type {string} */ line) => line.trim());
            const typed = trimmed.filter(Boolean);
            // Without a line it is the standard list again; one that nobody has touched isn't made the domain's own.
            const denied = changedCalls === undefined ? {} : { deniedCalls: typed.length > 0 ? typed : null };
            await app.api.patch(`/admin/domains/${domain.id}`, { ...body(changed), ...denied });
            await saved();
        },
    });
}

/** @param {App} app @param {AdminDomain} domain */
export function removeDomain(app, domain) {
    confirmRemoval({
        title: t('domains.remove.title', { name: domain.name }),
        lead: t('domains.remove.what'),
        submit: t('domains.remove'),
        typed: domain.id,
        run: async () => {
            await app.api.delete(`/admin/domains/${domain.id}`);
            toast(t('domains.removed', { name: domain.name }));
            await loadDomains(app);
            app.go('/admin/domains');
        },
    });
}
