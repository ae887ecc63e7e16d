"""A person with a browser of their own, and what people do in the portal."""

import json
import os

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FIREFOX = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")

# How many milliseconds a page may take where no requirement says less: other tests run on the same machine.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


def launch(playwright, engine="chromium"):
    """Debian's own browsers: nothing is downloaded."""
    if engine == "firefox":
        # The channel speaks WebDriver BiDi to an unchanged Firefox.
        return playwright.firefox.launch(channel="moz-firefox", executable_path=FIREFOX)
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[
        "--no-sandbox", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"])


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def audit(page):
    """What axe finds wrong with a page as it is now."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]


def plain(formatted):
    """A number in E.164 as the portal shows it to people in the United States."""
    return f"({formatted[2:5]}) {formatted[5:8]}-{formatted[8:]}"


class Box:
    """A chat box."""

    def __init__(self, region):
        self.region = region
        self.log = region.get_by_role("log")
        self.entry = region.locator("textarea")

    def write(self, text):
        self.entry.fill(text)
        # On a phone Enter breaks the line; the button sends everywhere.
        self.button("Send").click()

    def bubble(self, text):
        return self.log.locator(".m").filter(has_text=text)

    def says(self, text, state=None):
        """Waits for a message, and for its state in words."""
        bubble = self.bubble(text).last
        expect(bubble).to_be_visible()
        if state:
            expect(bubble.locator(".meta")).to_contain_text(state)
        return bubble

    def button(self, name):
        return self.region.get_by_role("button", name=name, exact=True)

    def setting(self, name):
        """Chooses from the menu of the cog."""
        self.button("Conversation settings").click()
        self.region.get_by_role("menuitem", name=name, exact=True).click()


class Person:
    """Somebody with a browser context of their own. `errors` are what the pages complained about."""

    def __init__(self, browser, url, **more):
        self.url = url
        self.errors = []
        self.context = browser.new_context(base_url=url, **more)
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page = self.context.new_page()

    def _heard(self, message):
        is_session = "401" in message.text and "/api/v1/session" in message.location.get("url", "")
        if message.type == "error" and not is_session:
            self.errors.append(f"{message.text} at {message.location.get('url')}")

    def sign_in(self, login, password):
        page = self.page
        page.goto("/")
        page.get_by_label("User", exact=True).fill(login)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("heading", name="Hello").wait_for()
        self.is_live()
        return self

    def is_live(self):
        """Waits until the page hears events and has loaded its lists."""
        expect(self.page.locator("html")).to_have_attribute("data-link", "live")
        expect(self.page.locator("pbx-contact-dock [data-key]").first).to_be_attached()

    def box(self, kind, name):
        """The box of a conversation, whether it is new in it or not."""
        begins = {"sms": "SMS with", "chat": "Chat with"}[kind]
        return Box(self.page.get_by_role("region", name=f"{begins} {name}"))

    def start(self, typed, kind, name):
        """Begins a conversation by the icon in the contacts and what is typed."""
        # Of several windows Firefox gives the focus to the one in front only.
        self.page.bring_to_front()
        self.page.get_by_role("button", name="Start a New Conversation").click()
        self.page.get_by_role("combobox", name="To").fill(typed)
        action = {"sms": "Send SMS…", "chat": "Chat"}[kind]
        self.page.get_by_role("option").filter(has_text=name).filter(has_text=action).first.click()
        box = self.box(kind, name)
        expect(box.entry).to_be_focused()
        return box

    def look_away(self):
        """Takes the focus out of every box, as somebody does who works on elsewhere in the page."""
        self.page.get_by_role("heading", level=1).click()

    def take_pictures(self, path):
        for number, page in enumerate(self.context.pages):
            try:
                page.screenshot(path=f"{path}-{number}.png")
            except Exception as error:  # noqa: BLE001 - a picture that can't be taken must not hide the failure
                print(json.dumps({"picture": str(path), "error": str(error)}))
