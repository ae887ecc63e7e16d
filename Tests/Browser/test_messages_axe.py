"""B2: axe finds nothing on the pages of messages and contacts, in light, dark and on a phone."""

import pytest
from playwright.sync_api import expect

from support.installation import ANN, ANN_DIRECT, BOB
from support.people import colleague
from test_everywhere import LOOKS, audit, is_as_wide_as_the_screen


@pytest.fixture
def talked(portal, customer):
    """Ann's conversations with Bob, with an unknown number and with Ben."""
    desk = portal.sign_in(ANN)
    customer(BOB, "Side gate is open, the code is 4471.", ANN_DIRECT)
    customer("+18585557777", "Do you restore chairs?", ANN_DIRECT)
    ben = desk.chat_with(colleague(desk, "Ben Okafor"))
    desk.send(ben, "Is the van back?")
    return desk.sms_to(BOB, ANN_DIRECT), desk.sms_to("+18585557777", ANN_DIRECT), ben


def faults(page):
    assert is_as_wide_as_the_screen(page)
    return audit(page)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.chromium
def test_B2_S51_S56_axe_finds_nothing_in_the_list_the_search_and_the_conversations(enter, talked, look):
    page = enter(ANN, **LOOKS[look]).page
    page.goto("/messages")
    expect(page.get_by_role("listitem").filter(has_text="Bob Smith")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("searchbox", name="Search messages").fill("bob")
    expect(page.get_by_role("list", name="Conversations").get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="result")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("searchbox", name="Search messages").fill("nothing like this")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    assert faults(page) == []
    for conversation in talked:
        page.goto(f"/messages/{conversation}")
        expect(page.get_by_role("log").locator(".m").first).to_be_visible()
        assert faults(page) == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.chromium
def test_B2_S59_S64_axe_finds_nothing_in_the_menus_and_the_contact_forms(enter, talked, look):
    page = enter(ANN, **LOOKS[look]).page
    page.goto(f"/messages/{talked[0]}")
    page.get_by_role("button", name="Conversation settings").click()
    expect(page.get_by_role("menuitem", name="Delete Conversation")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit Bob Smith").click()
    expect(page.get_by_role("dialog", name="Edit contact")).to_be_visible()
    assert faults(page) == []
    page.goto(f"/messages/{talked[1]}")
    page.get_by_role("complementary").get_by_role("button", name="Add Contact").click()
    expect(page.get_by_role("button", name="Save contact")).to_be_visible()
    assert faults(page) == []
