"""Bad input from a phone system: the plugin is degraded with the reason, all else goes on, and it mends itself."""

import secrets
import time

import pytest

from support.fakeami import FakeAMI
from support.installation import ANN, BEN, CLEO, ROOT_ADMIN
from support.phonesystem import ENVIRONMENT, plugins
from support.waiting import until

FAULTS = {
    "other-service": "isn't Asterisk's manager interface",
    "silent": "doesn't answer in time",
    "wrong-secret": "refuses the portal's user name, secret or address",
    "no-originate": 'add "originate" to "write ="',
    "no-events": 'add "call" to "read ="',
    "hangs": "doesn't answer in time",
    "half-line": "closed the connection",
    "garbage": "isn't the manager interface's language",
    "endless": "a line of more than 8192 bytes",
}


@pytest.fixture
def line(installed):
    """A portal and the manager interface that it is connected to."""
    made = []

    def connect(manner, devices=None):
        ami = FakeAMI(manner, devices)
        made.append(ami)
        installation = installed(plugins=plugins(ami.port), environment=ENVIRONMENT)
        installation.portal.start()
        return ami, installation.portal

    yield connect
    for one in made:
        one.stop()


def status(portal):
    plugins = portal.sign_in(ROOT_ADMIN).items("/admin/plugins")
    return next(one for one in plugins if one["id"] == "asterisk")


def phone(portal, extension):
    people = portal.sign_in(CLEO).items("/people")
    return next(one["phone"] for one in people if one["extension"] == extension)


def chats(portal):
    """Whether the rest of the portal works: Ann writes to Ben, and he reads it."""
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    conversation = ann.chat_with(ben.expect(200, "GET", "/session")["user"]["id"])
    text = f"quokka {secrets.token_hex(4)}"
    assert ann.send(conversation, text).status == 201
    return ben.messages(conversation)[-1]["text"] == text


@pytest.mark.parametrize("manner", FAULTS)
def test_fault_is_named_and_mends_itself(line, manner):
    """The plugin says what is wrong; chat goes on; when the phone system behaves, phones are known without a restart."""
    ami, portal = line(manner)
    until(lambda: status(portal)["state"] == "degraded", 15, "the plugin being degraded")
    assert FAULTS[manner] in status(portal)["reason"]
    assert phone(portal, "1001") == "unknown"
    answer = portal.sign_in(ANN).post("/calls", {"clientId": "c1", "to": "1002"})
    assert answer.status == 503 and answer.id == "calls.no-pbx", answer
    assert chats(portal)
    assert {one["state"] for one in portal.sign_in(ROOT_ADMIN).items("/admin/plugins")} == {"running", "degraded"}

    ami.become("good")

    until(lambda: phone(portal, "1002") == "busy", 30, "phones being known")
    assert phone(portal, "1001") == "idle"
    assert chats(portal)


def test_plugin_is_sound_again(line):
    """Once the connection has held for a while, the plugin isn't degraded any more."""
    ami, portal = line("wrong-secret")
    until(lambda: status(portal)["state"] == "degraded", 15, "the plugin being degraded")
    ami.become("good")
    until(lambda: status(portal)["state"] == "running", 40, "the plugin running")


def test_memory_stays_bounded(line):
    """10 MB without a line end, again and again: nothing of it is kept."""
    ami, portal = line("endless")
    until(lambda: ami.connections >= 1 and status(portal)["state"] == "degraded", 15, "the first line without an end")
    before = portal.memory()
    until(lambda: ami.connections >= 4, 30, "three more")
    assert portal.memory() - before < 16 << 20


def test_an_order_without_an_answer_fails_and_the_line_is_mended(line):
    """The phone system takes an order and says nothing: the call fails in words, and is hung up should it ring yet."""
    ami, portal = line("deaf")
    until(lambda: phone(portal, "1001") == "idle", 15, "the connection")
    ann = portal.sign_in(ANN)
    answer = ann.post("/calls", {"clientId": "c1", "to": "1002"})
    assert answer.status == 503, answer
    record = ann.items("/calls")[0]
    assert record["state"] == "failed" and record["failure"] == "pbxUnreachable"
    ami.tell(f"Event: Newchannel\r\nUniqueid: patchbay-{record['id']}\r\n\r\n")
    until(lambda: any(one["Action"] == "Hangup" for one in ami.actions), 5, "the late channel being hung up")


def test_storm_of_5000_phones_holds_nobody_up(line, reader):
    """5,000 phones change at once: the stream stays live meanwhile, and each phone is told at most four times a second."""
    devices = {f"PJSIP/{number}": "NOT_INUSE" for number in range(1000, 6000)}
    ami, portal = line("good", devices)
    until(lambda: phone(portal, "1002") == "idle", 15, "the connection")
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    stream = reader(ann)
    conversation = ben.chat_with(ann.expect(200, "GET", "/session")["user"]["id"])
    began = time.monotonic()
    for state in ("RINGING", "INUSE", "NOT_INUSE") * 4 + ("RINGING",):
        ami.tell("".join(f"Event: DeviceStateChange\r\nDevice: {one}\r\nState: {state}\r\n\r\n" for one in devices))
    asked = time.monotonic()
    assert ben.send(conversation, "quokka in the storm").status == 201
    stream.wait_for("message.created", lambda data: data["message"]["text"] == "quokka in the storm", seconds=5)
    assert time.monotonic() - asked < 2
    until(lambda: phone(portal, "1002") == "ringing", 15, "the last state")
    seconds = time.monotonic() - began
    assert len(stream.named("phones.changed")) <= 4 * (seconds + 1) + 1
