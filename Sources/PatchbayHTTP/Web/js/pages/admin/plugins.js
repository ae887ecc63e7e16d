/** The plugins: how each stands, what it may do, its settings; and what a reload would change. */
import { pluginList } from './plugins/list.js';
import { pluginSheet } from './plugins/sheet.js';

/**
 * @param {import('../../shell/app.js').App} app
 * @param {string[]} rest the id of one of them, perhaps
 * @returns {{el: any, end: () => void}}
 */
export function section(app, [id]) {
    return id ? pluginSheet(app, id) : pluginList(app);
}
