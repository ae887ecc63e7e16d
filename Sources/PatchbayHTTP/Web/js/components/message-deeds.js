/** What a user does with single messages: copy, look up, send again, delete and undo, take back to write anew. */
import { t } from '../i18n/index.js';
import { isOurs, messageArrived } from '../lib/messages.js';
import { toast } from '../shell/toast.js';
import { showDelivery } from './delivery-history.js';

export class MessageDeeds {
    #app;
    #id;
    #host;
    /**
     * Called when a message was deleted, or is there again.
     * @type {(message: Message, isThere: boolean) => void}
     */
    onChange = () => {};

    /** @param {import('../shell/app.js').App} app @param {string} id conversation @param {() => any} host of dialogs */
    constructor(app, id, host) {
        this.#app = app;
        this.#id = id;
        this.#host = host;
    }

    /** @param {MessageRow} row @returns {(import('../lib/menu.js').Item | '-')[]} */
    items({ message, isMine }) {
        const isText = this.#conversation.kind === 'sms';
        const isFailed = isMine && message.state === 'failed';
        const again = () => void this.#app.outbox.again(message);
        /** @type {(import('../lib/menu.js').Item | '-' | false)[]} */
        const items = [
            isFailed && { icon: 'send', text: t('message.try-again'), run: again },
            message.text !== '' && { icon: 'copy', text: t('message.copy'), run: () => this.#copy(message) },
            isText && isMine && Boolean(message.sequence) && this.#details(message),
            { icon: 'trash', text: t('message.delete'), danger: true, run: () => void this.remove(message) },
        ];
        return /** @type {(import('../lib/menu.js').Item | '-')[]} */ (items.filter(Boolean));
    }

    /** @param {Message} message */
    #details({ id }) {
        const load = async () => (await this.#app.api.get(`/sms/messages/${id}/history`)).items;
        return { icon: 'clock', text: t('message.details'), run: () => showDelivery(this.#host(), load) };
    }

    /** @param {Message} message */
    async #copy({ text }) {
        try {
            await navigator.clipboard.writeText(text);
            toast(t('message.copied'));
        } catch {
            toast(t('message.not-copied'));
        }
    }

    /** @param {Message} message one that waits for the morning */
    sendNow(message) {
        return this.#decide(message, 'send-now');
    }

    /** @param {Message} message one that waits for the morning */
    cancel(message) {
        return this.#decide(message, 'take-back');
    }

    /** @param {Message} message @param {string} deed */
    #decide({ id }, deed) {
        return this.#app.try(async () => {
            const { message } = await this.#app.api.post(`/sms/messages/${id}/${deed}`);
            this.#app.store.apply(messageArrived, message, false);
        });
    }

    /**
     * Deletes it for the reader, who can undo that for a while.
     * @param {Message} message
     */
    remove(message) {
        return this.#app.try(async () => {
            await this.#app.actions.deleteMessage(message);
            this.onChange(message, false);
            if (message.sequence === undefined) return;
            const run = () => void this.#restore(message);
            toast(t('message.deleted'), { label: t('undo'), run });
        });
    }

    /** @param {Message} message */
    #restore(message) {
        return this.#app.try(async () => {
            await this.#app.history.restoreMessage(message);
            this.onChange(message, true);
        });
    }

    /**
     * The last message of the reader's that failed goes out of the log, to be written anew.
     * @returns {{text: string, attachments: Attachment[]} | null}
     */
    takeBack() {
        const { threads, session } = this.#app.store.state;
        const me = session?.user.id ?? '';
        const mine = (/** @type {Message} */ m) => isOurs(this.#conversation, m, me) && m.authorId === me;
        const last = [...(threads.get(this.#id)?.items ?? [])].reverse().find(mine);
        if (last?.state !== 'failed') return null;
        this.#app.try(() => this.#app.actions.deleteMessage(last));
        return { text: last.text, attachments: last.attachments };
    }

    get #conversation() {
        return /** @type {Conversation} */ (this.#app.store.state.conversations.get(this.#id));
    }
}
