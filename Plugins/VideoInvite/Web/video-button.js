/** The camera in the head of a chat, which says so while a session is under way there. A text conversation has none. */
import { glyph } from './glyphs.js';
import { openCall } from './open-call.js';
import { t, useTexts } from './texts.js';

/** @typedef {import('./room.js').VideoSession} VideoSession */

class VideoButton extends HTMLElement {
    /** @type {any} given by the portal */
    portal;
    /** @type {string} given by the portal */
    conversationId = '';
    #done = new AbortController();
    #asked = 0;

    async connectedCallback() {
        const done = new AbortController();
        this.#done = done;
        await useTexts(this.portal.session.preferences?.language ?? 'auto');
        if (done.signal.aborted || this.portal.conversation(this.conversationId)?.kind !== 'chat') return;
        if (!this.firstChild) this.#fill();
        const look = ({ conversationId = '' }) => conversationId === this.conversationId && this.#look();
        this.portal.on('video.session.changed', look, done.signal);
        this.portal.on('resync', () => this.#look(), done.signal);
        this.#look();
    }

    disconnectedCallback() {
        this.#done.abort();
    }

    #fill() {
        this.button = document.createElement('button');
        this.button.type = 'button';
        this.button.addEventListener('click', () => openCall(this.conversationId));
        const style = document.createElement('link');
        style.rel = 'stylesheet';
        style.href = '/plugins/video/button.css';
        this.replaceChildren(style, this.button);
        this.#show([]);
    }

    /** Asks who is there; a later question makes an earlier answer void. */
    async #look() {
        this.#asked += 1;
        const turn = this.#asked;
        const query = new URLSearchParams({ conversationId: this.conversationId, open: 'true' });
        const answer = await this.portal.api.get(`/video/sessions?${query}`).catch(() => null);
        if (answer && turn === this.#asked) this.#show(answer.items);
    }

    /** @param {VideoSession[]} sessions the one that is under way, if one is */
    #show([session]) {
        const there = session?.people.filter(({ state }) => state === 'joined') ?? [];
        const isOpen = there.length > 0 && there.every(({ id }) => id !== this.portal.session.user.id);
        const says = isOpen ? t('join-them', { name: there.map(({ name }) => name).join(', ') }) : t('start');
        const { button } = this;
        if (!button) return;
        button.className = isOpen ? 'ib join' : 'ib';
        button.title = says;
        button.setAttribute('aria-label', says);
        button.replaceChildren(glyph('video', 17), ...(isOpen ? [t('join')] : []));
    }
}

customElements.define('video-button', VideoButton);
