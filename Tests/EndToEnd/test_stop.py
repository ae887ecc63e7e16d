"""STOP holds on every way out."""

import secrets

import pytest

from support.installation import ANN, FRONT_DESK, MARK, OLGA
from support.people import identity
from support.waiting import until

PHONE = "+16195550142"
DIRECT = "+16195550123"


def write(client, text, to=FRONT_DESK):
    answer = client.post(f"/simulator/phones/%2B{PHONE[1:]}/messages", {"to": to, "text": text})
    assert answer.status < 300, answer


def sent_by_us(client, conversation):
    return [one["text"] for one in client.messages(conversation) if one["direction"] == "out"]


@pytest.fixture
def stopped(portal):
    """Ann, her conversation with a customer who has written STOP, and what it was answered."""
    ann = portal.sign_in(ANN)
    conversation = ann.sms_to(PHONE, FRONT_DESK)
    write(ann, "STOP")
    until(lambda: len(sent_by_us(ann, conversation)) == 1, 10, "the confirmation of STOP")
    return ann, conversation, sent_by_us(ann, conversation)


def test_D7_stop_blocks_a_user(stopped):
    """What somebody types is refused, and the composer says so before."""
    ann, conversation, before = stopped
    answer = ann.send(conversation, f"{MARK} please", **{"from": FRONT_DESK})
    assert (answer.status, answer.id) == (403, "sms.recipient-opted-out")
    assert sent_by_us(ann, conversation) == before


def test_D7_stop_blocks_the_api(portal, stopped):
    """An API token gets no further."""
    ann, conversation, before = stopped
    robot = portal.token(ann, ["portal.use", "sms.use"])
    answer = robot.send(conversation, f"{MARK} please", **{"from": FRONT_DESK})
    assert (answer.status, answer.id) == (403, "sms.recipient-opted-out")
    assert sent_by_us(ann, conversation) == before


def test_D7_stop_blocks_what_was_scheduled_before(portal):
    """A message that waited for its time when STOP came is refused at its time."""
    ann = portal.sign_in(ANN)
    conversation = ann.sms_to(PHONE, FRONT_DESK)
    made = ann.expect(201, "POST", f"/conversations/{conversation}/scheduled", {
        "clientId": secrets.token_hex(8), "text": f"{MARK} later", "from": FRONT_DESK, "inSeconds": 3})
    write(ann, "STOP")

    def refused():
        waiting = [one for one in ann.items("/scheduled") if one["id"] == made["scheduled"]["id"]]
        return bool(waiting) and waiting[0]["state"] == "refused"

    until(refused, 20, "the scheduled message being refused")
    assert f"{MARK} later" not in sent_by_us(ann, conversation)


def test_D7_stop_blocks_the_away_message(portal, stopped):
    """Somebody who has stopped us and writes again gets no away message."""
    ann, conversation, before = stopped
    ann.expect(200, "PUT", "/preferences", {"away": {"isOn": True, "text": f"{MARK} away"}})
    write(ann, "Are you there?", to=DIRECT)
    until(lambda: any(one["text"] == "Are you there?" for one in ann.messages(conversation)), 10, "the question")
    until(lambda: "away message not sent" in portal.log(), 10, "the away message being refused")
    assert sent_by_us(ann, conversation) == before


def test_D7_the_ledger_shows_what_was_said(portal, stopped):
    """STOP and START are in the ledger with their message, for administrators of the domain."""
    ann, conversation, _ = stopped
    write(ann, "START")
    olga = portal.sign_in(OLGA)
    until(lambda: len(olga.items("/sms/ledger")) == 2, 10, "START in the ledger")
    start, stop = olga.items(f"/sms/ledger?remote=%2B{PHONE[1:]}")
    assert (start["deed"], stop["deed"], stop["ourNumber"], stop["source"]) == ("start", "stop", FRONT_DESK, "keyword")
    written = {one["id"]: one["text"] for one in ann.messages(conversation)}
    assert written[stop["messageId"]] == "STOP"
    assert ann.get("/sms/ledger").status == 403
    assert ann.send(conversation, f"{MARK} welcome back", **{"from": FRONT_DESK}).status == 202
    deeds = [one["action"] for one in olga.items("/admin/audit?limit=200")]
    assert "sms.opt-out-stop" in deeds and "sms.opt-out-start" in deeds
