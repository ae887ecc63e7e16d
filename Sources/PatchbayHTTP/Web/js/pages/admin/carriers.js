/** What connects the portal to the outside: carriers and phone systems, each with its tests, in words. */
import { t } from '../../i18n/index.js';
import { h } from '../../lib/h.js';
import { connectionCard } from './carriers/connection.js';
import { part, whileVisible } from './system/pieces.js';

/** How often it is asked whether something has come in, in milliseconds. */
const PAUSE = 2000;

/**
 * @param {import('../../shell/app.js').App} app
 * @returns {{el: any, end: () => void}}
 */
export function section(app) {
    const el = h('div', { class: 'sys-page', 'aria-busy': 'true' });
    /** @type {Map<string, ReturnType<typeof connectionCard>>} */
    const cards = new Map();
    const load = async () => {
        const { items } = await app.api.get('/admin/connections', { limit: 200 });
        const ids = items.map((/** @type {any} */ one) => one.id).join();
        // Cards stay as they are: somebody types into them, and reads what a test has found.
        if (ids !== [...cards.keys()].join()) {
            cards.clear();
            for (const one of items) cards.set(one.id, connectionCard(app, one));
            el.replaceChildren(...[...cards.values()].map((card) => card.el));
        }
        for (const one of items) cards.get(one.id)?.show(one);
        if (items.length === 0)
            el.replaceChildren(part(t('carriers.none'), h('p', { class: 'pad muted' }, t('carriers.none.what'))));
        el.removeAttribute('aria-busy');
    };
    return { el, end: whileVisible(() => app.try(load), PAUSE) };
}
