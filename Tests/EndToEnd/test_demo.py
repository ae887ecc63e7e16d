"""What `patchbay demo` begins with: ninety days of messages, in the figures and in nobody's way."""

import json

import pytest

from support.installation import ANN, BEN, CLEO, OLGA, PASSWORD, ROOT_ADMIN, THEO, standard
from support.server import Portal
from support.waiting import until


def demo(folder, *more):
    folder.mkdir()
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({
        "store": "demo.sqlite", "listen": {"host": "127.0.0.1", "port": 0}, "plugins": standard()}))
    one = Portal(folder, [
        "demo", "--manifest", manifest, "--store", folder / "demo.sqlite", "--port", "{port}", "--password", PASSWORD,
        *more])
    one.start(seconds=120)
    return one


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    one = demo(tmp_path_factory.mktemp("demo") / "first")
    yield one
    one.stop()


def summary(client, query="days=90"):
    return client.expect(200, "GET", f"/usage/summary?{query}")


def test_S67_the_demo_has_ninety_days_of_figures(portal):
    figures = summary(portal.sign_in(OLGA))
    days = figures["days"]
    assert len(days) == 90 and sum(day["sent"] + day["received"] > 0 for day in days) > 60
    totals = figures["totals"]
    assert totals["sent"] > 400 and totals["received"] > 400 and totals["chats"] > 100
    assert totals["sent"] < totals["segments"] < totals["sent"] * 2
    assert 5 < totals["failed"] < totals["sent"] / 10
    assert all(count >= 0 for day in days for count in day.values() if isinstance(count, int))
    assert len(figures["numbers"]) == 3 and len(figures["people"]) == 4
    assert len(figures["reasons"]) == 3
    assert 1 <= figures["optOuts"] <= 10 and figures["videoSessions"] > 5
    assert 60 < figures["replies"]["p50"] < 1800 < figures["replies"]["p95"] < 6 * 3600
    assert len(summary(portal.sign_in(ROOT_ADMIN))["domains"]) == 2


def test_S67_a_recount_of_the_demo_gives_the_same_figures(portal):
    root = portal.sign_in(ROOT_ADMIN)
    counted = summary(root)
    root.expect(202, "POST", "/usage/recount")
    until(lambda: not summary(root)["isCounting"], 30, "the recount being done")
    assert summary(root) == counted


@pytest.mark.parametrize(("login", "most"), [(ANN, 8), (BEN, 6), (CLEO, 4), (OLGA, 1), (THEO, 4)])
def test_S45_the_past_of_the_demo_is_read_and_crowds_no_list(portal, login, most):
    client = portal.sign_in(login)
    items = client.expect(200, "GET", "/conversations?limit=50")["items"]
    assert 1 <= len(items) <= most
    assert all(one["unread"] == 0 for one in items)
    assert client.expect(200, "GET", "/conversations?filter=unread")["items"] == []


def test_S67_the_figures_of_the_demo_are_the_same_each_time(portal, tmp_path):
    other = demo(tmp_path / "second")
    try:
        assert summary(other.sign_in(OLGA))["days"][:-1] == summary(portal.sign_in(OLGA))["days"][:-1]
    finally:
        other.stop()


def test_F30_the_clock_of_the_demo_is_right_again(portal):
    ann = portal.sign_in(ANN)
    said = ann.send(ann.sms_to("+16195550142", "+16195550188"), "Hello")
    assert said.status == 202
    health = portal.sign_in(ROOT_ADMIN).expect(200, "GET", "/admin/health")
    assert said.json()["message"]["createdAt"] <= health["now"]
    assert summary(portal.sign_in(OLGA), "days=1")["totals"]["sent"] >= 1
