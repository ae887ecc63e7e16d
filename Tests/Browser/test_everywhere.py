"""What holds on every page: accessible, no foreign script, a phone's width, hostile texts are texts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN, ANN_DIRECT, OLGA
from support.server import PASSWORD

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE, "dark phone": {**PHONE, "color_scheme": "dark"}}
HOSTILE = [
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "javascript:alert(1)", "\"><svg onload=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}", "https://example.com/\"onmouseover=\"alert(1)", "\u202eevil\u202c",
]


def audit(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]


def is_as_wide_as_the_screen(page):
    # An emulated phone widens its layout with what overflows: compare with the width that was asked for.
    return page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.chromium
def test_axe_finds_nothing_on_any_page(visit, look):
    person = visit(**LOOKS[look])
    page = person.page
    page.goto("/")
    expect(page.get_by_label("User", exact=True)).to_be_focused()
    assert audit(page) == []
    person.sign_in(ANN, PASSWORD)
    for path, heading in (("/", "Hello, Ann"), ("/messages", "Chat and SMS"), ("/plugins/simulator/", "Customers’ phones")):
        page.goto(path)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        assert audit(page) == []
        assert is_as_wide_as_the_screen(page)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.chromium
def test_axe_finds_nothing_in_the_dock_and_the_boxes(enter, look):
    person = enter(ANN, **LOOKS[look])
    page = person.page
    is_phone = "phone" in look
    if is_phone:
        page.get_by_role("button", name="Contacts", exact=True).last.click()
    assert audit(page) == []
    person.start("kar", "sms", "Karen Adams – Home").write("Hello")
    person.box("sms", "Karen Adams").says("Hello", "Delivered")
    assert audit(page) == []
    assert is_as_wide_as_the_screen(page)
    if is_phone:
        person.box("sms", "Karen Adams").button("Close").click()
        page.get_by_role("button", name="Contacts", exact=True).last.click()
    page.get_by_role("button", name="Start a New Conversation").click()
    page.get_by_role("combobox", name="To").fill("b")
    expect(page.get_by_role("option").filter(has_text="Bob").first).to_be_visible()
    assert audit(page) == []


@pytest.mark.chromium
def test_axe_catches_a_fault_that_is_planted(visit):
    page = visit().page
    page.goto("/")
    expect(page.get_by_label("User", exact=True)).to_be_focused()

    page.evaluate("document.querySelector('main').append(document.createElement('button'))")

    assert any("button-name" in fault for fault in audit(page))


def test_hostile_texts_are_shown_as_texts(ann, customer, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    for text in HOSTILE:
        customer(unknown_number, text, ANN_DIRECT)

    for text in HOSTILE:
        box.says(text)
    assert box.log.locator("img, script, svg:not(.icon)").count() == 0
    links = [link.get_attribute("href") for link in box.log.get_by_role("link").all()]
    assert all(re.match(r"https://example\.com/", href) for href in links)
    ann.page.goto("/messages")
    expect(ann.page.get_by_role("listitem").filter(has_text=plain(unknown_number))).to_be_visible()


def test_a_wrong_password_is_named_and_the_field_can_be_typed_over(visit):
    page = visit().page
    page.goto("/messages")
    page.get_by_label("User", exact=True).fill(ANN)
    page.get_by_label("Password", exact=True).fill("not it")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()

    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Chat and SMS")).to_be_visible()


def test_S50_S53_the_way_from_the_profile_menu_by_keys_alone(ann):
    page = ann.page
    page.get_by_role("button", name="account menu").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Chat and SMS")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Chat and SMS")).to_be_visible()
    expect(page).to_have_url(re.compile("/messages$"))


def test_signing_out_leaves_nothing(ann):
    ann.page.get_by_role("button", name="account menu").click()
    ann.page.get_by_role("menuitem", name="Sign out").click()

    expect(ann.page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(ann.page.get_by_text("Ann Whitfield")).to_have_count(0)
    ann.page.reload()
    expect(ann.page.get_by_label("User", exact=True)).to_be_focused()


@pytest.mark.chromium
def test_a_phone_shows_one_conversation_over_the_whole_screen(enter):
    person = enter(ANN, **PHONE)
    page = person.page
    page.get_by_role("button", name="Contacts", exact=True).last.tap()
    page.get_by_role("region", name="Contacts").get_by_role("button", name="Chat with Ben Okafor").tap()

    box = person.box("chat", "Ben Okafor")

    expect(box.entry).to_be_focused()
    place = box.region.bounding_box()
    assert (place["x"], place["y"], place["width"], place["height"]) == (0, 0, 390, 844)
    box.button("Close").tap()
    expect(page.get_by_role("heading", name="Hello, Ann")).to_be_in_viewport()


SMALL_TARGETS = """() => {
    const found = [];
    const walk = (root) => {
        for (const el of root.querySelectorAll('*')) {
            if (el.shadowRoot) walk(el.shadowRoot);
            const isTarget = el.matches('button, input, select, [role^="menuitem"], [role="option"]');
            if (!isTarget || !el.checkVisibility() || el.matches('.cover, .acts .ib')) continue;
            const box = (el.closest('.field, .to') ?? el).getBoundingClientRect();
            if (box.height < 43.5) found.push(`${box.height} ${el.ariaLabel ?? el.textContent}`);
        }
    };
    walk(document);
    return found;
}"""


@pytest.mark.chromium
def test_a_finger_hits_what_it_aims_at(enter, unknown_number):
    phone = enter(ANN, **PHONE)
    page = phone.page
    assert page.evaluate(SMALL_TARGETS) == []
    page.get_by_role("button", name="account menu").tap()
    expect(page.get_by_role("menuitem", name="Sign out")).to_be_visible()
    assert page.evaluate(SMALL_TARGETS) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Contacts").tap()
    assert page.evaluate(SMALL_TARGETS) == []
    box = phone.start(unknown_number, "sms", plain(unknown_number))
    small = [one for one in page.evaluate(SMALL_TARGETS) if "Text message" not in one]
    assert small == []
    box.button("Conversation settings").tap()
    expect(page.get_by_role("menuitem", name="Delete Conversation")).to_be_visible()
    assert [one for one in page.evaluate(SMALL_TARGETS) if "Text message" not in one] == []
    page.keyboard.press("Escape")
    box.button("Add Contact").tap()
    assert [one for one in page.evaluate(SMALL_TARGETS) if "Text message" not in one] == []


def test_S6_why_somebody_cannot_text_is_not_covered_by_the_contacts(enter):
    page = enter(OLGA, viewport={"width": 1280, "height": 720}).page
    gate = page.locator(".gate", has_text="You can’t text yet.")

    expect(gate).to_be_visible()
    contacts = page.get_by_role("region", name="Contacts")
    expect(contacts).to_be_visible()
    ends = [one.bounding_box() for one in (gate, contacts)]
    assert ends[0]["x"] + ends[0]["width"] <= ends[1]["x"]


@pytest.mark.chromium
def test_a_tablet_shows_whole_names_in_the_contacts_and_the_boxes(enter):
    tablet = enter(ANN, viewport={"width": 768, "height": 1024}, has_touch=True)
    box = tablet.start("ben", "chat", "Ben Okafor")
    row = tablet.page.get_by_role("region", name="Contacts").locator(".row", has_text="Olga Lindqvist")

    for name in (box.region.get_by_role("heading", name="Ben Okafor"), row.locator("b").first):
        assert name.evaluate("el => el.scrollWidth <= el.clientWidth")
    places = [one.bounding_box() for one in (box.region, tablet.page.get_by_role("region", name="Contacts"))]
    assert places[0]["x"] >= 0 and places[0]["x"] + places[0]["width"] <= places[1]["x"]
