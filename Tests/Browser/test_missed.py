"""The bell on every page (U1), and what is told of messages that came in while somebody was away (S45, S49)."""

import re

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN, ANN_DIRECT, BEN, BOB, CLEO
from support.people import colleague
from support.server import PASSWORD

BELL = re.compile("^Unread conversations")


@pytest.mark.firefox
@pytest.mark.parametrize("path", ["/", "/messages", "/settings", "/settings/account"])
def test_U1_the_bell_counts_and_lists_unread_conversations_on_every_page(watched, customer, unknown_number, path):
    person = watched()
    page = person.page
    page.goto(path)
    person.is_live()
    customer(unknown_number, "Ring the bell", ANN_DIRECT)
    bell = page.get_by_role("button", name=BELL)
    expect(bell).to_have_accessible_name(re.compile(r"\d+ new"))

    bell.click()
    page.get_by_role("menuitem").filter(has_text=plain(unknown_number)).click()

    box = person.box("sms", plain(unknown_number))
    box.says("Ring the bell")
    expect(box.entry).to_be_focused()


@pytest.mark.firefox
def test_S45_S49_what_came_while_away_is_told_at_the_next_sign_in(visit, portal):
    cleo = portal.sign_in(CLEO)
    for one in cleo.items("/conversations"):
        cleo.expect(204, "POST", f"/conversations/{one['id']}/read", {"upTo": one["lastSequence"]})
    ben = portal.sign_in(BEN)
    room = ben.chat_with(colleague(ben, "Cleo Marchetti"))
    ben.send(room, "Invoice?")
    ben.send(room, "Hello?")

    page = visit().sign_in(CLEO, PASSWORD).page

    notice = page.get_by_role("status").filter(has_text="2 messages came in while you were away")
    expect(notice).to_contain_text("from Ben Okafor")
    expect(page.get_by_role("button", name="account menu, 1 missed message")).to_be_visible()
    page.reload()
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="See all").click()
    expect(page.get_by_role("heading", name="Chat and SMS")).to_be_visible()
    expect(notice).to_be_hidden()
    page.reload()
    expect(page.get_by_role("heading", name="Chat and SMS")).to_be_visible()
    expect(notice).to_have_count(0)


def test_S49_the_list_of_messages_shows_what_the_notice_tells_and_so_ends_it(visit, customer, portal):
    customer(BOB, "While you were out", ANN_DIRECT)
    page = visit().sign_in(ANN, PASSWORD).page
    notice = page.get_by_role("status").filter(has_text="came in while you were away")
    expect(notice).to_be_visible()

    page.get_by_role("navigation").get_by_role("link", name="Messages").click()

    expect(page.get_by_role("link", name="Unread: Bob Smith – Mobile")).to_be_visible()
    expect(notice).to_be_hidden()
    page.goto("/")
    expect(page.get_by_role("heading", name="Missed messages")).to_be_visible()
    expect(notice).to_be_hidden()


def test_S49_the_notice_goes_when_all_has_been_read(visit, portal, customer):
    customer(BOB, "Read me elsewhere", ANN_DIRECT)
    person = visit().sign_in(ANN, PASSWORD)
    notice = person.page.get_by_role("status").filter(has_text="came in while you were away")
    expect(notice).to_be_visible()
    ann = portal.sign_in(ANN)

    for one in ann.items("/conversations"):
        ann.expect(204, "POST", f"/conversations/{one['id']}/read", {"upTo": one["lastSequence"]})

    expect(notice).to_be_hidden()
    expect(person.page.get_by_role("button", name="Unread conversations", exact=True)).to_be_visible()
