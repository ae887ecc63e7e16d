/** Elements that plugins put into the portal: the session names module and element for each place. */
import { h } from '../lib/h.js';

/** @type {Map<string, Promise<any>>} */
const modules = new Map();

/**
 * Loads what the plugins give for a place and returns their elements; one that does not load is left out.
 * @param {Session} session
 * @param {string} slot for example "home.card" or "nav"
 * @param {import('./app.js').App} app given to each element as `portal`
 * @param {Record<string, any>} [more] further properties, such as ".conversation"
 * @returns {Promise<any[]>}
 */
export async function slotElements(session, slot, app, more = {}) {
    const mine = session.slots.filter((s) => s.slot === slot);
    const loaded = await Promise.all(mine.map((s) => element(s, app, more)));
    return loaded.filter(Boolean);
}

/**
 * What an element of a plugin may use: the API, who is signed in, and the news. It stays the same from 1.0 on.
 * @param {import('./app.js').App} app
 */
const portal = (app) => ({
    api: app.api,
    session: app.store.state.session,
    on: (/** @type {string} */ event, /** @type {(data: any) => void} */ hear, /** @type {AbortSignal} */ signal) =>
        app.updates.news.addEventListener(
            event,
            (/** @type {any} */ told) => hear(told.detail),
            { signal },
        ),
    openConversation: (/** @type {string} */ id) => app.openBox(id),
    conversation: (/** @type {string} */ id) => app.store.state.conversations.get(id),
});

/**
 * @param {Session['slots'][0]} slot
 * @param {import('./app.js').App} app
 * @param {Record<string, any>} more further properties, such as ".conversation"
 */
async function element({ plugin, module, element: name }, app, more) {
    const path = new URL(module, `${location.origin}/plugins/${plugin}/`).pathname;
    if (!path.startsWith(`/plugins/${plugin}/`)) return null;
    try {
        if (!modules.has(path)) modules.set(path, import(path));
        await modules.get(path);
        return h(name, { '.portal': portal(app), ...more });
    } catch (error) {
        reportError(error);
        return null;
    }
}
