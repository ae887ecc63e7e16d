/** Notifications of the browser, through the service worker: one per conversation, gone when it has been read. */
import { stage } from '../shell/stage.js';
import { workerURL } from '../live/worker-url.js';

const CAN = 'serviceWorker' in navigator && 'Notification' in globalThis;
/** The service worker is the portal's own: in another portal's page there is none. */
const canShow = () => CAN && stage.root === document.body;

export class BrowserNotices {
    /** @type {Promise<ServiceWorkerRegistration> | null} */
    #worker = null;
    /** @type {Set<string>} conversations with a notification that may still be there */
    #shown = new Set();
    #channel;

    /** @param {string} userId @param {(conversationId: string) => void} open a notification was clicked */
    constructor(userId, open) {
        this.#channel = new BroadcastChannel(`patchbay.notices.${userId}`);
        // Any tab may be the one in which the conversation is read.
        this.#channel.onmessage = ({ data }) => this.#shown.add(data);
        this.heard = (/** @type {MessageEvent} */ { data }) => data?.type === 'open' && open(data.conversationId);
        if (CAN) navigator.serviceWorker.addEventListener('message', this.heard);
        if (this.permission === 'granted') this.#register();
    }

    /** @returns {'granted' | 'denied' | 'default' | 'impossible'} */
    get permission() {
        return canShow() ? Notification.permission : 'impossible';
    }

    /** Asks the user; browsers allow it after a click only. */
    async ask() {
        if (!canShow()) return 'impossible';
        const answer = await Notification.requestPermission();
        if (answer === 'granted') this.#register();
        return answer;
    }

    /**
     * @param {{conversationId: string, sequence?: number}} message
     * @param {string} title
     * @param {string} body
     */
    async show({ conversationId, sequence = 0 }, title, body) {
        this.#shown.add(conversationId);
        this.#channel.postMessage(conversationId);
        const registration = await this.#register();
        const shown = await registration.getNotifications({ tag: conversationId });
        const data = { conversationId, sequence };
        // It may have been pushed a moment ago.
        const more = { renotify: !shown.some((one) => sequence > 0 && one.data?.sequence >= sequence), icon: '/icon.svg', lang: document.documentElement.lang };
        await registration.showNotification(title, { body, data, tag: conversationId, ...more });
    }

    /** @param {string} conversationId */
    async clear(conversationId) {
        // The service worker may have shown one while no tab was open; without leave there is no worker, and none.
        if (!this.#shown.delete(conversationId) && !this.#worker) return;
        const registration = await this.#register();
        for (const notice of await registration.getNotifications({ tag: conversationId })) notice.close();
    }

    close() {
        this.#channel.close();
        if (CAN) navigator.serviceWorker.removeEventListener('message', this.heard);
    }

    /** The service worker's; asks the browser for it at the first time. */
    registration() {
        return this.#register();
    }

    #register() {
        this.#worker ??= navigator.serviceWorker
            .register(workerURL('/sw.js'))
            .then(() => navigator.serviceWorker.ready);
        return this.#worker;
    }
}
