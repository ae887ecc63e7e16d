/** On a phone folded boxes have no row to lie in: a pill beside "Contacts" names the one, or counts them and lists them. */
import { t } from '../i18n/index.js';
import { h, icon } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { count, titleText } from '../lib/parts.js';

export class FoldedPill {
    /** @type {Conversation[]} */
    #folded = [];

    /** @param {(id: string) => void} open */
    constructor(open) {
        const pill = (/** @type {() => void} */ run) => h('button', { class: 'pill', type: 'button', onclick: run });
        this.one = pill(() => open(this.#folded[0].id));
        this.several = pill(() => {});
        const menu = menuButton(this.several, () =>
            this.#folded.map((one) => ({
                icon: 'chat',
                text: titleText(one),
                end: one.unread > 0 && count(one.unread, t('box.new', { n: one.unread })),
                run: () => open(one.id),
            })),
        );
        this.el = h('div', { class: 'folded', hidden: true }, this.one, this.several, menu);
    }

    /** @param {Conversation[]} folded none where there is a row */
    show(folded) {
        this.#folded = folded;
        this.el.hidden = folded.length === 0;
        if (folded.length === 0) return;
        this.one.hidden = folded.length > 1;
        this.several.hidden = folded.length < 2;
        const unread = folded.reduce((sum, one) => sum + (one.isMuted ? 0 : one.unread), 0);
        const news = unread > 0 && count(unread, t('box.new', { n: unread }));
        this.one.replaceChildren(...[icon('chat', 19), h('bdi', {}, titleText(folded[0])), news].filter(Boolean));
        const words = t('dock.folded', { n: folded.length });
        this.several.title = words;
        this.several.setAttribute('aria-label', unread > 0 ? `${words}, ${t('box.new', { n: unread })}` : words);
        this.several.replaceChildren(...[icon('chat', 19), h('span', {}, String(folded.length)), news].filter(Boolean));
    }
}
