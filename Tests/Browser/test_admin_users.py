"""The administrator's users: found, made, changed, removed."""

import pytest
from playwright.sync_api import expect

from support.administration import (
    LOOKS, add_user, dialog, open_person, open_section, row, said, user_id)
from support.attention import prefer
from support.browser import audit
from support.installation import OLGA, ROOT_ADMIN
from support.server import PASSWORD


@pytest.mark.parametrize("scope", ["basic-user", "call-center-supervisor", "site-manager"])
def test_P5_D4_who_may_not_administer_sees_no_administration(visit, portal, root, scope):
    login = add_user(root, str(5200 + len(scope)), f"No {scope}", scope)
    person = visit().sign_in(login, PASSWORD)
    page = person.page

    page.goto("/admin/users")

    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    expect(page.get_by_role("link", name="Administration")).to_have_count(0)
    page.get_by_role("button", name="account menu").click()
    expect(page.get_by_role("menuitem", name="Settings")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Administration")).to_have_count(0)
    refused = portal.sign_in(login).get("/admin/domains/harbor.example/users")
    assert (refused.status, refused.id) == (403, "permission.missing")


def test_P5_an_administrator_made_while_signed_in_gets_the_entry_and_loses_it(ann, root):
    page = ann.page
    who = user_id(root, "Ann Whitfield")
    link = page.get_by_role("link", name="Administration")
    expect(link).to_have_count(0)

    # The home page has the figures of managers now; they are there before she is none any more.
    with page.expect_response("**/usage/summary*"):
        root.expect(200, "PATCH", f"/admin/users/{who}", {"scope": "office-manager"})
    expect(link).to_be_visible()
    root.expect(200, "PATCH", f"/admin/users/{who}", {"scope": "basic-user"})

    expect(link).to_have_count(0)


@pytest.mark.firefox
def test_P5_a_user_is_added_in_the_browser_and_signs_in(olga, visit):
    page = open_section(olga, "Users")
    page.get_by_role("button", name="Add user").click()
    form = dialog(page, "Add user")
    form.get_by_label("Name").fill("Dana Whit")
    form.get_by_role("button", name="Add user").click()
    expect(form.get_by_label("Extension")).to_be_focused()
    expect(form.get_by_text("Fill this in.")).to_be_visible()
    form.get_by_label("Extension").fill("1001")
    form.get_by_role("button", name="Suggest one").click()
    password = form.get_by_label("Password").input_value()
    form.get_by_role("button", name="Add user").click()

    expect(form.get_by_text("belongs to somebody else already")).to_be_visible()
    expect(form.get_by_label("Extension")).to_be_focused()
    expect(form.get_by_label("Extension")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Extension").fill("1017")
    form.get_by_role("button", name="Add user").click()

    said(page, "Dana Whit has been added")
    expect(form).to_have_count(0)
    expect(row(page, "Dana Whit")).to_contain_text("Ext. 1017 · Basic user")
    assert len(password) == 19
    visit().sign_in("1017@harbor.example", password)
    olga.errors.clear()     # the browser logs the refusal


def test_P5_nobody_gives_more_rights_than_their_own(enter):
    scopes = {}
    for login in (OLGA, ROOT_ADMIN):
        page = open_section(enter(login), "Users")
        page.get_by_role("button", name="Add user").click()
        scopes[login] = dialog(page, "Add user").get_by_label("Scope").locator("option").all_inner_texts()

    assert scopes[OLGA][-1] == "Office manager"
    assert scopes[ROOT_ADMIN][-3:] == ["Office manager", "Reseller", "Super user"]


def test_P5_an_office_manager_looks_at_a_super_user_and_changes_nothing(olga):
    page = open_person(olga, "Root Admin")

    expect(page.get_by_role("button", name="Change", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Remove user")).to_have_count(0)
    expect(page.get_by_role("switch", name="May sign in")).to_be_disabled()


def test_P5_nobody_locks_themselves_out(olga, portal):
    page = open_person(olga, "Olga Lindqvist")

    expect(page.get_by_role("switch", name="May sign in")).to_be_disabled()
    expect(page.get_by_text("You can’t disable yourself.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove user")).to_have_count(0)
    page.get_by_role("button", name="Change", exact=True).click()
    expect(dialog(page, "Change Olga Lindqvist").get_by_label("Scope")).to_be_disabled()
    client = portal.sign_in(OLGA)
    me = client.expect(200, "GET", "/session")["user"]["id"]
    for change in ({"isEnabled": False}, {"scope": "basic-user"}):
        refused = client.patch(f"/admin/users/{me}", change)
        assert (refused.status, refused.id) == (409, "directory.own-user")


def test_P5_a_user_is_changed_and_a_new_password_ends_their_sessions(olga, enter, visit, root, portal):
    login = add_user(root, "1031", "Erik Holm")
    theirs = visit().sign_in(login, PASSWORD)
    page = open_person(olga, "Erik Holm")
    page.get_by_role("button", name="Change", exact=True).click()
    form = dialog(page, "Change Erik Holm")
    form.get_by_label("E-mail").fill("erik@harbor.example")
    form.get_by_label("Scope").select_option(label="Site manager")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Ext. 1031 · Site manager · erik@harbor.example")).to_be_visible()

    page.get_by_role("button", name="Set a new password").click()
    form = dialog(page, "Password of Erik Holm")
    form.get_by_label("Password").fill("short")
    form.get_by_role("button", name="Set password").click()
    # What the form says and what the server says are the same.
    expect(form.get_by_text("A password has at least 10 characters")).to_be_visible()
    expect(form.get_by_text("At least 10 characters. Hand it over")).to_be_visible()
    form.get_by_label("Password").fill("another-horse-7")
    form.get_by_role("button", name="Set password").click()

    said(page, "Erik Holm has a new password")
    expect(theirs.page.get_by_role("heading", name="Sign in")).to_be_visible()
    visit().sign_in(login, "another-horse-7")
    olga.errors.clear()
    theirs.errors.clear()


def test_P5_signing_out_everywhere_and_disabling_end_sessions_at_once(olga, visit, root, portal):
    login = add_user(root, "1032", "Fay Moreau")
    page = open_person(olga, "Fay Moreau")
    theirs = visit().sign_in(login, PASSWORD)
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(theirs.page.get_by_role("heading", name="Sign in")).to_be_visible()
    theirs.sign_in(login, PASSWORD)

    page.get_by_role("switch", name="May sign in").uncheck()

    expect(theirs.page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Disabled")).to_be_visible()
    assert portal.client().sign_in(login, PASSWORD).status == 401
    page.get_by_role("switch", name="May sign in").check()
    expect(page.get_by_text("Disabled")).to_have_count(0)
    theirs.sign_in(login, PASSWORD)
    theirs.errors.clear()


def test_P5_a_user_is_removed_only_after_a_question(olga, root):
    add_user(root, "1033", "Gus Ferrer")
    page = open_person(olga, "Gus Ferrer")
    page.get_by_role("button", name="Remove user").click()
    dialog(page, "Remove Gus Ferrer?").get_by_role("button", name="Cancel").click()
    expect(dialog(page, "Remove Gus Ferrer?")).to_have_count(0)
    assert user_id(root, "Gus Ferrer")

    page.get_by_role("button", name="Remove user").click()
    dialog(page, "Remove Gus Ferrer?").get_by_role("button", name="Remove user").click()

    said(page, "Gus Ferrer has been removed")
    expect(page.get_by_role("heading", level=1, name="Users")).to_be_visible()
    expect(row(page, "Gus Ferrer")).to_have_count(0)


def test_P5_what_another_administrator_does_is_seen_without_a_reload(olga, root):
    page = open_section(olga, "Users")
    expect(row(page, "Ann Whitfield")).to_be_visible()
    add_user(root, "1034", "Hana Sato")
    expect(row(page, "Hana Sato")).to_be_visible()
    page.get_by_role("link", name="Hana Sato").click()
    expect(page.get_by_role("heading", level=2, name="Hana Sato")).to_be_visible()

    # What passes takes nothing away.
    page.route("**/admin/users/*/gates**", lambda route: route.fulfill(
        status=503, content_type="application/problem+json", body='{"id": "store.busy", "status": 503, "detail": "Busy."}'))
    root.expect(200, "PATCH", f"/admin/users/{user_id(root, 'Hana Sato')}", {"name": "Hana Mori"})
    expect(page.get_by_text("Busy.")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="Hana Sato")).to_be_visible()
    page.unroute("**/admin/users/*/gates**")

    root.expect(204, "DELETE", f"/admin/users/{user_id(root, 'Hana Mori')}")

    expect(page.get_by_text("This user is no longer there")).to_be_visible()
    olga.errors.clear()     # what it asked for is gone


def test_P5_users_are_searched_and_turned_page_by_page(olga, root):
    lines = "".join(f"{6100 + n},Zora Number{n:02d}\n" for n in range(40))
    done = root.request("POST", "/admin/domains/harbor.example/import/users", f"extension,name\n{lines}".encode(),
                        {"Content-Type": "text/csv"})
    assert done.json()["faults"] == []
    page = open_section(olga, "Users")
    pages = page.get_by_role("navigation", name="Pages")
    expect(page.get_by_role("row")).to_have_count(26)
    pages.get_by_role("button", name="Next").click()
    expect(pages).to_contain_text("Page 2")
    expect(row(page, "Ann Whitfield")).to_have_count(0)

    page.get_by_role("searchbox", name="Search by name or extension").fill("number39")

    expect(page.get_by_role("row")).to_have_count(2)
    expect(row(page, "Zora Number39")).to_contain_text("Ext. 6139")
    expect(pages).to_be_hidden()
    page.get_by_role("searchbox", name="Search by name or extension").fill("nobody here")
    expect(page.get_by_text("Nobody is called “nobody here”")).to_be_visible()


@pytest.mark.chromium
def test_P5_daily_work_goes_by_keyboard(olga):
    page = open_section(olga, "Users")
    page.get_by_role("switch", name="Video invitations for Cleo Marchetti").focus()
    page.keyboard.press("Space")
    chip = page.get_by_role("switch", name="Video invitations for Cleo Marchetti")
    expect(chip).not_to_be_checked()
    # The row is drawn anew; the focus is where it was.
    expect(chip).to_be_focused()
    page.keyboard.press("Space")
    expect(chip).to_be_checked()
    page.get_by_role("button", name="Add user").focus()
    page.keyboard.press("Enter")
    expect(dialog(page, "Add user").get_by_label("Name")).to_be_focused()

    page.keyboard.press("Escape")

    expect(dialog(page, "Add user")).to_have_count(0)
    expect(page.get_by_role("button", name="Add user")).to_be_focused()


def test_P5_the_administration_speaks_the_readers_language(enter, portal):
    person = enter(OLGA)
    prefer(portal.sign_in(OLGA), language="de")
    page = person.page
    try:
        expect(page.get_by_role("link", name="Verwaltung")).to_be_visible()
        page.goto("/admin/users")
        expect(page.get_by_role("heading", level=1, name="Benutzer")).to_be_visible()
        expect(page.get_by_role("button", name="Benutzer hinzufügen")).to_be_visible()
    finally:
        prefer(portal.sign_in(OLGA), language="auto")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.chromium
def test_P5_axe_finds_nothing_on_the_users(enter, root, look):
    page = enter(OLGA, **LOOKS[look]).page
    page.goto("/admin/users")
    expect(row(page, "Ann Whitfield")).to_be_visible()
    assert audit(page) == []
    page.get_by_role("button", name="Add user").click()
    dialog(page, "Add user").get_by_role("button", name="Add user").click()
    expect(dialog(page, "Add user").get_by_text("Fill this in.")).to_be_visible()
    assert audit(page) == []
    page.goto(f"/admin/users/{user_id(root, 'Cleo Marchetti')}")
    expect(page.get_by_role("list", name="What SMS needs")).to_be_visible()
    assert audit(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]


def test_P5_a_form_undoes_nothing_that_another_administrator_has_changed_meanwhile(olga, root):
    add_user(root, "1035", "Ines Vidal")
    page = open_person(olga, "Ines Vidal")
    page.get_by_role("button", name="Change", exact=True).click()
    form = dialog(page, "Change Ines Vidal")
    form.get_by_label("Name").fill("Inés Vidal")

    root.expect(200, "PATCH", f"/admin/users/{user_id(root, 'Ines Vidal')}", {"email": "ines@harbor.example"})
    form.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=2, name="Inés Vidal")).to_be_visible()
    expect(page.get_by_text("ines@harbor.example")).to_be_visible()
