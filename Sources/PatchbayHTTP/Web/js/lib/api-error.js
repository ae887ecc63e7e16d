/** What went wrong, in words for a person; `id` never changes and is what code looks at. */
export class ApiError extends Error {
    /** @param {number} status @param {string} id @param {string} detail @param {Record<string, any>} [more] */
    constructor(status, id, detail, more = {}) {
        super(detail);
        this.name = 'ApiError';
        this.status = status;
        this.id = id;
        this.more = more;
    }

    /** Whether the same request may succeed later without any change. */
    get isPassing() {
        return this.status === 0 || [429, 502, 503, 504].includes(this.status);
    }
}
