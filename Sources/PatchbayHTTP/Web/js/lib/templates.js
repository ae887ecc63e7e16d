/** Texts that are written again and again: kept on the server, filled in here. */
import { fold } from './format.js';

/** @param {State} state @param {Template[]} templates @returns {State} */
export const templatesLoaded = (state, templates) => ({
    ...state,
    templates: [...templates].sort((a, b) => a.name.localeCompare(b.name)),
});

/**
 * The text with {first-name}, {name} and {my-name} filled in; what is not known is left out.
 * @param {string} text
 * @param {{name: string, myName: string}} who
 */
export function filled(text, { name, myName }) {
    /** @type {Record<string, string>} */
    const values = { 'first-name': name.split(' ')[0], name, 'my-name': myName };
    const out = text.replace(/\{(first-name|name|my-name)\}/g, (_, key) => values[key]);
    // "Hello {first-name}, …" to a number that nobody knows: "Hello, …"
    return name === '' ? out.replace(/ +([,.!?;:])/g, '$1').replace(/ {2,}/g, ' ').trim() : out;
}

/**
 * Those with every typed word in the name or the text.
 * @param {Template[]} templates
 * @param {string} query
 */
export function foundTemplates(templates, query) {
    const wanted = fold(query).split(/\s+/).filter(Boolean);
    return templates.filter(({ name, text }) => wanted.every((word) => fold(`${name} ${text}`).includes(word)));
}

export class Templates {
    #api;
    #store;

    /**
     * @param {import('./api.js').Api} api
     * @param {import('./store.js').Store} store
     * @param {EventTarget} news events of the server
     */
    constructor(api, store, news) {
        this.#api = api;
        this.#store = store;
        // Whoever has looked at the templates sees what changes.
        const renew = () => store.state.templates && this.load().catch(() => {});
        for (const name of ['template.changed', 'resync']) news.addEventListener(name, renew);
    }

    async load() {
        const { items } = await this.#api.get('/templates', { limit: 200 });
        this.#store.apply(templatesLoaded, items);
    }

    /**
     * @param {string | null} id null makes a new one
     * @param {{name: string, text: string, isShared: boolean}} fields
     */
    async save(id, fields) {
        await (id ? this.#api.put(`/templates/${id}`, fields) : this.#api.post('/templates', fields));
        await this.load();
    }

    /** @param {string} id */
    async remove(id) {
        await this.#api.delete(`/templates/${id}`);
        await this.load();
    }
}
