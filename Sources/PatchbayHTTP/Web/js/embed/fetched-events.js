/**
 * An event stream read with `fetch`, for EventSource can't send a bearer (WHATWG HTML, §9.2 Server-sent events). It has
 * what our stream uses of EventSource; coming back after a cut is the stream's own business.
 */
export class FetchedEvents {
    #abort = new AbortController();
    #target = new EventTarget();
    #lastId = '';
    /** @type {((event: any) => any) | null} */
    onopen = null;
    /** @type {((event: any) => any) | null} */
    onerror = null;

    /** @param {(options: RequestInit) => Promise<Response>} ask */
    constructor(ask) {
        this.#read(ask).catch(() => {});
    }

    /** @param {string} name @param {any} hear */
    addEventListener(name, hear) {
        this.#target.addEventListener(name, hear);
    }

    close() {
        this.#abort.abort();
    }

    /** @param {(options: RequestInit) => Promise<Response>} ask */
    async #read(ask) {
        const { signal } = this.#abort;
        try {
            const response = await ask({ signal, cache: 'no-store', headers: { Accept: 'text/event-stream' } });
            if (!response.ok || !response.body) throw new Error(`no stream: ${response.status}`);
            this.onopen?.(new Event('open'));
            const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
            let rest = '';
            for (let part = await reader.read(); !part.done; part = await reader.read()) {
                const blocks = (rest + part.value).split('\n\n');
                rest = /** @type {string} */ (blocks.pop());
                for (const block of blocks) this.#take(block);
            }
        } finally {
            if (!signal.aborted) this.onerror?.(new Event('error'));
        }
    }

    /** @param {string} block lines between two empty ones; our server ends lines with \n and writes one line of data */
    #take(block) {
        const fields = { id: '', event: 'message', data: '' };
        for (const line of block.split('\n')) {
            const [, name, value] = line.match(/^(id|event|data): ?(.*)$/) ?? [];
            if (name) fields[/** @type {'id'} */ (name)] = value;
        }
        if (fields.id) this.#lastId = fields.id;
        if (!fields.data) return;
        this.#target.dispatchEvent(new MessageEvent(fields.event, { data: fields.data, lastEventId: this.#lastId }));
    }
}
