"""The audit log: what administrators do is recorded, seen by their domain only, and verified by `patchbay audit verify`."""

import json
import re
import sqlite3

import pytest

from support.installation import ANN, OLGA, ROOT_ADMIN, THEO
from support.people import colleague, identity
from support.server import PASSWORD


def actions(client, query=""):
    return [one["action"] for one in client.items(f"/admin/audit{query}")]


def verified(portal, *arguments):
    """What `patchbay audit verify` says, and whether it is content."""
    done = portal.command("audit", "verify", "--store", portal.store, *arguments, check=False)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def portal(installed):
    """A running portal of the test's own that knows where its store is."""
    one = installed()
    one.portal.start()
    one.portal.store = one.store_path
    return one.portal


def test_D7_administration_is_recorded_with_who_did_it(portal):
    """Users, numbers, domains, switches, passwords, tokens, imports, opt-outs and sign-ins are in the log."""
    root, olga = portal.sign_in(ROOT_ADMIN), portal.sign_in(OLGA)
    ben = colleague(olga, "Ben Okafor")
    olga.expect(200, "PATCH", f"/admin/users/{ben}", {"name": "Ben Hidden", "isEnabled": True})
    made = olga.expect(201, "POST", "/admin/domains/harbor.example/users", {
        "extension": "1077", "name": "Pat Secret", "scope": "basic-user", "password": PASSWORD})
    olga.expect(204, "DELETE", f"/admin/users/{made['id']}")
    olga.expect(204, "PUT", f"/admin/switches/sms/user/{ben}", {"isOn": False})
    for number in ("+16195550142", "(619)%20555-0143", "619.555.0144"):
        olga.expect(204, "PUT", f"/sms/opt-outs/{number}", {})
    robot = portal.token(olga, ["portal.use", "domain.admin"])
    assert robot.put(f"/admin/switches/sms/user/{ben}", {"isOn": True}).status == 204
    root.expect(200, "POST", "/admin/plugins/reload")
    assert portal.client().sign_in(OLGA, "wrong-password-1").status == 401
    rows = olga.items("/admin/audit?limit=200")
    said = [one["action"] for one in rows]
    for action in ("change-user", "add-user", "remove-user", "set-switch", "sms.add-opt-out", "sign-in",
                   "sign-in-failed"):
        assert action in said, action
    changed = next(one for one in rows if one["action"] == "change-user")
    assert changed["actor"] == identity(olga) and changed["subject"] == ben
    assert changed["details"] == {"name": "…", "isEnabled": True}
    switched = [one for one in rows if one["action"] == "set-switch"]
    assert [one["actorKind"] for one in switched] == ["token", "user"]
    text = json.dumps(rows)
    assert "Pat Secret" not in text and PASSWORD not in text and "6195550142" not in text
    assert "555-0143" not in text and "555.0144" not in text
    assert {"…142", "…143", "…144"} <= {one["subject"] for one in rows if one["action"] == "sms.add-opt-out"}
    assert "reload-plugins" in actions(root, "?limit=200")
    assert actions(olga, "?action=add-user") == ["add-user"]
    assert {one["subject"] for one in olga.items(f"/admin/audit?who={ben}")} >= {ben}
    assert verified(portal)[0]


def test_D7_a_domain_sees_its_own_rows_only(portal):
    """An office manager sees their domain's rows; users see none."""
    root, olga = portal.sign_in(ROOT_ADMIN), portal.sign_in(OLGA)
    root.expect(201, "POST", "/admin/domains/timber.example/users", {
        "extension": "2009", "name": "Tess Boyd", "scope": "office-manager", "password": PASSWORD})
    tess = portal.sign_in("2009@timber.example")
    assert {one["domain"] for one in olga.items("/admin/audit?limit=200")} == {"harbor.example"}
    assert "add-user" in actions(tess) and {one["domain"] for one in tess.items("/admin/audit")} == {"timber.example"}
    assert olga.get("/admin/audit?domain=timber.example").status == 404
    assert portal.sign_in(ANN).get("/admin/audit").status == 403


def test_D7_what_changes_nothing_or_is_refused_is_not_recorded(portal):
    """A refused change leaves no row, and neither does reading."""
    olga = portal.sign_in(OLGA)
    before = actions(olga, "?limit=200")
    assert olga.patch(f"/admin/users/{identity(portal.sign_in(ROOT_ADMIN))}", {"name": "No"}).status in (403, 404)
    olga.expect(200, "GET", "/admin/domains/harbor.example/users")
    after = [one for one in actions(olga, "?limit=200") if one != "sign-in"]
    assert after == [one for one in before if one != "sign-in"]


def test_D7_the_console_is_recorded_and_verifies(portal):
    """Commands are recorded; verify prints a head, and finds what was changed, removed or cut off."""
    portal.command("user", "disable", "1002@harbor.example", "--store", portal.store)
    listed = portal.command("audit", "list", "--store", portal.store, "--domain", "harbor.example").stdout
    assert re.search(r"console .*harbor\.example .*console\.user-disable .*1002@harbor\.example", listed)
    is_whole, text = verified(portal)
    assert is_whole
    head = re.search(r"Head: ([0-9a-f]{64})", text).group(1)
    portal.command("user", "enable", "1002@harbor.example", "--store", portal.store)
    assert verified(portal, "--head", head)[0]
    assert not verified(portal, "--head", "0" * 64)[0]
    portal.stop()
    with sqlite3.connect(portal.store) as db:
        db.execute("DROP TRIGGER auditEntryIsNotChanged")
        db.execute("UPDATE auditEntry SET actor = 'nobody' WHERE action = 'console.user-disable'")
    is_whole, text = verified(portal)
    assert not is_whole and "was changed after it was written" in text


def test_D7_figures_that_are_taken_out_are_recorded_as_other_exports_are(portal):
    """A download of the usage figures needs no administrator, and is in the log all the same; a look at them isn't."""
    olga = portal.sign_in(OLGA)
    assert olga.get("/usage/summary").status == 200
    assert olga.get("/usage/export").status == 200
    rows = olga.items("/admin/audit?limit=200")
    taken = [one for one in rows if one["action"].startswith("usage.")]
    assert [(one["action"], one["actor"]) for one in taken] == [("usage.usage-export", identity(olga))]


def test_D7_what_was_done_to_somebody_is_found_by_their_name(portal):
    """Switches, numbers and holds name the person among others, or in the request's body."""
    olga = portal.sign_in(OLGA)
    ben = colleague(olga, "Ben Okafor")
    olga.expect(204, "PUT", f"/admin/switches/sms/user/{ben}", {"isOn": False})
    olga.expect(201, "POST", "/admin/domains/harbor.example/holds", {"level": "user", "subject": ben, "reason": "Case 7"})

    rows = olga.items(f"/admin/audit?who={ben}")

    found = {one["action"]: one["subjectName"] for one in rows}
    assert (found["set-switch"], found["place-legal-hold"]) == ("Ben Okafor", "Ben Okafor")
    assert "Case 7" not in json.dumps(rows)


def test_D7_what_is_done_in_another_domain_is_recorded_there(portal):
    """A super-user of one domain takes an opt-out of another off: that one's office manager finds it."""
    root, olga = portal.sign_in(ROOT_ADMIN), portal.sign_in(OLGA)
    root.expect(201, "POST", "/admin/domains/timber.example/users", {
        "extension": "2008", "name": "Tara Boyd", "scope": "office-manager", "password": PASSWORD})
    tara = portal.sign_in("2008@timber.example")

    root.expect(204, "PUT", "/sms/opt-outs/%2B16195550177?domain=timber.example", {})

    assert "sms.add-opt-out" in actions(tara)
    assert "sms.add-opt-out" not in actions(olga, "?limit=200")
