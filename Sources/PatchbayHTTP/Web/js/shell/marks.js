/** What this browser remembers of a user: whether the missed messages were shown, whether notifications were asked for. */
export class Marks {
    #user;

    /** @param {string} userId */
    constructor(userId) {
        this.#user = userId;
    }

    /** Somebody has just signed in in this tab and has not dealt with what they missed. */
    get isFreshSignIn() {
        return this.#read(() => sessionStorage, 'fresh');
    }

    set isFreshSignIn(is) {
        this.#write(() => sessionStorage, 'fresh', is);
    }

    /** The line that asks for notifications of the browser has been answered. */
    get isAskAnswered() {
        return this.#read(() => localStorage, 'asked');
    }

    set isAskAnswered(is) {
        this.#write(() => localStorage, 'asked', is);
    }

    /** @param {() => Storage} storage @param {string} name */
    #read(storage, name) {
        try {
            return storage().getItem(`patchbay.${name}.${this.#user}`) === '1';
        } catch {
            return false;
        }
    }

    /** @param {() => Storage} storage @param {string} name @param {boolean} is */
    #write(storage, name, is) {
        try {
            if (is) storage().setItem(`patchbay.${name}.${this.#user}`, '1');
            else storage().removeItem(`patchbay.${name}.${this.#user}`);
        } catch {
            // Without storage it is shown once more.
        }
    }
}
