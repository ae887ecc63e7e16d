/** Notifications while the portal is closed (Web Push): this browser's subscription, and what the server knows of it. */
import { language, t } from '../i18n/index.js';
import { wholeList } from '../lib/whole-list.js';

/** @typedef {{id: string, userAgent: string, createdAt: string, isCurrent: boolean}} TellsBrowser */
/**
 * How it stands: the browser can't, the operator hasn't set it up, the user has refused, or it is off or on.
 * @typedef {'impossible' | 'not-here' | 'denied' | 'off' | 'on'} PushState
 */

const wishOf = (/** @type {string} */ userId) => `patchbay.push.${userId}`;

export class Push {
    #api;
    #browser;
    #wish;

    /**
     * @param {import('../lib/api.js').Api} api
     * @param {import('./browser.js').BrowserNotices} browser
     * @param {string} userId
     */
    constructor(api, browser, userId) {
        this.#api = api;
        this.#browser = browser;
        this.#wish = wishOf(userId);
    }

    /** All browsers of this user, and how this one stands. @returns {Promise<{state: PushState, browsers: TellsBrowser[]}>} */
    async look() {
        const browsers = /** @type {TellsBrowser[]} */ (await wholeList(this.#api, '/push/subscriptions'));
        return { state: await this.#state(browsers), browsers };
    }

    /** @param {TellsBrowser[]} browsers @returns {Promise<PushState>} */
    async #state(browsers) {
        const { permission } = this.#browser;
        if (permission === 'impossible' || !('PushManager' in globalThis)) return 'impossible';
        if (!(await this.#key())) return 'not-here';
        if (permission === 'denied') return 'denied';
        return permission === 'granted' && browsers.some(({ isCurrent }) => isCurrent) ? 'on' : 'off';
    }

    /** After a click: asks for leave if need be. Says whether it is on now. */
    async switchOn() {
        if ((await this.#browser.ask()) !== 'granted') return false;
        await this.#subscribe();
        localStorage.setItem(this.#wish, '1');
        return true;
    }

    /** @param {TellsBrowser[]} browsers */
    async switchOff(browsers) {
        localStorage.removeItem(this.#wish);
        for (const { id, isCurrent } of browsers) if (isCurrent) await this.remove(id);
        const registration = await this.#browser.registration();
        await (await registration.pushManager.getSubscription())?.unsubscribe();
    }

    /** @param {string} id */
    async remove(id) {
        // One that has ended meanwhile is what was wanted.
        await this.#api.delete(`/push/subscriptions/${id}`).catch((error) => {
            if (error.status !== 404) throw error;
        });
    }

    /** At sign-in: the subscription ended with the former session, and the server may have another key. */
    async resume() {
        if (!localStorage.getItem(this.#wish) || this.#browser.permission !== 'granted') return;
        if ('PushManager' in globalThis) await this.#subscribe();
    }

    async #key() {
        return (await this.#api.get('/push/key')).publicKey;
    }

    async #subscribe() {
        const key = await this.#key();
        if (!key) return;
        const { pushManager } = await this.#browser.registration();
        const former = await pushManager.getSubscription();
        if (former && !isFor(key, former)) await former.unsubscribe();
        const options = { userVisibleOnly: true, applicationServerKey: key };
        const subscription = await pushManager.subscribe(options).catch((error) => {
            throw new Error(t('push.failed'), { cause: error });
        });
        const { endpoint, keys } = subscription.toJSON();
        await keepWords();
        await this.#api.post('/push/subscriptions', { endpoint, keys });
    }
}

/** The service worker has no catalogue: it finds its words in this cache, in the reader's language. */
export async function keepWords() {
    const words = {
        lang: language(),
        file: t('message.file'),
        'hidden.sms': t('notices.hidden.sms'),
        'hidden.chat': t('notices.hidden.chat'),
        invitation: t('push.invitation'),
        missed: t('push.missed'),
        answered: t('push.answered'),
    };
    const cache = await caches.open('patchbay.push');
    await cache.put('/push-words', new Response(JSON.stringify(words)));
}

/** @param {string} key @param {PushSubscription} subscription */
function isFor(key, subscription) {
    const bytes = subscription.options?.applicationServerKey;
    if (!bytes) return true;
    const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
    return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '') === key;
}
