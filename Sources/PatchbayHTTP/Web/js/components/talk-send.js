/** How what is written goes out: at once, in some seconds so that it can be undone, or when somebody has said. */
import { t } from '../i18n/index.js';
import { isHeld } from '../lib/holds.js';
import { preferencesOf } from '../lib/preferences.js';
import { toast } from '../shell/toast.js';
import { askAtNight } from './quiet-note.js';

export class TalkSend {
    #app;
    #id;
    /** @type {(written: import('../lib/composer.js').Written) => void} */
    #putBack;
    #host;

    /**
     * @param {import('../shell/app.js').App} app
     * @param {string} id conversation
     * @param {(written: import('../lib/composer.js').Written) => void} putBack into the composer
     * @param {() => any} host where a question goes
     */
    constructor(app, id, putBack, host) {
        this.#app = app;
        this.#id = id;
        this.#putBack = putBack;
        this.#host = host;
    }

    /**
     * Until it is in the outbox or at the server, the text stays the draft: the page may go any time.
     * @param {import('../lib/composer.js').Written} written
     * @param {Date | null} sendAt
     */
    async send(written, sendAt) {
        const { drafts } = this.#app;
        // Put back after an answer was lost it may be scheduled already: it goes with the client id that it had.
        const isAgain = written.clientId !== undefined;
        const clientId = written.clientId ?? crypto.randomUUID();
        drafts.set(this.#id, written.text);
        try {
            await this.#send({ ...written, clientId }, sendAt, isAgain);
            if (drafts.get(this.#id) === written.text) drafts.set(this.#id, '');
        } catch (failure) {
            this.#putBack({ ...written, clientId });
            toast(/** @type {Error} */ (failure).message);
        }
    }

    /**
     * @param {import('../lib/composer.js').Written & {clientId: string}} written
     * @param {Date | null} sendAt
     * @param {boolean} isAgain
     */
    async #send(written, sendAt, isAgain) {
        const { outbox, store } = this.#app;
        const draft = { ...written, from: store.state.conversations.get(this.#id)?.from ?? null };
        const hold = sendAt ? null : await this.#night();
        if (hold) {
            const quietHours = await askAtNight(this.#host(), hold);
            // Whoever has just decided needs no seconds to undo it; what waits can be taken back all night.
            return quietHours ? void outbox.write(this.#id, { ...draft, quietHours }) : this.#putBack(written);
        }
        const wait = preferencesOf(store.state).undoSendSeconds;
        if (!sendAt && wait === 0) return void outbox.write(this.#id, draft);
        try {
            const one = await this.#app.scheduling.add(this.#id, draft, sendAt ?? wait, written.clientId);
            if (isAgain && sendAt) await this.#app.scheduling.change(one, { sendAt: sendAt.toISOString() });
        } catch (failure) {
            const { isPassing } = /** @type {import('../lib/api.js').ApiError} */ (failure);
            // Without a connection it waits in the outbox; the same client id, for the server may have it already.
            if (!sendAt && isPassing) return void outbox.write(this.#id, draft);
            throw failure;
        }
    }

    /** What a message would wait for: asked anew where it seems to be night, for the customer may have written since. */
    async #night() {
        const { actions, store } = this.#app;
        const known = () => store.state.conversations.get(this.#id)?.compose?.hold;
        if (!isHeld(known())) return null;
        // Without a connection there is nothing better than what is known.
        await actions.loadConversation(this.#id).catch(() => {});
        const hold = known();
        return isHeld(hold) ? hold : null;
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
