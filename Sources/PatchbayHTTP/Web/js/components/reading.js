/**
 * Which part of a conversation its page shows: the newest messages, or the stretch that a search has led to. A stretch
 * that has grown to the newest messages joins them.
 */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';
import { olderLoaded } from '../lib/messages.js';
import { begun, changed, grownDown, grownUp, reaches, without } from '../lib/stretch.js';

export class Reading {
    #app;
    #talk;
    #id;
    /** @type {import('../lib/stretch.js').Stretch | null} */
    #stretch = null;
    /** The stretch has just joined the newest messages: the reader stays where they are. */
    #isJoining = false;
    /** @type {string | null} key of the newest message */
    #last = null;

    /**
     * @param {import('../shell/app.js').App} app
     * @param {import('./talk.js').Talk} talk
     * @param {string} id
     */
    constructor(app, talk, id) {
        this.#app = app;
        this.#talk = talk;
        this.#id = id;
        const back = h('button', { class: 'btn', type: 'button', onclick: () => this.#toNewest() }, t('talk.to-newest'));
        back.append(icon('arrowDown', 15));
        this.bar = h('div', { class: 'away', hidden: true }, h('span', {}, t('talk.older-part')), back);
    }

    /** Whether something else than the newest messages is shown. */
    get isAway() {
        return this.#stretch !== null;
    }

    /** @param {State} state @param {Conversation} conversation */
    show(state, conversation) {
        const { thread } = this.#talk;
        const newest = state.threads.get(this.#id);
        const last = newest?.items.at(-1);
        // Who writes wants to see it.
        const hasWritten = last?.key !== this.#last && last?.authorId === state.session?.user.id;
        const isLeaving = hasWritten && this.#last !== null && this.isAway;
        if (isLeaving) this.#stretch = null;
        this.#last = last?.key ?? null;
        thread.isPartial = this.isAway || this.#isJoining;
        this.bar.hidden = !this.isAway;
        this.#talk.show(state, conversation, this.#stretch ? { ...this.#stretch, newFrom: null } : newest);
        thread.isPartial = this.isAway;
        if (isLeaving) thread.toEnd();
    }

    /**
     * Shows a message and what was said around it.
     * @param {number | null} sequence
     */
    async goTo(sequence) {
        if (sequence === null) return;
        const newest = this.#newest();
        if (!newest.items.some((m) => m.sequence === sequence)) {
            const stretch = begun(await this.#app.history.around(this.#id, sequence));
            this.#take(stretch);
        }
        const items = this.#stretch?.items ?? this.#newest().items;
        const message = items.find((m) => m.sequence === sequence);
        if (message) this.#talk.thread.reveal(message.key);
    }

    loadOlder() {
        return this.#app.try(async () => {
            const stretch = this.#stretch;
            if (!stretch) return this.#app.actions.loadOlder(this.#id);
            const before = stretch.items.find((m) => m.sequence !== undefined)?.sequence ?? 1;
            const page = await this.#app.history.beyond(this.#id, { before });
            if (this.#stretch === stretch) this.#take(grownUp(stretch, page));
        });
    }

    loadNewer() {
        return this.#app.try(async () => {
            const stretch = this.#stretch;
            if (!stretch) return;
            const page = await this.#app.history.beyond(this.#id, { after: stretch.items.at(-1)?.sequence ?? 0 });
            if (this.#stretch === stretch) this.#take(grownDown(stretch, page));
        });
    }

    /** @param {Message} message @param {boolean} isThere */
    change(message, isThere) {
        if (this.#stretch) this.#take(changed(this.#stretch, message, isThere));
    }

    /** @param {[number, number][]} removed messages that are gone for everybody, by their sequence */
    forget(removed) {
        if (this.#stretch) this.#take(without(this.#stretch, removed));
    }

    /** @param {import('../lib/stretch.js').Stretch} stretch */
    #take(stretch) {
        const { items, hasOlder } = stretch;
        this.#isJoining = reaches(stretch, this.#newest().items);
        this.#stretch = this.#isJoining ? null : stretch;
        if (this.#isJoining) this.#app.store.apply(olderLoaded, this.#id, { items, hasOlder });
        this.#refresh();
        this.#isJoining = false;
    }

    #refresh() {
        const { state } = this.#app.store;
        const conversation = state.conversations.get(this.#id);
        if (conversation) this.show(state, conversation);
    }

    #newest() {
        return this.#app.store.state.threads.get(this.#id) ?? { items: [], hasOlder: false, newFrom: null };
    }

    #toNewest() {
        this.#stretch = null;
        this.#refresh();
        this.#talk.thread.toEnd();
        this.#talk.composer.focus();
    }
}
