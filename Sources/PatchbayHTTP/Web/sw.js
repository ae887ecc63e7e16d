/** Shows what the portal's tabs ask for, and brings the reader to the conversation that they click. */
const worker = /** @type {any} */ (globalThis);

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('notificationclick', (/** @type {any} */ event) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data.conversationId));
});

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
