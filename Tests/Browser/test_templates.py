"""Templates: found, filled in, kept; one's own and the domain's."""

import pytest
from playwright.sync_api import expect

from support.browser import audit, plain
from support.installation import ANN, BEN, OLGA


@pytest.fixture
def template(portal):
    made = []

    def make(name, text, login=ANN, shared=False):
        owner = portal.sign_in(login)
        body = {"name": name, "text": text, "isShared": shared}
        made.append((owner, owner.expect(201, "POST", "/templates", body)["id"]))

    yield make
    for owner, identifier in made:
        owner.delete(f"/templates/{identifier}")


def test_a_template_is_found_and_put_in_with_the_names(ann, template):
    template("Ready for pickup", "Hello {first-name}, your order is ready. {my-name}")
    template("Closed", "We are closed today.")
    box = ann.start("bob", "sms", "Bob Smith – Mobile")
    box.entry.fill("PS ")
    box.button("Templates").click()
    panel = box.region.get_by_role("dialog", name="Templates")
    expect(panel.get_by_role("listitem")).to_have_count(2)
    assert audit(ann.page) == []

    ann.page.keyboard.type("order")
    expect(panel.get_by_role("listitem")).to_have_count(1)
    ann.page.keyboard.press("Enter")

    expect(box.entry).to_have_value("PS Hello Bob, your order is ready. Ann Whitfield")
    expect(box.entry).to_be_focused()


def test_a_template_to_a_number_that_nobody_knows_names_nobody(ann, template, unknown_number):
    template("Greeting", "Hello {first-name}, this is {my-name}.")
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.button("Templates").click()

    box.region.get_by_role("button", name="Greeting").click()

    expect(box.entry).to_have_value("Hello, this is Ann Whitfield.")


def test_templates_are_made_changed_and_deleted_in_the_box(ann):
    box = ann.start("ben", "chat", "Ben Okafor")
    box.button("Templates").click()
    box.region.get_by_role("button", name="Manage templates…").click()
    dialog = box.region.locator("dialog")
    expect(dialog).to_have_accessible_name("Templates")
    dialog.get_by_role("button", name="New template").click()
    expect(dialog).to_have_accessible_name("New template")
    dialog.get_by_label("Name", exact=True).fill("On my way")
    dialog.get_by_label("Text", exact=True).fill("I am on my way, ")
    dialog.get_by_role("button", name="{first-name}").click()
    expect(dialog.get_by_label("Text", exact=True)).to_have_value("I am on my way, {first-name}")
    assert audit(ann.page) == []
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("button", name="Edit On my way").click()
    dialog.get_by_label("Name", exact=True).fill("Nearly there")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("listitem")).to_contain_text("Nearly there")

    dialog.get_by_role("button", name="Delete Nearly there").click()

    expect(dialog.get_by_role("listitem")).to_have_count(0)


def test_a_shared_template_is_everybodys_to_use(ann, template):
    template("Opening hours", "We are open from 8 to 6.", login=OLGA, shared=True)
    template("My own", "Only Ben's", login=BEN)
    box = ann.start("ben", "chat", "Ben Okafor")
    box.button("Templates").click()

    panel = box.region.get_by_role("dialog", name="Templates")

    expect(panel.get_by_role("listitem").filter(has_text="Opening hours")).to_contain_text("Shared")
    expect(panel.get_by_role("listitem").filter(has_text="My own")).to_have_count(0)


def test_a_template_that_a_colleague_shares_comes_without_a_reload(ann, template):
    box = ann.start("ben", "chat", "Ben Okafor")
    box.button("Templates").click()
    ann.page.keyboard.press("Escape")
    template("Just made", "Fresh from Olga", login=OLGA, shared=True)

    box.button("Templates").click()

    expect(box.region.get_by_role("dialog").get_by_text("Fresh from Olga")).to_be_visible()
