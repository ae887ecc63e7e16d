"""Calls over the API: one press is one call, denied numbers, other people's calls, restarts, self-tests."""

import concurrent.futures

import pytest

from support.fakepbx import ENTRY, FakePBX
from support.installation import ANN, BEN, BOB, OLGA, ROOT_ADMIN, THEO, standard


@pytest.fixture
def installation(installed):
    one = installed(plugins=[*standard(), ENTRY])
    one.portal.start()
    return one


@pytest.fixture
def portal(installation):
    return installation.portal


@pytest.fixture
def pbx(portal):
    return FakePBX(portal.sign_in(ROOT_ADMIN))


def test_one_press_is_one_call_however_often_it_is_sent(portal, pbx):
    """Twenty requests with one client id at once: one call, one 202, and the phone rings once."""
    ann = portal.sign_in(ANN)
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: ann.post("/calls", {"clientId": "press", "to": "1002"}), range(20)))
    assert sorted({one.status for one in answers}) == [200, 202]
    assert [one.status for one in answers].count(202) == 1
    assert len({one.json()["call"]["id"] for one in answers}) == 1
    assert len(pbx.root.expect(200, "GET", "/fake-pbx/lines")["items"]) == 1


def test_every_step_is_told_to_the_caller_and_to_nobody_else(portal, pbx, reader):
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    news, bens = reader(ann), reader(ben)
    call = ann.expect(202, "POST", "/calls", {"clientId": "a", "to": "(619) 555-0142"})["call"]
    assert (call["to"], call["toFormatted"], call["name"]) == (BOB, "(619) 555-0142", "Bob Smith")
    for event in ("answered-here", "answered-there", "ended"):
        pbx.happens(event, call["id"])
    news.wait_for("call.changed", lambda data: data["call"]["state"] == "ended")
    steps = [event.data["call"]["state"] for event in news.named("call.changed")]
    # Who reads late gets each event with the call as it stands by then: forward at any rate.
    order = ["ringing", "connecting", "talking", "ended"]
    assert len(steps) == 4 and steps == sorted(steps, key=order.index) and steps[-1] == "ended"
    assert bens.named("call.changed") == []
    record = ann.expect(200, "GET", f"/calls?with=%2B{BOB[1:]}")["items"]
    assert [one["state"] for one in record] == ["ended"] and record[0]["answeredAt"]


def test_X1_somebody_elses_call_is_not_found(portal, pbx):
    call = portal.sign_in(ANN).expect(202, "POST", "/calls", {"clientId": "a", "to": "1002"})["call"]
    for login in (BEN, OLGA, THEO, ROOT_ADMIN):
        stranger = portal.sign_in(login)
        for method in ("GET", "DELETE"):
            assert stranger.request(method, f"/calls/{call['id']}").status == 404
        assert stranger.expect(200, "GET", "/calls")["items"] == []
    assert not pbx.line()["isOver"]


@pytest.mark.parametrize("number", ["911", "112", "999", "9-1-1", "+1 900 555 0142"])
def test_emergency_and_premium_numbers_are_denied_by_default(portal, pbx, number):
    answer = portal.sign_in(ANN).post("/calls", {"clientId": "a", "to": number})
    assert (answer.status, answer.id) == (403, "calls.denied"), answer
    assert pbx.root.expect(200, "GET", "/fake-pbx/lines")["items"] == []


def test_the_deny_list_is_the_domains_own(portal, pbx):
    """An office manager sets it for their domain; the other domain's calls go on; null brings the standard back."""
    ann, olga, theo = portal.sign_in(ANN), portal.sign_in(OLGA), portal.sign_in(THEO)
    path = "/admin/domains/harbor.example"
    assert olga.expect(200, "GET", path)["deniedCalls"] == ["premium-rate"]
    assert olga.expect(200, "PATCH", path, {"deniedCalls": [" +1619* ", "+1619*"]})["deniedCalls"] == ["+1619*"]
    assert ann.post("/calls", {"clientId": "a", "to": "619 555 0142"}).id == "calls.denied"
    theo.expect(202, "POST", "/calls", {"clientId": "a", "to": "619 555 0142"})
    assert olga.patch(path, {"deniedCalls": ["1 900"] * 2 + ["nonsense"]}).id == "calls.pattern-invalid"
    assert theo.patch(path, {"deniedCalls": []}).status in (403, 404)
    assert olga.expect(200, "PATCH", path, {"deniedCalls": None})["deniedCalls"] == ["premium-rate"]
    ann.expect(202, "POST", "/calls", {"clientId": "b", "to": "619 555 0142"})


def test_what_cannot_be_called_is_said(portal, pbx):
    ann = portal.sign_in(ANN)
    for body, identifier in [
        ({"to": "1001"}, "calls.own-phone"), ({"to": "nobody"}, "number.invalid"), ({}, "calls.whom"),
        ({"to": "1002", "conversationId": "x"}, "calls.whom"), ({"conversationId": "x"}, "not-found"),
        ({"to": "1002", "from": "911"}, "body.invalid"),
    ]:
        assert ann.post("/calls", {"clientId": "a", **body}).id == identifier, body
    assert ann.expect(200, "GET", "/calls")["items"] == []


def test_a_call_under_way_at_a_kill_has_failed_after_the_restart(installation, portal, pbx):
    ann = portal.sign_in(ANN)
    call = ann.expect(202, "POST", "/calls", {"clientId": "a", "to": "1002"})["call"]
    pbx.happens("answered-here", call["id"])
    portal.kill()
    portal.start()
    now = ann.expect(200, "GET", f"/calls/{call['id']}")
    assert (now["state"], now["failure"]) == ("failed", "lost") and now["reason"] and now["endedAt"]
    again = ann.expect(200, "POST", "/calls", {"clientId": "a", "to": "1002"})["call"]
    assert again["id"] == call["id"]


def test_a_pbx_that_is_away_is_said_and_on_record(portal, pbx):
    ann = portal.sign_in(ANN)
    pbx.reachable(False)
    answer = ann.post("/calls", {"clientId": "a", "to": "1002"})
    assert (answer.status, answer.id) == (503, "calls.no-pbx")
    assert [one["failure"] for one in ann.expect(200, "GET", "/calls")["items"]] == ["pbxUnreachable"]


def test_C5_without_an_adapter_the_session_says_why(installed):
    one = installed()
    one.portal.start()
    ann = one.portal.sign_in(ANN)
    calls = ann.expect(200, "GET", "/session")["calls"]
    assert calls["isOpen"] is False and "no phone system" in calls["reason"]
    answer = ann.post("/calls", {"clientId": "a", "to": "1002"})
    assert (answer.status, answer.id) == (403, "calls.no-pbx")
    assert {person["phone"] for person in ann.expect(200, "GET", "/people")["items"]} == {"unknown"}


def test_a_closed_gate_of_the_adapter_closes_calls(portal, pbx):
    ann = portal.sign_in(ANN)
    pbx.root.expect(204, "PUT", "/admin/switches/fake-pbx/domain/harbor.example", {"isOn": False})
    assert ann.expect(200, "GET", "/session")["calls"]["isOpen"] is False
    assert ann.post("/calls", {"clientId": "a", "to": "1002"}).id == "gate.domain-off"


def test_self_tests_over_the_api_and_by_doctor(installation, portal, pbx):
    """The running instance answers the API; doctor makes one of its own and leaves the server alone."""
    pbx.phone("1001", "idle")
    path = "/admin/plugins/fake-pbx/self-test"
    items = pbx.root.expect(200, "POST", path, {"extension": "1001"})["items"]
    assert [one["verdict"] for one in items] == ["good", "good"]
    bad = pbx.root.expect(200, "POST", path, {"extension": "4711"})["items"][-1]
    assert bad["verdict"] == "bad" and bad["mend"]
    assert portal.sign_in(OLGA).post(path).status == 403
    assert pbx.root.post("/admin/plugins/nothing/self-test").status == 404
    manifest = installation.folder / "manifest.json"
    fine = portal.command("doctor", "--manifest", manifest)
    assert "fake-pbx self-test, Connection: ok – The fake PBX answers." in fine.stdout
    failed = portal.command("doctor", "--manifest", manifest, "--phone", "1001@harbor.example", check=False)
    assert failed.returncode == 1 and "fake-pbx self-test, Phone: FAILED" in failed.stdout
    assert portal.is_ready()
