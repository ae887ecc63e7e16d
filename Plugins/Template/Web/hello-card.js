/** A card of the home page: who greeted me. The portal sets `portal` before it puts the element into the page. */
class HelloCard extends HTMLElement {
    /** @type {{api: {get: (path: string) => Promise<any>}}} */
    portal;

    async connectedCallback() {
        this.classList.add('card');
        const { items } = await this.portal.api.get('/hello/greetings');
        this.replaceChildren(this.#heading(), this.#list(items));
    }

    #heading() {
        const heading = document.createElement('h2');
        heading.textContent = 'Greetings';
        return heading;
    }

    /** @param {{text: string}[]} greetings */
    #list(greetings) {
        const list = document.createElement('ul');
        for (const { text } of greetings) {
            const row = document.createElement('li');
            // textContent, never innerHTML: texts come from people.
            row.textContent = text;
            list.append(row);
        }
        return list;
    }
}

customElements.define('hello-card', HelloCard);
