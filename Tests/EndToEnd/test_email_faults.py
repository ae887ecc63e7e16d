"""Bad input from a mail server: the plugin is degraded with the reason, nothing is sent in the clear, all else goes on."""

import contextlib
import secrets

import pytest

from support.hostilemail import HostileMail
from support.installation import ANN, BEN, ROOT_ADMIN
from support.mailserver import ENVIRONMENT, plugins
from support.waiting import until

FAULTS = {
    "silent": "doesn't answer in time",
    "other-service": "isn't a mail server",
    "half-line": "closed the connection",
    "garbage": "isn't a mail server",
    "endless": "a line of more than 2048 bytes",
    "many-lines": "more than",
    "no-starttls": "doesn't offer STARTTLS",
    "injected": "more than it was asked for",
    "no-tls": "TLS",
    "hangs": "didn't answer in time",
}


@pytest.fixture
def line(installed):
    """A portal and the mail server that it is connected to."""
    with contextlib.ExitStack() as last:

        def connect(manner):
            server = HostileMail(manner)
            last.callback(server.stop)
            one = installed(plugins=plugins(f"smtp://127.0.0.1:{server.port}"), environment=ENVIRONMENT)
            one.portal.start()
            return server, one.portal

        yield connect


def status(portal):
    found = portal.sign_in(ROOT_ADMIN).items("/admin/plugins")
    return next(one for one in found if one["id"] == "email")


def chats(portal):
    """Whether the rest of the portal works: Ann writes to Ben, and he reads it."""
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    conversation = ann.chat_with(ben.expect(200, "GET", "/session")["user"]["id"])
    text = f"quokka {secrets.token_hex(4)}"
    assert ann.send(conversation, text).status == 201
    return ben.messages(conversation)[-1]["text"] == text


@pytest.mark.parametrize("manner", FAULTS)
def test_fault_is_named_and_nothing_is_said_in_the_clear(line, manner):
    server, portal = line(manner)

    until(lambda: status(portal)["state"] == "degraded", 15, "the plugin being degraded")

    assert FAULTS[manner] in status(portal)["reason"]
    assert chats(portal)
    assert not [one for one in server.heard if one.upper().startswith((b"AUTH", b"MAIL", b"RCPT", b"DATA"))]


def test_memory_stays_bounded(line):
    """10 MB without a line end, again and again: nothing of it is kept."""
    server, portal = line("endless")
    until(lambda: status(portal)["state"] == "degraded", 15, "the first line without an end")
    before = portal.memory()
    until(lambda: server.connections >= 4, 30, "three more")
    assert portal.memory() - before < 16 << 20
