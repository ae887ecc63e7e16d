/** The row of buttons below the pictures. */
import { h } from '/js/lib/h.js';
import { menuButton } from '/js/lib/menu.js';
import { glyph } from './glyphs.js';
import { t } from './texts.js';

/**
 * @typedef {object} Deeds
 * @property {() => void} leave
 * @property {() => void} changed what we send has changed
 * @property {() => Promise<void>} [invite] makes a link for a guest
 */

export class Controls {
    #media;
    #stage;
    #deeds;

    /**
     * @param {import('./media.js').Media} media
     * @param {import('./stage.js').Stage} stage
     * @param {Deeds} deeds
     */
    constructor(media, stage, deeds) {
        this.#media = media;
        this.#stage = stage;
        this.#deeds = deeds;
        this.mic = this.#button('mic', 'mute', () => this.#toggle('audio'));
        this.camera = this.#button('video', 'camera-off', () => this.#toggle('video'));
        this.screen = this.#button('screen', 'share', () => this.#share());
        this.frame = this.#button('frame', 'picture-in-picture', () => this.#float());
        this.device = this.#button('gear', 'devices', () => {});
        const menu = menuButton(this.device, () => this.#choices);
        const leave = this.#button('hangUp', 'leave', deeds.leave);
        leave.classList.add('hang');
        const { invite } = deeds;
        const link = invite && this.#button('link', 'guest-link', invite);
        this.el = h(
            'footer',
            { class: 'controls' },
            this.mic,
            this.camera,
            this.screen,
            this.frame,
            link,
            this.device,
            menu,
            leave,
        );
        this.frame.hidden = !document.pictureInPictureEnabled;
        this.screen.hidden = !navigator.mediaDevices?.getDisplayMedia;
        media.onScreenEnd = () => this.show();
        navigator.mediaDevices?.addEventListener('devicechange', () => this.#list());
        this.show();
    }

    /** @type {any[]} */
    #choices = [];

    /** How things stand; and the others get what we show now. */
    show() {
        this.#say(this.mic, this.#media.isOn('audio') ? 'mic' : 'micOff', this.#media.isOn('audio') ? 'mute' : 'unmute');
        const isSeen = this.#media.isOn('video');
        this.#say(this.camera, isSeen ? 'video' : 'videoOff', isSeen ? 'camera-off' : 'camera-on');
        this.#say(this.screen, 'screen', this.#media.isSharing ? 'unshare' : 'share');
        this.screen.setAttribute('aria-pressed', String(this.#media.isSharing));
        this.#stage.own(this.#media.stream);
        this.#stage.mirror(this.#media.isSharing);
        this.#deeds.changed();
        this.#list();
    }

    /** @param {string} name @param {string} key @param {() => any} run */
    #button(name, key, run) {
        const button = h('button', { type: 'button', class: 'round', onclick: run });
        this.#say(button, name, key);
        return button;
    }

    /** @param {any} button @param {string} name @param {string} key */
    #say(button, name, key) {
        button.replaceChildren(glyph(name, 22));
        button.title = t(key);
        button.setAttribute('aria-label', t(key));
    }

    /** @param {'audio' | 'video'} kind */
    #toggle(kind) {
        this.#media.toggle(kind);
        this.show();
    }

    async #share() {
        try {
            if (this.#media.isSharing) this.#media.unshare();
            else await this.#media.share();
        } catch (error) {
            // Who closes the browser's own question has changed their mind; that needs no words.
            if (/** @type {Error} */ (error).name !== 'NotAllowedError') this.#stage.say(t('device.none'));
        }
        this.show();
    }

    async #float() {
        if (document.pictureInPictureElement) await document.exitPictureInPicture();
        else await this.#stage.video?.requestPictureInPicture().catch(() => this.#stage.say(t('alone')));
    }

    async #list() {
        const devices = (await this.#media.devices().catch(() => [])) ?? [];
        const inUse = new Set(this.#media.stream.getTracks().map((track) => track.getSettings().deviceId));
        const choice = (/** @type {MediaDeviceInfo} */ device) => ({
            text: device.label || t(device.kind),
            checked: inUse.has(device.deviceId),
            run: () => this.#choose(device),
        });
        const of = (/** @type {string} */ kind) => devices.filter((device) => device.kind === kind).map(choice);
        this.#choices = [
            { heading: t('videoinput') },
            ...of('videoinput'),
            { heading: t('audioinput') },
            ...of('audioinput'),
        ];
    }

    /** @param {MediaDeviceInfo} device */
    async #choose(device) {
        await this.#media.choose(device).catch(() => this.#stage.say(t('device.busy')));
        this.show();
    }
}
