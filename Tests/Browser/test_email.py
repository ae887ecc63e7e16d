"""U1: the e-mail about unread messages, from its link to the conversation, and how to stop it. A real mail server takes it."""

import secrets

import pytest
from playwright.sync_api import expect

from support.browser import audit
from support.installation import ANN, BEN, Installation
from support.mailserver import ENVIRONMENT, Authority, MailServer, link, plugins
from support.people import colleague
from support.server import PASSWORD
from support.waiting import until

BENS = "ben.okafor@harbor.example"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE}


@pytest.fixture(scope="module")
def mail(tmp_path_factory):
    authority = Authority(tmp_path_factory.mktemp("authority"))
    server = MailServer(authority.context())
    server.authority = authority
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def portal(tmp_path_factory, seed_file, mail):
    """In the place of the other tests' portal: one that sends e-mails."""
    one = Installation(
        tmp_path_factory.mktemp("portal") / "portal", seed_file, plugins=plugins(mail.url, mail.authority.certificate),
        environment=ENVIRONMENT)
    one.portal.start()
    yield one.portal
    one.portal.stop()


@pytest.fixture
def email(portal, mail):
    """Ann writes to Ben, who isn't there; gives his e-mail and what she wrote."""
    ben = portal.sign_in(BEN)
    ben.expect(200, "PUT", "/email/digest", {"isOn": True})
    before = len(mail.to(BENS))
    ann = portal.sign_in(ANN)
    text = f"The van is loaded {secrets.token_hex(3)}"
    assert ann.send(ann.chat_with(colleague(ann, "Ben Okafor")), text).status == 201
    return until(lambda: mail.to(BENS)[before:], 25, "Ben's e-mail")[0], text


def test_U1_the_link_leads_through_the_sign_in_to_the_conversation(visit, email):
    message, text = email
    page = visit().page
    page.goto(link(message, "open"))

    page.get_by_label("User", exact=True).fill(BEN)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("main").get_by_text(text)).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Ann Whitfield")).to_be_visible()


def test_U1_who_is_signed_in_is_at_the_conversation_at_once(enter, email):
    message, text = email
    page = enter(BEN).page

    page.goto(link(message, "open"))

    expect(page.get_by_role("main").get_by_text(text)).to_be_visible()


def test_U1_a_changed_link_says_so_and_leads_to_the_portal(visit, email):
    stranger = visit(locale="de-DE")
    page = stranger.page

    assert page.goto(link(email[0], "open") + "x").status == 404

    expect(page.get_by_role("heading", name="Dieser Link funktioniert nicht")).to_be_visible()
    # The browser itself complains of every 404.
    stranger.errors[:] = [error for error in stranger.errors if "404" not in error]
    page.get_by_role("link", name="Zum Portal").click()
    expect(page.get_by_role("button", name="Anmelden")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_U1_the_emails_are_stopped_without_signing_in_and_wanted_again(visit, portal, email, look):
    message, _ = email
    page = visit(**LOOKS[look]).page
    ben = portal.sign_in(BEN)
    page.goto(link(message, "stop"))
    expect(page.get_by_text("b•••@harbor.example")).to_be_visible()
    assert audit(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]
    assert ben.expect(200, "GET", "/email/digest")["isOn"] is True

    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Stop the e-mails")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="The e-mails are stopped")).to_be_visible()
    assert ben.expect(200, "GET", "/email/digest")["isOn"] is False
    assert audit(page) == []
    page.get_by_role("button", name="I want them after all").click()
    expect(page.get_by_role("heading", name="The e-mails are on again")).to_be_visible()
    assert ben.expect(200, "GET", "/email/digest")["isOn"] is True


@pytest.mark.parametrize("look", LOOKS)
def test_U1_the_settings_have_a_switch_that_is_kept(enter, portal, look):
    portal.sign_in(BEN).expect(200, "PUT", "/email/digest", {"isOn": True})
    page = enter(BEN, **LOOKS[look]).page
    page.goto("/settings")
    switch = page.get_by_role("switch", name="E-mail")
    expect(switch).to_be_checked()
    expect(page.get_by_text(f"To {BENS}, when messages stay unread")).to_be_visible()
    assert audit(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]

    switch.focus()
    with page.expect_response("**/api/v1/email/digest") as answered:
        page.keyboard.press("Space")

    assert answered.value.status == 200
    assert portal.sign_in(BEN).expect(200, "GET", "/email/digest")["isOn"] is False
    page.reload()
    expect(page.get_by_role("switch", name="E-mail")).not_to_be_checked()
