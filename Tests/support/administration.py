"""What tests of the administration need: people of every scope, and the pages."""

from playwright.sync_api import expect

from .server import PASSWORD

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE, "dark phone": {**PHONE, "color_scheme": "dark"}}


def add_user(root, extension, name, scope="basic-user", domain="harbor.example", password=PASSWORD):
    """Makes a user by the API; gives the login."""
    body = {"extension": extension, "name": name, "scope": scope, "password": password}
    root.expect(201, "POST", f"/admin/domains/{domain}/users", body)
    return f"{extension}@{domain}"


def user_id(root, name, domain="harbor.example"):
    """The id of a user, by name."""
    return next(one["id"] for one in root.items(f"/admin/domains/{domain}/users") if one["name"] == name)


def switch(root, plugin, level, subject, is_on):
    """Turns a switch by the API."""
    subject = subject.replace("+", "%2B")
    root.expect(204, "PUT", f"/admin/switches/{plugin}/{level}/{subject}", {"isOn": is_on})


def choose_missing_carrier(portal, number):
    """Leaves a number to a carrier that no manifest has any more; the API wouldn't."""
    store = portal.folder / "store" / "patchbay.sqlite"
    portal.command("number", "set-carrier", number, "kannel", "--store", store, "--manifest", "none.json")


def open_section(person, name):
    """Goes to a part of the administration by its list, as people do; gives the page."""
    page = person.page
    if "/admin" not in page.url:
        page.get_by_role("button", name="account menu").click()
        page.get_by_role("menuitem", name="Administration").click()
    page.get_by_role("navigation", name="Administration").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    # One that shows the same heading may be on its way out.
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")
    return page


def open_person(person, name):
    """Goes to the page of a user by the list; gives the page."""
    page = open_section(person, "Users")
    page.get_by_role("searchbox", name="Search by name or extension").fill(name)
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=2, name=name)).to_be_visible()
    return page


def row(page, words):
    """The row of a table that has these words."""
    return page.get_by_role("row").filter(has_text=words)


def dialog(page, title):
    return page.get_by_role("dialog", name=title)


def said(page, words):
    """Waits for the line that says what was done."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
