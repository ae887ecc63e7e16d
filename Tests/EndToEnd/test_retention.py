"""Old messages go for good, unless a legal hold covers them; with a server on a real file."""

import sqlite3

import pytest

from support.installation import ANN, FRONT_DESK, MARK, OLGA
from support.waiting import until

WORD = "quetzalcoatl"


def bytes_of(store):
    """Everything that the store's files hold."""
    return b"".join(path.read_bytes() for path in store.parent.glob("patchbay.sqlite*"))


def test_D7_old_messages_leave_the_files_and_held_ones_stay(installed):
    """A rule removes old messages with their words; a hold keeps its conversation; both are recorded."""
    one = installed()
    portal = one.portal
    portal.start()
    ann, olga = portal.sign_in(ANN), portal.sign_in(OLGA)
    gone, kept = ann.sms_to("+16195550142", FRONT_DESK), ann.sms_to("+16195550143", FRONT_DESK)
    assert ann.send(gone, f"{MARK} {WORD}").status == 202
    assert ann.send(kept, f"{MARK} kept").status == 202
    assert ann.send(gone, f"{MARK} young").status == 202
    until(lambda: all(message["state"] != "pending" for chat in (gone, kept) for message in ann.messages(chat)), 20,
          "the messages having left")
    until(lambda: ann.get(f"/search?query={WORD}").json()["items"], 20, "the message being indexed")
    assert olga.expect(200, "GET", "/admin/domains/harbor.example/retention") == {"rules": []}
    rules = {"rules": [{"kind": "sms", "days": 30}]}
    assert olga.expect(200, "PUT", "/admin/domains/harbor.example/retention", rules) == rules
    hold = olga.expect(201, "POST", "/admin/domains/harbor.example/holds", {
        "level": "conversation", "subject": kept, "reason": "Case 2026-114"})
    assert olga.items("/admin/domains/harbor.example/holds") == [hold]
    portal.stop()
    assert WORD.encode() in bytes_of(one.store_path)
    with sqlite3.connect(one.store_path) as db:
        # What the simulated phone across keeps isn't ours to remove: its owner does.
        db.execute("PRAGMA secure_delete = ON")
        db.execute("DELETE FROM simulatorMessage")
        db.execute("UPDATE message SET createdAt = createdAt - 40 * 86400000 WHERE text NOT LIKE '%young'")

    portal.start()
    ann, olga = portal.sign_in(ANN, again=True), portal.sign_in(OLGA, again=True)
    until(lambda: [m["text"] for m in ann.messages(gone)] == [f"{MARK} young"], 20, "the old message being removed")
    assert [m["text"] for m in ann.messages(kept)] == [f"{MARK} kept"]
    until(lambda: WORD.encode() not in bytes_of(one.store_path), 20, "the word leaving the files")
    assert not ann.get(f"/search?query={WORD}").json()["items"]
    log = olga.items("/admin/audit?limit=200")
    removal = next(row for row in log if row["action"] == "retention")
    assert (removal["actorKind"], removal["subject"], removal["details"]["removed"]) == ("system", gone, 1)
    assert {"set-retention", "place-legal-hold"} <= {row["action"] for row in log}
    assert olga.delete(f"/admin/domains/harbor.example/holds/{hold['id']}").status == 204
    assert olga.items("/admin/domains/harbor.example/holds") == []


@pytest.mark.parametrize("body", [
    {"level": "user", "subject": "nobody", "reason": "x"}, {"level": "conversation", "subject": "none", "reason": "x"},
])
def test_D7_a_hold_is_on_somebody_of_the_domain(olga, body):
    """A hold on what isn't there is refused."""
    assert olga.post("/admin/domains/harbor.example/holds", body).status == 404


def test_D7_who_is_held_is_not_removed(olga):
    """A user under a hold can't be removed; the refusal says why."""
    made = olga.expect(201, "POST", "/admin/domains/harbor.example/users", {
        "extension": "1078", "name": "Pat Reyes", "scope": "basic-user"})
    hold = olga.expect(201, "POST", "/admin/domains/harbor.example/holds", {
        "level": "user", "subject": made["id"], "reason": "Case 7"})
    answer = olga.delete(f"/admin/users/{made['id']}")
    assert (answer.status, answer.id) == (409, "records.held")
    olga.expect(204, "DELETE", f"/admin/domains/harbor.example/holds/{hold['id']}")
    assert olga.delete(f"/admin/users/{made['id']}").status == 204


def test_D7_a_rule_is_changed_by_its_kind_and_the_others_stay(olga):
    """What isn't named stays as it is; null takes a rule away."""
    path = "/admin/domains/harbor.example/retention"
    sms, chat = {"kind": "sms", "days": 30}, {"kind": "chat", "days": 60}

    def put(*rules):
        return olga.expect(200, "PUT", path, {"rules": list(rules)})["rules"]

    put(sms)
    assert put(chat) == [chat, sms]
    assert put({"kind": "sms", "days": 31}) == [chat, {"kind": "sms", "days": 31}]
    assert put() == [chat, {"kind": "sms", "days": 31}]
    assert put({"kind": "sms", "days": None}) == [chat]
    assert olga.put(path, {"rules": [{"kind": "sms"}]}).status == 400
    assert put({"kind": "chat", "days": None}) == [] == olga.expect(200, "GET", path)["rules"]
