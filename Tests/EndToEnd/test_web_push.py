"""Web Push: what reaches a browser whose portal is closed, when, and what doesn't (S42; RFC 8030, 8291, 8292)."""

import email.utils
import re
import time

import pytest

from support.installation import ANN, MARK
from support.people import colleague
from support.pushportal import SUBJECT, ann, ben, chat, phone, portal, pushing, service  # noqa: F401
from support.pushservice import claims_of
from support.server import StoredRows
from support.waiting import until


def told_until_now(phone, ann, chat):
    """What was pushed of the conversation, when a later message of another has come: a fence."""
    other = ann.chat_with(colleague(ann, "Ben Okafor"), colleague(ann, "Cleo Marchetti"))
    assert ann.send(other, f"{MARK} fence").status == 201
    until(lambda: any("fence" in told.get("text", "") for told in phone.told()), 15, "the fence's push")
    return [told for told in phone.told() if told["conversationId"] == chat]


def test_S42_a_message_is_pushed_encrypted_and_signed(portal, ann, ben, phone, chat):
    assert ann.send(chat, f"{MARK} are you there?").status == 201

    push = phone.waits_for()

    told = phone.read(push)
    assert told["title"] == "Ann Whitfield" and told["text"] == f"{MARK} are you there?"
    assert (told["kind"], told["channel"], told["conversationId"]) == ("message", "chat", chat)
    key = ben.expect(200, "GET", "/push/key")["publicKey"]
    claims = claims_of(push, key)
    assert claims["aud"] == phone.service.origin and claims["sub"] == SUBJECT
    assert 0 < claims["exp"] - time.time() <= 24 * 3600
    assert push.headers["content-encoding"] == "aes128gcm" and push.headers["urgency"] == "normal"
    assert 86_000 < int(push.headers["ttl"]) <= 86_400
    assert re.fullmatch("[A-Za-z0-9_-]{1,32}", push.headers["topic"])
    # Texts of any length look alike from outside.
    assert ann.send(chat, f"{MARK} " + "long " * 40).status == 201
    assert len(phone.waits_for(2).body) == len(push.body) and MARK.encode() not in push.body
    assert phone.pushes[1].headers["topic"] == push.headers["topic"]


def test_S42_an_SMS_is_pushed_with_the_name_of_the_sender(portal, ann, service):
    laptop, own = service.browser(), portal.sign_in(ANN, again=True)
    own.expect(201, "POST", "/push/subscriptions", laptop.subscription)

    ann.expect(201, "POST", "/simulator/phones/+16195550142/messages", {
        "to": "+16195550123", "text": f"{MARK} by SMS"})

    told = laptop.read(laptop.waits_for())
    assert (told["title"], told["channel"], told["text"]) == ("Bob Smith", "sms", f"{MARK} by SMS")
    own.expect(204, "DELETE", "/session")


def test_S42_who_hides_the_text_gets_none(portal, ann, ben, phone, chat):
    before = ben.expect(200, "GET", "/preferences")
    ben.expect(200, "PUT", "/preferences", {**before, "hidesText": True})

    assert ann.send(chat, f"{MARK} secret").status == 201

    told = phone.read(phone.waits_for())
    assert told["title"] == "Ann Whitfield" and "text" not in told
    ben.expect(200, "PUT", "/preferences", before)


def test_S24_a_muted_conversation_and_ones_own_message_push_nothing(portal, ann, ben, phone, chat):
    assert ben.send(chat, f"{MARK} from me").status == 201
    ben.expect(200, "PATCH", f"/conversations/{chat}", {"isMuted": True})
    assert ann.send(chat, f"{MARK} muted").status == 201

    assert told_until_now(phone, ann, chat) == []

    ben.expect(200, "PATCH", f"/conversations/{chat}", {"isMuted": False})


def test_S42_nothing_is_pushed_while_the_portal_is_in_front(portal, ann, ben, phone, chat, reader):
    stream = reader(ben)
    ben.expect(204, "PUT", "/push/front", {"isInFront": True})
    assert ann.send(chat, f"{MARK} you see me").status == 201
    until(lambda: waiting(portal, chat) == 0, 15, "the note being settled")
    ben.expect(204, "PUT", "/push/front", {"isInFront": False})

    assert ann.send(chat, f"{MARK} now you don't").status == 201

    assert phone.read(phone.waits_for())["text"] == f"{MARK} now you don't"
    # A browser that says it is in front and is closed a moment later, without a word.
    ben.expect(204, "PUT", "/push/front", {"isInFront": True})
    stream.stop()
    until(lambda: portal.metric("patchbay_sse_streams") == 0, 15, "the end of the stream")
    assert ann.send(chat, f"{MARK} and gone").status == 201
    assert [told["text"] for told in (phone.read(phone.waits_for(2)), phone.told()[0])] == [
        f"{MARK} and gone", f"{MARK} now you don't"]


def test_S42_what_was_read_meanwhile_is_not_pushed_again(portal, ann, ben, phone, chat):
    phone.service.answer_next((503, {"Retry-After": "1"}))
    sent = ann.send(chat, f"{MARK} read soon")
    assert sent.status == 201
    phone.waits_for()
    ben.expect(204, "POST", f"/conversations/{chat}/read", {"upTo": sent.json()["message"]["sequence"]})

    told_until_now(phone, ann, chat)

    until(lambda: waiting(portal, chat) == 0, 15, "the note being settled")
    assert len([told for told in phone.told() if told["conversationId"] == chat]) == 1


def waiting(portal, chat):
    """How many notes of the conversation wait."""
    return StoredRows(portal.folder / "store" / "patchbay.sqlite").value(
        "SELECT count(*) FROM pushNote WHERE conversationId = ?", chat)


@pytest.mark.parametrize("status", [404, 410])
def test_S42_a_browser_that_is_gone_is_removed(portal, ann, ben, phone, chat, status):
    removed = portal.metric("patchbay_push_total", outcome="removed")
    phone.service.answer_next((status, {}))

    assert ann.send(chat, f"{MARK} anybody?").status == 201

    until(lambda: ben.items("/push/subscriptions") == [], 15, "the subscription being removed")
    assert portal.metric("patchbay_push_total", outcome="removed") == removed + 1


@pytest.mark.parametrize("status, header", [(429, "seconds"), (503, "date")])
def test_S42_a_busy_service_is_asked_again_when_it_says(portal, ann, phone, chat, status, header):
    value = "2" if header == "seconds" else email.utils.formatdate(time.time() + 3, usegmt=True)
    phone.service.answer_next((status, {"Retry-After": value}))

    assert ann.send(chat, f"{MARK} patience").status == 201

    phone.waits_for(2)
    first, second = phone.pushes[:2]
    # Without the header it would be four seconds at least.
    assert 1.5 < second.at - first.at < 3.9
    assert phone.read(second)["text"] == f"{MARK} patience"


@pytest.mark.parametrize("status", [400, 413])
def test_S42_what_a_service_will_never_take_is_dropped_and_counted(portal, ann, phone, chat, status):
    failed = portal.metric("patchbay_push_total", outcome="failed")
    phone.service.answer_next((status, {}))

    assert ann.send(chat, f"{MARK} no").status == 201

    until(lambda: portal.metric("patchbay_push_total", outcome="failed") == failed + 1, 15, "the count")
    assert waiting(portal, chat) == 0 and len(phone.pushes) == 1


def test_A3_kill_9_between_commit_and_push_loses_nothing(pushing, portal, ann, ben, phone, chat):
    phone.service.answer_next("silent")
    assert ann.send(chat, f"{MARK} survives").status == 201
    phone.waits_for()
    portal.kill()
    portal.start()

    assert phone.read(phone.waits_for(2))["text"] == f"{MARK} survives"


def test_S15_an_invitation_is_urgent_short_lived_and_taken_back(portal, ann, ben, phone, chat):
    started = ann.expect(201, "POST", "/video/sessions", {"conversationId": chat, "peer": "ann-window-1"})
    until(lambda: any(told["kind"] == "invitation" for told in phone.told()), 15, "the invitation")
    place, told = next((n, told) for n, told in enumerate(phone.told()) if told["kind"] == "invitation")
    push = phone.pushes[place]
    assert told["title"] == "Ann Whitfield" and told["conversationId"] == chat
    assert push.headers["urgency"] == "high" and 0 < int(push.headers["ttl"]) <= 60

    session = started["session"]["id"]
    ben.expect((200, 204), "POST", f"/video/sessions/{session}/decline", {})

    until(lambda: phone.told()[-1]["kind"] == "answered", 15, "its being taken back")
    assert phone.pushes[-1].headers["topic"] == push.headers["topic"]
    ann.expect((200, 204), "POST", f"/video/sessions/{session}/leave", {"peer": "ann-window-1"})


def test_S15_an_invitation_that_ends_unanswered_becomes_a_missed_one(portal, ann, ben, phone, chat):
    started = ann.expect(201, "POST", "/video/sessions", {"conversationId": chat, "peer": "ann-window-2"})
    until(lambda: any(told["kind"] == "invitation" for told in phone.told()), 15, "the invitation")
    # Nothing of it waits on: what is shown is kept for taking it back.
    ann.expect((200, 204), "POST", f"/video/sessions/{started['session']['id']}/leave", {"peer": "ann-window-2"})

    until(lambda: phone.told()[-1]["kind"] == "missed", 15, "the missed invitation")
    assert phone.told()[-1]["title"] == "Ann Whitfield"


def test_S42_without_a_subject_in_the_manifest_nothing_is_pushed(shared, service):
    ann = shared.sign_in(ANN)
    assert ann.expect(200, "GET", "/push/key")["publicKey"] is None
    answer = ann.post("/push/subscriptions", service.browser().subscription)
    assert (answer.status, answer.id) == (409, "push.off")
