"""Messages → Chat and SMS: the list of all conversations and what can be done from it."""

import re

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN, ANN_DIRECT, FRONT_DESK
from support.people import colleague
from support.waiting import until


class History:
    """The page of all conversations."""

    def __init__(self, page):
        self.page = page
        self.rows = page.get_by_role("list", name="Conversations").get_by_role("listitem")
        self.toast = page.locator(".toast")

    def open(self):
        self.page.goto("/messages")
        expect(self.page.locator("html")).to_have_attribute("data-link", "live")
        return self

    def row(self, name):
        return self.rows.filter(has_text=name)

    def filter(self, name):
        self.page.get_by_role("group", name="Show").get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def history(ann):
    return History(ann.page)


def weight(locator):
    return int(locator.evaluate("el => getComputedStyle(el).fontWeight"))


def test_S50_S53_the_profile_menu_leads_to_chat_and_sms(ann, history, customer, unknown_number):
    customer(unknown_number, "Good morning", ANN_DIRECT)
    ann.page.get_by_role("button", name="account menu").click()
    expect(ann.page.get_by_role("menu").get_by_text("Messages", exact=True)).to_be_visible()

    ann.page.get_by_role("menuitem", name="Chat and SMS").click()

    expect(ann.page).to_have_url(re.compile("/messages$"))
    expect(ann.page.get_by_role("heading", name="Chat and SMS", level=1)).to_be_visible()
    expect(history.row(plain(unknown_number))).to_contain_text("Good morning")


def test_S51_all_conversations_of_both_kinds_newest_first_and_live(ann, ben, portal, history, customer, unknown_number):
    writer = portal.sign_in(ANN)
    writer.send(writer.chat_with(colleague(writer, "Ben Okafor")), "Said in a chat")
    customer(unknown_number, "Said in a text", ANN_DIRECT)
    history.open()
    expect(history.rows.first).to_contain_text("Said in a text")
    expect(history.rows.first.locator(".tag")).to_have_text("SMS")
    expect(history.rows.nth(1)).to_contain_text("Said in a chat")
    expect(history.rows.nth(1).locator(".tag")).to_have_text("CHAT")

    his = ben.start("ann", "chat", "Ann Whitfield")
    his.write("And it moves up")

    expect(history.rows.first).to_contain_text("And it moves up")
    expect(history.row("Ben Okafor")).to_have_count(1)


def test_S52_new_messages_are_bold_and_opening_unbolds_in_every_tab(ann, history, customer, unknown_number):
    customer(unknown_number, "Is anybody there?", FRONT_DESK)
    history.open()
    other = History(ann.context.new_page()).open()
    name = plain(unknown_number)
    for page in (history, other):
        row = page.row(name)
        expect(row.get_by_role("link", name=f"Unread: {name}")).to_be_visible()
        assert weight(row.get_by_role("link")) == weight(row.locator(".last")) == weight(row.locator("time")) == 700
        expect(row.locator(".count")).to_contain_text("1 unread")

    ann.page.bring_to_front()
    history.row(name).get_by_role("link").click()

    expect(ann.page.get_by_role("heading", name=name, level=1)).to_be_visible()
    expect(other.row(name).get_by_role("link", name=re.compile("Unread"))).to_have_count(0)
    assert weight(other.row(name).get_by_role("link")) == 500
    ann.page.get_by_role("link", name="View All").click()
    expect(history.row(name).locator(".count")).to_have_count(0)


def test_S49_the_count_of_what_is_new_follows_on_every_page(ann, history, customer, unknown_number):
    history.open()
    badge = ann.page.get_by_role("button", name="account menu")
    before = badge.get_attribute("aria-label")

    customer(unknown_number, "One more", ANN_DIRECT)

    expect(badge).not_to_have_attribute("aria-label", before)
    expect(history.page.get_by_text(re.compile(r"^\d+ conversations? with new messages$"))).to_be_visible()
    history.row(plain(unknown_number)).get_by_role("link").click()
    expect(badge).to_have_attribute("aria-label", before)


def test_S54_reply_opens_the_box_with_the_caret_in_it_and_raises_one_that_is_open(ann, history, customer, unknown_number):
    customer(unknown_number, "Please answer", ANN_DIRECT)
    history.open()
    name = plain(unknown_number)
    reply = history.row(name).get_by_role("button", name=f"Reply to {name}")

    reply.click()

    box = ann.box("sms", name)
    expect(box.entry).to_be_focused()
    box.button("Minimise").click()
    reply.click()
    expect(box.entry).to_be_focused()
    expect(ann.page.locator("pbx-chat-box")).to_have_count(1)
    box.write("Here I am")
    box.says("Here I am", "Delivered")
    expect(history.row(name).locator(".last")).to_contain_text("You: Here I am")


def test_S55_delete_takes_a_row_away_in_every_tab_and_undo_brings_it_back(ann, history, customer, unknown_number):
    customer(unknown_number, "To be deleted", ANN_DIRECT)
    history.open()
    other = History(ann.context.new_page()).open()
    ann.page.bring_to_front()
    name = plain(unknown_number)
    expect(other.row(name)).to_have_count(1)

    history.row(name).get_by_role("button", name=f"Delete conversation with {name}").click()

    expect(history.row(name)).to_have_count(0)
    expect(other.row(name)).to_have_count(0)
    expect(history.toast).to_contain_text(f"Conversation with {name} deleted")
    history.toast.get_by_role("button", name="Undo").click()
    ann.page.wait_for_function("document.activeElement !== document.body")
    expect(history.row(name)).to_contain_text("To be deleted")
    expect(other.row(name)).to_contain_text("To be deleted")
    history.row(name).get_by_role("link").click()
    expect(ann.page.get_by_role("log")).to_contain_text("To be deleted")


def test_S55_keys_alone_delete_and_undo_and_the_focus_stays_in_the_list(ann, history, customer, unknown_number):
    customer("+18585559901", "The one below", ANN_DIRECT)
    customer(unknown_number, "The one above", ANN_DIRECT)
    history.open()
    name = plain(unknown_number)
    history.row(name).get_by_role("link").focus()

    ann.page.keyboard.press("Tab")
    ann.page.keyboard.press("Tab")
    expect(history.row(name).get_by_role("button", name="Delete conversation")).to_be_focused()
    ann.page.keyboard.press("Enter")

    expect(history.row(name)).to_have_count(0)
    expect(history.rows.first.get_by_role("link")).to_be_focused()
    ann.page.keyboard.press("Control+z")
    expect(history.row(name)).to_contain_text("The one above")


def test_S55_a_deleted_conversation_stays_away_and_begins_afresh(ann, history, customer, unknown_number):
    customer(unknown_number, "Before", ANN_DIRECT)
    history.open()
    name = plain(unknown_number)
    history.row(name).get_by_role("button", name=f"Delete conversation with {name}").click()
    expect(history.row(name)).to_have_count(0)
    ann.page.reload()
    ann.is_live()
    expect(history.row(name)).to_have_count(0)

    customer(unknown_number, "After", ANN_DIRECT)

    history.row(name).get_by_role("link").click()
    log = ann.page.get_by_role("log")
    expect(log).to_contain_text("After")
    expect(log).not_to_contain_text("Before")


def test_S51_filters_show_unread_sms_or_chat(ann, portal, history, customer, unknown_number):
    writer = portal.sign_in(ANN)
    writer.send(writer.chat_with(colleague(writer, "Cleo Marchetti")), "A chat")
    customer(unknown_number, "A text", ANN_DIRECT)
    history.open()
    name = plain(unknown_number)

    history.filter("Chat")
    expect(history.row("Cleo Marchetti")).to_have_count(1)
    expect(history.row(name)).to_have_count(0)
    history.filter("SMS")
    expect(history.row(name)).to_have_count(1)
    expect(history.row("Cleo Marchetti")).to_have_count(0)
    history.filter("Unread")
    expect(history.row(name)).to_have_count(1)
    expect(history.row("Cleo Marchetti")).to_have_count(0)
    expect(ann.page.get_by_role("button", name="Unread", exact=True)).to_have_attribute("aria-pressed", "true")


def test_S51_a_list_without_anything_says_so_and_begins_a_conversation(olga):
    history = History(olga.page).open()
    expect(olga.page.get_by_text("No messages yet")).to_be_visible()

    olga.page.locator(".empty").get_by_role("button", name="New Conversation").click()

    expect(olga.page.get_by_role("combobox", name="To")).to_be_focused()
    history.filter("Unread")
    expect(olga.page.get_by_text("Nothing unread")).to_be_visible()


def test_S24_a_muted_conversation_is_marked(ann, portal, history, customer, unknown_number):
    customer(unknown_number, "Quietly", ANN_DIRECT)
    writer = portal.sign_in(ANN)
    conversation = writer.sms_to(unknown_number, ANN_DIRECT)
    history.open()
    row = history.row(plain(unknown_number))
    expect(row.get_by_text("Notifications off")).to_have_count(0)
    ann.is_live()

    writer.expect(200, "PATCH", f"/conversations/{conversation}", {"isMuted": True})

    expect(row.get_by_text("Notifications off")).to_have_count(1)


def test_S66_new_conversation_opens_an_empty_box_with_a_recipient_field(history):
    history.open()

    history.page.get_by_role("button", name="New Conversation", exact=True).first.click()

    expect(history.page.get_by_role("region", name="New conversation")).to_be_visible()
    expect(history.page.get_by_role("combobox", name="To")).to_be_focused()


@pytest.mark.chromium
def test_S54_S55_a_finger_finds_reply_and_delete_in_a_menu(enter, customer, unknown_number):
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    customer(unknown_number, "From a phone", ANN_DIRECT)
    person = enter(ANN, **phone)
    history = History(person.page).open()
    name = plain(unknown_number)

    history.row(name).get_by_role("button", name=f"More for {name}").tap()
    menu = person.page.get_by_role("menu", name=f"More for {name}")
    assert menu.get_by_role("menuitem").all_inner_texts() == ["Reply", "Delete"]
    menu.get_by_role("menuitem", name="Delete").tap()

    expect(history.row(name)).to_have_count(0)
    history.toast.get_by_role("button", name="Undo").tap()
    history.row(name).get_by_role("button", name=f"More for {name}").tap()
    menu.get_by_role("menuitem", name="Reply").tap()
    expect(person.box("sms", name).entry).to_be_focused()


def test_S56_the_way_back_from_a_conversation_leads_to_the_place_in_the_list(ann, history, customer):
    for number in range(30):
        customer(f"+185855597{number:02d}", "One of many", ANN_DIRECT)
    history.open()
    expect(history.rows.first).to_be_visible()
    row = history.row("(858) 555-9712")
    ann.page.mouse.move(600, 400)
    ann.page.mouse.wheel(0, 900)
    expect(row).to_be_in_viewport()
    until(lambda: ann.page.evaluate("history.state?.top === Math.round(scrollY)"), what="the place being kept")
    place = ann.page.evaluate("scrollY")

    row.get_by_role("link").click()
    expect(ann.page.get_by_role("log")).to_be_visible()
    assert ann.page.evaluate("scrollY") == 0
    ann.page.go_back()

    expect(row).to_be_in_viewport()
    until(lambda: abs(ann.page.evaluate("scrollY") - place) < 40, what="the same place")


def test_S51_arrow_keys_go_from_row_to_row_and_enter_opens(ann, history, customer):
    for number in ("+18585559911", "+18585559912"):
        customer(number, "Row", ANN_DIRECT)
    history.open()
    history.rows.first.get_by_role("link").focus()

    ann.page.keyboard.press("ArrowDown")
    expect(history.rows.nth(1).get_by_role("link")).to_be_focused()
    ann.page.keyboard.press("ArrowUp")
    ann.page.keyboard.press("Enter")

    expect(ann.page.get_by_role("heading", name=plain("+18585559912"), level=1)).to_be_visible()
