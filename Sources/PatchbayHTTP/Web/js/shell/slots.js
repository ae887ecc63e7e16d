/** Elements that plugins put into the portal: the session names module and element for each place. */
import { h } from '../lib/h.js';

/** @type {Map<string, Promise<any>>} */
const modules = new Map();

/**
 * Loads what the plugins give for a place and returns their elements; one that does not load is left out.
 * @param {Session} session
 * @param {string} slot for example "home.card" or "nav"
 * @param {import('./app.js').App} app given to each element as `portal`
 * @returns {Promise<any[]>}
 */
export async function slotElements(session, slot, app) {
    const mine = session.slots.filter((s) => s.slot === slot);
    const loaded = await Promise.all(mine.map((s) => element(s, app)));
    return loaded.filter(Boolean);
}

/** @param {Session['slots'][0]} slot @param {import('./app.js').App} app */
async function element({ plugin, module, element: name }, app) {
    const path = new URL(module, `${location.origin}/plugins/${plugin}/`).pathname;
    if (!path.startsWith(`/plugins/${plugin}/`)) return null;
    try {
        if (!modules.has(path)) modules.set(path, import(path));
        await modules.get(path);
        return h(name, { '.portal': { api: app.api, session: app.store.state.session } });
    } catch (error) {
        reportError(error);
        return null;
    }
}
