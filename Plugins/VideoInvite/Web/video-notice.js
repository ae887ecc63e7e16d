/** What rings in every tab when somebody asks me to a video session, and what stays when I missed it. */
import { glyph } from './glyphs.js';
import { openCall } from './open-call.js';
import { ring } from './ring.js';
import { t, useTexts } from './texts.js';

/** @param {string} tag @param {Record<string, string>} attributes @param {...(Node | string)} children */
function make(tag, attributes, ...children) {
    const el = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
    el.append(...children);
    return el;
}

class VideoNotice extends HTMLElement {
    /** @type {any} given by the portal */
    portal;
    #done = new AbortController();
    /** @type {Map<string, {card: HTMLElement, hush: () => void}>} by the session's id */
    #ringing = new Map();

    async connectedCallback() {
        const { signal } = this.#done;
        await useTexts(this.portal.session.preferences?.language ?? 'auto');
        this.replaceChildren(make('link', { rel: 'stylesheet', href: '/plugins/video/notice.css' }));
        const look = ({ sessionId = '' }) => this.#look(sessionId);
        this.portal.on('video.session.changed', look, signal);
        this.portal.on('resync', () => this.#lookAll(), signal);
        this.#lookAll();
    }

    disconnectedCallback() {
        this.#done.abort();
        for (const { hush } of this.#ringing.values()) hush();
    }

    async #lookAll() {
        const { items } = await this.portal.api.get('/video/sessions').catch(() => ({ items: [] }));
        for (const session of items) this.#show(session);
    }

    /** @param {string} id */
    async #look(id) {
        const session = await this.portal.api.get(`/video/sessions/${id}`).catch(() => null);
        if (session) this.#show(session);
        else this.#quiet(id);
    }

    /** @param {any} session */
    #show(session) {
        const mine = session.people.find((/** @type {any} */ { id }) => id === this.portal.session.user.id);
        const rings = mine?.state === 'invited' && !session.endedAt;
        if (rings && !this.#ringing.has(session.id)) this.#ring(session);
        if (rings) return;
        const wasRinging = this.#quiet(session.id);
        if (wasRinging && mine?.state === 'missed') this.#missed(session);
    }

    /** @param {any} session */
    #name(session) {
        return session.people.find((/** @type {any} */ { id }) => id === session.startedBy)?.name ?? '';
    }

    /** @param {any} session */
    #ring(session) {
        const name = this.#name(session);
        const join = make('button', { type: 'button', class: 'btn primary' }, t('join'));
        const no = make('button', { type: 'button', class: 'btn' }, t('not-now'));
        const words = make('p', {}, make('b', {}, name), ' ', t('invites'));
        const card = make('section', { class: 'video-card', role: 'alertdialog', 'aria-label': t('invited', { name }) });
        card.append(glyph('video', 24), words, make('div', { class: 'row' }, no, join));
        join.addEventListener('click', () => {
            openCall(session.conversationId, session.id);
            this.#quiet(session.id);
        });
        no.addEventListener('click', () => {
            this.#quiet(session.id);
            this.portal.api.post(`/video/sessions/${session.id}/decline`, {}).catch(() => {});
        });
        const isMuted = this.portal.conversation(session.conversationId)?.isMuted;
        const tone = this.portal.session.preferences?.tone;
        const mayRing = !isMuted && tone !== 'never';
        this.#ringing.set(session.id, { card, hush: mayRing ? ring(session.id) : () => {} });
        this.append(card);
    }

    /** @param {string} id @returns {boolean} whether it rang */
    #quiet(id) {
        const ringing = this.#ringing.get(id);
        ringing?.hush();
        ringing?.card.remove();
        return this.#ringing.delete(id);
    }

    /** @param {any} session */
    #missed(session) {
        const shut = make('button', { type: 'button', class: 'btn' }, t('close'));
        const chat = make('button', { type: 'button', class: 'btn primary' }, t('open-chat'));
        const words = make('p', {}, t('missed', { name: this.#name(session) }));
        const card = make('section', { class: 'video-card', role: 'status' });
        card.append(glyph('videoOff', 24), words, make('div', { class: 'row' }, shut, chat));
        shut.addEventListener('click', () => card.remove());
        chat.addEventListener('click', () => {
            card.remove();
            this.portal.openConversation(session.conversationId);
        });
        this.append(card);
    }
}

customElements.define('video-notice', VideoNotice);
