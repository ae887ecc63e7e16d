"""Shared numbers through the API: who answers, taking over, letting go, and taking back deletions."""

import concurrent.futures
import secrets

import pytest

from support.installation import ANN, BEN, CLEO, FRONT_DESK, MARK, ROOT_ADMIN, THEO
from support.people import identity
from support.waiting import until


@pytest.fixture
def desk(ann, ben):
    """A conversation of the front desk's that nobody answers yet."""
    number = f"+1619555{secrets.randbelow(9000) + 1000}"
    mine, his = ann.sms_to(number, FRONT_DESK), ben.sms_to(number, FRONT_DESK)
    assert mine == his
    return mine


def claim_of(client, conversation):
    return client.expect(200, "GET", f"/conversations/{conversation}")["claim"]


def test_U3_the_first_reply_claims_and_a_colleague_is_refused(ann, ben, desk, reader):
    """U3: 409 conversation.claimed with the name; the composer says it before; everybody of the number is told."""
    streams = [reader(ann), reader(ben)]
    assert ben.expect(200, "GET", f"/conversations/{desk}")["isShared"] is True
    assert claim_of(ben, desk) is None

    assert ann.send(desk, f"{MARK} I answer").status == 202
    refused = ben.send(desk, f"{MARK} me too")

    assert (refused.status, refused.id) == (409, "conversation.claimed")
    problem = refused.json()
    assert problem["name"] == "Ann Whitfield" and problem["expiresAt"]
    compose = ben.expect(200, "GET", f"/conversations/{desk}")["compose"]
    assert (compose["isOpen"], compose["closedGate"]) == (False, "claim")
    assert compose["reason"] == problem["detail"]
    listed = next(one for one in ben.items("/conversations") if one["id"] == desk)
    assert listed["claim"] == {"userId": identity(ann), "name": "Ann Whitfield", "expiresAt": problem["expiresAt"]}
    for stream in streams:
        told = stream.wait_for(
            "conversation.changed", lambda data: data["conversationId"] == desk and data.get("claim"))
        assert told["claim"]["name"] == "Ann Whitfield"


def test_U3_twenty_concurrent_replies_of_two_have_one_claimant(shared_installation, ann, ben, desk):
    """U3: whoever is first answers; nothing of the other is stored."""
    clients = [ann, ben] * 10
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda pair: pair[1].send(desk, f"{MARK} reply {pair[0]}"), enumerate(clients)))

    claimant = claim_of(ann, desk)["userId"]
    for client, answer in zip(clients, answers):
        assert answer.status == (202 if identity(client) == claimant else 409), answer
    authors = shared_installation.rows.rows(
        "SELECT DISTINCT authorId FROM message WHERE conversationId = ?", desk)
    assert authors == [(claimant,)]


def test_U3_taking_over_and_letting_go(ann, ben, desk):
    """U3: take-over is compare-and-set; only the claimant can let go."""
    path = f"/conversations/{desk}/claim"
    assert ann.send(desk, f"{MARK} I answer").status == 202
    stale = ben.put(path, {"from": None})
    assert (stale.status, stale.id) == (409, "conversation.claimed")
    taken = ben.put(path, {"from": identity(ann)})
    assert (taken.status, taken.json()["claim"]["name"]) == (200, "Ben Okafor")
    assert ann.send(desk, f"{MARK} still me").id == "conversation.claimed"
    assert ann.delete(path).id == "conversation.claim-not-yours"
    freed = ben.delete(path)
    assert (freed.status, freed.json()["claim"]) == (200, None)
    assert ann.send(desk, f"{MARK} me again").status == 202


def test_U3_two_take_over_at_once_and_one_wins(ann, ben, desk):
    """U3: of two who take over what nobody holds, one gets it and the other is told who."""
    path = f"/conversations/{desk}/claim"
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda client: client.put(path, {"from": None}), [ann, ben]))
    assert sorted(answer.status for answer in answers) == [200, 409]


def test_U3_a_number_of_one_person_has_no_claim(shared, ann):
    """U3: nothing to claim, nothing shown."""
    sole = ann.sms_to("+16195557771", "+16195550123")
    assert ann.send(sole, f"{MARK} from my own", **{"from": "+16195550123"}).status == 202
    ann.expect(200, "PATCH", f"/conversations/{sole}", {"from": "+16195550123"})
    conversation = ann.expect(200, "GET", f"/conversations/{sole}")
    assert conversation["claim"] is None
    chat = ann.items("/conversations?filter=chat")
    assert all(one["isShared"] is False and one["claim"] is None for one in chat)


def test_U3_strangers_and_colleagues_without_the_number_claim_nothing(shared, desk):
    """X1: somebody else's conversation is 404, for a colleague and for another domain."""
    for login in (CLEO, THEO):
        client = shared.sign_in(login)
        assert client.put(f"/conversations/{desk}/claim", {"from": None}).status == 404
        assert client.delete(f"/conversations/{desk}/claim").status == 404
        assert client.post(f"/conversations/{desk}/restore").status == 404


def test_U3_an_administrator_says_how_long_a_claim_lasts(shared, ann, desk):
    """claimMinutes: 1 to 1440, 15 unless told; a claim of a minute ends by itself and is told."""
    root = shared.sign_in(ROOT_ADMIN)
    path = "/admin/domains/harbor.example"
    assert root.expect(200, "GET", path)["claimMinutes"] == 15
    for wrong in (0, 1441, "15"):
        assert root.patch(path, {"claimMinutes": wrong}).status == 400
    assert root.expect(200, "PATCH", path, {"claimMinutes": 60})["claimMinutes"] == 60
    root.expect(200, "PATCH", path, {"claimMinutes": 15})


def test_U3_a_claim_outlives_the_server_and_ends_by_itself(installed, clock, reader):
    """U3: kept in the store over kill -9; its end is told without anybody asking."""
    portal = installed(environment=clock.environment).portal
    portal.start()
    portal.sign_in(ROOT_ADMIN).expect(200, "PATCH", "/admin/domains/harbor.example", {"claimMinutes": 1})
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    desk = ann.sms_to("+16195557001", FRONT_DESK)
    assert ann.send(desk, f"{MARK} mine").status == 202
    portal.kill()
    # Most of the minute has gone by when it is there again.
    clock.set(50)
    portal.start()
    stream = reader(ben)
    assert ben.send(desk, f"{MARK} not mine").id == "conversation.claimed"
    stream.wait_for(
        "conversation.changed",
        lambda data: data["conversationId"] == desk and "claim" in data and data["claim"] is None, seconds=75)
    assert claim_of(ben, desk) is None
    assert ben.send(desk, f"{MARK} mine now").status == 202


def test_S25_a_deleted_conversation_and_message_come_back(ann, ben, reader):
    """S25: undo of both deletions, told to the other tabs; afterwards there is nothing to undo."""
    chat = ann.chat_with(identity(ben))
    sent = ben.send(chat, f"{MARK} to be kept").json()["message"]["id"]
    stream = reader(ann)
    ann.expect(204, "DELETE", f"/conversations/{chat}/messages/{sent}")
    assert sent not in [one["id"] for one in ann.messages(chat)]
    restored = ann.expect(200, "POST", f"/conversations/{chat}/messages/{sent}/restore")
    assert restored["message"]["id"] == sent
    assert ann.post(f"/conversations/{chat}/messages/{sent}/restore").id == "message.not-deleted"

    before = ann.messages(chat)
    ann.expect(204, "DELETE", f"/conversations/{chat}")
    stream.wait_for("conversation.changed", lambda data: data["conversationId"] == chat and data["isDeleted"])
    assert ann.expect(200, "POST", f"/conversations/{chat}/restore")["id"] == chat
    assert ann.messages(chat) == before
    assert ann.post(f"/conversations/{chat}/restore").id == "conversation.not-deleted"
    changes = stream.named("conversation.changed")
    until(lambda: stream.named("conversation.changed")[-1].data["isDeleted"] is False, 10, "the news of the undo")
    assert changes


def test_S25_a_new_message_ends_the_undo(ann, ben):
    """S25: what has begun anew can't be undone, and the old stays deleted."""
    chat = ann.chat_with(identity(ben))
    ben.send(chat, f"{MARK} old")
    ann.expect(204, "DELETE", f"/conversations/{chat}")
    ben.send(chat, f"{MARK} new")
    assert ann.post(f"/conversations/{chat}/restore").id == "conversation.not-deleted"
    assert [one["text"] for one in ann.messages(chat)] == [f"{MARK} new"]
