/** The camera in the head of a chat. A text conversation has none: SMS carries no video. */
import { glyph } from './glyphs.js';
import { openCall } from './open-call.js';
import { t, useTexts } from './texts.js';

class VideoButton extends HTMLElement {
    /** @type {any} given by the portal */
    portal;
    /** @type {string} given by the portal */
    conversationId = '';

    async connectedCallback() {
        if (this.firstChild) return;
        await useTexts(this.portal.session.preferences?.language ?? 'auto');
        if (this.portal.conversation(this.conversationId)?.kind !== 'chat') return;
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'ib';
        button.title = t('start');
        button.setAttribute('aria-label', t('start'));
        button.append(glyph('video', 17));
        button.addEventListener('click', () => openCall(this.conversationId));
        this.replaceChildren(button);
    }
}

customElements.define('video-button', VideoButton);
