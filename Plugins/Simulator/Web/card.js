/** <simulator-card> : on the home page, the way to the customers' phones. */
import { h } from '/js/lib/h.js';
import { texts } from './texts.js';

class SimulatorCard extends HTMLElement {
    connectedCallback() {
        if (this.firstChild) return;
        const link = h(
            'a',
            { class: 'btn', href: '/plugins/simulator/', target: '_blank', rel: 'noopener' },
            texts.cardLink,
        );
        const header = h('header', {}, h('h2', {}, texts.cardTitle));
        this.append(
            h('section', { class: 'card' }, header, h('div', { class: 'kv plain' }, h('p', {}, texts.cardText), link)),
        );
    }
}
customElements.define('simulator-card', SimulatorCard);
