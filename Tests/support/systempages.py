"""The administrator's pages of the system, as the browser tests use them."""

import json
import shutil

from playwright.sync_api import expect

from .installation import Installation, plugin
from .server import ROOT

SECRET = "hush-this-is-the-password-of-kannel"
TOKEN = "a-webhook-token-of-the-tests-1"


def kannel_entry(port, **settings):
    """Kannel with a password that isn't there, so that it is declined until somebody says where it lies."""
    return plugin("kannel", settings={
        "url": "http://127.0.0.1:9/cgi-bin/sendsms", "username": "tester", "password": {"$env": "NO_SUCH_PASSWORD"},
        "webhookToken": {"$env": "KANNEL_TOKEN"}, "callbackURL": f"http://127.0.0.1:{port}", **settings})


def movable(folder, identifier):
    """A copy of a plugin's folder whose papers a test may change; gives it and its manifest entry."""
    name = plugin(identifier)["folder"].rsplit("/", 1)[1]
    copy = folder / name
    shutil.copytree(ROOT / "Plugins" / name, copy, ignore=shutil.ignore_patterns("Tests", "Sources"))
    return copy, {"id": identifier, "folder": str(copy)}


def rewrite(folder, **changes):
    """Changes a plugin.json, as an update would."""
    file = folder / "plugin.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def installation(folder, seed_file, **more):
    """SMS, a Chat whose papers can change, the simulator and a Kannel that is declined."""
    folder.mkdir(parents=True, exist_ok=True)
    copy, chat = movable(folder, "chat")
    one = Installation(
        folder / "portal", seed_file, environment={"KANNEL_TOKEN": TOKEN},
        plugins=lambda port: [plugin("sms"), chat, plugin("simulator"), kannel_entry(port)], **more)
    one.chat_folder = copy
    return one


class System:
    """An administrator at the pages of the system."""

    def __init__(self, person):
        self.person = person
        self.page = person.page

    def open(self, section):
        """Goes to a section by its address, and waits until it has loaded."""
        self.page.goto(f"/admin/{section}")
        self.loaded()
        expect(self.page.locator("html")).to_have_attribute("data-link", "live")
        return self

    def loaded(self):
        expect(self.page.locator(".sys-page")).to_be_visible()
        expect(self.page.locator(".sys-page[aria-busy]")).to_have_count(0)
        expect(self.page.locator(".sys-page [aria-busy]")).to_have_count(0)

    def card(self, name):
        return self.page.get_by_role("region", name=name, exact=True)

    def plugin(self, name):
        """The row of a plugin in the list."""
        return self.card("All plugins").get_by_role("listitem").filter(has=self.page.get_by_role("link", name=name))

    def setting(self, name):
        return self.page.locator(f"[data-setting={name}]")

    def save(self):
        self.page.get_by_role("button", name="Save").click()
