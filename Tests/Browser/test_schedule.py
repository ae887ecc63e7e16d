"""Messages that go later, and those that can still be called back."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from support.browser import audit
from support.installation import ANN


@pytest.fixture
def box(ann):
    return ann.start("ben", "chat", "Ben Okafor")


@pytest.fixture
def undoing(portal):
    """Ann's wish to be able to undo, in seconds."""
    desk = portal.sign_in(ANN)
    wish = desk.expect(200, "GET", "/preferences")

    def seconds(count):
        desk.expect(200, "PUT", "/preferences", {**wish, "undoSendSeconds": count})

    yield seconds
    seconds(0)


def later(box, choice):
    box.button("Send later").click()
    box.region.get_by_role("menuitem", name=choice).click()


def test_a_message_is_scheduled_listed_and_cancelled(ann, box):
    box.entry.fill("Good morning!")
    later(box, "Tomorrow morning")
    rows = box.region.get_by_role("list", name="Scheduled messages").get_by_role("listitem")
    expect(rows).to_contain_text("Good morning!")
    expect(rows).to_contain_text(re.compile(r"Goes .*8:00"))
    expect(box.entry).to_have_value("")
    assert audit(ann.page) == []
    ann.page.reload()
    ann.is_live()
    expect(rows).to_have_count(1)

    box.region.get_by_role("button", name="Cancel “Good morning!”").click()

    expect(rows).to_have_count(0)
    expect(box.bubble("Good morning!")).to_have_count(0)


def test_a_scheduled_message_is_changed_and_sent_now(ann, box):
    box.entry.fill("See you at nine")
    later(box, "In 1 hour")
    box.region.get_by_role("button", name="Edit “See you at nine”").click()
    dialog = box.region.get_by_role("dialog", name="Edit scheduled message")
    dialog.get_by_label("Message").fill("See you at ten")
    assert audit(ann.page) == []
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)

    box.region.get_by_role("button", name="Send “See you at ten” now").click()

    box.says("See you at ten", "Sent")
    expect(box.region.get_by_role("list", name="Scheduled messages")).to_be_hidden()


def test_a_time_of_ones_own_is_chosen(ann, box):
    box.entry.fill("Next week then")
    later(box, "Date and time…")
    when = datetime.datetime.now() + datetime.timedelta(days=7)
    box.region.get_by_label("Date and time").fill(when.strftime("%Y-%m-%dT10:30"))

    box.region.get_by_role("button", name="Schedule").click()

    rows = box.region.get_by_role("list", name="Scheduled messages").get_by_role("listitem")
    row = rows.filter(has_text="Next week then")
    expect(row).to_contain_text("10:30")
    row.get_by_role("button", name="Cancel “Next week then”").click()
    ann.page.get_by_role("button", name="Undo").click()
    expect(box.entry).to_have_value("Next week then")


def test_what_has_just_been_sent_can_be_undone(ann, undoing):
    undoing(30)
    ann.page.reload()
    ann.is_live()
    box = ann.start("ben", "chat", "Ben Okafor")
    box.write("Too quick")
    strip = box.region.get_by_text("Too quick")
    expect(strip).to_be_visible()
    expect(box.region).to_contain_text(re.compile(r"Sending in \d+ s"))
    assert audit(ann.page) == []

    box.button("Undo").click()

    expect(box.entry).to_have_value("Too quick")
    expect(box.region.get_by_text(re.compile(r"Sending in"))).to_have_count(0)
    expect(box.bubble("Too quick")).to_have_count(0)


def test_what_is_not_undone_goes_when_the_time_is_over(ann, portal, undoing):
    undoing(5)
    ann.page.reload()
    ann.is_live()
    box = ann.start("ben", "chat", "Ben Okafor")

    box.write("Off it goes")

    expect(box.bubble("Off it goes")).to_be_visible()
    expect(box.region.get_by_text(re.compile(r"Sending in"))).to_have_count(0)
    expect(box.bubble("Off it goes")).to_have_count(1)


def test_what_the_gate_refuses_at_its_time_says_why_and_stays(ann, root, box):
    box.entry.fill("When chat is off")
    later(box, "In 1 hour")
    send = box.region.get_by_role("button", name="Send “When chat is off” now")
    expect(send).to_be_visible()
    root.expect(204, "PUT", "/admin/switches/chat/domain/harbor.example", {"isOn": False})
    try:
        expect(box.entry).not_to_be_editable()
        send.click()
        expect(ann.page.locator(".toast")).not_to_be_empty()
    finally:
        root.expect(204, "PUT", "/admin/switches/chat/domain/harbor.example", {"isOn": True})
    expect(box.region.get_by_text("When chat is off")).to_be_visible()
    box.region.get_by_role("button", name="Cancel “When chat is off”").click()
    ann.errors.clear()  # the refusal


def lose_answer(page):
    """The server schedules it, and its answer is lost once."""
    page.route("**/scheduled", lambda route: (route.fetch(), route.abort()), times=1)


def test_what_was_scheduled_though_the_answer_was_lost_is_scheduled_once(ann, box):
    rows = box.region.get_by_role("list", name="Scheduled messages").get_by_role("listitem")
    lose_answer(ann.page)
    box.entry.fill("Only once")
    later(box, "In 1 hour")
    expect(box.entry).to_have_value("Only once")

    later(box, "In 1 hour")

    expect(box.entry).to_have_value("")
    expect(rows).to_have_count(1)
    # The same words, typed by hand, are another message.
    box.write("Only once")
    box.says("Only once", "Sent")
    expect(rows).to_have_count(1)
    box.region.get_by_role("button", name="Cancel “Only once”").click()
    expect(rows).to_have_count(0)
    ann.errors.clear()
