"""A person's data removed for good, from the page of records: asked once more, told to everybody's open tabs."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from support.browser import audit, plain
from support.installation import ANN_DIRECT, FRONT_DESK, OLGA, ROOT_ADMIN
from support.people import colleague, identity
from support.server import PASSWORD
from support.waiting import until

DOMAIN = "/admin/domains/harbor.example"
LOOKS = [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}]


def ask(page, number):
    """Opens the question whether `number` is to be erased."""
    page.goto("/admin/records")
    part = page.get_by_role("region", name="Erase a person")
    part.get_by_label("Number").fill(number)
    part.get_by_role("button", name="See what there is").click()
    return page.get_by_role("dialog", name=f"Erase {number} for good?")


def test_D7_a_number_is_erased_once_it_is_typed_and_leaves_open_tabs(enter, ann, customer, unknown_number):
    olga, name = enter(OLGA), plain(unknown_number)
    ann.page.goto("/messages")
    ann.is_live()
    customer(unknown_number, "Forget me", ANN_DIRECT)
    rows = ann.page.get_by_role("list", name="Conversations").get_by_role("listitem")
    expect(rows.filter(has_text=name)).to_have_count(1)
    ann.page.get_by_role("region", name=f"SMS with {name}").get_by_role("button").first.click()
    box = ann.box("sms", name)
    box.entry.fill("An answer that was never sent")

    dialog = ask(olga.page, unknown_number)
    expect(dialog).to_contain_text("Messages: 1")
    expect(dialog).to_contain_text("An opt-out of this number stays")
    dialog.get_by_role("textbox").fill("+1858555")
    dialog.get_by_role("button", name="Erase for good").click()
    expect(dialog).to_be_visible()
    expect(rows.filter(has_text=name)).to_have_count(1)
    dialog.get_by_role("textbox").fill(unknown_number)
    dialog.get_by_role("button", name="Erase for good").click()

    expect(dialog).to_have_count(0)
    row = olga.page.get_by_role("table", name="Erase a person").get_by_role("row").nth(1)
    expect(row).to_contain_text("Nothing is left", timeout=20_000)
    expect(row).to_contain_text(f"…{unknown_number[-3:]}")
    expect(row).to_contain_text("Conversations: 1, Messages: 1")
    expect(row).to_contain_text("Olga Lindqvist")
    expect(rows.filter(has_text=name)).to_have_count(0)
    expect(box.region).to_have_count(0)
    ann.page.wait_for_function("!JSON.stringify(localStorage).includes('never sent')")


def test_D7_who_is_under_a_hold_is_not_erased_and_the_page_says_why(enter, portal, customer, unknown_number):
    customer(unknown_number, "Kept", ANN_DIRECT)
    desk = portal.sign_in(OLGA)
    hold = desk.expect(201, "POST", f"{DOMAIN}/holds", {"level": "domain", "reason": "Case 17"})
    olga = enter(OLGA)

    dialog = ask(olga.page, unknown_number)

    expect(olga.page.get_by_text("A legal hold covers some of this person’s data")).to_be_visible()
    expect(dialog).to_have_count(0)
    desk.expect(204, "DELETE", f"{DOMAIN}/holds/{hold['id']}")


def test_D7_a_user_is_chosen_by_name_and_confirmed_by_extension(enter, portal):
    portal.sign_in(OLGA).expect(201, "POST", f"{DOMAIN}/users", {
        "extension": "1079", "name": "Pat Reyes", "scope": "basic-user"})
    page = enter(OLGA).page
    page.goto("/admin/records")
    part = page.get_by_role("region", name="Erase a person")
    part.get_by_label("Whom").select_option(label="Pat Reyes (1079)")
    expect(part.get_by_label("Number")).to_be_hidden()
    expect(part.get_by_role("option", name="Olga Lindqvist")).to_have_count(0)
    part.get_by_role("button", name="See what there is").click()
    dialog = page.get_by_role("dialog", name="Erase Pat Reyes for good?")
    expect(dialog).to_contain_text("What they wrote to others stays there without their name")
    dialog.get_by_role("textbox").fill("1079")
    dialog.get_by_role("button", name="Erase for good").click()

    row = page.get_by_role("table", name="Erase a person").get_by_role("row").nth(1)
    expect(row).to_contain_text("Nothing is left", timeout=20_000)
    expect(row).to_contain_text("A user")


def test_D7_what_an_erased_colleague_wrote_stays_without_their_name(enter, ann, portal, customer, unknown_number):
    """In a chat between two, in a text that they answered, and in what a search finds."""
    desk = portal.sign_in(OLGA)
    desk.expect(201, "POST", f"{DOMAIN}/users", {
        "extension": "1078", "name": "Lee Moreno", "scope": "basic-user", "password": PASSWORD})
    lee = portal.sign_in("1078@harbor.example")
    person = identity(lee)
    portal.sign_in(ROOT_ADMIN).expect(204, "PUT", f"/admin/numbers/{quote(FRONT_DESK)}/users/{person}")
    chat = lee.chat_with(colleague(lee, "Ann Whitfield"))
    assert lee.send(chat, "So long, and thanks for the herring").status == 201
    customer(unknown_number, "Is the herring fresh?", FRONT_DESK)
    text = lee.sms_to(unknown_number, FRONT_DESK)
    assert lee.send(text, "The herring is fresh", **{"from": FRONT_DESK}).status == 202
    desk.expect(202, "POST", f"{DOMAIN}/erasures", {"user": person})
    until(lambda: desk.get(f"/admin/users/{person}").status == 404, 20, "the colleague being gone")
    page = ann.page

    page.goto(f"/messages/{chat}")
    expect(page.get_by_role("heading", name="Somebody who has left", exact=True)).to_be_visible()
    expect(page.get_by_role("log")).to_contain_text("Somebody who has left,")
    page.goto(f"/messages/{text}")
    expect(page.get_by_role("log")).to_contain_text("Somebody who has left")
    page.goto("/messages")
    page.get_by_role("searchbox").fill("herring")
    found = page.get_by_role("listitem").filter(has_text="The herring is fresh")
    expect(found).to_contain_text("Somebody who has left: The herring is fresh")
    expect(page.get_by_text("Lee Moreno")).to_have_count(0)
    expect(page.get_by_text("Only you")).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "phone"])
@pytest.mark.chromium
def test_D5_axe_finds_nothing_in_the_question(enter, customer, unknown_number, look):
    customer(unknown_number, "Hello", ANN_DIRECT)
    page = enter(OLGA, **look).page

    expect(ask(page, unknown_number)).to_be_visible()

    assert audit(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
