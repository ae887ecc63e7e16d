/** Which page is shown: the address says. Links inside the portal do not reload it. */
export class Router {
    #changed;
    #here = location.pathname;

    /**
     * @param {(path: string) => void} changed
     * @param {() => boolean} cleared takes away what covers the page, and says whether there was anything
     */
    constructor(changed, cleared) {
        this.#changed = changed;
        addEventListener('popstate', () => {
            if (location.pathname === this.#here) return changed(this.#here);
            // On a phone "back" leaves what is seen: the conversation over the page, not the page under it.
            if (cleared()) return history.pushState(null, '', this.#here);
            this.#here = location.pathname;
            changed(this.#here);
        });
        document.addEventListener('click', (event) => this.#click(event));
    }

    /** @param {string} path */
    go(path) {
        if (path !== location.pathname) history.pushState(null, '', path);
        else history.replaceState(null, '');
        this.#here = path;
        this.#changed(path);
    }

    /** @param {MouseEvent} event */
    #click(event) {
        if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
        const link = event.composedPath().find((el) => el instanceof HTMLAnchorElement);
        if (!(link instanceof HTMLAnchorElement) || link.dataset.page === undefined) return;
        event.preventDefault();
        this.go(new URL(link.href).pathname);
    }
}
