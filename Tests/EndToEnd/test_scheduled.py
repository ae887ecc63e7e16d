"""Scheduled messages and undo send through the API, and what a kill -9 does to them."""

import datetime
import os
import random
import secrets
import time

import pytest

from support.installation import ANN, BEN, BOB, CLEO, FRONT_DESK, MARK, OLGA, ROOT_ADMIN, THEO
from support.people import colleague, identity
from support.waiting import until

ROUNDS = int(os.environ.get("PATCHBAY_SCHEDULE_KILL_ROUNDS", "5"))


def ahead(**more):
    """A moment that is so far from now, as the API writes time."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**more)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def schedule(client, conversation, text, client_id=None, **more):
    body = {"clientId": client_id or secrets.token_hex(8), "text": text, **more}
    return client.post(f"/conversations/{conversation}/scheduled", body)


def texts(client, conversation):
    return [one["text"] for one in client.messages(conversation)]


@pytest.fixture
def chat(ann):
    return ann.chat_with(colleague(ann, "Ben Okafor"))


def test_U11_a_scheduled_chat_message_goes_at_its_time_and_its_author_is_told(ann, ben, chat, reader):
    """Scheduled send: waiting, then a message with the same clientId; scheduled.changed in between and at the end."""
    stream, his = reader(ann), reader(ben)
    text, client_id = f"{MARK} in a moment {secrets.token_hex(4)}", secrets.token_hex(8)
    made = schedule(ann, chat, text, client_id, inSeconds=1)
    assert made.status == 201, made
    scheduled = made.json()["scheduled"]
    assert (scheduled["state"], scheduled["text"], scheduled["reason"]) == ("waiting", text, None)
    stream.wait_for("scheduled.changed", lambda data: data["scheduled"] and data["scheduled"]["text"] == text)
    told = his.wait_for("message.created", lambda data: data["message"]["text"] == text)
    assert told["message"]["clientId"] == client_id
    stream.wait_for(
        "scheduled.changed", lambda data: data["scheduledId"] == scheduled["id"] and data["scheduled"] is None)
    assert not his.named("scheduled.changed")
    assert schedule(ann, chat, text, client_id, inSeconds=1).id == "scheduled.sent"
    for answer in (
        ann.patch(f"/scheduled/{scheduled['id']}", {"text": "late"}), ann.delete(f"/scheduled/{scheduled['id']}"),
        ann.post(f"/scheduled/{scheduled['id']}/send"),
    ):
        assert (answer.status, answer.id) == (409, "scheduled.sent")
    assert texts(ann, chat).count(text) == 1


def test_U11_undo_send_takes_a_message_back(ann, chat):
    """Undo send: deleted before its time it never goes; the same clientId before that is the same one."""
    client_id = secrets.token_hex(8)
    made = schedule(ann, chat, f"{MARK} oops", client_id, inSeconds=20)
    again = schedule(ann, chat, f"{MARK} oops", client_id, inSeconds=20)
    assert (made.status, again.status) == (201, 200)
    assert made.json() == again.json()
    identifier = made.json()["scheduled"]["id"]
    assert identifier in [one["id"] for one in ann.items(f"/scheduled?conversationId={chat}")]
    ann.expect(204, "DELETE", f"/scheduled/{identifier}")
    assert ann.delete(f"/scheduled/{identifier}").status == 404
    assert f"{MARK} oops" not in texts(ann, chat)


def test_U11_a_scheduled_text_can_be_changed_and_sent_at_once(ann):
    """PATCH and send now, by SMS, with attachments refused as for any SMS."""
    sms = ann.sms_to("+16195557301", FRONT_DESK)
    made = schedule(ann, sms, f"{MARK} tomorrow", sendAt=ahead(days=1), **{"from": FRONT_DESK}).json()["scheduled"]
    changed = ann.expect(200, "PATCH", f"/scheduled/{made['id']}", {"text": f"{MARK} today", "sendAt": ahead(hours=1)})
    assert changed["scheduled"]["text"] == f"{MARK} today" and changed["scheduled"]["sendAt"] < made["sendAt"]
    sent = ann.expect(200, "POST", f"/scheduled/{made['id']}/send")["message"]
    assert (sent["text"], sent["clientId"], sent["via"]) == (f"{MARK} today", made["clientId"], FRONT_DESK)
    assert ann.items(f"/scheduled?conversationId={sms}") == []


def test_U11_times_have_bounds(ann, chat):
    """sendAt: not in the past, at most a year ahead, one of the two ways to say it, and a time at all."""
    for more, expected in [
        ({"sendAt": ahead(hours=-1)}, "scheduled.in-the-past"), ({"sendAt": ahead(days=367)}, "scheduled.too-far"),
        ({}, "scheduled.no-time"), ({"sendAt": ahead(hours=1), "inSeconds": 5}, "scheduled.two-times"),
        ({"sendAt": "tomorrow"}, "body.invalid"), ({"inSeconds": -1}, "body.invalid"),
    ]:
        answer = schedule(ann, chat, f"{MARK} when", **more)
        assert (answer.status, answer.id) == (400, expected), (more, answer)
    assert schedule(ann, chat, f"{MARK} next year", sendAt=ahead(days=365)).status == 201
    assert schedule(ann, chat, "  ", inSeconds=5).status == 400


def test_U11_attachments_must_be_the_authors(ann, ben, chat):
    """A colleague's upload can't be scheduled; the author's own goes with the message."""
    def upload(client):
        answer = client.request("POST", "/attachments?name=a.txt", b"hello", {"Content-Type": "text/plain"})
        return answer.json()["id"]

    foreign = schedule(ann, chat, f"{MARK} file", attachments=[upload(ben)], inSeconds=5)
    assert foreign.status == 404, foreign
    own = schedule(ann, chat, f"{MARK} file", attachments=[upload(ann)], sendAt=ahead(hours=1)).json()["scheduled"]
    assert [one["name"] for one in own["attachments"]] == ["a.txt"]
    sent = ann.expect(200, "POST", f"/scheduled/{own['id']}/send")["message"]
    assert [one["name"] for one in sent["attachments"]] == ["a.txt"]


def test_X1_nobody_else_sees_or_touches_a_scheduled_message(shared, ann, chat):
    """X1: 404 for a member of the same chat, for an administrator and for another domain."""
    made = schedule(ann, chat, f"{MARK} private", sendAt=ahead(hours=1)).json()["scheduled"]
    for login in (BEN, OLGA, THEO):
        client = shared.sign_in(login)
        assert made["id"] not in [one["id"] for one in client.items("/scheduled")]
        assert client.patch(f"/scheduled/{made['id']}", {"text": "x"}).status == 404
        assert client.delete(f"/scheduled/{made['id']}").status == 404
        assert client.post(f"/scheduled/{made['id']}/send").status == 404
    assert schedule(shared.sign_in(CLEO), chat, "x", inSeconds=5).status == 404


def test_U11_the_gate_at_its_time_decides(portal, reader):
    """A number taken away meanwhile: refused with the sentence, kept, told; after it is back it can go."""
    root, ben = portal.sign_in(ROOT_ADMIN), portal.sign_in(BEN)
    sms = ben.sms_to(BOB, FRONT_DESK)
    stream = reader(ben)
    made = schedule(ben, sms, f"{MARK} later", inSeconds=2, **{"from": FRONT_DESK}).json()["scheduled"]
    number = f"/admin/numbers/%2B{FRONT_DESK[1:]}/users/{identity(ben)}"
    root.expect(204, "DELETE", number)
    told = stream.wait_for(
        "scheduled.changed", lambda data: data["scheduled"] and data["scheduled"]["state"] == "refused")
    assert told["scheduledId"] == made["id"] and told["scheduled"]["reason"]
    assert [one["state"] for one in ben.items("/scheduled")] == ["refused"]
    root.expect(204, "PUT", number, {})
    assert ben.expect(200, "POST", f"/scheduled/{made['id']}/send")["message"]["text"] == f"{MARK} later"
    assert ben.items("/scheduled") == []


def test_U11_a_disabled_author_sends_nothing(portal, reader):
    """An account switched off before the time: nothing goes; the colleague hears nothing."""
    root, ann, ben = portal.sign_in(ROOT_ADMIN), portal.sign_in(ANN), portal.sign_in(BEN)
    chat = ann.chat_with(identity(ben))
    schedule(ben, chat, f"{MARK} from the disabled", inSeconds=1)
    root.expect(200, "PATCH", f"/admin/users/{identity(ben)}", {"isEnabled": False})
    assert schedule(ann, chat, f"{MARK} after it", inSeconds=2).status == 201
    until(lambda: f"{MARK} after it" in texts(ann, chat), 20, "the later message of somebody else")
    assert f"{MARK} from the disabled" not in texts(ann, chat)


@pytest.mark.timeout(120 + 20 * ROUNDS)
def test_A3_kill_9_around_its_time_sends_a_scheduled_message_once(installed):
    """Kill -9 before, at and after the due moments of many messages: each is there exactly once, none still waits."""
    chance = random.Random(int(os.environ.get("PATCHBAY_KILL_SEED", "20261122")))
    installation = installed()
    portal = installation.portal
    portal.start()
    ann = portal.sign_in(ANN)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    sms = ann.sms_to(BOB, FRONT_DESK)
    expected = []
    for turn in range(ROUNDS):
        for place, conversation in enumerate([chat, sms] * 4):
            text = f"{MARK} {turn}-{place}"
            made = schedule(ann, conversation, text, sendAt=ahead(milliseconds=700 + 40 * place))
            if made.status == 429:
                continue
            assert made.status == 201, made
            expected.append(text)
        # This sleep is the test: the moment of the kill.
        time.sleep(chance.uniform(0.55, 1.1))
        portal.kill()
        portal.start()
    rows = installation.rows
    until(
        lambda: rows.value("SELECT count(*) FROM scheduledMessage WHERE state = 'waiting'") == 0, 90,
        "nothing waiting any more")
    stored = [row[0] for row in rows.rows("SELECT text FROM message WHERE text LIKE ?", f"{MARK} %-%")]
    assert sorted(stored) == sorted(expected)
    assert rows.integrity() == ["ok"]
