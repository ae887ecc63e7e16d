"""Records in the browser: how long messages are kept, legal holds, a person's data as one file, and the audit log."""

import zipfile

import pytest
from playwright.sync_api import expect

from support.browser import audit
from support.installation import ANN, OLGA, ROOT_ADMIN

DOMAIN = "/admin/domains/harbor.example"


def set_days(desk, **days):
    """Says how long messages of a kind are kept; None for ever. Gives the rules that hold then."""
    rules = [{"kind": kind, "days": count} for kind, count in days.items()]
    return desk.expect(200, "PUT", f"{DOMAIN}/retention", {"rules": rules})["rules"]


@pytest.fixture
def olga(enter, portal):
    """The office manager, and no rules or holds before and after."""

    def clear():
        desk = portal.sign_in(OLGA)
        set_days(desk, sms=None, chat=None)
        for hold in desk.items(f"{DOMAIN}/holds"):
            desk.expect(204, "DELETE", f"{DOMAIN}/holds/{hold['id']}")

    clear()
    yield enter(OLGA)
    clear()


def test_D7_how_long_messages_are_kept_is_asked_once_more_and_kept(olga, portal):
    page = olga.page
    page.goto("/admin/records")
    page.get_by_label("Chat, in days").fill("3650")

    page.get_by_role("button", name="Save the rules").click()
    dialog = page.get_by_role("dialog", name="Remove older messages?")
    dialog.get_by_role("button", name="Save the rules").click()

    expect(page.get_by_text("The rules count from now on.")).to_be_visible()
    rules = portal.sign_in(OLGA).expect(200, "GET", f"{DOMAIN}/retention")["rules"]
    assert rules == [{"kind": "chat", "days": 3650}]
    page.reload()
    expect(page.get_by_label("Chat, in days")).to_have_value("3650")
    expect(page.get_by_label("SMS, in days")).to_have_value("")


@pytest.mark.parametrize("before,meanwhile,after", [
    ({"sms": 30}, {"sms": None}, [{"kind": "chat", "days": 3650}]),
    ({}, {"sms": 60}, [{"kind": "chat", "days": 3650}, {"kind": "sms", "days": 60}])], ids=["removed", "added"])
def test_D7_a_page_opened_earlier_leaves_what_another_administrator_changed(olga, portal, before, meanwhile, after):
    """D7: a rule that was removed meanwhile doesn't come back, one that was added isn't lost."""
    desk = portal.sign_in(OLGA)
    set_days(desk, **before)
    page = olga.page
    page.goto("/admin/records")
    expect(page.get_by_label("SMS, in days")).to_have_value(str(before.get("sms", "")))
    set_days(desk, **meanwhile)

    page.get_by_label("Chat, in days").fill("3650")
    page.get_by_role("button", name="Save the rules").click()
    page.get_by_role("dialog").get_by_role("button", name="Save the rules").click()

    expect(page.get_by_text("The rules count from now on.")).to_be_visible()
    assert desk.expect(200, "GET", f"{DOMAIN}/retention")["rules"] == after
    expect(page.get_by_label("SMS, in days")).to_have_value(str(meanwhile["sms"] or ""))


def test_D7_an_emptied_field_takes_its_rule_away_without_a_question(olga, portal):
    desk = portal.sign_in(OLGA)
    set_days(desk, sms=30, chat=40)
    page = olga.page
    page.goto("/admin/records")

    page.get_by_label("SMS, in days").fill("")
    page.get_by_role("button", name="Save the rules").click()

    expect(page.get_by_text("The rules count from now on.")).to_be_visible()
    assert desk.expect(200, "GET", f"{DOMAIN}/retention")["rules"] == [{"kind": "chat", "days": 40}]


@pytest.mark.parametrize("typed", ["0", "-5", "1.5", "36501"])
def test_D7_days_that_cannot_be_are_refused_before_anything_is_asked(olga, portal, typed):
    page = olga.page
    page.goto("/admin/records")
    page.get_by_label("SMS, in days").fill(typed)

    page.get_by_role("button", name="Save the rules").click()

    expect(page.get_by_text("A whole number from 1 to 36,500.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert portal.sign_in(OLGA).expect(200, "GET", f"{DOMAIN}/retention")["rules"] == []


def test_D7_a_hold_is_placed_shown_and_lifted(olga, portal):
    page = olga.page
    page.goto("/admin/records")
    expect(page.get_by_text("Nothing is held.")).to_be_visible()

    page.get_by_role("button", name="Place a hold").click()
    dialog = page.get_by_role("dialog", name="Place a hold")
    dialog.get_by_label("What is kept").select_option(label="Ann Whitfield (1001)")
    dialog.get_by_label("Reason").fill("Case 17")
    dialog.get_by_role("button", name="Place a hold").click()

    row = page.get_by_role("row").filter(has_text="Case 17")
    expect(row).to_contain_text("Conversations of Ann Whitfield")
    assert [hold["level"] for hold in portal.sign_in(OLGA).items(f"{DOMAIN}/holds")] == ["user"]
    row.get_by_role("button", name="Lift the hold “Case 17”").click()
    page.get_by_role("dialog").get_by_role("button", name="Lift").click()
    expect(page.get_by_text("Nothing is held.")).to_be_visible()


@pytest.mark.chromium
def test_D7_everything_of_a_person_comes_as_one_file(olga):
    page = olga.page
    page.goto("/admin/records")
    page.get_by_label("Person", exact=True).select_option(label="Ann Whitfield (1001)")

    with page.expect_download() as download:
        page.get_by_role("link", name="Export as ZIP").click()

    with zipfile.ZipFile(download.value.path()) as file:
        assert file.testzip() is None
        assert any(name.endswith("manifest.json") for name in file.namelist())


def test_D4_D7_the_log_shows_who_did_what_and_finds_a_deed(olga, portal):
    desk = portal.sign_in(OLGA)
    desk.expect(201, "POST", f"{DOMAIN}/holds", {"level": "domain", "reason": "Case 18"})
    page = olga.page
    page.goto("/admin/audit")
    newest = page.get_by_role("table", name="Audit log").get_by_role("row").nth(1)

    expect(newest).to_contain_text("Olga Lindqvist")
    deed = newest.locator("code").inner_text()
    page.get_by_role("searchbox").fill(deed)

    expect(page.get_by_role("table", name="Audit log").locator("code").first).to_have_text(deed)
    page.get_by_role("searchbox").fill("no-such-deed")
    expect(page.get_by_text("Nothing is recorded.")).to_be_visible()


def test_D4_D7_the_log_is_narrowed_to_a_person_and_to_days(olga, portal):
    """D4, D7: done by or to somebody, from one day to another, both included."""
    portal.sign_in(ANN)
    portal.sign_in(OLGA)
    page = olga.page
    page.goto("/admin/audit")
    rows = page.get_by_role("table", name="Audit log").get_by_role("row")
    hers = rows.filter(has_text="Ann Whitfield").filter(has=page.get_by_text("sign-in", exact=True))
    expect(hers.first).to_be_visible()

    page.get_by_label("Person").select_option(label="Olga Lindqvist (1004)")
    expect(hers).to_have_count(0)
    expect(rows.filter(has_text="Olga Lindqvist").first).to_be_visible()
    today = page.evaluate("new Date(Date.now() - new Date().getTimezoneOffset() * 60e3).toISOString().slice(0, 10)")
    page.get_by_label("Until").fill(today)
    page.get_by_label("From").fill(today)
    expect(rows.filter(has_text="Olga Lindqvist").first).to_be_visible()
    page.get_by_label("Until").fill("2020-02-01")
    expect(page.get_by_text("Nothing is recorded.")).to_be_visible()


def test_D4_a_basic_user_has_neither_page_nor_answer(enter, portal):
    ann = enter(ANN)
    ann.page.goto("/admin/records")

    expect(ann.page.get_by_role("heading", name="How long messages are kept")).to_have_count(0)
    for path in (f"{DOMAIN}/retention", f"{DOMAIN}/holds", "/admin/audit"):
        assert portal.sign_in(ANN).get(path).status == 403


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}],
                         ids=["light", "dark", "phone"])
@pytest.mark.parametrize("place, ready", [("records", "Everything of a person"), ("audit", "patchbay audit verify")])
@pytest.mark.chromium
def test_D5_axe_finds_nothing_in_the_records(enter, place, ready, look):
    root = enter(ROOT_ADMIN, **look)
    root.page.goto(f"/admin/{place}")
    expect(root.page.get_by_text(ready).first).to_be_visible()
    expect(root.page.locator("[aria-busy=true]")).to_have_count(0)

    assert audit(root.page) == []
    assert root.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
