/** One window of a session, from the first look at the camera to the end: the same for members and for guests. */
import { avatar } from '/js/lib/parts.js';
import { h } from '/js/lib/h.js';
import { Controls } from './controls.js';
import { glyph } from './glyphs.js';
import { Media } from './media.js';
import { Room } from './room.js';
import { Stage } from './stage.js';
import { t } from './texts.js';

/** How often a window says that it is still there, in milliseconds; after 45 s of silence it counts as gone. */
const HERE_EVERY = 15_000;
/** A signal that has not gone out by then is lost, so that those behind it go: what is lost is said again. In milliseconds. */
export const SEND_WITHIN = 5000;

/**
 * How a window talks to the server; members and guests have different doors.
 * @typedef {object} Door
 * @property {string} me our window's id
 * @property {(to: string, data: any) => Promise<any>} send gives up after SEND_WITHIN
 * @property {() => Promise<any>} here
 * @property {() => void} leave must also work while the window closes
 * @property {(hear: {session: (session: any) => void, signal: (signal: any) => void, lost: (words: string) => void})
 *     => void} listen
 * @property {() => Promise<void>} [invite]
 */

/** @returns {string} a new name for this window */
export const newPeer = () => crypto.randomUUID();

export class Meeting {
    #door;
    #media;
    /** @type {Room | null} */
    #room = null;
    #isOver = false;
    #timer = 0;
    #done = new AbortController();

    /**
     * @param {Door} door
     * @param {string} title who it is with
     */
    constructor(door, title) {
        this.#door = door;
        this.#media = new Media();
        this.stage = new Stage(door.me);
        this.controls = new Controls(this.#media, this.stage, {
            leave: () => this.end(t('left')),
            changed: () => this.#room?.show(this.#media.stream),
            invite: door.invite,
        });
        this.clock = h('small', {}, t('video-session'));
        this.el = h(
            'main',
            { class: 'meeting' },
            h('header', {}, glyph('video'), h('div', {}, h('h1', {}, title), this.clock), this.stage.told),
            this.stage.el,
            this.controls.el,
        );
        const { signal } = this.#done;
        addEventListener('pagehide', () => this.#isOver || door.leave(), { signal });
        addEventListener('keydown', (event) => this.#key(event), { signal });
    }

    get isOver() {
        return this.#isOver;
    }

    /** Asks for the devices, before anybody rings: the question takes its time. */
    async prepare() {
        const fault = await this.#media.open();
        if (this.#isOver) return this.#media.close();
        this.controls.show();
        if (fault) this.stage.say(t(fault));
    }

    /** @param {{session: any, configuration: RTCConfiguration}} entry what the server gave when we joined */
    begin({ session, configuration }) {
        // Left while the server was asked: only now can it be told.
        if (this.#isOver) return this.#door.leave();
        const { me, send } = this.#door;
        this.#room = new Room({ me, configuration, send, shown: this.#media.stream, stage: this.stage });
        this.#room.take(session);
        this.#door.listen({
            session: (now) => this.#take(now),
            signal: (signal) => this.#room?.hear(signal),
            lost: (words) => this.end(words),
        });
        const began = Date.now();
        this.#timer = setInterval(() => this.#tick(began), 1000);
        setInterval(() => this.#isOver || this.#door.here().catch(() => {}), HERE_EVERY);
    }

    /** @param {any} session */
    #take(session) {
        if (this.#isOver) return;
        const mine = session.people.find((/** @type {any} */ { peer }) => peer === this.#door.me);
        if (session.endedAt || !mine) return this.end(t('ended'), false);
        this.#room?.take(session);
    }

    /** @param {string} words @param {boolean} [tells] whether the server has to hear of it */
    end(words, tells = true) {
        if (this.#isOver) return;
        this.#isOver = true;
        if (tells) this.#door.leave();
        this.#room?.end();
        this.#media.close();
        clearInterval(this.#timer);
        const again = h('button', { class: 'btn primary tall', type: 'button', onclick: () => location.reload() });
        again.append(t('again'));
        const shut = h('button', { class: 'btn tall', type: 'button', onclick: () => close() }, t('close'));
        this.el.replaceChildren(
            h('div', { class: 'over' }, avatar(''), h('p', { role: 'status' }, words), h('div', {}, again, shut)),
        );
    }

    /** It came to nothing: the devices go off, and its window is free for something else. */
    abandon() {
        this.#isOver = true;
        this.#media.close();
        this.#done.abort();
    }

    /** @param {number} began in milliseconds since 1970 */
    #tick(began) {
        const seconds = Math.floor((Date.now() - began) / 1000);
        const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
        this.clock.textContent = `${t('video-session')} · ${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    }

    /**
     * M mutes, V turns the camera off.
     * @param {KeyboardEvent} event
     */
    #key(event) {
        const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea');
        if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'm') this.controls.mic.click();
        if (event.key === 'v') this.controls.camera.click();
    }
}
