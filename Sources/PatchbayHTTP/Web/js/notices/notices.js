/** What happens when a message comes: tone, title, notification of the browser, the box at the bottom. */
import { t } from '../i18n/index.js';
import { titleText } from '../lib/parts.js';
import { preferencesOf } from '../lib/preferences.js';
import { ALONE } from '../live/crew.js';
import { BrowserNotices } from './browser.js';
import { channels } from './channels.js';
import { Push } from './push.js';

/** @typedef {import('../live/crew.js').Facts} Facts */

export class Notices {
    #app;
    #asked = () => {};

    /**
     * @param {import('../shell/app.js').App} app
     * @param {string} userId
     * @param {{tone: import('./tone.js').Tone, title: import('./page-title.js').PageTitle}} means
     */
    constructor(app, userId, { tone, title }) {
        this.#app = app;
        this.tone = tone;
        this.title = title;
        this.browser = new BrowserNotices(userId, (id) => app.openBox(id));
        this.push = new Push(app.api, this.browser, userId);
        // What can't be had now is had at the next visit.
        this.push.resume().catch(() => {});
        this.done = new AbortController();
        app.store.watch((state, before) => this.#settle(state, before), this.done.signal);
        for (const type of ['focus', 'pointerdown']) {
            addEventListener(type, () => title.rest(), { signal: this.done.signal });
        }
    }

    /**
     * Called with the first message that could have been a notification of the browser, had it been allowed.
     * @param {() => void} deed
     */
    onPermissionWanted(deed) {
        this.#asked = deed;
    }

    /**
     * @param {Message} message somebody else's, and new
     * @param {Facts} [crew]
     */
    came(message, crew = ALONE) {
        const { state } = this.#app.store;
        const conversation = state.conversations.get(message.conversationId);
        if (!conversation) return;
        const preferences = preferencesOf(state);
        const { permission } = this.browser;
        const by = channels({ conversation, preferences, crew, permission });
        const name = sender(conversation, message);
        if (by.tone) this.tone.ring();
        if (by.title) this.title.flash(conversation.id, t('notices.title', { name }));
        if (by.notice) this.#show(conversation, message, name, preferences);
        if (by.box) this.#app.showArrival(conversation);
        if (permission === 'default' && preferences.showsNotices && !conversation.isMuted) this.#asked();
    }

    /** Somebody came back to one of the tabs, or left the last. */
    focusMoved(/** @type {Facts} */ { isFocused }) {
        if (isFocused) this.title.rest();
    }

    /** @param {Conversation} conversation @param {Message} message @param {string} name @param {Preferences} preferences */
    #show(conversation, message, name, { hidesText }) {
        const title = conversation.kind === 'chat' ? name : titleText(conversation);
        const body = hidesText ? t(`notices.hidden.${conversation.kind}`) : message.text || t('message.file');
        this.browser.show(message, title, body).catch(reportError);
    }

    /**
     * What has been read, here or elsewhere, no longer calls for attention.
     * @param {State} state
     * @param {State} before
     */
    #settle(state, before) {
        if (state.conversations === before.conversations) return;
        for (const [id, { unread }] of before.conversations) {
            if (unread === 0 || (state.conversations.get(id)?.unread ?? 0) > 0) continue;
            this.title.settle(id);
            this.browser.clear(id).catch(reportError);
        }
    }

    close() {
        this.done.abort();
        this.title.rest();
        this.browser.close();
    }
}

/**
 * Who wrote: a colleague by name, a customer by name or number.
 * @param {Conversation} conversation
 * @param {Message} message
 */
function sender(conversation, message) {
    if (conversation.kind === 'sms') return conversation.contactId ? conversation.title : titleText(conversation);
    return conversation.members.find((member) => member.id === message.authorId)?.name ?? conversation.title;
}
