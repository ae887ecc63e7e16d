"""What is removed for good leaves open tabs, too."""

import sqlite3

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN_DIRECT, OLGA

DOMAIN = "/admin/domains/harbor.example"


@pytest.fixture
def aged(portal):
    """Makes everything that begins with “Old” forty days older while the server is away for a moment."""

    def age():
        portal.stop()
        with sqlite3.connect(portal.folder / "store" / "patchbay.sqlite") as db:
            db.execute("UPDATE message SET createdAt = createdAt - 40 * 86400000 WHERE text LIKE 'Old%'")
        portal.start()

    yield age
    portal.sign_in(OLGA).expect(200, "PUT", f"{DOMAIN}/retention", {"rules": [{"kind": "sms", "days": None}]})


def test_D7_an_open_tab_shows_nothing_that_a_rule_has_removed(ann, portal, customer, unknown_number, aged):
    other, desk = unknown_number.replace("+1858", "+1619"), portal.sign_in(OLGA)
    ann.page.goto("/messages")
    ann.is_live()
    for number, text in ((unknown_number, "Old words"), (unknown_number, "Young words"), (other, "Old and alone")):
        customer(number, text, ANN_DIRECT)
    rows = ann.page.get_by_role("list", name="Conversations").get_by_role("listitem")
    expect(rows.filter(has_text="Old and alone")).to_have_count(1)
    ann.page.get_by_role("region", name=f"SMS with {plain(unknown_number)}").get_by_role("button").first.click()
    box = ann.box("sms", plain(unknown_number))
    expect(box.bubble("Old words")).to_be_visible()
    desk.expect(200, "PUT", f"{DOMAIN}/retention", {"rules": [{"kind": "sms", "days": 30}]})

    aged()

    expect(box.bubble("Old words")).to_have_count(0, timeout=20_000)
    expect(box.bubble("Young words")).to_be_visible()
    expect(rows.filter(has_text=plain(other))).to_have_count(0)
    expect(rows.filter(has_text="Young words")).to_have_count(1)
    # While the server was away the tab couldn't reach it.
    ann.errors[:] = [error for error in ann.errors if "ERR_CONNECTION_REFUSED" not in error]
