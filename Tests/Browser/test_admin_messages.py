"""The administrator's lists of messages: what is stuck, what was given up, and who wants none."""

import pytest
from playwright.sync_api import expect

from support.systempages import System
from support.browser import audit
from support.installation import ANN, BEN, FRONT_DESK, OLGA, ROOT_ADMIN
from support.waiting import until

# The simulator's carrier: 0009 is always busy, 0000 doesn't exist.
BUSY, NOBODY = "+16195550009", "+16195550000"


@pytest.fixture(scope="module")
def office(portal):
    """Ann's messages: one that waits, one that was given up."""
    ann = portal.sign_in(ANN)
    for number in (BUSY, NOBODY):
        assert ann.send(ann.sms_to(number, FRONT_DESK), "quokka waits").status == 202
    olga = portal.sign_in(OLGA)
    until(lambda: olga.items("/sms/outbox?state=dead"), 20, "a message being given up")
    until(lambda: any(one["attempts"] for one in olga.items("/sms/outbox")), 20, "a first attempt")
    return olga


@pytest.fixture
def system(enter, office):
    return System(enter(OLGA))


def row(system, to):
    return system.page.get_by_role("row").filter(has_text=f"…{to[-3:]}")


def test_U4_what_waits_is_listed_with_who_why_and_when_and_the_number_masked(system):
    """U4: the reason is the carrier's; the customer's number is not shown."""
    system.open("outbox")
    waiting = row(system, BUSY)
    expect(waiting).to_contain_text("Ann Whitfield")
    expect(waiting).to_contain_text("The carrier's queue is full.")
    assert BUSY not in system.page.content() and "quokka" not in system.page.content()


def test_U4_what_is_used_of_the_days_sms_is_told_before_it_runs_out(system, portal):
    root = portal.sign_in(ROOT_ADMIN)
    path = "/admin/plugins/sms/settings"
    system.open("outbox")
    expect(system.page.get_by_text("SMS used in the last 24 hours")).to_be_visible()
    root.expect(200, "PATCH", path, {"set": {"segmentsPerDay": 2}})
    system.page.reload()
    expect(system.page.get_by_text("Nearly used up: what goes over it is refused.")).to_be_visible()
    assert audit(system.page) == []
    root.expect(200, "PATCH", path, {"reset": ["segmentsPerDay"]})


def test_U4_a_message_that_was_given_up_is_tried_again_and_discarded(system, office):
    """U4: tried now it fails again with its reason; discarded it leaves the list after a question."""
    system.open("outbox")
    system.page.get_by_role("button", name="Given up").click()
    dead = row(system, NOBODY)
    expect(dead).to_contain_text("There is no such number.")
    attempts = office.items("/sms/outbox?state=dead")[0]["attempts"]
    dead.get_by_role("button", name="Try the message").click()
    until(lambda: [one["attempts"] for one in office.items("/sms/outbox?state=dead")] == [attempts + 1], 20,
          "the second attempt")
    dead.get_by_role("button", name="Discard").click()
    system.page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(system.page.get_by_text("No message was given up.")).to_be_visible()
    assert office.items("/sms/outbox?state=dead") == []


def test_U2_a_number_is_put_on_the_list_searched_and_taken_off_with_a_reason(system, portal):
    """U2: added by any spelling, it can't be written to; taken off with a reason, it can."""
    system.open("opt-outs")
    page = system.page
    page.get_by_role("button", name="Add a number").click()
    question = page.get_by_role("dialog")
    # One frame around each field, not the dialog's inside the field's.
    assert question.get_by_label("Number").evaluate("one => getComputedStyle(one).borderTopWidth") == "0px"
    question.get_by_label("Number").fill("nonsense")
    question.get_by_role("button", name="Add a number").click()
    expect(question.get_by_role("alert")).not_to_be_empty()
    system.person.errors.clear()  # the browser logs the 400
    question.get_by_label("Number").fill("(619) 555-0177")
    question.get_by_label("Reason").fill("Asked by telephone")
    question.get_by_role("button", name="Add a number").click()
    entry = page.get_by_role("row").filter(has_text="(619) 555-0177")
    expect(entry).to_contain_text("Entered by Olga")
    expect(entry).to_contain_text("Asked by telephone")
    page.get_by_role("searchbox", name="Search numbers").fill("999 99")
    expect(page.get_by_text("No number holds these digits.")).to_be_visible()
    page.get_by_role("searchbox", name="Search numbers").fill("555-0177")
    expect(entry).to_be_visible()
    ann = portal.sign_in(ANN)
    conversation = ann.sms_to("+16195550177", FRONT_DESK)
    assert ann.send(conversation, "quokka").id == "sms.recipient-opted-out"
    entry.get_by_role("button", name="Remove (619) 555-0177").click()
    question.get_by_label("Reason").fill("Wrote that it was a mistake")
    question.get_by_role("button", name="Remove").click()
    expect(entry).to_have_count(0)
    assert ann.send(conversation, "quokka").status == 202


def test_U4_an_administrator_of_several_domains_chooses_one(enter, office):
    """U4: the system's administrator sees another domain's list; its messages aren't in it."""
    system = System(enter(ROOT_ADMIN)).open("outbox")
    expect(row(system, BUSY)).to_be_visible()
    system.page.get_by_label("Domain").select_option("timber.example")
    expect(system.page.get_by_text("No message waits")).to_be_visible()


def test_U4_X2_a_user_sees_none_of_it(enter, portal):
    """U4, X2: neither page nor API for somebody who administers nothing."""
    ben = enter(BEN)
    ben.page.goto("/admin/outbox")
    expect(ben.page.locator("html")).to_have_attribute("data-ready", "1")
    expect(ben.page.locator(".sys-page")).to_have_count(0)
    for path in ("/sms/outbox", "/sms/opt-outs"):
        assert portal.sign_in(BEN).get(path).status == 403


@pytest.mark.chromium
@pytest.mark.parametrize("look", [
    {}, {"color_scheme": "dark"},
    {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}],
    ids=["light", "dark", "phone"])
@pytest.mark.parametrize("section", ["outbox", "opt-outs"])
def test_D4_the_pages_of_messages_are_axe_clean(enter, office, look, section):
    """D4: in light and dark and on a phone, without sideways scrolling."""
    system = System(enter(OLGA, **look)).open(section)
    assert audit(system.page) == []
    width = (look.get("viewport") or {}).get("width")
    assert not width or system.page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_U4_where_nothing_waits_the_page_begins_with_what_was_given_up(enter, office, portal):
    """U4: Health leads here for messages that were given up; they are seen without another click."""
    ann = portal.sign_in(ANN)
    assert ann.send(ann.sms_to(NOBODY, FRONT_DESK), "quokka is gone").status == 202
    until(lambda: office.items("/sms/outbox?state=dead"), 20, "a message being given up")
    for one in office.items("/sms/outbox"):
        until(lambda: office.post(f"/sms/outbox/{one['messageId']}/discard").status == 204, 20, "a message being discarded")

    system = System(enter(OLGA)).open("outbox")

    expect(row(system, NOBODY)).to_be_visible()
    expect(system.page.get_by_role("button", name="Given up")).to_have_attribute("aria-pressed", "true")
    system.page.get_by_role("button", name="Waiting").click()
    expect(system.page.get_by_text("No message waits")).to_be_visible()
