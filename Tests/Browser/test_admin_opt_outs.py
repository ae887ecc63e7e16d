"""The administrators' list of who wants no messages: pairs of numbers, and answers that come late or twice."""

import json

import pytest
from playwright.sync_api import expect

from support.browser import audit, plain
from support.installation import ANN_DIRECT, FRONT_DESK, OLGA, ROOT_ADMIN
from support.systempages import System
from support.waiting import until

SETTINGS = "/admin/plugins/sms/settings"


@pytest.fixture
def by_number(portal):
    """While it is used, STOP stops only the number that it came to."""
    root = portal.sign_in(ROOT_ADMIN)
    root.expect(200, "PATCH", SETTINGS, {"set": {"optOutHoldsFor": "number"}})
    yield
    root.expect(200, "PATCH", SETTINGS, {"reset": ["optOutHoldsFor"]})


def entry(number):
    """An entry of the list as the server gives it."""
    return {
        "remote": number, "formatted": plain(number), "ourNumber": None, "ourNumberFormatted": None, "word": "",
        "reason": None, "addedBy": "Olga", "at": "2026-03-04T10:00:00.000Z", "holdsForNumberOnly": False}


def give(route, numbers, following=None):
    items = [entry(number) for number in numbers]
    route.fulfill(content_type="application/json", body=json.dumps({"items": items, "next": following}))


def test_U2_a_pair_is_shown_with_our_number_and_only_that_pair_is_taken_off(
        enter, portal, customer, unknown_number, by_number):
    for ours in (FRONT_DESK, ANN_DIRECT):
        customer(unknown_number, "STOP", ours)
    olga = portal.sign_in(OLGA)
    path = f"/sms/opt-outs?query={unknown_number[1:]}"
    until(lambda: len(olga.items(path)) == 2, 20, "both pairs being stopped")
    page = System(enter(OLGA)).open("opt-outs").page
    page.get_by_role("searchbox", name="Search numbers").fill(unknown_number)
    rows = page.get_by_role("row").filter(has_text=plain(unknown_number))
    expect(rows).to_have_count(2)
    desk = rows.filter(has_text=f"Only messages from {plain(FRONT_DESK)}")

    desk.get_by_role("button", name=f"Remove {plain(unknown_number)} for {plain(FRONT_DESK)}").click()
    page.get_by_role("dialog").get_by_label("Reason").fill("Asked by telephone")
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()

    expect(desk).to_have_count(0)
    expect(rows).to_contain_text([f"Only messages from {plain(ANN_DIRECT)}"])
    assert [one["ourNumber"] for one in olga.items(path)] == [ANN_DIRECT]
    assert audit(page) == []


@pytest.mark.chromium
def test_U2_an_earlier_searchs_late_answer_does_not_replace_a_newer_one(enter):
    page, held = System(enter(OLGA)).open("opt-outs").page, []
    page.route("**/sms/opt-outs?query=11*", lambda route: held.append(route))
    page.route("**/sms/opt-outs?query=22*", lambda route: give(route, ["+16195550122"]))
    search = page.get_by_role("searchbox", name="Search numbers")
    search.fill("11")
    until(lambda: page.evaluate("1") and held, 10, "the earlier search")
    search.fill("22")
    expect(page.get_by_role("row").filter(has_text="555-0122")).to_be_visible()

    with page.expect_response("**/sms/opt-outs?query=11*") as early:
        give(held[0], ["+16195550111"])
    early.value.finished()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    expect(page.get_by_role("row").filter(has_text="555-0122")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="555-0111")).to_have_count(0)


@pytest.mark.chromium
def test_U2_more_is_shown_once_however_often_it_is_pressed(enter):
    page, held = System(enter(OLGA)).open("opt-outs").page, []
    page.route("**/sms/opt-outs?*cursor=*", lambda route: held.append(route))
    page.route("**/sms/opt-outs?query=1*", lambda route: (
        route.fallback() if "cursor=" in route.request.url else give(route, ["+16195550111"], "+16195550111 ")))
    page.get_by_role("searchbox", name="Search numbers").fill("1")
    more = page.get_by_role("button", name="Show more")

    more.dblclick()

    expect(more).to_be_disabled()
    until(lambda: page.evaluate("1") and held, 10, "the next page being asked for")
    for route in held:
        give(route, ["+16195550112"])
    expect(page.get_by_role("row").filter(has_text="555-0112")).to_have_count(1)
    assert len(held) == 1
