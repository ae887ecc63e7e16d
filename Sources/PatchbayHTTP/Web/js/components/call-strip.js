/** One call on one slim line: where it stands, how long people have talked, and the button that ends it. */
import { t } from '../i18n/index.js';
import { isOver, length, nameOf } from '../lib/call-state.js';
import { callWords } from '../lib/calls.js';
import { h, icon } from '../lib/h.js';

const GLYPHS = { ringing: 'phoneRing', connecting: 'phoneRing', talking: 'phone', ended: 'phone', cancelled: 'phoneOff', failed: 'alert' };

export class CallStrip {
    #app;
    /** @type {Call | null} */
    #call = null;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #ticking;

    /** @param {import('../shell/app.js').App} app */
    constructor(app) {
        this.#app = app;
        this.glyph = h('span', { class: 'glyph' });
        this.words = h('span', { class: 'words', role: 'status' });
        // A clock that is read aloud every second helps nobody.
        this.time = h('span', { class: 'num', 'aria-hidden': 'true' });
        this.button = h('button', { class: 'btn small', type: 'button', onclick: () => this.#press() });
        this.el = h('div', { class: 'call-strip', role: 'group', hidden: true });
        this.el.append(this.glyph, this.words, this.time, this.button);
    }

    /** @param {Call | null} call */
    show(call) {
        if (call === this.#call) return;
        const isSame = call?.id === this.#call?.id;
        this.#call = call;
        this.el.hidden = !call;
        clearInterval(this.#ticking);
        if (!call) return void (this.words.textContent = '');
        if (!isSame) this.el.setAttribute('aria-label', t('call.strip', { name: nameOf(call) }));
        this.el.dataset.state = call.state;
        this.glyph.replaceChildren(icon(GLYPHS[call.state], 15));
        this.words.textContent = callWords(call);
        this.button.textContent = t(label(call));
        this.#tick();
        if (call.state === 'talking') this.#ticking = setInterval(() => this.#tick(), 1000);
    }

    /** The place that showed it is gone. */
    end() {
        clearInterval(this.#ticking);
    }

    #tick() {
        const call = this.#call;
        const from = call?.answeredAt && Date.parse(call.answeredAt);
        this.time.hidden = !from;
        if (!from) return;
        this.time.textContent = length((call.endedAt ? Date.parse(call.endedAt) : Date.now()) - from);
    }

    #press() {
        const call = this.#call;
        if (!call) return;
        if (isOver(call)) return this.#app.calls.forget(call);
        this.#app.try(() => this.#app.calls.hangUp(call));
    }
}

/** @param {Call} call */
function label(call) {
    if (isOver(call)) return 'call.dismiss';
    return call.state === 'talking' ? 'call.hang-up' : 'call.cancel';
}
