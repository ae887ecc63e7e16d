/** The state of an entry of the history that has one of ours below it: "back" from it stays in the portal. */
const INNER = { isInner: true };

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
            const isHere = location.pathname === this.#here;
            // On a phone "back" leaves what is seen: the conversation over the page, not the page under it.
            if (cleared()) return isHere ? undefined : history.pushState(INNER, '', this.#here);
            this.#here = location.pathname;
            changed(this.#here);
        });
        document.addEventListener('click', (event) => this.#click(event));
    }

    /** @param {string} path */
    go(path) {
        if (path !== location.pathname) history.pushState(INNER, '', path);
        else history.replaceState(history.state?.isInner ? INNER : null, '');
        this.#here = path;
        this.#changed(path);
    }

    /** Something covers the page: also on the first page of the visit "back" has to have somewhere to go. */
    covered() {
        if (!history.state?.isInner) history.pushState({ ...history.state, ...INNER }, '', this.#here);
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
