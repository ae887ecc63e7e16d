/** The head of a chat box: who, SMS or CHAT, how many are new, and the controls. Also the chip of a minimised box. */
import { t } from '../i18n/index.js';
import { h, icon, vh } from '../lib/h.js';
import { menuButton } from '../lib/menu.js';
import { avatar, tag, tel, titleParts, titleText } from '../lib/parts.js';

/**
 * @typedef {object} HeadOptions
 * @property {() => void} minimise
 * @property {() => void} close
 * @property {() => void} mute
 * @property {() => void} remove
 * @property {() => void} rename a group
 * @property {() => void} members of a group
 * @property {any} call the button that calls the other side
 */

/** Made once; `show` changes the words, so that an open menu and the focus stay. */
export class ChatHead {
    #muted = false;
    #isGroup = false;

    /** @param {HeadOptions} options */
    constructor(options) {
        this.avatar = h('span', { class: 'face' });
        this.title = h('h2');
        this.sub = h('div', { class: 'sub' });
        const control = (/** @type {string} */ glyph, /** @type {string} */ key, /** @type {() => void} */ run) =>
            h(
                'button',
                { class: 'ib', type: 'button', 'aria-label': t(key), title: t(key), onclick: run },
                icon(glyph, 17),
            );
        const cog = control('cog', 'box.settings', () => {});
        const group = [
            { icon: 'users', text: t('box.members'), run: options.members },
            { icon: 'pencil', text: t('box.rename'), run: options.rename },
        ];
        const menu = menuButton(cog, () => [
            this.#muted
                ? { icon: 'bell', text: t('box.notifications-on'), run: options.mute }
                : { icon: 'bellOff', text: t('box.notifications-off'), run: options.mute },
            ...(this.#isGroup ? group : []),
            '-',
            { icon: 'trash', text: t('box.delete'), danger: true, run: options.remove },
        ]);
        // What plugins add, such as the camera.
        this.slot = h('span', { class: 'slot' });
        const minimise = control('minus', 'box.minimise', options.minimise);
        const acts = h('div', { class: 'acts' }, options.call, this.slot, cog, minimise);
        acts.append(control('x', 'box.close', options.close), menu);
        this.el = h('header', { class: 'head' }, this.avatar, h('div', { class: 'who' }, this.title, this.sub), acts);
    }

    /** @param {Conversation} conversation @param {Person | undefined} person @param {number} fresh how many are new */
    show(conversation, person, fresh) {
        this.#muted = conversation.isMuted;
        this.#isGroup = conversation.kind === 'chat' && conversation.members.length > 1;
        this.avatar.replaceChildren(face(conversation, person));
        this.title.replaceChildren(...titleParts(conversation).filter(Boolean));
        this.title.title = titleText(conversation);
        const muted = conversation.isMuted && [icon('bellOff', 13), vh(t('box.muted'))];
        const news = h('span', { class: 'says' }, t('box.new', { n: fresh }));
        this.sub.replaceChildren(
            ...[tag(conversation.kind), muted, fresh > 0 ? news : below(conversation)].flat().filter(Boolean),
        );
    }
}

/**
 * What stands below the name: the number, the extension, or how many take part.
 * @param {Conversation} conversation
 */
function below({ kind, contactId, remoteFormatted, members }) {
    // Of a number alone the bar below says that it is in no contact.
    if (kind === 'sms') return contactId && h('span', {}, tel(remoteFormatted ?? ''));
    if (members.length > 1) return h('span', {}, t('box.people', { n: members.length + 1 }));
    return h('span', { class: 'num' }, t('person.extension', { extension: members[0]?.extension ?? '' }));
}

/** @param {Conversation} conversation @param {Person | undefined} person */
export const face = (conversation, person) =>
    avatar(conversation.kind === 'sms' && !conversation.contactId ? '' : conversation.title, {
        presence: conversation.kind === 'chat' && conversation.members.length < 2 ? person?.presence : undefined,
    });

/**
 * The minimised box.
 * @param {Conversation} conversation
 * @param {Person | undefined} person
 * @param {number} fresh
 * @param {{open: () => void, close: () => void}} options
 */
export function chip(conversation, person, fresh, { open, close }) {
    const name = titleText(conversation);
    const body = [face(conversation, person), h('span', { class: 't' }, titleParts(conversation))];
    const news = fresh > 0 && h('span', { class: 'says' }, t('box.new', { n: fresh }));
    const button = h('button', { class: 'go', type: 'button', 'aria-expanded': 'false', onclick: open });
    button.append(...body, news || '', tag(conversation.kind));
    const label = t('box.close-named', { name });
    const x = h('button', { class: 'ib small', type: 'button', 'aria-label': label, onclick: close }, icon('x', 15));
    return h('div', { class: 'chip' }, button, x);
}
