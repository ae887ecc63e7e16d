"""Keys that work on every page: single letters that can be turned off (WCAG 2.1.4), chords between boxes, the sheet."""

import pytest
from playwright.sync_api import expect

from support.attention import prefer
from support.installation import ANN


@pytest.fixture(autouse=True)
def letters(portal):
    prefer(portal.sign_in(ANN), letterKeys=True)


@pytest.mark.firefox
def test_the_letter_c_begins_a_conversation_and_slash_searches(ann):
    page = ann.page
    page.keyboard.press("c")
    expect(page.get_by_role("combobox", name="To")).to_be_focused()
    page.get_by_role("region", name="New conversation").get_by_role("button", name="Close").click()

    page.keyboard.press("/")

    search = page.get_by_role("searchbox", name="Search people and contacts")
    expect(search).to_be_focused()
    page.keyboard.type("c/?")
    expect(search).to_have_value("c/?")
    expect(page.get_by_role("region", name="New conversation")).to_have_count(0)


@pytest.mark.firefox
def test_a_question_mark_opens_the_list_of_keys_and_escape_closes_it(ann):
    page = ann.page
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("New conversation")

    page.keyboard.press("Escape")

    expect(sheet).to_have_count(0)


@pytest.mark.firefox
def test_letters_in_a_message_are_letters(ann):
    box = ann.start("ben", "chat", "Ben Okafor")

    box.entry.press_sequentially("can you? /c")

    expect(box.entry).to_have_value("can you? /c")
    expect(ann.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.firefox
def test_single_letters_can_be_turned_off_in_the_settings(ann):
    page = ann.page
    page.goto("/settings/keyboard")
    page.get_by_role("switch", name="Single-letter shortcuts").uncheck()
    page.get_by_role("heading", level=1).click()

    page.keyboard.press("?")
    page.keyboard.press("c")

    expect(page.get_by_role("switch", name="Single-letter shortcuts")).not_to_be_checked()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("region", name="New conversation")).to_have_count(0)


@pytest.mark.firefox
def test_ctrl_alt_arrows_go_from_box_to_box_as_they_stand(ann):
    first = ann.start("ben", "chat", "Ben Okafor")
    second = ann.start("cleo", "chat", "Cleo Marchetti")
    right, left = first, second
    if first.region.bounding_box()["x"] < second.region.bounding_box()["x"]:
        left, right = first, second
    left.entry.focus()

    ann.page.keyboard.press("Control+Alt+ArrowRight")
    expect(right.entry).to_be_focused()
    ann.page.keyboard.press("Control+Alt+ArrowRight")
    expect(left.entry).to_be_focused()
    ann.page.keyboard.press("Control+Alt+ArrowLeft")

    expect(right.entry).to_be_focused()


def test_the_whole_of_the_settings_can_be_walked_by_keys(ann):
    page = ann.page
    page.get_by_role("button", name="account menu").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    expect(page.get_by_role("menuitem", name="Notifications")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Notifications")).to_be_visible()
    titles = page.get_by_role("switch", name="Browser tab")
    titles.focus()
    was = titles.is_checked()

    page.keyboard.press("Space")

    expect(titles).to_be_checked(checked=not was)
    page.keyboard.press("Space")
    expect(titles).to_be_checked(checked=was)
