/** The kinds of users, from the least to the most rights, and which of them somebody may give. */
import { t } from '../../../i18n/index.js';

const SCOPES = [
    'no-portal',
    'basic-user',
    'advanced-user',
    'call-center-agent',
    'call-center-supervisor',
    'site-manager',
    'office-manager',
    'reseller',
    'super-user',
];
const ADMINISTRATORS = ['office-manager', 'reseller', 'super-user'];

/** @param {string} scope */
const rank = (scope) => ADMINISTRATORS.indexOf(scope);

/**
 * Whether somebody may give this scope, or change a user who has it: the server refuses the rest.
 * @param {string} mine
 * @param {string} scope
 */
export const mayGrant = (mine, scope) => rank(scope) <= rank(mine);

/** @param {string} scope */
export const scopeWords = (scope) => t(`scope.${scope}`);

/**
 * The scopes that somebody may give, as choices of a form.
 * @param {string} mine
 * @returns {[string, string][]}
 */
export const scopeChoices = (mine) =>
    SCOPES.filter((scope) => mayGrant(mine, scope)).map((scope) => [scope, scopeWords(scope)]);

/** @param {string} scope */
export const managesDomains = (scope) => scope === 'reseller' || scope === 'super-user';
