"""Contacts: made, changed, merged, shared and deleted, from the dock and from the contact card."""

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN, ANN_DIRECT
from support.waiting import until


class Editor:
    """The dialog with all that a contact holds."""

    def __init__(self, page, title):
        self.dialog = page.get_by_role("dialog", name=title)

    def field(self, name):
        return self.dialog.get_by_label(name, exact=True)

    def button(self, name):
        return self.dialog.get_by_role("button", name=name, exact=True)

    def save(self):
        self.button("Save").click()


class Dock:
    """The contacts in the dock."""

    def __init__(self, page):
        self.page = page
        self.region = page.get_by_role("region", name="Contacts")
        self.rows = self.region.get_by_role("listitem")

    def contacts(self):
        self.region.get_by_role("button", name="Contacts", exact=True).click()
        return self

    def new(self):
        self.region.get_by_role("button", name="New contact").click()
        return Editor(self.page, "New contact")

    def edit(self, name):
        self.region.get_by_role("button", name=f"Edit {name}").click()
        return Editor(self.page, "Edit contact")


@pytest.fixture
def dock(ann):
    return Dock(ann.page).contacts()


@pytest.fixture
def desk(portal):
    """Ann by the API."""
    return portal.sign_in(ANN)


def stored(desk, name):
    return next((one for one in desk.items("/contacts") if one["name"] == name), None)


def test_S18_a_contact_with_any_number_of_numbers_and_addresses_is_made_in_the_dock(ann, dock, desk):
    editor = dock.new()
    expect(editor.field("Name")).to_be_focused()
    editor.field("Name").fill("Ivo Brandt")
    editor.field("Company").fill("Brandt Movers")
    editor.field("Number 1").fill("(858) 555-6001")
    for n, (kind, number) in enumerate([("Home", "858 555 6002"), ("Work", "+18585556003")], start=2):
        editor.button("Add a number").click()
        expect(editor.field(f"Number {n}")).to_be_focused()
        editor.field(f"Number {n}").fill(number)
        editor.field(f"Type of number {n}").select_option(kind)
    editor.button("Add a number").click()
    editor.field("Number 4").fill("8585556004")
    editor.field("Type of number 4").select_option(label="Other type…")
    editor.dialog.get_by_role("textbox", name="Name of the type").fill("Van")
    editor.field("E-mail address 1").fill("ivo@brandt.example")
    editor.button("Add an e-mail address").click()
    editor.field("E-mail address 2").fill("home@brandt.example")
    editor.field("Notes").fill("Two vans\nand a trailer")

    editor.save()

    expect(editor.dialog).to_have_count(0)
    expect(dock.rows.filter(has_text="Ivo Brandt")).to_be_visible()
    contact = stored(desk, "Ivo Brandt")
    assert [(one["label"], one["value"]) for one in contact["numbers"]] == [
        ("Mobile", "+18585556001"), ("Home", "+18585556002"), ("Work", "+18585556003"), ("Van", "+18585556004")]
    assert [(one["label"], one["value"]) for one in contact["emails"]] == [
        ("Work", "ivo@brandt.example"), ("Home", "home@brandt.example")]
    assert (contact["company"], contact["notes"]) == ("Brandt Movers", "Two vans\nand a trailer")
    assert not contact["isShared"]


def test_S18_a_contact_is_changed_and_every_tab_and_title_follows(ann, dock, desk, customer, unknown_number):
    desk.expect(201, "POST", "/contacts", {
        "name": "Petra Old", "numbers": [{"label": "Mobile", "value": unknown_number}], "emails": []})
    customer(unknown_number, "Hello", ANN_DIRECT)
    other = ann.context.new_page()
    other.goto("/messages")
    expect(other.get_by_role("listitem").filter(has_text="Petra Old – Mobile")).to_be_visible()
    ann.page.bring_to_front()

    editor = dock.edit("Petra Old")
    expect(editor.field("Number 1")).to_have_value(plain(unknown_number))
    editor.field("Name").fill("Petra New")
    editor.field("Type of number 1").select_option("Home")
    editor.save()

    expect(dock.rows.filter(has_text="Petra New")).to_be_visible()
    expect(other.get_by_role("listitem").filter(has_text="Petra New – Home")).to_be_visible()


def test_S59_the_card_opens_the_editor_and_shows_what_was_saved(ann, desk, unknown_number):
    desk.expect(201, "POST", "/contacts", {
        "name": "Rosa Klein", "numbers": [{"label": "Work", "value": unknown_number}],
        "emails": [{"label": "Work", "value": "rosa@klein.example"}]})
    ann.page.goto(f"/messages/{desk.sms_to(unknown_number, ANN_DIRECT)}")
    card = ann.page.get_by_role("complementary", name="Contact information")
    edit = card.get_by_role("button", name="Edit Rosa Klein")
    edit.click()
    editor = Editor(ann.page, "Edit contact")

    editor.field("Company").fill("Klein Gardens")
    editor.button("Remove e-mail address 1").click()
    editor.button("Add a number").click()
    editor.field("Number 2").fill("858 555 6020")
    editor.save()

    expect(card).to_contain_text("Klein Gardens")
    expect(card).not_to_contain_text("rosa@klein.example")
    expect(card.get_by_role("list", name="Other ways to reach Rosa")).to_contain_text("(858) 555-6020")
    edit.click()
    ann.page.keyboard.press("Escape")
    expect(editor.dialog).to_have_count(0)
    expect(edit).to_be_focused()


def test_S19_a_number_is_merged_into_a_contact_that_exists(ann, desk, customer, unknown_number):
    desk.expect(201, "POST", "/contacts", {
        "name": "Uwe Storm", "numbers": [{"label": "Mobile", "value": "+18585556031"}], "emails": []})
    customer(unknown_number, "It's me, Uwe", ANN_DIRECT)
    ann.page.goto(f"/messages/{desk.sms_to(unknown_number, ANN_DIRECT)}")
    card = ann.page.get_by_role("complementary", name="Contact information")
    card.get_by_role("button", name="Add Contact").click()
    card.get_by_role("button", name="Existing contact").click()
    card.get_by_role("combobox", name="Contact").select_option(label="Uwe Storm")
    card.get_by_role("combobox", name="Type").select_option("Other")

    card.get_by_role("button", name="Save contact").click()

    expect(ann.page.get_by_role("heading", level=1)).to_contain_text("Uwe Storm – Other")
    expect(card.get_by_role("list", name="Other ways to reach Uwe")).to_contain_text("(858) 555-6031")
    assert [one["label"] for one in stored(desk, "Uwe Storm")["numbers"]] == ["Mobile", "Other"]


def test_S11_a_contact_of_the_domain_is_everybodys_and_a_personal_one_is_not(ann, ben, dock):
    his = Dock(ben.page).contacts()
    editor = dock.new()
    editor.field("Name").fill("Shared Sam")
    editor.field("Number 1").fill("858 555 6041")
    editor.field("Everybody in Harbor & Pine sees this contact").check()
    editor.save()
    expect(his.rows.filter(has_text="Shared Sam")).to_be_visible()

    editor = dock.edit("Shared Sam")
    editor.field("Everybody in Harbor & Pine sees this contact").uncheck()
    editor.save()

    expect(his.rows.filter(has_text="Shared Sam")).to_have_count(0)
    expect(dock.rows.filter(has_text="Shared Sam")).to_be_visible()


def test_S18_a_contact_is_deleted_and_undone(dock, desk):
    desk.expect(201, "POST", "/contacts", {
        "name": "Gone Girl", "company": "Nowhere", "numbers": [{"label": "Mobile", "value": "+18585556051"}],
        "emails": [{"label": "Work", "value": "gone@nowhere.example"}], "notes": "Note"})
    before = stored(desk, "Gone Girl")["id"]
    editor = dock.edit("Gone Girl")

    editor.button("Delete contact").click()

    expect(dock.rows.filter(has_text="Gone Girl")).to_have_count(0)
    dock.page.get_by_role("button", name="Undo").click()
    expect(dock.rows.filter(has_text="Gone Girl")).to_be_visible()
    again = until(lambda: stored(desk, "Gone Girl"), what="the contact being back")
    assert again["id"] == before
    assert (again["company"], again["notes"], again["emails"][0]["value"]) == ("Nowhere", "Note", "gone@nowhere.example")


def test_S18_what_cannot_be_stored_is_said_and_nothing_typed_is_lost(dock, ann):
    editor = dock.new()
    editor.field("Name").fill("Wrong Number")
    editor.field("Number 1").fill("12")

    editor.save()

    expect(editor.dialog.get_by_role("alert")).not_to_be_empty()
    expect(editor.field("Name")).to_have_value("Wrong Number")
    editor.field("Number 1").fill("858 555 6061")
    editor.save()
    expect(dock.rows.filter(has_text="Wrong Number")).to_be_visible()
    ann.errors.clear()      # the browser logs the 400


def test_S18_a_contact_is_made_by_keys_alone(ann, dock):
    dock.region.get_by_role("button", name="New contact").focus()
    keys = ann.page.keyboard
    keys.press("Enter")
    expect(ann.page.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    keys.type("Keyboard Kim")
    for _ in range(3):
        keys.press("Tab")
    keys.type("858 555 6071")
    keys.press("Enter")

    expect(dock.rows.filter(has_text="Keyboard Kim")).to_be_visible()


def test_S17_escape_leaves_the_form_of_the_contact_and_not_the_box(ann, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.button("Add Contact").click()
    form = box.region.get_by_role("form", name="Add Contact")
    expect(form.get_by_label("Name")).to_be_focused()

    ann.page.keyboard.press("Escape")

    expect(form).to_be_hidden()
    expect(box.button("Add Contact")).to_be_focused()
    expect(box.entry).to_be_visible()

    box.button("Add Contact").click()
    form.get_by_label("Name").fill(f"Ute Lang {unknown_number[-4:]}")
    ann.page.keyboard.press("Enter")

    expect(form).to_be_hidden()
    # Writing goes on where it was: the form took the focus away with it.
    expect(ann.box("sms", f"Ute Lang {unknown_number[-4:]}").entry).to_be_focused()


def test_hostile_names_are_names(ann, dock):
    name = '<img src=x onerror=alert(1)>"\'&'
    editor = dock.new()
    editor.field("Name").fill(name)
    editor.field("Company").fill("<script>alert(1)</script>")
    editor.field("Number 1").fill("858 555 6081")
    editor.save()

    row = dock.rows.filter(has_text=name)
    expect(row).to_be_visible()
    expect(row.locator("img, script")).to_have_count(0)
    editor = dock.edit(name)
    expect(editor.field("Company")).to_have_value("<script>alert(1)</script>")
