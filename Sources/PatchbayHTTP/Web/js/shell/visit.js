/** From sign-in to sign-out: the stream of events, the notices, and what was written and not sent yet. */
import { KeptMessages } from '../lib/kept-messages.js';
import { openLive } from '../live/live.js';
import { tabId } from '../live/tab.js';
import { Notices } from '../notices/notices.js';
import { lookedAt } from './looking.js';
import { takeUpUnsent } from './unsent.js';

export class Visit {
    #app;
    #live;
    #done = new AbortController();

    /** @param {import('./app.js').App} app @param {Session} session @param {(told: import('../live/stream.js').Told) => void} told */
    constructor(app, { user, eventsUpTo }, told) {
        this.#app = app;
        this.notices = new Notices(app, user.id, { tone: app.tone, title: app.title });
        this.#live = openLive({ name: user.id, after: eventsUpTo, line: app.line }, told, lookedAt);
        app.outbox.kept = new KeptMessages(user.id, tabId);
        takeUpUnsent(app, app.outbox.kept, this.#done.signal);
        // The stream may have outlived a short gap and then says nothing of it.
        addEventListener('online', () => app.outbox.hurry(), { signal: this.#done.signal });
    }

    /** A box was opened or folded: somebody looks elsewhere now. */
    looked() {
        this.#live.update();
    }

    end() {
        this.#live.close();
        this.notices.close();
        this.#done.abort();
        this.#app.outbox.end();
    }
}
