/** What the administration has, in the order of its list. Each part is loaded when it is opened. */

/**
 * @typedef {object} Section
 * @property {any} el
 * @property {any[]} [actions] buttons beside the heading
 * @property {() => void} end called when the reader leaves: stop listening
 *
 * @typedef {object} SectionEntry
 * @property {string} id its place in the address: /admin/ID
 * @property {string} title the key of its name
 * @property {string} hint the key of a line that says what it is for
 * @property {string} icon
 * @property {string} permission it is there only for those who have it
 * @property {() => Promise<{section: (app: App, rest: string[]) => Section}>} load
 *
 * @typedef {import('../../shell/app.js').App} App
 */

/** The catalogues that the administration needs: i18n/LANG/NAME.js */
export const TEXTS = ['admin', 'admin-people', 'admin-offices', 'admin-system', 'admin-records'];

/** The styles of the area: css/NAME */
export const STYLES = ['asks.css', 'admin.css', 'admin-parts.css', 'admin-people.css', 'admin-system.css', 'admin-forms.css', 'admin-records.css'];

/** @type {SectionEntry[]} */
export const SECTIONS = [
    {
        id: 'users',
        title: 'admin.users',
        hint: 'admin.users.hint',
        icon: 'users',
        permission: 'domain.admin',
        load: () => import('./users.js'),
    },
    {
        id: 'numbers',
        title: 'admin.numbers',
        hint: 'admin.numbers.hint',
        icon: 'hash',
        permission: 'domain.admin',
        load: () => import('./numbers.js'),
    },
    {
        id: 'features',
        title: 'admin.features',
        hint: 'admin.features.hint',
        icon: 'switches',
        permission: 'domain.admin',
        load: () => import('./features.js'),
    },
    {
        id: 'domains',
        title: 'admin.domains',
        hint: 'admin.domains.hint',
        icon: 'building',
        permission: 'domain.admin',
        load: () => import('./domains.js'),
    },
    {
        id: 'transfer',
        title: 'admin.transfer',
        hint: 'admin.transfer.hint',
        icon: 'swap',
        permission: 'domain.admin',
        load: () => import('./transfer.js'),
    },
    {
        id: 'outbox',
        title: 'stuck.section',
        hint: 'stuck.section.hint',
        icon: 'send',
        permission: 'domain.admin',
        load: () => import('./outbox.js'),
    },
    {
        id: 'opt-outs',
        title: 'optouts.section',
        hint: 'optouts.section.hint',
        icon: 'bellOff',
        permission: 'domain.admin',
        load: () => import('./opt-outs.js'),
    },
    {
        id: 'records',
        title: 'records.section',
        hint: 'records.section.hint',
        icon: 'file',
        permission: 'domain.admin',
        load: () => import('./records.js'),
    },
    {
        id: 'audit',
        title: 'audit.section',
        hint: 'audit.section.hint',
        icon: 'clock',
        permission: 'domain.admin',
        load: () => import('./audit.js'),
    },
    {
        id: 'plugins',
        title: 'plugins.section',
        hint: 'plugins.section.hint',
        icon: 'template',
        permission: 'system.admin',
        load: () => import('./plugins.js'),
    },
    {
        id: 'carriers',
        title: 'carriers.section',
        hint: 'carriers.section.hint',
        icon: 'globe',
        permission: 'system.admin',
        load: () => import('./carriers.js'),
    },
    {
        id: 'health',
        title: 'health.section',
        hint: 'health.section.hint',
        icon: 'monitor',
        permission: 'system.admin',
        load: () => import('./health.js'),
    },
];
