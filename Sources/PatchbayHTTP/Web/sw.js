/**
 * Shows what the portal's tabs ask for and, while none is open, what is pushed; brings the reader to the conversation
 * that they click. It works without a network: all that it says is in the push, or kept by the portal.
 */
const worker = /** @type {any} */ (globalThis);

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('push', (/** @type {any} */ event) => event.waitUntil(tell(event.data)));

worker.addEventListener('pushsubscriptionchange', (/** @type {any} */ event) => event.waitUntil(renew(event)));

worker.addEventListener('notificationclick', (/** @type {any} */ event) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data.conversationId));
});

/** @param {any} data what was pushed: see PushNotice of the server */
async function tell(data) {
    const { kind = '', channel, conversationId = '', sequence = 0, title = 'Patchbay', text } = parsed(data);
    const words = await keptWords();
    const shown = await worker.registration.getNotifications({ tag: conversationId });
    // A tab of this browser may have told of it already.
    const isNew = !shown.some((/** @type {any} */ one) => kind === 'message' && one.data?.sequence >= sequence);
    const isQuiet = !isNew || kind === 'answered';
    const body = kind === 'message' ? (text ?? words[`hidden.${channel}`]) || words.file : words[kind];
    const more = { renotify: !isQuiet, silent: isQuiet, icon: '/icon.svg', lang: words.lang };
    const options = { body: body ?? '', data: { conversationId, sequence }, tag: conversationId, ...more };
    await worker.registration.showNotification(title, options);
    // Browsers want every push shown; nobody has to read that somebody else has picked up.
    if (kind === 'answered') await close(conversationId);
}

/** @param {any} data */
function parsed(data) {
    try {
        return data.json();
    } catch {
        return {};
    }
}

/** The words of the reader's language, as the portal kept them when it was open. @returns {Promise<any>} */
async function keptWords() {
    const kept = await worker.caches.match('/push-words').catch(() => undefined);
    return kept ? kept.json() : {};
}

/** @param {string} tag */
async function close(tag) {
    for (const notice of await worker.registration.getNotifications({ tag })) notice.close();
}

/**
 * The push service has given the browser another address.
 * @param {any} event
 */
async function renew(event) {
    const key = (await (await worker.fetch('/api/v1/push/key')).json()).publicKey;
    if (!key) return;
    const options = { userVisibleOnly: true, applicationServerKey: key };
    const fresh = event.newSubscription ?? (await worker.registration.pushManager.subscribe(options));
    const { endpoint, keys } = fresh.toJSON();
    await worker.fetch('/api/v1/push/subscriptions', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ endpoint, keys }),
    });
}

/** @param {string} conversationId */
async function open(conversationId) {
    const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const portal = tabs.filter((/** @type {any} */ tab) => !new URL(tab.url).pathname.startsWith('/plugins/'));
    const tab = portal.find((/** @type {any} */ one) => one.focused) ?? portal[0];
    if (!tab) return worker.clients.openWindow(`/?conversation=${encodeURIComponent(conversationId)}`);
    tab.postMessage({ type: 'open', conversationId });
    // Some browsers refuse the focus to a worker; the box is open all the same.
    await tab.focus().catch(() => {});
}
