/** <simulator-card> : on the home page, the way to the customers' phones. */
import { languageFor } from '/js/i18n/index.js';
import { h } from '/js/lib/h.js';

/** The card is for everybody; the phones behind it are for those who try the portal out. */
const TEXTS = /** @type {Record<string, {title: string, text: string, link: string}>} */ ({
    en: {
        title: 'Try it: be the customer',
        text: 'This portal sends through a simulated carrier. Open the customers’ phones to see what arrives and to answer.',
        link: 'Open the phones',
    },
    de: {
        title: 'Probieren Sie es als Kunde',
        text: 'Dieses Portal sendet über einen simulierten Anbieter. Auf den Telefonen der Kunden sehen Sie, was ankommt, und antworten.',
        link: 'Telefone öffnen',
    },
    es: {
        title: 'Pruébelo como cliente',
        text: 'Este portal envía por un operador simulado. Abra los teléfonos de los clientes para ver lo que llega y responder.',
        link: 'Abrir los teléfonos',
    },
    fr: {
        title: 'Essayez en tant que client',
        text: 'Ce portail envoie par un opérateur simulé. Ouvrez les téléphones des clients pour voir ce qui arrive et répondre.',
        link: 'Ouvrir les téléphones',
    },
});

class SimulatorCard extends HTMLElement {
    /** @type {any} given by the portal */
    portal;

    connectedCallback() {
        if (this.firstChild) return;
        const tag = languageFor(this.portal?.session.preferences?.language ?? 'auto', navigator.languages);
        const words = TEXTS[tag.slice(0, 2)] ?? TEXTS.en;
        const link = h(
            'a',
            { class: 'btn', href: '/plugins/simulator/', target: '_blank', rel: 'noopener' },
            words.link,
        );
        const header = h('header', {}, h('h2', {}, words.title));
        this.append(
            h('section', { class: 'card' }, header, h('div', { class: 'kv plain' }, h('p', {}, words.text), link)),
        );
    }
}
customElements.define('simulator-card', SimulatorCard);
