/** The feature switches of the server. */

/** @typedef {import('../../../shell/app.js').App} App */

/**
 * @param {App} app
 * @param {string} plugin
 * @param {string} level system, domain, user or number
 * @param {string} subject whose it is: system, or the id of the domain or the user, or the number
 * @param {boolean} isOn
 */
export const setSwitch = (app, plugin, level, subject, isOn) =>
    app.api.put(`/admin/switches/${plugin}/${level}/${encodeURIComponent(subject)}`, { isOn });

/**
 * Whether the reader may switch features for the whole system.
 * @param {App} app
 */
export const isSystemAdmin = (app) => app.store.state.session?.permissions.includes('system.admin') ?? false;
