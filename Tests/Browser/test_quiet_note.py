"""U11: it is night where the customer is: the composer says so and asks, and what waits can be sent now or taken back."""

import datetime
import re
import zoneinfo

import pytest
from playwright.sync_api import expect

from support.browser import audit
from support.installation import FRONT_DESK, Installation, standard

SAN_DIEGO = zoneinfo.ZoneInfo("America/Los_Angeles")


def clock(hours):
    """So many hours from now, by the clock of San Diego, as the settings want it."""
    return (datetime.datetime.now(SAN_DIEGO) + datetime.timedelta(hours=hours)).strftime("%H:%M")


def spoken(time):
    """"15:05" as an American reads it."""
    return datetime.datetime.strptime(time, "%H:%M").strftime("%I:%M").lstrip("0")


@pytest.fixture(scope="module")
def morning():
    return clock(5)


@pytest.fixture(scope="module")
def portal(tmp_path_factory, seed_file, morning):
    one = Installation(tmp_path_factory.mktemp("portal") / "portal", seed_file, plugins=standard())
    one.entry("sms")["settings"] = {"quietHours": True, "quietFrom": clock(-5), "quietUntil": morning}
    one.save()
    one.portal.start()
    yield one.portal
    one.portal.stop()


@pytest.fixture
def box(ann, unknown_number):
    # Nobody has written from there, so nothing is a reply.
    return ann.start(unknown_number, "sms", f"({unknown_number[2:5]}) {unknown_number[5:8]}-{unknown_number[8:]}")


def question(box):
    return box.region.get_by_role("dialog", name=re.compile("It is .* for this person"))


def test_U11_the_composer_asks_at_night_and_what_waits_can_be_sent_now(ann, box, morning):
    note = box.region.get_by_text(re.compile(r"It is .* for this person\. What you write goes at"))
    expect(note).to_contain_text(spoken(morning))
    box.entry.fill("Your boat is ready.")
    box.entry.press("Enter")
    expect(question(box)).to_be_visible()
    wait = question(box).get_by_role("button", name=re.compile(f"Send at {spoken(morning)} .M their time"))
    expect(wait).to_be_focused()
    assert audit(ann.page) == []

    wait.press("Enter")

    expect(question(box)).to_have_count(0)
    held = box.says("Your boat is ready.", "their time")
    expect(held.locator(".meta")).to_contain_text(f"Goes at {spoken(morning)}")
    assert audit(ann.page) == []
    ann.page.reload()
    ann.is_live()
    box.says("Your boat is ready.", "their time")

    held.get_by_role("button", name="Send now").click()

    box.says("Your boat is ready.", "Delivered")
    expect(box.bubble("Your boat is ready.")).to_have_count(1)


def test_U11_a_message_can_be_sent_in_spite_of_the_night_or_not_at_all(ann, box):
    box.write("On second thought")
    question(box).get_by_role("button", name="Cancel").click()
    expect(box.entry).to_have_value("On second thought")
    expect(box.bubble("On second thought")).to_have_count(0)

    box.button("Send").click()
    question(box).get_by_role("button", name="Send now").click()

    box.says("On second thought", "Delivered")


def test_U11_what_waits_is_taken_back(ann, box):
    box.write("Never mind")
    question(box).get_by_role("button", name="Send at").click()
    held = box.says("Never mind", "their time")

    held.get_by_role("button", name="Cancel").click()

    box.says("Never mind", "Not sent")
    expect(box.bubble("Never mind")).to_contain_text("Taken back before it was sent.")


def test_U11_a_customer_who_has_just_written_is_answered_without_a_question(ann, box, customer, unknown_number):
    note = box.region.get_by_text(re.compile("for this person"))
    expect(note).to_be_visible()
    customer(unknown_number, "Is anybody there?", FRONT_DESK)
    box.says("Is anybody there?")

    box.write("Yes, we are.")

    box.says("Yes, we are.", "Delivered")
    expect(note).to_be_hidden()
