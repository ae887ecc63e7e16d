/** The switch for e-mails about unread messages, on the portal's page of notifications. */
import { h, svg } from '/js/lib/h.js';
import { texts } from './texts.js';

const ENVELOPE = ['M4 6.500h16v11H4z', 'M4.500 7l7.5 6 7.5-6'];

class EmailDigestSetting extends HTMLElement {
    /** @type {any} given by the portal */
    portal;
    /** @type {ReturnType<typeof texts>} */
    #t;

    async connectedCallback() {
        if (this.firstChild) return;
        this.#t = texts(this.portal.session.preferences?.language ?? 'auto');
        this.#show(await this.portal.api.get('/email/digest'));
    }

    /** @param {{isOn: boolean, address: string | null, afterMinutes: number}} choice */
    #show({ isOn, address, afterMinutes }) {
        const key = afterMinutes === 1 ? 'what.one' : 'what';
        const words = address ? this.#t(key, { address, n: afterMinutes }) : this.#t('missing');
        const what = h('small', { id: 'email-digest-what', role: 'status' }, words);
        const input = h('input', {
            type: 'checkbox',
            role: 'switch',
            id: 'email-digest',
            '.checked': isOn && address !== null,
            '.disabled': address === null,
            'aria-labelledby': 'email-digest-name',
            'aria-describedby': 'email-digest-what',
        });
        input.addEventListener('change', () => this.#choose(input, what, words));
        const glyph = svg(
            'svg',
            { viewBox: '0 0 24 24', width: 19, height: 19, class: 'icon', 'aria-hidden': 'true', focusable: 'false' },
            ENVELOPE.map((d) => svg('path', { d })),
        );
        const row = h(
            'li',
            {},
            h('span', { class: 'round', 'aria-hidden': 'true' }, glyph),
            h('span', { class: 'n' }, h('b', { id: 'email-digest-name' }, this.#t('title')), what),
            h('span', { class: 'acts' }, h('label', { class: 'sw' }, input, h('span'))),
        );
        this.replaceChildren(h('section', { class: 'card' }, h('ul', { class: 'sets' }, row)));
    }

    /**
     * Shown at once; taken back if the server refuses it.
     * @param {HTMLInputElement} input
     * @param {HTMLElement} what
     * @param {string} words
     */
    async #choose(input, what, words) {
        const isOn = input.checked;
        try {
            await this.portal.api.put('/email/digest', { isOn });
            what.textContent = words;
        } catch {
            input.checked = !isOn;
            what.textContent = this.#t('failed');
        }
    }
}

customElements.define('email-digest-setting', EmailDigestSetting);
