"""The settings: each choice counts at once and everywhere; the account: password, sessions. Accessible in every look."""

import re

import pytest
from playwright.sync_api import expect

from support.attention import prefer, prepare, tones
from support.browser import audit
from support.installation import ANN, BEN, CLEO, OLGA
from support.people import colleague
from support.server import PASSWORD
from support.waiting import until

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE, "dark phone": {**PHONE, "color_scheme": "dark"}}
PAGES = {"": "Notifications", "/replies": "Writing and away", "/appearance": "Appearance", "/keyboard": "Keyboard",
         "/account": "Account"}


def preferences(portal, login):
    return portal.sign_in(login).expect(200, "GET", "/preferences")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.chromium
def test_B2_axe_finds_nothing_on_the_settings_the_bell_and_the_notices(enter, portal, look):
    ben = portal.sign_in(BEN)
    ben.send(ben.chat_with(colleague(ben, "Ann Whitfield")), "Are you there?")
    page = enter(ANN, **LOOKS[look]).page
    expect(page.get_by_text("came in while you were away")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Unread conversations")).click()
    expect(page.get_by_role("menuitem").first).to_be_focused()
    assert audit(page) == []
    for path, heading in PAGES.items():
        page.goto(f"/settings{path}")
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        if path == "/account":
            expect(page.get_by_text("This browser")).to_be_visible()
        assert audit(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert audit(page) == []


@pytest.mark.firefox
def test_S39_each_way_of_being_notified_has_a_switch_that_is_kept(ann, portal):
    page = ann.page
    page.get_by_role("button", name="account menu").click()
    page.get_by_role("menuitem", name="Notifications").click()
    expect(page.get_by_role("heading", level=1, name="Notifications")).to_be_visible()

    page.get_by_role("combobox", name="Tone").select_option(label="When the portal is hidden")
    page.get_by_role("switch", name="Browser tab").uncheck()
    page.get_by_role("switch", name="Browser notification").uncheck()
    page.get_by_role("switch", name="Hide the text").check()
    page.get_by_role("switch", name="Green chat box").uncheck()

    def kept():
        now = preferences(portal, ANN)
        return (now["tone"], now["flashesTitle"], now["showsNotices"], now["hidesText"], now["turnsGreen"])

    until(lambda: kept() == ("hidden", False, False, True, False), what="the server having it")
    page.reload()
    expect(page.get_by_role("combobox", name="Tone")).to_have_value("hidden")
    expect(page.get_by_role("switch", name="Green chat box")).not_to_be_checked()
    prefer(portal.sign_in(ANN), tone="always", flashesTitle=True, showsNotices=True, hidesText=False, turnsGreen=True)


def test_S40_U6_the_tone_can_be_tried(visit):
    page = prepare(visit()).sign_in(ANN, PASSWORD).page
    page.goto("/settings")

    page.get_by_role("button", name="Play the tone").click()

    until(lambda: tones(page) == 1, what="one tone")
    expect(page.get_by_role("status").filter(has_text="The tone was played.")).to_be_attached()


@pytest.mark.chromium
def test_S42_the_settings_ask_for_permission_and_say_how_to_mend_a_refusal(ann):
    page = ann.page
    page.add_init_script("""
        let answer = 'default';
        Object.defineProperty(Notification, 'permission', { configurable: true, get: () => answer });
        Notification.requestPermission = async () => (answer = 'denied');
    """)
    page.goto("/settings")
    allow = page.get_by_role("button", name="Allow", exact=True)

    allow.click()

    expect(allow).to_be_hidden()
    expect(page.get_by_text("Allow notifications for this address in the browser’s site settings.")).to_be_visible()


@pytest.mark.firefox
def test_a_choice_made_in_one_browser_counts_in_the_other(ann, portal):
    ann.page.goto("/settings/appearance")
    density = ann.page.get_by_role("combobox", name="Density")
    expect(density).to_have_value("comfortable")

    prefer(portal.sign_in(ANN), density="compact")

    expect(ann.page.locator("html")).to_have_attribute("data-density", "compact")
    prefer(portal.sign_in(ANN), density="comfortable")


@pytest.mark.firefox
def test_density_moves_rows_closer(ann, portal):
    page = ann.page
    row = page.get_by_role("region", name="Contacts").get_by_role("listitem").first
    height = "row => row.getBoundingClientRect().height"
    # While the list is drawn anew its rows have none.
    before = until(lambda: row.evaluate(height), what="a row")

    page.goto("/settings/appearance")
    page.get_by_role("combobox", name="Density").select_option(label="Compact")

    expect(page.locator("html")).to_have_attribute("data-density", "compact")
    page.get_by_role("link", name="Home", exact=True).click()
    until(lambda: 0 < row.evaluate(height) < before, what="a lower row")
    until(lambda: preferences(portal, ANN)["density"] == "compact", what="the server having it")
    prefer(portal.sign_in(ANN), density="comfortable")


@pytest.mark.firefox
def test_the_theme_is_chosen_for_this_browser(ann):
    page = ann.page
    page.goto("/settings/appearance")

    page.get_by_role("combobox", name="Theme").select_option(label="Dark")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_away_reply_has_words_and_a_switch(enter, portal):
    page = enter(OLGA).page
    page.goto("/settings/replies")
    page.get_by_role("textbox", name="Text of the away reply").fill("Back on Monday.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()

    page.get_by_role("switch", name="Away reply").check()

    wanted = {"isOn": True, "text": "Back on Monday."}
    until(lambda: preferences(portal, OLGA)["away"] == wanted, what="the server having it")
    page.get_by_role("switch", name="Away reply").uncheck()
    until(lambda: not preferences(portal, OLGA)["away"]["isOn"], what="the server having it off")


def test_undo_send_is_chosen_in_seconds(ann, portal):
    ann.page.goto("/settings/replies")

    ann.page.get_by_role("combobox", name="Undo send").select_option(label="10 seconds")

    until(lambda: preferences(portal, ANN)["undoSendSeconds"] == 10, what="the server having it")
    prefer(portal.sign_in(ANN), undoSendSeconds=0)


def test_a_choice_that_the_server_refuses_is_taken_back_and_said(ann):
    page = ann.page
    page.goto("/settings")
    page.route("**/api/v1/preferences", lambda route: route.fulfill(
        status=403, content_type="application/problem+json", body='{"id": "no", "detail": "Not today."}'))

    page.get_by_role("switch", name="Browser tab").uncheck()

    expect(page.get_by_role("status").filter(has_text="Not today.")).to_be_visible()
    ann.errors.clear()      # the browser logs the refusal


@pytest.mark.firefox
def test_sessions_are_listed_and_another_one_is_signed_out(enter):
    here, there = enter(CLEO), enter(CLEO)
    page = here.page
    page.goto("/settings/account")
    mine = page.get_by_role("listitem").filter(has_text="This browser")
    expect(mine).to_have_count(1)

    page.get_by_role("button", name=re.compile("^Sign out (Chrome|Firefox) on Linux$")).first.click()

    expect(there.page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(mine).to_have_count(1)
    there.errors.clear()    # its requests are refused from then on


def test_signing_out_everywhere_ends_this_session_too(enter):
    here, there = enter(CLEO), enter(CLEO)
    here.page.goto("/settings/account")

    here.page.get_by_role("button", name="Sign out everywhere").click()

    for person in (here, there):
        expect(person.page.get_by_role("heading", name="Sign in")).to_be_visible()
        person.errors.clear()


def test_the_password_is_changed_and_other_browsers_are_signed_out(enter, visit, portal):
    here, there = enter(CLEO), enter(CLEO)
    page = here.page
    page.goto("/settings/account")
    present, new = page.get_by_label("Present password"), page.get_by_label("New password")
    change = page.get_by_role("button", name="Change password")

    present.fill("not it")
    new.fill("another-horse-7")
    change.click()
    expect(page.get_by_role("alert")).to_contain_text("This is not your present password.")
    present.fill(PASSWORD)
    change.click()

    expect(page.get_by_role("status").filter(has_text="Your password has been changed.")).to_be_visible()
    expect(there.page.get_by_role("heading", name="Sign in")).to_be_visible()
    portal.clients.pop(CLEO, None)
    here.errors.clear()
    there.errors.clear()
    visit().sign_in(CLEO, "another-horse-7")
    present.fill("another-horse-7")
    new.fill(PASSWORD)
    change.click()
    expect(present).to_have_value("")


def test_the_settings_are_found_below_messages_too(ann):
    ann.page.goto("/messages/settings")
    expect(ann.page.get_by_role("heading", name="Notifications", level=1)).to_be_visible()
