"""A browser's part in Web Push, as far as a test has to play it: subscribing, and the delivery to the service worker."""

import json

from .waiting import until

# The browser's own push service can't be reached from a test: its part is played, ours is real.
SUBSCRIBES = """((subscription) => {
    const kept = () => localStorage.getItem('test.push');
    const made = () => ({
        endpoint: subscription.endpoint, options: {},
        toJSON: () => ({ ...subscription, expirationTime: null }),
        unsubscribe: async () => { localStorage.removeItem('test.push'); return true; },
    });
    PushManager.prototype.getSubscription = async () => (kept() ? made() : null);
    PushManager.prototype.subscribe = async (options) => {
        localStorage.setItem('test.push', JSON.stringify(options));
        return made();
    };
})"""

# What the worker shows, beside showing it.
RECORD = """() => {
    globalThis.shown = [];
    const show = registration.showNotification.bind(registration);
    registration.showNotification = (title, options) => {
        shown.push({ title, ...options });
        return show(title, options);
    };
}"""


def delivery(person, portal):
    """The worker, which records what it shows; and what delivers a push to it, as the browser does."""
    page = person.page
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    worker = until(lambda: page.evaluate("1") and person.context.service_workers, what="the worker")[0]
    worker.evaluate(RECORD)
    cdp = person.context.new_cdp_session(page)
    scopes, states = {}, {}

    def registered(event):
        scopes.update({one["registrationId"]: one["scopeURL"] for one in event["registrations"] if not one["isDeleted"]})

    cdp.on("ServiceWorker.workerRegistrationUpdated", registered)
    cdp.on("ServiceWorker.workerVersionUpdated", lambda event: states.update(
        {one["registrationId"]: one["status"] for one in event["versions"]}))
    cdp.send("ServiceWorker.enable")
    # A push to a registration whose worker isn't active yet is dropped without a word.
    registration = until(
        lambda: page.evaluate("1") and next(
            (one for one in scopes if scopes[one] == f"{portal.url}/" and states.get(one) == "activated"), None),
        what="the active registration")

    def push(news):
        cdp.send("ServiceWorker.deliverPushMessage", {
            "origin": portal.url, "registrationId": registration, "data": json.dumps(news)})

    return worker, push
