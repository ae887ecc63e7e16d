"""What the tests of a conversation's page share: the page itself, Ann by the API, and a contact with everything."""

import pytest
from playwright.sync_api import expect

from support.browser import Box
from support.installation import ANN, ANN_DIRECT


class Talk(Box):
    """The page of a conversation; its log and its entry are those of a box."""

    def __init__(self, page):
        super().__init__(page.locator("pbx-conversation"))
        self.page = page
        self.card = page.get_by_role("complementary", name="Contact information")
        self.title = page.get_by_role("heading", level=1)

    def open(self, conversation, at=None):
        self.page.goto(f"/messages/{conversation}" + (f"/{at}" if at else ""))
        expect(self.page.locator("html")).to_have_attribute("data-link", "live")
        expect(self.log).to_be_visible()
        return self

    def setting(self, name):
        self.card.get_by_role("button", name="Conversation settings").click()
        self.card.get_by_role("menuitem", name=name, exact=True).click()


@pytest.fixture
def talk(ann):
    return Talk(ann.page)


@pytest.fixture
def desk(portal):
    """Ann by the API."""
    return portal.sign_in(ANN)


@pytest.fixture
def nadia(desk, unknown_number):
    """A contact with two numbers, an address, a company and notes: (contact, conversation with her mobile)."""
    other = unknown_number[:-4] + "77" + unknown_number[-2:]
    body = {
        "name": f"Nadia Rahmani {unknown_number[-4:]}", "company": "Rahmani Tiles", "notes": "Rings twice.\nThen hangs up.",
        "isShared": False, "numbers": [{"label": "Mobile", "value": unknown_number}, {"label": "Work", "value": other}],
        "emails": [{"label": "Work", "value": "nadia+tiles@rahmani.example"}],
    }
    contact = desk.expect(201, "POST", "/contacts", body)
    return contact, desk.sms_to(unknown_number, ANN_DIRECT)
