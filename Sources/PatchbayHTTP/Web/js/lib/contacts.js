/** Whom one can write to: found by what is typed, and kept as contacts. Changes come back as events. */
export class Contacts {
    #api;

    /** @param {import('./api.js').Api} api */
    constructor(api) {
        this.#api = api;
    }

    /** @param {string} query @param {AbortSignal} signal */
    async recipients(query, signal) {
        return (await this.#api.get('/recipients', { query, limit: 20 }, signal)).items;
    }

    /** @param {string} id @returns {Promise<Contact>} */
    get(id) {
        return this.#api.get(`/contacts/${id}`);
    }

    /** @param {Partial<ContactDraft> & {name: string}} contact */
    async add(contact) {
        await this.#api.post('/contacts', contact);
    }

    /**
     * Brings back what was deleted a short while ago, under its id.
     * @param {string} id
     * @param {ContactDraft} contact
     */
    async bringBack(id, contact) {
        await this.#api.post(`/contacts?undelete=${encodeURIComponent(id)}`, contact);
    }

    /** @param {string} id @param {ContactDraft} contact */
    async replace(id, contact) {
        await this.#api.put(`/contacts/${id}`, contact);
    }

    /** @param {string} id */
    async remove(id) {
        await this.#api.delete(`/contacts/${id}`);
    }

    /**
     * Adds a number to a contact that exists.
     * @param {string} contactId
     * @param {{label: string, value: string}} number
     */
    async addNumber(contactId, number) {
        const old = await this.#api.get(`/contacts/${contactId}`);
        const plain = old.numbers.map((/** @type {LabelledNumber} */ n) => ({ label: n.label, value: n.value }));
        const { name, company, notes, isShared, emails } = old;
        const body = { name, company, notes, isShared, emails, numbers: [...plain, number] };
        await this.#api.put(`/contacts/${contactId}`, body);
    }
}
