"""The pictures of the administrator's pages of the system; `screenshots.py` takes them with the others."""

from playwright.sync_api import expect

from support.systempages import System, installation, rewrite
from support.browser import Person
from support.installation import ANN, FRONT_DESK, OLGA, ROOT_ADMIN
from support.server import PASSWORD

SECTIONS = ("plugins", "plugins/kannel", "carriers", "outbox", "opt-outs", "health")


def happenings(one):
    """What the pages have to show: a message that waits, one given up, an opt-out, a changed setting, an update."""
    ann, olga, root = (one.portal.sign_in(login) for login in (ANN, OLGA, ROOT_ADMIN))
    for number in ("+16195550009", "+16195550000"):
        ann.send(ann.sms_to(number, FRONT_DESK), "Your sofa is ready.")
    olga.expect(204, "PUT", "/sms/opt-outs/+16195550177", {"reason": "Asked by telephone"})
    root.expect(200, "PATCH", "/admin/plugins/sms/settings", {"set": {"mostSegments": 6}})
    rewrite(one.chat_folder, version="1.4.0", outboundHosts=["new.example:8443"])


def show(system, section):
    """Opens a section as it is most telling."""
    system.open(section)
    if section == "carriers":
        system.page.get_by_role("button", name="Run the test").first.click()
        expect(system.page.locator(".diagnoses li").first).to_be_visible()
    if section == "plugins/kannel":
        system.setting("window").get_by_role("spinbutton").fill("9999")
        system.save()
        expect(system.page.locator("[aria-invalid]")).to_be_visible()


def take_system(browser, folder, seed_file, place, looks, take):
    """`looks` are the options of a browser context by the beginning of the pictures' names."""
    one = installation(place, seed_file)
    one.portal.start()
    try:
        happenings(one)
        for name, look in looks.items():
            person = Person(browser, one.portal.url, **look)
            system = System(person.sign_in(ROOT_ADMIN, PASSWORD))
            for section in SECTIONS:
                show(system, section)
                take(person.page, folder, f"{name}admin-{section.replace('/', '-')}")
    finally:
        one.portal.stop()
