/** A list of the API with all its pages. */

/** More than this is found by searching. */
const MOST = 2000;

/**
 * @param {import('./api.js').Api} api
 * @param {string} path
 * @returns {Promise<any[]>}
 */
export async function wholeList(api, path) {
    const out = [];
    /** @type {string | null} */
    let cursor = null;
    do {
        /** @type {{items: any[], next: string | null}} */
        const page = await api.get(path, { limit: 200, cursor });
        out.push(...page.items);
        cursor = page.next;
    } while (cursor && out.length < MOST);
    return out;
}
