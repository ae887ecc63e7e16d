"""One browser, two people: what one wrote never goes out as the other's, and nothing of the one is shown to the other."""

import pytest
from playwright.sync_api import expect

from support.installation import ANN, BEN
from support.people import colleague
from support.server import PASSWORD
from support.waiting import until

TEXT = "Only Ann may say this"


@pytest.fixture
def shared(visit):
    """A browser with two tabs, both of which ask who is there."""
    person = visit()
    # So that what a tab asks when its stream ends can be held up.
    person.context.add_init_script("delete globalThis.SharedWorker")
    person.second = person.context.new_page()
    person.second.goto("/")
    return person.sign_in(ANN, PASSWORD)


def sign_in(page, login):
    page.get_by_label("User", exact=True).fill(login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Hello").wait_for()


def sign_out(page):
    page.get_by_role("button", name="account menu").click()
    page.get_by_role("menuitem", name="Sign out").click()


def texts(portal):
    client = portal.sign_in(ANN)
    return [(one["text"], one["authorId"]) for one in client.messages(client.chat_with(colleague(client, "Ben Okafor")))]


def refuse_for_now(page):
    """Messages are to come back in an hour."""
    page.route("**/messages", lambda route: route.fulfill(
        status=429, headers={"Retry-After": "3600"}, content_type="application/problem+json",
        body='{"id": "sms.daily-limit", "status": 429, "title": "Too Many Requests", "detail": "Later."}'))


def test_what_waits_does_not_go_out_as_the_next_user_of_the_browser(shared, portal):
    refuse_for_now(shared.page)
    box = shared.start("Ben", "chat", "Ben Okafor")
    box.write(TEXT)
    box.says(TEXT, "Waiting")
    shared.page.unroute("**/messages")
    held = []
    shared.page.route("**/api/v1/session", lambda route: held.append(route), times=1)

    sign_in(shared.second, BEN)
    # Her session is over, and Ben's cookie is there before her page has asked for hers.
    until(lambda: shared.page.evaluate("1") and held, what="her page asking who is there")
    for route in held:
        route.continue_()

    expect(shared.page.get_by_role("heading", name="Hello, Ben")).to_be_visible()
    expect(shared.page.get_by_text(TEXT)).to_have_count(0)
    ann = colleague(portal.sign_in(BEN), "Ann Whitfield")
    assert all(author == ann for text, author in texts(portal) if text == TEXT)
    shared.errors.clear()


def test_what_waits_goes_when_its_author_is_back(shared, portal):
    refuse_for_now(shared.page)
    box = shared.start("Ben", "chat", "Ben Okafor")
    box.write("Ann says this later")
    box.says("Ann says this later", "Waiting")
    shared.page.unroute("**/messages")
    sign_out(shared.page)
    sign_in(shared.page, BEN)
    expect(shared.start("Ann", "chat", "Ann Whitfield").bubble("Ann says this later")).to_have_count(0)
    sign_out(shared.page)

    sign_in(shared.page, ANN)

    shared.start("Ben", "chat", "Ben Okafor").says("Ann says this later", "Sent")
    shared.errors.clear()


def test_a_sign_out_that_fails_says_so(ann):
    ann.page.route("**/api/v1/session", lambda route: route.abort() if route.request.method == "DELETE" else route.continue_())

    sign_out(ann.page)

    expect(ann.page.get_by_text("The portal cannot be reached.")).to_be_visible()
    expect(ann.page.get_by_role("heading", name="Hello, Ann")).to_be_visible()
    ann.errors.clear()


def test_a_draft_is_the_newest_of_all_tabs(ann):
    second = ann.context.new_page()
    second.goto("/")
    for page in (ann.page, second):
        page.get_by_role("button", name="Chat with Ben Okafor").first.click()
    region = "Chat with Ben Okafor"
    here, there = (page.get_by_role("region", name=region).locator("textarea") for page in (ann.page, second))
    expect(here).to_be_visible()

    there.fill("A long draft")
    expect(here).to_have_value("A long draft")
    second.close()
    ann.page.reload()

    expect(here).to_have_value("A long draft")
