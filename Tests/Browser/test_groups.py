"""Chats of several people."""

import pytest
from playwright.sync_api import expect

from support.browser import audit
from support.installation import ANN
from support.people import colleague
from talking import desk  # noqa: F401 - a fixture is used by its name

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def gather(person, *names):
    # Of several windows Firefox gives the focus to the one in front only.
    person.page.bring_to_front()
    person.page.get_by_role("button", name="Start a New Conversation").click()
    person.page.get_by_role("button", name="Group", exact=True).click()
    to = person.page.get_by_role("combobox", name="To")
    for name in names:
        to.fill(name)
        person.page.get_by_role("option").filter(has_text=name).filter(has_text="Add").click()
        expect(person.page.get_by_role("list", name="People in the group")).to_contain_text(name)
        expect(to).to_be_focused()
    return person.page.get_by_role("region", name="New conversation")


def test_S11_a_group_is_gathered_named_and_everybody_in_it_hears(ann, ben):
    new = gather(ann, "Ben Okafor", "Cleo Marchetti")
    assert audit(ann.page) == []
    new.get_by_label("Name of the group").fill("Saturday market")

    new.get_by_role("button", name="Start group").click()

    box = ann.box("chat", "Saturday market")
    expect(box.entry).to_be_focused()
    expect(box.region.locator(".head")).to_contain_text("3 people")
    box.write("Who brings the van?")
    chip = ben.page.get_by_role("region", name="Chat with Saturday market, 1 new message")
    chip.get_by_role("button", name="Saturday market").first.click()
    his = ben.box("chat", "Saturday market")
    expect(his.says("Who brings the van?")).to_contain_text("Ann Whitfield")


def test_S11_a_group_is_found_by_its_name_and_by_who_is_in_it(ann, ben):
    gather(ann, "Ben Okafor", "Olga Lindqvist").get_by_label("Name of the group").fill("Harvest supper")
    ann.page.get_by_role("button", name="Start group").click()
    box = ann.box("chat", "Harvest supper")
    box.write("Who bakes?")
    page = ben.page
    page.bring_to_front()
    page.get_by_role("button", name="Start a New Conversation").click()
    to = page.get_by_role("combobox", name="To")
    groups = page.get_by_role("group", name="Groups").get_by_role("option")

    to.fill("lindqvist")
    expect(groups.filter(has_text="Harvest supper")).to_contain_text("Ann, Olga")
    to.fill("harvest")
    expect(groups).to_have_count(1)
    to.press("Enter")

    expect(ben.box("chat", "Harvest supper").entry).to_be_focused()
    expect(page.get_by_role("region", name="New conversation")).to_have_count(0)
    page.get_by_role("button", name="Start a New Conversation").click()
    page.get_by_role("button", name="Group", exact=True).click()
    to.fill("lindqvist")
    expect(page.get_by_role("option")).to_have_count(1)


def test_S11_keys_alone_gather_a_group(ann):
    page = ann.page
    page.get_by_role("button", name="Start a New Conversation").click()
    page.get_by_role("button", name="Group", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("combobox", name="To")).to_be_focused()
    page.keyboard.type("ben")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    chosen = page.get_by_role("list", name="People in the group")
    expect(chosen.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("button", name="Start group")).to_be_disabled()
    page.keyboard.press("Backspace")
    expect(chosen).to_be_hidden()
    for number, name in enumerate(("ben", "olga"), 1):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(chosen.get_by_role("listitem")).to_have_count(number)
    page.get_by_role("button", name="Start group").press("Enter")

    expect(ann.box("chat", "Ben Okafor, Olga Lindqvist").entry).to_be_focused()


def test_S12_a_group_takes_colleagues_only(ann):
    gather(ann)
    ann.page.get_by_role("combobox", name="To").fill("b")

    expect(ann.page.get_by_role("option").filter(has_text="Ben Okafor")).to_be_visible()
    expect(ann.page.get_by_role("option").filter(has_text="Bob Smith")).to_have_count(0)


def test_S23_a_group_is_renamed_for_everybody(ann, ben):
    gather(ann, "Ben Okafor", "Olga Lindqvist").get_by_role("button", name="Start group").click()
    box = ann.box("chat", "Ben Okafor, Olga Lindqvist")
    box.write("Hello")
    box.says("Hello", "Sent")
    box.setting("Rename Group…")
    box.region.get_by_label("Name of the group").fill("Deliveries")
    assert audit(ann.page) == []
    box.region.get_by_role("button", name="Save").click()

    expect(ann.box("chat", "Deliveries").region).to_be_visible()
    expect(ben.page.get_by_role("region", name="Chat with Deliveries")).to_be_visible()


def test_S46_the_members_of_a_group_are_shown_with_who_is_here(ann, ben):
    gather(ann, "Ben Okafor", "Olga Lindqvist").get_by_role("button", name="Start group").click()
    box = ann.box("chat", "Ben Okafor, Olga Lindqvist")
    box.setting("Members…")

    people = box.region.get_by_role("dialog", name="Members").get_by_role("listitem")

    expect(people).to_have_count(3)
    expect(people.filter(has_text="Ben Okafor")).to_contain_text("Chat: online")
    expect(people.filter(has_text="Olga Lindqvist")).to_contain_text("Chat: offline")
    expect(people.last).to_contain_text("Ann Whitfield (you)")


def test_S23_a_chat_between_two_cannot_be_renamed(ann):
    box = ann.start("cleo", "chat", "Cleo Marchetti")
    box.button("Conversation settings").click()

    expect(ann.page.get_by_role("menuitem")).to_have_count(2)


@pytest.mark.chromium
def test_S11_a_group_on_a_phone(enter):
    person = enter(ANN, **PHONE)
    person.page.get_by_role("button", name="Contacts", exact=True).last.tap()

    gather(person, "Ben Okafor", "Cleo Marchetti")

    expect(person.page.get_by_role("button", name="Start group")).to_be_in_viewport()
    assert audit(person.page) == []


def test_S11_S57_the_page_of_a_group_says_who_is_in_it_and_renames_it(ann, desk):
    """S11, S57: its page does what its box does."""
    room = desk.expect(201, "POST", "/conversations", {
        "kind": "chat", "title": "Autumn fair", "users": [colleague(desk, "Ben Okafor"), colleague(desk, "Cleo Marchetti")]})
    page = ann.page
    page.goto(f"/messages/{room['id']}")
    settings = page.get_by_role("button", name="Conversation settings")

    settings.click()
    page.get_by_role("menuitem", name="Members").click()
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(3)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    settings.click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_label("Name of the group").fill("Winter fair")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Winter fair")
