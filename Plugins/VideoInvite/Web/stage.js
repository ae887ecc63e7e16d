/** The pictures of everybody, and in words what becomes of those who were asked. */
import { avatar } from '/js/lib/parts.js';
import { h } from '/js/lib/h.js';
import { t } from './texts.js';

/** @typedef {import('./room.js').VideoSession} VideoSession */
/** @typedef {import('./room.js').VideoPerson} VideoPerson */

export class Stage {
    /** @type {Map<string, {el: HTMLElement, video: HTMLVideoElement}>} by the window's id */
    #tiles = new Map();
    /** @type {VideoSession | null} */
    #session = null;
    #me;

    /** @param {string} me our window's id */
    constructor(me) {
        this.#me = me;
        this.near = this.#picture(true);
        this.far = h('div', { class: 'far' });
        this.wait = h('p', { class: 'wait' });
        this.told = h('p', { class: 'told', role: 'status' });
        this.el = h('section', { class: 'stage', 'aria-label': t('people') }, this.far, this.wait, this.near);
    }

    /** @param {MediaStream} stream our own picture */
    own(stream) {
        if (this.near.firstElementChild.srcObject !== stream) this.near.firstElementChild.srcObject = stream;
        this.near.classList.toggle('is-dark', !stream.getVideoTracks().some((track) => track.enabled));
    }

    /** @param {boolean} isScreen what we show is the screen, which is not a mirror */
    mirror(isScreen) {
        this.near.classList.toggle('is-screen', isScreen);
    }

    /** @param {VideoSession} session */
    session(session) {
        const before = this.#session;
        this.#session = session;
        for (const person of this.#others()) {
            if (person.state === 'joined' && person.peer) this.#caption(person.peer, person.name);
            const was = before?.people.find(({ id }) => id === person.id)?.state;
            if (before && was !== person.state) this.say(t(`is.${person.state}`, { name: person.name }));
        }
        this.#explain();
    }

    /** @param {string} peer @param {MediaStream} stream */
    stream(peer, stream) {
        const { el, video } = this.#tile(peer);
        if (video.srcObject === stream) return;
        video.srcObject = stream;
        const look = () => el.classList.toggle('is-dark', stream.getVideoTracks().every((track) => track.muted));
        const watch = () => {
            for (const track of stream.getVideoTracks()) track.onmute = track.onunmute = look;
            look();
        };
        // What is added to it by the connection is told by `addtrack` only.
        stream.onaddtrack = watch;
        watch();
    }

    /** @param {string} peer @param {RTCPeerConnectionState} state */
    state(peer, state) {
        const tile = this.#tiles.get(peer);
        if (!tile) return;
        tile.el.dataset.state = state;
        if (state === 'connected') this.say(t('connected', { name: this.#name(peer) }));
        if (state === 'disconnected' || state === 'failed') this.say(t('reconnecting', { name: this.#name(peer) }));
        this.#explain();
    }

    /** @param {string} peer */
    gone(peer) {
        this.#tiles.get(peer)?.el.remove();
        this.#tiles.delete(peer);
        this.#explain();
    }

    /** @param {string} words */
    say(words) {
        this.told.textContent = words;
    }

    /** The largest picture of somebody else, for picture-in-picture. */
    get video() {
        return [...this.#tiles.values()][0]?.video ?? null;
    }

    /** Everybody but us, who are in one window only. */
    #others() {
        const people = this.#session?.people ?? [];
        return people.filter(({ peer }) => peer !== this.#me);
    }

    /** @param {string} peer */
    #name(peer) {
        return this.#others().find((person) => person.peer === peer)?.name ?? '';
    }

    /** @param {string} peer */
    #tile(peer) {
        const known = this.#tiles.get(peer);
        if (known) return known;
        const el = this.#picture(false);
        const tile = { el, video: el.firstElementChild };
        this.#tiles.set(peer, tile);
        this.far.append(el);
        this.far.dataset.count = String(this.#tiles.size);
        return tile;
    }

    /**
     * A window may speak before we have heard who sits there.
     * @param {string} peer
     * @param {string} name
     */
    #caption(peer, name) {
        const { el, video } = this.#tile(peer);
        if (el.getAttribute('aria-label') === name) return;
        el.setAttribute('aria-label', name);
        // The picture itself stays where it is: one that is taken out of the page stops.
        while (video.nextSibling) video.nextSibling.remove();
        el.append(h('span', { class: 'caption' }, name), avatar(name));
    }

    /** @param {boolean} isOurs */
    #picture(isOurs) {
        const video = h('video', { playsinline: true, autoplay: true, '.muted': isOurs });
        return h('div', { class: isOurs ? 'near' : 'tile', role: 'group', 'aria-label': isOurs ? t('you') : false }, video);
    }

    /** Who is still awaited, or that we are alone. */
    #explain() {
        this.far.dataset.count = String(this.#tiles.size);
        this.wait.hidden = this.#tiles.size > 0;
        const asked = this.#others().filter(({ state }) => state === 'invited');
        if (asked.length > 0) this.wait.textContent = t('calling', { name: asked.map(({ name }) => name).join(', ') });
        else this.wait.textContent = this.#reason();
    }

    #reason() {
        const away = this.#others().filter(({ state }) => state !== 'joined');
        const last = away.find(({ state }) => state === 'declined' || state === 'missed' || state === 'left');
        return last ? t(`is.${last.state}`, { name: last.name }) : t('alone');
    }
}
