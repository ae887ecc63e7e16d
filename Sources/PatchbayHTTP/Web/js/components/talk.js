/** What a chat box and the page of a conversation have in common: the log, who is writing, the composer. */
import { t } from '../i18n/index.js';
import { Composer } from '../lib/composer.js';
import { h, icon } from '../lib/h.js';
import { titleText } from '../lib/parts.js';
import { callOf } from '../lib/call-state.js';
import { rows } from '../lib/rows.js';
import { Thread } from '../lib/thread.js';
import { filled } from '../lib/templates.js';
import { toast } from '../shell/toast.js';
import { otherPerson, placeholder, presenceNote, typingWords, writers } from './chat-words.js';
import { CallStrip } from './call-strip.js';
import { ClaimBar } from './claim-bar.js';
import { takesDrops } from './drop-zone.js';
import { emojiButton } from './emoji-button.js';
import { laterButton } from './later-button.js';
import { MessageDeeds } from './message-deeds.js';
import { QuietNote } from './quiet-note.js';
import { ScheduledList } from './scheduled-list.js';
import { TalkSend } from './talk-send.js';
import { templateButton } from './template-button.js';
import { manageTemplates } from './template-dialog.js';

/** More than this, in bytes, no server of ours takes; the session says it exactly. */
const LARGEST = 10 * 1024 * 1024;

/**
 * @typedef {object} TalkOptions
 * @property {() => void} onEnd the newest message has come into view
 * @property {() => Promise<void>} [loadOlder] if not simply the messages before those that are known
 * @property {() => Promise<void>} [loadNewer] only where a part of the conversation is shown
 */

/** The style sheets of all parts, for the root that they are put into. */
export const SHEETS = ['shared', 'controls', 'thread', 'composer', 'tools', 'asks'];

/** Made once per conversation and place; `show` dresses it again. `parts` go one below the other. */
export class Talk {
    #app;
    #id;
    #done = new AbortController();

    /**
     * @param {import('../shell/app.js').App} app
     * @param {Conversation} conversation
     * @param {TalkOptions} options
     */
    constructor(app, conversation, options) {
        this.#app = app;
        this.#id = conversation.id;
        this.lost = h('div', { class: 'lost', role: 'status' }, icon('clock', 14), t('box.reconnecting'));
        const host = () => this.composer.el;
        this.call = new CallStrip(app);
        this.deeds = new MessageDeeds(app, this.#id, host);
        this.thread = this.#makeThread(options);
        const dots = h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
        this.typing = h('div', { class: 'typing' }, dots, h('span', { class: 'vh', role: 'status' }));
        this.typing.append(h('span', { 'aria-hidden': 'true' }));
        this.sending = new TalkSend(app, this.#id, (written) => this.composer.put(written), host);
        this.composer = this.#makeComposer(conversation);
        app.drafts.watch(this.#id, (draft) => this.composer.adopt(draft), this.#done.signal);
        this.claim = this.#makeClaim();
        this.scheduled = this.#makeScheduled(host);
        this.quiet = new QuietNote(() => app.actions.loadConversation(this.#id).catch(() => {}));
        this.composer.el.prepend(this.claim.el, this.scheduled.el, this.quiet.el);
        this.composer.offer(
            [...emojiButton((char) => this.composer.insert(char)), ...this.#makeTemplates(host)],
            laterButton(host, (at) => this.composer.submit(at)),
        );
        takesDrops([this.thread.el, this.composer.el], (files) => this.composer.take(files));
        this.parts = [this.lost, this.call.el, this.thread.el, this.typing, this.composer.el];
        // Nice to have: the conversation works without the list of what is sent later.
        app.scheduling.load(this.#id).catch(() => {});
    }

    /** Taken out for good. */
    end() {
        this.#done.abort();
        this.composer.keep();
        this.call.end();
        this.claim.end();
        this.scheduled.end();
        this.quiet.end();
    }

    /**
     * @param {State} state
     * @param {Conversation} conversation
     * @param {MessageThread} [thread] the messages to show, as a rule all that are known
     */
    show(state, conversation, thread = state.threads.get(conversation.id)) {
        const me = /** @type {Session} */ (state.session).user.id;
        this.lost.hidden = state.link !== 'reconnecting';
        this.call.show(callOf(state, conversation));
        if (thread) {
            const label = t('log.label', { name: titleText(conversation) });
            this.thread.show(rows(conversation, thread, me), thread.hasOlder, label);
        }
        const words = typingWords(state, conversation);
        this.typing.hidden = words === '';
        this.typing.querySelector('.vh').textContent = words;
        this.typing.lastChild.textContent = words;
        this.claim.show(conversation.claim, me);
        this.scheduled.show(state.scheduled.get(conversation.id));
        this.quiet.show(conversation.compose?.hold);
        this.composer.update({
            compose: conversation.compose,
            from: conversation.from,
            placeholder: placeholder(conversation),
            ...presenceNote(conversation, otherPerson(state, conversation)),
        });
    }

    /** @param {TalkOptions} options */
    #makeThread(options) {
        const { actions, outbox, store } = this.#app;
        const who = writers();
        return new Thread({
            who: () => who(store.state, this.#conversation),
            loadOlder: () => this.#app.try(() => actions.loadOlder(this.#id)),
            retry: (message) => outbox.again(message),
            remove: (message) => this.deeds.remove(message),
            sendNow: (message) => this.deeds.sendNow(message),
            cancel: (message) => this.deeds.cancel(message),
            items: (row) => this.deeds.items(row),
            ...options,
        });
    }

    /** @param {Conversation} conversation */
    #makeComposer({ kind }) {
        const { actions, drafts, store } = this.#app;
        const id = this.#id;
        return new Composer({
            kind,
            draft: drafts.get(id),
            onSend: (written, sendAt) => this.sending.send(written, sendAt),
            onDraft: (text) => drafts.set(id, text),
            onFrom: (from) => this.#app.try(() => this.#from(from)),
            onTyping: () => {
                if (kind === 'chat' || this.#conversation.isShared) actions.typing(id);
                if (kind === 'sms') this.quiet.typed();
            },
            onTakeBack: () => this.deeds.takeBack(),
            upload: (file, more) => actions.upload(file, more),
            limits: () => ({
                bytes: store.state.session?.limits.attachment ?? LARGEST,
                files: this.#conversation.compose?.maximum?.attachments ?? 10,
            }),
        });
    }

    /**
     * Another number may be open where this one was not.
     * @param {string} from
     */
    async #from(from) {
        await this.#app.actions.change(this.#id, { from });
        await this.#app.actions.loadConversation(this.#id);
    }

    #makeClaim() {
        const { actions, claims } = this.#app;
        const id = this.#id;
        const attempt = async (/** @type {() => Promise<void>} */ deed) => {
            try {
                await deed();
            } catch (failure) {
                const error = /** @type {import('../lib/api.js').ApiError} */ (failure);
                toast(error.id === 'conversation.claimed' ? t('claim.moved') : error.message);
            }
        };
        return new ClaimBar({
            take: (from) => attempt(() => claims.take(id, from)),
            release: () => attempt(() => claims.release(id)),
            renew: () => actions.loadConversation(id).catch(() => {}),
        });
    }

    /** @param {() => any} host */
    #makeScheduled(host) {
        const { scheduling } = this.#app;
        return new ScheduledList({
            host,
            change: (one, fields) => scheduling.change(one, fields),
            sendNow: (one) => this.#app.try(() => scheduling.sendNow(one)),
            cancel: (one) => this.sending.cancel(one),
            undo: (one) => this.sending.undo(one),
        });
    }

    /** @param {() => any} host */
    #makeTemplates(host) {
        const { templates, store } = this.#app;
        const known = () => store.state.templates;
        return templateButton({
            templates: known,
            load: () => templates.load(),
            manage: () => manageTemplates(host(), templates, () => known() ?? []),
            pick: ({ text }) => this.composer.insert(filled(text, this.#names())),
        });
    }

    /** Whom a template speaks to and who speaks; a number or a group has no name. */
    #names() {
        const { kind, contactId, members, title } = this.#conversation;
        const isNamed = kind === 'sms' ? contactId !== null : members.length === 1;
        return { name: isNamed ? title : '', myName: this.#app.store.state.session?.user.name ?? '' };
    }

    get #conversation() {
        return /** @type {Conversation} */ (this.#app.store.state.conversations.get(this.#id));
    }
}
