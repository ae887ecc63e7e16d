"""A2: the real Kannel, out and in, receipts, UCS-2, long messages, down and up again."""

import collections
import contextlib

import pytest

from support.fakeline import FakeLine
from support.installation import MARK, Installation
from support.kannel import SEND_URL, SMSC, FakeSMSC, Kannel, is_installed
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, inbound_url, plugins
from support.waiting import until

pytestmark = pytest.mark.skipif(not is_installed(), reason="Kannel isn't installed; .ci/setup test does it")
HANDSET = "+16195550147"


@pytest.fixture(scope="module")
def line(tmp_path_factory, seed_file, finished):
    """A portal, a Kannel and a phone network that are connected; gives all three and Ann."""
    folder = tmp_path_factory.mktemp("kannel")
    installation = Installation(folder / "portal", seed_file, plugins=plugins(SEND_URL), environment=ENVIRONMENT)
    with contextlib.ExitStack() as last:
        last.callback(finished, installation)
        installation.portal.start()
        ann = add_number(installation.portal)
        kannel = Kannel(folder / "kannel", inbound_url(installation.portal))
        last.callback(kannel.stop)
        kannel.start()
        phones = FakeLine(SMSC)
        last.callback(phones.stop)
        phones.connected()
        until(kannel.is_online, 15, "Kannel having its phone network")
        yield Line(installation, kannel, phones, ann)


class Line(collections.namedtuple("Line", "installation kannel phones ann")):
    """The way from Ann to a handset and back."""

    def send(self, text, to=HANDSET):
        """Ann sends; gives the conversation and the message's id."""
        conversation = self.ann.sms_to(to, NUMBER)
        answer = self.ann.send(conversation, text)
        assert answer.status == 202, answer
        return conversation, answer.json()["message"]["id"]

    def message(self, conversation, message):
        return next(one for one in self.ann.messages(conversation) if one["id"] == message)

    def arrived(self, to, count, seconds=20):
        """What the handset has, once there are `count` pieces."""
        until(lambda: len(self.phones.texts(to)) >= count, seconds, f"{count} pieces at the handset")
        return self.phones.texts(to)


def test_A2_out_with_a_receipt(line):
    """A2: a message goes out by Kannel, and its state moves to delivered by Kannel's receipts."""
    conversation, message = line.send(f"{MARK} out: {{[~]}}^€ @£$ äöü")
    assert line.arrived(HANDSET, 1) == [f"{MARK} out: {{[~]}}^€ @£$ äöü"]
    until(lambda: line.message(conversation, message)["state"] == "delivered", 20, "the receipt")
    history = line.ann.expect(200, "GET", f"/sms/messages/{message}/history")["items"]
    states = [one["state"] for one in history]
    assert states[0] == "pending" and states[-1] == "delivered"
    assert states == sorted(states, key=["pending", "accepted", "sent", "delivered"].index)


def test_A2_in_by_the_webhook(line, reader):
    """A2: a handset's answer arrives live, in the same conversation, by text and by UCS-2."""
    handset = "+16195550148"
    conversation, _ = line.send(f"{MARK} question", handset)
    stream = reader(line.ann)
    line.phones.text(handset, NUMBER, f"{MARK} answer & more + 100%")
    event = stream.wait_for("message.created", lambda data: "answer" in data["message"]["text"])
    assert event["message"]["text"] == f"{MARK} answer & more + 100%"
    assert event["message"]["conversationId"] == conversation and event["message"]["direction"] == "in"
    line.phones.ucs2(handset, NUMBER, "Привет 👋 你好")
    event = stream.wait_for("message.created", lambda data: "Привет" in data["message"]["text"])
    assert event["message"]["text"] == "Привет 👋 你好"


def test_A2_ucs2_out(line):
    """A2: what GSM 03.38 can't say goes out as UCS-2, whole."""
    handset = "+16195550149"
    line.send("Привет 👋 你好", handset)
    assert line.arrived(handset, 1) == ["Привет 👋 你好"]
    assert line.phones.received[-1].kind == "ucs-2"


def parts_of(line, handset, encoding):
    """The parts that a handset has, by their number, after a check of their headers."""
    received = line.phones.pieces(handset)
    references = {one.udh[3] for one in received}
    assert len(references) == 1 and all(one.udh[:3] == b"\x05\x00\x03" for one in received)
    assert all(one.udh[4] == len(received) for one in received)
    return {one.udh[5]: one.data.decode(encoding) for one in received}


def test_A2_three_segments(line):
    """A2: 3 × 153 septets arrive as three parts with a concatenation header, in order, none cut."""
    handset = "+16195550151"
    text = (f"{MARK} long " * 60)[: 2 * 153 + 100].strip()
    conversation, message = line.send(text, handset)
    line.arrived(handset, 3)
    parts = parts_of(line, handset, "utf-8")
    assert sorted(parts) == [1, 2, 3] and "".join(parts[one] for one in (1, 2, 3)) == text
    assert max(map(len, parts.values())) <= 153
    assert line.message(conversation, message)["segments"] == 3
    until(lambda: line.message(conversation, message)["state"] == "delivered", 20, "the receipts of all parts")


def test_A2_three_segments_of_ucs2_split_no_emoji(line):
    """A2: long UCS-2: 67 units a part, and no surrogate pair is cut."""
    handset = "+16195550152"
    text = "я" * 66 + "👋" + "я" * 66 + "👋👋"
    line.send(text, handset)
    line.arrived(handset, 3)
    parts = parts_of(line, handset, "utf-16-be")
    assert "".join(parts[one] for one in sorted(parts)) == text and sorted(parts) == [1, 2, 3]
    assert all(len(part.encode("utf-16-be")) <= 134 for part in parts.values())


def test_A2_kannel_down_then_up_again(line):
    """A2: while Kannel is down messages stay pending; when it is up again each arrives once, in order."""
    handset = "+16195550153"
    line.kannel.stop()
    sent = [line.send(f"{MARK} down {turn}", handset) for turn in range(10)]
    until(
        lambda: line.installation.rows.value("SELECT max(attempt) FROM smsOutbox WHERE state IN ('queued','submitting')"),
        10, "a first attempt")
    assert {line.message(*one)["state"] for one in sent} == {"pending"}
    line.kannel.start()
    line.phones.connected(20)
    assert line.arrived(handset, 10, 60) == [f"{MARK} down {turn}" for turn in range(10)]
    until(lambda: {line.message(*one)["state"] for one in sent} == {"delivered"}, 30, "all being delivered")
    assert len(line.phones.texts(handset)) == 10


def test_A2_the_portal_down_then_up_again_misses_no_answer(line):
    """A2: what handsets send while the portal is away is brought again by Kannel, and stored once."""
    handset = "+16195550154"
    line.installation.portal.terminate()
    line.phones.text(handset, NUMBER, f"{MARK} anybody there")
    line.installation.portal.start()
    rows = line.installation.rows
    until(
        lambda: rows.value("SELECT count(*) FROM message WHERE text = ?", f"{MARK} anybody there") == 1, 20,
        "Kannel bringing it again")


def test_A2_with_fakesmsc_itself(line, tmp_path):
    """A2: Debian's fakesmsc in the place of ours: it sends three messages and prints what it gets."""
    handset = "+16195550155"
    line.phones.stop()
    fake = FakeSMSC(tmp_path, f"{handset} {NUMBER} text {MARK} from fakesmsc", 3)
    try:
        rows = line.installation.rows
        until(
            lambda: rows.value("SELECT count(*) FROM message WHERE text = ?", f"{MARK} from fakesmsc") == 3, 20,
            "three messages from fakesmsc")
        line.send(f"{MARK} to fakesmsc", handset)
        until(lambda: f"{MARK} to fakesmsc" in fake.printed(), 20, "fakesmsc printing the message")
    finally:
        fake.stop()
