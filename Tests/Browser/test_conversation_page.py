"""The page of one conversation: its history with a composer, on every screen and on paper."""

import re

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN, ANN_DIRECT
from support.people import colleague
from support.waiting import until
from talking import Talk, desk, nadia, talk  # noqa: F401 - fixtures are used by their names

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SMALL = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}


def test_S56_a_click_on_a_row_opens_the_history_of_that_conversation(ann, talk, customer, unknown_number):
    customer(unknown_number, "First words", ANN_DIRECT)
    customer(unknown_number, "Second words", ANN_DIRECT)
    ann.page.goto("/messages")

    row = ann.page.get_by_role("listitem").filter(has_text=plain(unknown_number))
    expect(row).to_contain_text("Second words")
    row.locator(".last").click(force=True)      # the link of the row lies over all of it

    expect(ann.page).to_have_url(re.compile("/messages/.+"))
    expect(talk.title).to_have_text(f"{plain(unknown_number)} SMS")
    talk.says("First words")
    talk.says("Second words")
    ann.page.go_back()
    expect(ann.page.get_by_role("heading", name="Chat and SMS")).to_be_visible()


def test_S57_one_can_reply_and_the_answer_comes_live_and_is_read(talk, desk, customer, nadia):
    contact, conversation = nadia
    talk.open(conversation)

    talk.write("Tiles are here.")

    talk.says("Tiles are here.", "Delivered")
    customer(contact["numbers"][0]["value"], "Coming at four.", ANN_DIRECT)
    talk.says("Coming at four.")
    expect(talk.page.locator("pbx-chat-box")).to_have_count(0)
    until(lambda: desk.expect(200, "GET", f"/conversations/{conversation}")["unread"] == 0, what="being read")


def test_S52_the_line_new_stands_where_the_reader_left_off(talk, desk, customer, nadia):
    contact, conversation = nadia
    number = contact["numbers"][0]["value"]
    customer(number, "Seen before", ANN_DIRECT)
    desk.expect(204, "POST", f"/conversations/{conversation}/read", {"upTo": 1})
    customer(number, "Not seen", ANN_DIRECT)

    talk.open(conversation)

    talk.says("Not seen")
    shown = talk.log.locator(".m .b, .new").all_text_contents()
    assert shown == ["Seen before", "New", "Not seen"]
    until(lambda: desk.expect(200, "GET", f"/conversations/{conversation}")["unread"] == 0, what="being read")
    talk.page.reload()
    talk.says("Not seen")
    expect(talk.log.locator(".new")).to_have_count(0)


def test_S57_two_colleagues_talk_on_their_pages(ann, ben, desk, portal):
    room = desk.chat_with(colleague(desk, "Ben Okafor"))
    mine, his = Talk(ann.page).open(room), Talk(ben.page).open(room)
    expect(mine.card).to_contain_text("Chat: online")

    mine.write("On the page")
    his.says("On the page")
    his.write("Me too")

    mine.says("Me too")
    mine.says("On the page", "Read")


def test_S55_a_single_message_is_deleted_and_undone(talk, customer, nadia):
    contact, conversation = nadia
    for text in ("One to keep", "One to delete"):
        customer(contact["numbers"][0]["value"], text, ANN_DIRECT)
    talk.open(conversation)
    talk.bubble("One to delete").focus()

    talk.page.keyboard.press("Delete")

    expect(talk.bubble("One to delete")).to_have_count(0)
    talk.page.get_by_role("button", name="Undo").click()
    expect(talk.bubble("One to delete")).to_be_visible()
    expect(talk.bubble("One to keep")).to_be_visible()


def test_S65_view_all_returns_to_the_history(talk, nadia):
    talk.open(nadia[1])

    talk.page.get_by_role("link", name="View All").click()

    expect(talk.page).to_have_url(re.compile("/messages$"))
    expect(talk.page.get_by_role("heading", name="Chat and SMS")).to_be_visible()


def test_S66_new_conversation_opens_an_empty_box(talk, nadia):
    talk.open(nadia[1])

    talk.page.get_by_role("button", name="New Conversation", exact=True).click()

    expect(talk.page.get_by_role("combobox", name="To")).to_be_focused()




def test_a_box_of_the_same_conversation_moves_onto_the_page_with_its_draft(ann, talk, desk, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.entry.fill("Half a thought")

    talk.open(desk.sms_to(unknown_number, ANN_DIRECT))

    expect(talk.entry).to_have_value("Half a thought")
    expect(ann.page.locator("pbx-chat-box")).to_have_count(0)


def test_a_conversation_that_is_not_there_says_so(ann, talk):
    ann.page.goto("/messages/00000000-0000-7000-8000-000000000000")

    expect(ann.page.get_by_role("heading", name="This conversation is not here")).to_be_visible()
    ann.page.get_by_role("link", name="View All").click()
    expect(ann.page.get_by_role("heading", name="Chat and SMS")).to_be_visible()
    ann.errors.clear()      # the browser logs that nothing was found


def test_the_whole_page_works_by_keyboard_alone(ann, talk, customer, nadia):
    customer(nadia[0]["numbers"][0]["value"], "By keys", ANN_DIRECT)
    page = ann.page
    page.goto("/messages")
    expect(page.get_by_role("listitem").filter(has_text="By keys")).to_be_visible()
    page.get_by_role("listitem").filter(has_text="By keys").get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(talk.log).to_contain_text("By keys")

    for _ in range(40):
        page.keyboard.press("Tab")
        if talk.entry.evaluate("el => el.getRootNode().activeElement === el"):
            break
    page.keyboard.type("Typed")
    page.keyboard.press("Enter")
    talk.says("Typed", "Sent")
    for _ in range(40):
        page.keyboard.press("Tab")
        if talk.card.get_by_role("button", name="Conversation settings").evaluate(
                "el => el.getRootNode().activeElement === el"):
            break
    page.keyboard.press("Enter")
    expect(talk.card.get_by_role("menuitem", name="Turn Off Notifications")).to_be_focused()
    page.keyboard.press("Escape")
    expect(talk.card.get_by_role("button", name="Conversation settings")).to_be_focused()


@pytest.mark.chromium
@pytest.mark.parametrize("look", [PHONE, SMALL], ids=["390", "320"])
def test_a_phone_shows_the_log_the_composer_and_the_card_without_scrolling_sideways(enter, nadia, look):
    person = enter(ANN, **look)
    talk = Talk(person.page).open(nadia[1])

    width = person.page.evaluate("document.scrollingElement.scrollWidth")

    assert width <= look["viewport"]["width"]
    talk.write("From a phone")
    talk.says("From a phone", "Sent")
    talk.card.scroll_into_view_if_needed()
    expect(talk.card.get_by_role("link", name="Send e-mail")).to_be_visible()


@pytest.mark.chromium
def test_paper_gets_the_messages_and_nothing_to_press(talk, customer, nadia):
    customer(nadia[0]["numbers"][0]["value"], "On paper", ANN_DIRECT)
    talk.open(nadia[1])
    talk.says("On paper")

    talk.page.emulate_media(media="print")

    expect(talk.bubble("On paper")).to_be_visible()
    expect(talk.title).to_be_visible()
    expect(talk.page.get_by_text(re.compile("^Printed "))).to_be_visible()
    for hidden in (talk.entry, talk.card, talk.page.locator("header.top"), talk.page.locator("pbx-dock-row")):
        expect(hidden).to_be_hidden()
