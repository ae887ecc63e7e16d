/** Who answers a customer whom several of us read: "Ann is answering – until 2:05 PM", with the way to change it. */
import { t } from '../i18n/index.js';
import * as format from '../lib/format.js';
import { h, icon } from '../lib/h.js';

/** Timers of more than 24 days fire at once; a claim lasts a day at most. */
const LONGEST = 2 ** 31 - 1;

export class ClaimBar {
    #options;
    #shown = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #ending;

    /**
     * @param {{take: (from: string) => void, release: () => void, renew: () => void}} options
     * `renew` is called when the time of the claim is over
     */
    constructor(options) {
        this.#options = options;
        this.words = h('span', { role: 'status' });
        this.button = h('button', { class: 'btn small', type: 'button' });
        this.button.addEventListener('click', () => this.#run());
        this.el = h('div', { class: 'claim', hidden: true }, icon('users', 16), this.words, this.button);
    }

    /** @type {() => void} */
    #run = () => {};

    /** @param {Claim | null | undefined} claim @param {string} me */
    show(claim, me) {
        const key = claim ? `${claim.userId} ${claim.name} ${claim.expiresAt}` : '';
        if (key === this.#shown) return;
        this.#shown = key;
        clearTimeout(this.#ending);
        this.el.hidden = !claim;
        if (!claim) return void (this.words.textContent = '');
        const isMine = claim.userId === me;
        const ends = new Date(claim.expiresAt);
        const name = claim.name.split(' ')[0];
        this.words.textContent = t(isMine ? 'claim.mine' : 'claim.theirs', { name, until: format.time(ends) });
        this.button.textContent = t(isMine ? 'claim.release' : 'claim.take-over');
        this.#run = () => (isMine ? this.#options.release() : this.#options.take(claim.userId));
        const wait = Math.min(Math.max(ends.getTime() - Date.now(), 0) + 500, LONGEST);
        this.#ending = setTimeout(() => this.#options.renew(), wait);
    }

    /** The box is gone. */
    end() {
        clearTimeout(this.#ending);
    }
}
