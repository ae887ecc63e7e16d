/** How what is written goes out: at once, in some seconds so that it can be undone, or when somebody has said. */
import { t } from '../i18n/index.js';
import { preferencesOf } from '../lib/preferences.js';
import { toast } from '../shell/toast.js';

export class TalkSend {
    #app;
    #id;
    /** @type {(written: import('../lib/composer.js').Written) => void} */
    #putBack;

    /**
     * @param {import('../shell/app.js').App} app
     * @param {string} id conversation
     * @param {(written: import('../lib/composer.js').Written) => void} putBack into the composer
     */
    constructor(app, id, putBack) {
        this.#app = app;
        this.#id = id;
        this.#putBack = putBack;
    }

    /** @param {import('../lib/composer.js').Written} written @param {Date | null} sendAt */
    async send(written, sendAt) {
        const { outbox, store } = this.#app;
        const draft = { ...written, from: store.state.conversations.get(this.#id)?.from ?? null };
        const wait = preferencesOf(store.state).undoSendSeconds;
        if (!sendAt && wait === 0) return void outbox.write(this.#id, draft);
        const clientId = crypto.randomUUID();
        try {
            await this.#app.scheduling.add(this.#id, draft, sendAt ?? wait, clientId);
        } catch (failure) {
            const error = /** @type {import('../lib/api.js').ApiError} */ (failure);
            // Without a connection it waits in the outbox; the same client id, for the server may have it already.
            if (!sendAt && error.isPassing) return void outbox.write(this.#id, { ...draft, clientId });
            this.#putBack(written);
            toast(error.message);
        }
    }

    /** @param {Scheduled} one */
    undo(one) {
        const back = () => this.#putBack({ text: one.text, attachments: one.attachments });
        return this.#app.try(() => this.#app.scheduling.remove(one).then(back));
    }

    /** @param {Scheduled} one */
    async cancel(one) {
        await this.#app.try(async () => {
            await this.#app.scheduling.remove(one);
            const run = () => this.#putBack({ text: one.text, attachments: one.attachments });
            toast(t('scheduled.cancelled'), { label: t('undo'), run });
        });
    }
}
