"""Takes the pictures of the README from this build: make screenshots. Writes .github/*.png."""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from playwright.sync_api import expect, sync_playwright  # noqa: E402

from support.browser import Person, launch  # noqa: E402
from support.installation import (  # noqa: E402
    ANN, ANN_DIRECT, BEN, BOB, CLEO, FRONT_DESK, OLGA, ROOT_ADMIN, Installation, seed)
from support.people import colleague  # noqa: E402
from support.server import PASSWORD, ROOT  # noqa: E402
from support.waiting import until  # noqa: E402

from screenshots_system import take_system  # noqa: E402

DESKTOP = {"viewport": {"width": 1440, "height": 900}, "locale": "en-US", "timezone_id": "America/Los_Angeles"}
PHONE = {**DESKTOP, "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True,
         "has_touch": True}
STRANGER = "+18585550199"


def talk(portal):
    """What was said before the picture is taken."""
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)

    def customer(number, text, to=FRONT_DESK):
        ann.expect(201, "POST", f"/simulator/phones/{number}/messages", {"to": to, "text": text})

    bob = ann.sms_to(BOB, FRONT_DESK)
    ann.send(bob, "Good morning Bob. Your delivery window is today, 1:00 to 3:00 pm.", **{"from": FRONT_DESK})
    ann.send(bob, "The crew calls 20 minutes ahead.", **{"from": FRONT_DESK})
    until(lambda: all(one["state"] == "delivered" for one in ann.messages(bob)), 20, "both texts being delivered")
    customer(BOB, "Perfect, thank you.")
    customer(BOB, "Side gate is open, the code is 4471. Could they leave the old table in the garage?")
    ann.expect(204, "POST", f"/conversations/{bob}/read", {"upTo": len(ann.messages(bob))})
    customer(STRANGER, "Hello, do you restore mid-century chairs? I have a set of six, two with broken arms.")
    customer("+18585550133", "Is the walnut sideboard still there?", ANN_DIRECT)
    cleo = portal.sign_in(CLEO)
    cleo.send(cleo.chat_with(colleague(cleo, "Ann Whitfield")), "Invoice 2041 is paid 🎉")
    room = ann.chat_with(colleague(ann, "Ben Okafor"))
    ann.send(room, "Is the van back?")
    ben.send(room, "Van is loaded.")
    ann.expect(204, "POST", f"/conversations/{room}/read", {"upTo": 2})
    return ben, room


def wear(page, name):
    """Light or dark, as chosen in the bar: that goes over what the system says."""
    page.get_by_role("button", name="Light or dark").click()
    page.get_by_role("menuitemradio", name=name).click()


def take(page, folder, name):
    page.wait_for_timeout(400)  # for the fonts and the 140 ms of a transition
    page.screenshot(path=folder / f"{name}.png")


def desktop(browser, portal, folder, ben, room):
    visitor = Person(browser, portal.url, **DESKTOP)
    visitor.page.goto("/")
    expect(visitor.page.get_by_label("User", exact=True)).to_be_focused()
    take(visitor.page, folder, "sign-in")

    colleague_there = Person(browser, portal.url, **DESKTOP)
    colleague_there.sign_in(BEN, PASSWORD)
    ann = Person(browser, portal.url, **DESKTOP)
    ann.sign_in(ANN, PASSWORD)
    page = ann.page
    ann.start("ben", "chat", "Ben Okafor")
    ann.start("bob", "sms", "Bob Smith – Mobile")
    ann.box("sms", "Bob Smith").entry.fill("Garage is fine, they will leave it by the workbench.")
    ann.look_away()
    ben.send(room, "Leaving for Bob Smith at 12:15. Want to ride along?")
    expect(page.get_by_role("region", name="Chat with Ben Okafor")).to_have_attribute("fresh", "")
    take(page, folder, "portal")
    wear(page, "Dark")
    take(page, folder, "portal-dark")
    wear(page, "Light")
    ann.start("858 555 0199", "sms", "(858) 555-0199")
    page.get_by_role("button", name="Add Contact").click()
    take(page, folder, "add-contact")
    for name in ("Ben Okafor", "Bob Smith", "(858) 555-0199"):
        page.get_by_role("region", name=name).get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("button", name="account menu").click()
    take(page, folder, "account-menu")
    page.get_by_role("menuitem", name="Chat and SMS").click()
    page.get_by_role("heading", name="Chat and SMS").wait_for()
    take(page, folder, "messages")
    histories(page, folder)
    phones = ann.context.new_page()
    phones.goto("/plugins/simulator/")
    phones.get_by_role("region", name="Phone (619) 555-0142").wait_for()
    take(phones, folder, "customers-phones")


def histories(page, folder):
    """The search, and the page of a conversation with everything that opens on it."""
    page.get_by_role("searchbox", name="Search messages").fill("bob")
    page.get_by_role("status").filter(has_text="result").wait_for()
    take(page, folder, "search")
    page.get_by_role("link", name="Bob Smith – Mobile").first.click()
    page.get_by_role("log").wait_for()
    take(page, folder, "conversation")
    wear(page, "Dark")
    take(page, folder, "conversation-dark")
    wear(page, "Light")
    page.get_by_role("button", name="Edit Bob Smith").click()
    take(page, folder, "contact-editor")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="View All").click()
    page.get_by_role("link", name="(858) 555-0199").click()
    page.get_by_role("log").wait_for()
    take(page, folder, "conversation-unknown")


def administration(browser, portal, folder):
    """What an administrator works with; why somebody can't text, light, dark and on a phone."""
    root = Person(browser, portal.url, **DESKTOP)
    root.sign_in(ROOT_ADMIN, PASSWORD)
    page = root.page
    for path, name in (("users", "Ann Whitfield"), ("numbers", "Front desk"), ("domains", "Timber & Sons")):
        page.goto(f"/admin/{path}")
        page.get_by_role("row").filter(has_text=name).wait_for()
        take(page, folder, f"admin-{path}")
    page.goto("/admin/features")
    page.get_by_role("switch", name="SMS for Whole system").wait_for(state="attached")
    take(page, folder, "admin-features")
    page.goto("/admin/transfer")
    page.get_by_label("Choose a CSV file").set_input_files({
        "name": "people.csv", "mimeType": "text/csv", "buffer": b"extension,name\n1001,Ann\n12x,Ben\n1044,Ida Berg\n"})
    page.get_by_role("alert").wait_for()
    take(page, folder, "admin-transfer")
    for visitor, name in ((root, "admin-user"), (Person(browser, portal.url, **PHONE), "phone-admin-user")):
        if visitor is not root:
            visitor.sign_in(OLGA, PASSWORD)
            visitor.page.goto("/admin/users")
            visitor.page.get_by_role("row").filter(has_text="Cleo").wait_for()
            take(visitor.page, folder, "phone-admin-users")
        visitor.page.goto("/admin/users")
        visitor.page.get_by_role("link", name="Cleo Marchetti").click()
        visitor.page.get_by_role("list", name="What SMS needs").wait_for()
        take(visitor.page, folder, name)
    page.emulate_media(color_scheme="dark")
    take(page, folder, "admin-user-dark")


def phone(browser, portal, folder):
    ann = Person(browser, portal.url, **PHONE)
    ann.page.goto("/")
    take(ann.page, folder, "phone-sign-in")
    ann.sign_in(ANN, PASSWORD)
    page = ann.page
    take(page, folder, "phone-home")
    page.get_by_role("button", name="Contacts", exact=True).last.tap()
    take(page, folder, "phone-contacts")
    page.get_by_role("button", name="Start a New Conversation").tap()
    page.get_by_role("combobox", name="To").fill("b")
    page.get_by_role("option").filter(has_text="Bob Smith").first.wait_for()
    take(page, folder, "phone-new")
    page.get_by_role("option").filter(has_text="Mobile").first.tap()
    ann.box("sms", "Bob Smith").says("Side gate is open")
    take(page, folder, "phone-sms")
    ann.box("sms", "Bob Smith").button("Close").tap()
    page.get_by_role("link", name="Messages", exact=True).tap()
    take(page, folder, "phone-messages")
    page.get_by_role("link", name="Bob Smith – Mobile").tap()
    page.get_by_role("log").wait_for()
    take(page, folder, "phone-conversation")


def main(folder=ROOT / ".github"):
    """Everything into `.run/pictures`; the one that the README shows also into `folder`, with fewer colours."""
    everything = ROOT / ".run/pictures"
    everything.mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        seed_file = seed(pathlib.Path(place) / "seed")
        one = Installation(pathlib.Path(place) / "portal", seed_file)
        one.portal.start()
        try:
            browser = launch(playwright)
            desktop(browser, one.portal, everything, *talk(one.portal))
            phone(browser, one.portal, everything)
            administration(browser, one.portal, everything)
            looks = {"": DESKTOP, "dark-": {**DESKTOP, "color_scheme": "dark"}, "phone-": PHONE}
            take_system(browser, everything, seed_file, pathlib.Path(place) / "system", looks, take)
            browser.close()
        finally:
            one.portal.stop()
    (folder / "portal.png").write_bytes((everything / "portal.png").read_bytes())
    print(f"{everything} and {folder / 'portal.png'}")


if __name__ == "__main__":
    main()
