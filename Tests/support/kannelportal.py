"""A portal with a number that Kannel serves."""

import urllib.parse

from .installation import ANN, ROOT_ADMIN, plugin
from .kannel import PASSWORD, USER

TOKEN = "hook-token-of-the-tests-77"
NUMBER = "+16195550199"
ENVIRONMENT = {"KANNEL_PASSWORD": PASSWORD, "KANNEL_TOKEN": TOKEN}

# Retries come soon, so that a test that waits for one is short; and load is not what the rate limit is there for.
QUICK = {"shortestRetrySeconds": 0.2, "longestRetrySeconds": 1, "messagesPerMinute": 10_000,
         "segmentsPerDay": 10_000_000}


def plugins(send_url, **settings):
    """The manifest's plugins, by the portal's port, with Kannel's sendsms at `send_url`."""
    def at(port):
        return [
            plugin("sms", settings=QUICK), plugin("chat"), plugin("simulator"),
            plugin("kannel", settings={
                "url": send_url, "username": USER, "password": {"$env": "KANNEL_PASSWORD"},
                "webhookToken": {"$env": "KANNEL_TOKEN"}, "callbackURL": f"http://127.0.0.1:{port}", **settings,
            }),
        ]

    return at


def inbound_url(portal):
    """Where Kannel brings what handsets send, with its escape codes."""
    return (f"http://127.0.0.1:{portal.port}/hooks/kannel/inbound?token={TOKEN}"
            "&id=%I&from=%p&to=%P&text=%a&charset=%C&coding=%c")


def message_of(submit):
    """The portal's id of a message, as it travels in the address for the receipt."""
    return urllib.parse.parse_qs(urllib.parse.urlsplit(submit["dlr-url"]).query)["message"][0]


def add_number(portal, *others):
    """Gives Ann, and the users with the ids `others`, a number that Kannel serves; gives Ann."""
    root = portal.sign_in(ROOT_ADMIN)
    root.expect(201, "POST", "/admin/domains/harbor.example/numbers", {
        "number": NUMBER, "label": "Marina", "carrier": "kannel"})
    ann = portal.sign_in(ANN)
    user = ann.expect(200, "GET", "/session")["user"]["id"]
    number = urllib.parse.quote(NUMBER)
    root.expect(204, "PUT", f"/admin/switches/sms/number/{number}", {"isOn": True})
    for user in (user, *others):
        root.expect(204, "PUT", f"/admin/numbers/{number}/users/{user}")
    return ann
