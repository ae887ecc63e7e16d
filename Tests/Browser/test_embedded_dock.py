"""`<pbx-dock>` in the page of another portal, on another origin, under that page's strict policy."""

import base64
import re

import pytest
from playwright.sync_api import expect

from support.browser import Box, Person, audit
from support.hostportal import SECRET, HostPortal, embedding
from support.installation import ANN, BEN, Installation
from support.people import colleague
from support.server import PASSWORD
from support.waiting import until

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture(scope="module")
def host():
    one = HostPortal()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def portal(tmp_path_factory, seed_file, host):
    """A portal that `host` may embed."""
    one = Installation(tmp_path_factory.mktemp("portal") / "portal", seed_file, environment={"EMBED_SECRET": SECRET})
    one.manifest["embedding"] = embedding(host.url)
    one.save()
    one.portal.start()
    host.start(one.portal.url, ANN)
    yield one.portal
    one.portal.stop()


class Guest(Person):
    """Somebody in the host portal's page."""

    def open(self):
        self.page.goto("/")
        self.dock = self.page.locator("pbx-dock")
        return self

    def is_live(self):
        expect(self.dock).to_have_attribute("data-link", "live")
        expect(self.dock.locator("pbx-contact-dock [data-key]").first).to_be_attached()
        return self


@pytest.fixture
def guest(browser, portal, host):
    """Ann in the host portal's page; nothing there may complain."""
    made = []

    def visit(url=host.url, **more):
        made.append(Guest(browser, url, **more))
        return made[-1].open()

    yield visit
    errors = [error for one in made for error in one.errors]
    for one in made:
        one.context.close()
    assert errors == []


@pytest.mark.firefox
def test_E8_the_dock_in_another_portal_chats_live_both_ways_and_texts(guest, enter):
    ann = guest().is_live()
    ben = enter(BEN)

    box = ann.start("ben", "chat", "Ben Okafor")
    box.write("From the intranet")
    his = ben.start("ann", "chat", "Ann Whitfield")
    his.says("From the intranet")
    his.write("From the portal")
    box.says("From the portal")

    sms = ann.start("858 555 0177", "sms", "(858) 555-0177")
    sms.write("By text")
    sms.says("By text", "Delivered")
    assert ann.page.title().startswith("Harbor & Pine intranet") or "sent a message" in ann.page.title()


def test_E8_the_page_and_the_dock_keep_their_own_looks_and_the_theme_is_the_pages(guest):
    ann = guest().is_live()
    note = ann.page.get_by_label("Notes")
    start = ann.dock.get_by_role("button", name="Start a New Conversation")

    assert note.evaluate("el => getComputedStyle(el).borderStyle") == "double"
    assert start.evaluate("el => getComputedStyle(el).borderStyle") != "double"
    head = ann.dock.locator("pbx-contact-dock .head")
    assert head.evaluate("el => getComputedStyle(el).backgroundColor") == "rgb(107, 61, 15)"
    ann.page.evaluate("document.querySelector('pbx-dock').setAttribute('theme', 'dark')")
    until(lambda: head.evaluate("el => getComputedStyle(el).colorScheme") == "dark", what="the dark scheme")


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}],
                         ids=["light", "dark", "phone"])
@pytest.mark.chromium
def test_E8_axe_finds_nothing_in_the_dock(guest, portal, look):
    desk = portal.sign_in(BEN)
    desk.send(desk.chat_with(colleague(desk, "Ann Whitfield")), "Hello from the portal")
    ann = guest(**look).is_live()
    if "viewport" not in look:
        box = ann.start("ben", "chat", "Ben Okafor")
        box.says("Hello from the portal")
        expect(ann.page.locator("pbx-chat-box[fresh]")).to_have_count(0)
        until(lambda: box.region.evaluate("el => el.shadowRoot.getAnimations().length") == 0, what="the colours standing")

    assert audit(ann.page) == []


def test_E8_after_a_reload_a_new_token_is_fetched_and_the_draft_is_there(guest):
    ann = guest().is_live()
    box = ann.start("ben", "chat", "Ben Okafor")
    box.entry.fill("Half a sentence")

    ann.page.reload()

    ann.is_live()
    expect(ann.box("chat", "Ben Okafor").entry).to_have_value("Half a sentence")


def test_E8_a_picture_in_a_chat_is_fetched_with_the_bearer(guest, portal):
    desk = portal.sign_in(BEN)
    room = desk.chat_with(colleague(desk, "Ann Whitfield"))
    answer = desk.request("POST", "/attachments?name=dot.png", PIXEL, {"Content-Type": "image/png"})
    assert desk.send(room, "", attachments=[answer.json()["id"]]).status == 201
    ann = guest().is_live()

    box = ann.start("ben", "chat", "Ben Okafor")

    expect(box.log.get_by_role("img").last).to_have_attribute("src", re.compile("^blob:"))


def test_E8_a_session_that_is_ended_elsewhere_is_replaced_by_a_new_token(guest, portal):
    ann = guest().is_live()
    desk = portal.sign_in(ANN)
    for session in desk.items("/sessions"):
        if not session["isCurrent"]:
            desk.expect(204, "DELETE", f"/sessions/{session['id']}")

    box = ann.start("ben", "chat", "Ben Okafor")
    box.write("Still here")

    box.says("Still here")
    ann.errors = [error for error in ann.errors if "401" not in error]


def test_E8_a_server_that_vouches_wrongly_is_told_in_words(browser, portal, host):
    host.stop()
    host.start(portal.url, ANN, secret="another-secret-of-thirty-two-bytes-or-more")
    ann = Guest(browser, host.url).open()

    expect(ann.dock.get_by_role("status").filter(has_text="Messages are not available here.")).to_be_visible()
    expect(ann.page.get_by_role("button", name="Start a New Conversation")).to_have_count(0)

    host.stop()
    host.start(portal.url, ANN)
    ann.dock.get_by_role("button", name="Try again").click()
    ann.is_live()
    ann.context.close()


def test_E8_a_page_of_an_origin_that_is_not_named_gets_nothing(browser, portal, host):
    stranger = HostPortal().start(portal.url, ANN)
    try:
        ann = Guest(browser, stranger.url).open()
        until(lambda: ann.errors, what="the browser's refusal")
        assert ann.page.evaluate("document.querySelector('pbx-dock').shadowRoot") is None
        ann.context.close()
    finally:
        stranger.stop()


def test_E8_who_signs_in_to_the_portal_itself_is_somebody_else(guest, enter):
    ann = guest().is_live()
    ben = enter(BEN)

    expect(ben.page.get_by_role("heading", name="Hello")).to_be_visible()
    assert isinstance(ann.box("chat", "Ben Okafor"), Box)
    assert ann.context.cookies() == []
    assert PASSWORD not in ann.page.content()
