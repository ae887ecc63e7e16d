"""A person's data is removed for good: an outside number's, a user's; with a server on a real file."""

import json
import sqlite3

import pytest

from support.installation import ANN, BEN, FRONT_DESK, MARK, OLGA, ROOT_ADMIN
from support.people import colleague, identity
from support.server import PASSWORD
from support.waiting import until

DOMAIN = "/admin/domains/harbor.example"
WORD = "quetzalcoatl"


def bytes_of(store):
    """Everything that the store's files hold, uploads too."""
    return b"".join(path.read_bytes() for path in store.parent.rglob("*") if path.is_file())


def erased(client):
    """The newest erasure, once nothing is left."""
    return until(lambda: next((one for one in client.items(f"{DOMAIN}/erasures")[:1] if one["isDone"]), None), 30,
                 "the erasure being done")


def uploaded(client, name, content):
    answer = client.request("POST", f"/attachments?name={name}", content, {"Content-Type": "text/plain"})
    assert answer.status == 201, answer
    return answer.json()["id"]


def test_D7_an_outside_number_is_erased_and_its_opt_out_stays(installed, reader):
    """Messages, contacts, what waits and what the carrier's side kept are gone from all files; STOP counts on."""
    one = installed()
    portal = one.portal
    portal.start()
    ann, olga = portal.sign_in(ANN), portal.sign_in(OLGA)
    number = "+16195550149"
    conversation = ann.sms_to(number, FRONT_DESK)
    assert ann.send(conversation, f"{MARK} {WORD}").status == 202
    ann.expect(201, "POST", "/contacts", {
        "name": f"Quill {WORD}", "numbers": [{"label": "Work", "value": number}], "emails": []})
    until(lambda: all(m["state"] != "pending" for m in ann.messages(conversation)), 20, "the message having left")
    assert ann.post(f"/conversations/{conversation}/scheduled", {
        "clientId": "later", "text": f"{MARK} later {WORD}", "from": FRONT_DESK, "inSeconds": 3600}).status < 300
    ann.expect(201, "POST", f"/simulator/phones/{number}/messages", {"to": FRONT_DESK, "text": "STOP"})
    until(lambda: ann.get(f"/search?query={WORD}").json()["items"], 20, "the message being indexed")
    stream = reader(ann)
    assert WORD.encode() in bytes_of(one.store_path)
    preview = olga.expect(200, "POST", f"{DOMAIN}/erasures/preview", {"number": "(619) 555-0149"})
    assert (preview["kind"], preview["subject"], preview["isHeld"]) == ("outside", number, False)
    assert preview["counts"]["messages"] == len(ann.messages(conversation)) == 3
    assert preview["counts"] | {"messages": 0} == {
        "conversations": 1, "messages": 0, "files": 0, "scheduled": 1, "contacts": 1, "calls": 0}
    assert ann.messages(conversation), "a look changes nothing"

    begun = olga.expect(202, "POST", f"{DOMAIN}/erasures", {"number": number})
    done = erased(olga)

    assert (begun["id"], begun["subject"]) == (done["id"], "…149") == (done["id"], done["subject"])
    assert done["removed"] == preview["counts"] and done["requestedBy"] == identity(olga)
    stream.wait_for("conversation.changed", lambda data: data["conversationId"] == conversation and data["isDeleted"])
    assert ann.get(f"/conversations/{conversation}").status == 404
    assert not ann.get(f"/search?query={WORD}").json()["items"]
    held = bytes_of(one.store_path)
    assert WORD.encode() not in held
    rows = olga.items("/admin/audit?limit=200")
    assert number not in json.dumps(rows) and number[2:] not in json.dumps(rows)
    end = next(row for row in rows if row["action"] == "erasure")
    assert (end["actorKind"], end["subject"]) == ("system", "…149")
    assert end["details"] == done["removed"] | {"kind": "outside", "pluginsNotAsked": []}
    assert next(row for row in rows if row["action"] == "begin-erasure")["actor"] == identity(olga)
    again = ann.sms_to(number, FRONT_DESK)
    refused = ann.send(again, f"{MARK} hello")
    assert refused.status == 403, "the opt-out is honoured"


def test_D7_a_hold_forbids_it_and_other_domains_find_nothing(shared, ann, olga, root):
    """409 with a sentence while a hold covers any of it; an administrator of another domain gets 404, a user 403."""
    number = "+16195550151"
    conversation = ann.sms_to(number, FRONT_DESK)
    assert ann.send(conversation, f"{MARK} kept").status == 202
    hold = olga.expect(201, "POST", f"{DOMAIN}/holds", {
        "level": "conversation", "subject": conversation, "reason": "Case 2026-114"})
    assert olga.expect(200, "POST", f"{DOMAIN}/erasures/preview", {"number": number})["isHeld"]
    answer = olga.post(f"{DOMAIN}/erasures", {"number": number})
    assert (answer.status, answer.id) == (409, "records.held")
    assert ann.messages(conversation)
    olga.expect(204, "DELETE", f"{DOMAIN}/holds/{hold['id']}")
    root.expect(201, "POST", "/admin/domains/timber.example/users", {
        "extension": "2018", "name": "Tess Boyd", "scope": "office-manager", "password": PASSWORD})
    tess = shared.sign_in("2018@timber.example")
    for path in ("erasures", "erasures/preview"):
        assert tess.post(f"{DOMAIN}/{path}", {"number": number}).status == 404
        assert tess.post(f"/admin/domains/timber.example/{path}", {"user": identity(ann)}).status == 404
        assert ann.post(f"{DOMAIN}/{path}", {"number": number}).status == 403
        assert olga.post(f"{DOMAIN}/{path}", {"number": number, "user": "x"}).id == "erasure.one-person"
        assert olga.post(f"{DOMAIN}/{path}", {"user": identity(olga)}).id == "directory.own-user"
    assert tess.get(f"{DOMAIN}/erasures").status == 404
    assert tess.items("/admin/domains/timber.example/erasures") == []
    tess.expect(202, "POST", "/admin/domains/timber.example/erasures", {"number": number})
    until(lambda: tess.items("/admin/domains/timber.example/erasures")[0]["isDone"], 30, "nothing being there to remove")
    assert ann.messages(conversation), "another domain's messages with the same number stay"


@pytest.mark.timeout(180)
def test_D7_an_erasure_cut_short_by_kill_9_is_finished_at_the_next_start(installed):
    """2,500 messages; killed when some of them are gone; nothing is left after the start."""
    one = installed()
    portal = one.portal
    portal.start()
    ann = portal.sign_in(ANN)
    conversation = ann.sms_to("+16195550152", FRONT_DESK)
    assert ann.send(conversation, f"{MARK} first").status == 202
    until(lambda: ann.messages(conversation)[0]["state"] == "delivered", 20, "the message having arrived")
    portal.stop()
    with sqlite3.connect(one.store_path) as db:
        db.execute("""
            WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < 2500)
            INSERT INTO message (conversationId, sequence, id, domainId, via, text, attachments, state, segments,
                createdAt)
            SELECT conversationId, n, 'many-' || n, domainId, via, text || ' ' || ? || n, attachments, 'received', 0,
                createdAt FROM message, n WHERE conversationId = ?""", (WORD, conversation))
        db.execute("""INSERT INTO messageKey (id, conversationId, sequence) SELECT id, conversationId, sequence
            FROM message WHERE conversationId = ? AND sequence > 1 ORDER BY sequence""", (conversation,))
        db.execute("UPDATE conversation SET lastSequence = 2500 WHERE id = ?", (conversation,))

    def left():
        return one.rows.rows(f"SELECT count(*) FROM message WHERE conversationId = '{conversation}'")[0][0]

    portal.start()
    olga = portal.sign_in(OLGA, again=True)
    until(lambda: olga.get(f"/search?query={WORD}2500").status == 200, 20)
    olga.expect(202, "POST", f"{DOMAIN}/erasures", {"number": "+16195550152"})
    until(lambda: left() < 2500, 20, "some messages being gone", every=0.001)
    portal.kill()
    state = one.rows.rows("SELECT state, subject FROM erasure")[0]
    assert left() > 0 and state == ("removing", "+16195550152"), (left(), state)

    portal.start()

    done = erased(portal.sign_in(OLGA, again=True))
    assert done["removed"]["messages"] == 2500 and done["removed"]["conversations"] == 1
    assert left() == 0
    assert WORD.encode() not in bytes_of(one.store_path)


def test_D7_a_user_is_erased_and_what_they_wrote_to_others_stays(installed):
    """Signed out at once, then gone with contacts, uploads and choices; colleagues keep what was said to them."""
    one = installed()
    portal = one.portal
    portal.start()
    ann, ben, olga = portal.sign_in(ANN), portal.sign_in(BEN), portal.sign_in(OLGA)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    assert ann.send(chat, f"{MARK} to Ben").status == 201
    ann.expect(201, "POST", "/contacts", {
        "name": f"Quill {WORD}", "numbers": [{"label": "Work", "value": "+16195550177"}], "emails": []})
    uploaded(ann, "draft.txt", f"unsent {WORD}".encode())
    person = identity(ann)

    olga.expect(202, "POST", f"{DOMAIN}/erasures", {"user": person})

    assert ann.get("/session").status == 401
    assert erased(olga)["subject"] == person
    assert olga.get(f"/admin/users/{person}").status == 404
    assert f"{MARK} to Ben" in [message["text"] for message in ben.messages(chat)]
    until(lambda: WORD.encode() not in bytes_of(one.store_path), 20, "the word leaving the files")
    assert b"Ann Whitfield" not in bytes_of(one.store_path)


def test_D7_a_plugin_that_does_not_run_is_named_and_asked_the_next_time(installed):
    """What the simulator keeps of a number is left while it is out of the manifest: said, recorded, gone afterwards."""
    one = installed()
    portal = one.portal
    portal.start()
    ann, olga, root = portal.sign_in(ANN), portal.sign_in(OLGA), portal.sign_in(ROOT_ADMIN)
    number = "+16195550149"
    assert ann.send(ann.sms_to(number, FRONT_DESK), f"{MARK} {WORD}").status == 202
    until(lambda: number in json.dumps(root.items("/simulator/phones")), 20, "the handset having the message")
    place, entry = one.without("simulator")
    assert root.post("/admin/plugins/reload").status == 200

    olga.expect(202, "POST", f"{DOMAIN}/erasures", {"number": number})

    assert erased(olga)["pluginsNotAsked"] == ["simulator"]
    assert WORD.encode() in bytes_of(one.store_path)
    recorded = next(row for row in root.items("/admin/audit") if row["action"] == "erasure")
    assert recorded["details"]["pluginsNotAsked"] == ["simulator"]

    one.put_back(place, entry)
    assert root.post("/admin/plugins/reload").status == 200
    olga.expect(202, "POST", f"{DOMAIN}/erasures", {"number": number})
    until(lambda: len(olga.items(f"{DOMAIN}/erasures")) == 2, 10, "the second erasure being listed")

    assert erased(olga)["pluginsNotAsked"] == []
    assert WORD.encode() not in bytes_of(one.store_path)


def test_D7_the_console_says_what_there_is_and_leaves_the_deed_to_the_server(installed):
    """`patchbay records erase`: nothing without --yes; a running server takes it up; recorded without the number."""
    one = installed()
    portal = one.portal
    portal.start()
    ann, olga = portal.sign_in(ANN), portal.sign_in(OLGA)
    conversation = ann.sms_to("+16195550153", FRONT_DESK)
    assert ann.send(conversation, f"{MARK} hello").status == 202
    words = ("records", "erase", "+16195550153", "--domain", "harbor.example", "--store", one.store_path)
    looked = portal.command(*words, check=False)
    assert looked.returncode != 0 and "1 conversations with 1 messages" in looked.stdout and "--yes" in looked.stderr
    assert ann.messages(conversation) and not olga.items(f"{DOMAIN}/erasures")

    portal.command(*words, "--yes")

    assert erased(olga)["requestedBy"] is None
    assert ann.get(f"/conversations/{conversation}").status == 404
    deed = portal.sign_in(ROOT_ADMIN).items("/admin/audit?action=console.records-erase")
    assert [row["subject"] for row in deed] == ["…153"]
    olga.expect(200, "PATCH", f"/admin/users/{colleague(olga, 'Cleo Marchetti')}", {"email": "cleo.m@harbor.example"})
    portal.command("records", "erase", "cleo.m@harbor.example", *words[3:], "--yes")
    deed = portal.sign_in(ROOT_ADMIN).items("/admin/audit?action=console.records-erase")
    assert deed[0]["subject"] == "…@harbor.example"
