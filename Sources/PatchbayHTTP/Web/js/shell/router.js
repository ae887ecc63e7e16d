/** Which page is shown: the address says. Links inside the portal do not reload it. */
export class Router {
    #changed;

    /** @param {(path: string) => void} changed */
    constructor(changed) {
        this.#changed = changed;
        addEventListener('popstate', () => changed(location.pathname));
        document.addEventListener('click', (event) => this.#click(event));
    }

    /** @param {string} path */
    go(path) {
        if (path !== location.pathname) history.pushState(null, '', path);
        else history.replaceState(null, '');
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
