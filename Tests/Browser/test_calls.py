"""Calls from the portal, with a fake PBX whose phones do what the test says."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from support.fakepbx import ENTRY, FakePBX
from support.installation import ANN, BOB, ROOT_ADMIN, Installation, standard
from support.waiting import until

CALLED = "(619) 555-0142"


@pytest.fixture(scope="module")
def installation(tmp_path_factory, seed_file):
    one = Installation(tmp_path_factory.mktemp("calls") / "portal", seed_file, plugins=[*standard(), ENTRY])
    one.portal.start()
    yield one
    one.portal.stop()


@pytest.fixture(scope="module")
def portal(installation):
    return installation.portal


@pytest.fixture
def pbx(portal):
    """A PBX whose phones are all free, and where nobody is on a call."""
    one = FakePBX(portal.sign_in(ROOT_ADMIN))
    one.reachable(True)
    for extension in ("1001", "1002", "1003"):
        one.phone(extension, "idle")
    yield one
    ann = portal.sign_in(ANN)
    for call in ann.expect(200, "GET", "/calls")["items"]:
        if call["endedAt"] is None:
            ann.expect(204, "DELETE", f"/calls/{call['id']}")


LOOKS = {
    "light": {}, "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}


def strip(place):
    """The line that says where a call stands."""
    return place.get_by_role("group", name="Your call to")


def expected(person, part):
    """Refused requests that the test wants are no faults of the page."""
    person.errors[:] = [error for error in person.errors if part not in error]


def test_S20_S21_S22_the_icon_rings_my_phone_then_the_destination(ann, pbx):
    sms = ann.start("bob", "sms", "Bob Smith – Mobile")
    sms.button("Call Bob Smith – Mobile").click()

    expect(strip(sms.region)).to_contain_text("Calling your phone… then Bob Smith")
    assert pbx.rings(["1001"])["shown"] == "Bob Smith"
    pbx.happens("answered-here")
    expect(strip(sms.region)).to_contain_text("Calling Bob Smith…")
    pbx.rings(["1001", BOB])
    pbx.happens("answered-there")
    expect(strip(sms.region)).to_contain_text("Connected with Bob Smith")
    expect(strip(sms.region).locator(".num")).to_have_text(re.compile(r"^0:0[1-9]$"))
    pbx.happens("ended")
    expect(strip(sms.region)).to_contain_text("ended")
    strip(sms.region).get_by_role("button", name="Dismiss").click()
    expect(strip(sms.region)).to_have_count(0)


def test_S20_a_chat_box_calls_the_colleague(ann, pbx):
    chat = ann.start("ben", "chat", "Ben Okafor")
    chat.button("Call Ben Okafor").click()

    pbx.rings(["1001"])
    pbx.happens("answered-here")

    pbx.rings(["1001", "1002"])
    expect(strip(chat.region)).to_contain_text("Calling Ben Okafor")


@pytest.mark.parametrize("failure, words", [
    ("phoneNoAnswer", "You didn’t answer your phone, so Ben Okafor was not called."),
    ("phoneBusy", "Your phone is busy"),
    ("phoneRefused", "Your phone refused the call"),
])
def test_S22_leg_2_is_not_placed_when_leg_1_is_not_answered(ann, pbx, failure, words):
    chat = ann.start("ben", "chat", "Ben Okafor")
    chat.button("Call Ben Okafor").click()
    call = pbx.rings(["1001"])["id"]

    pbx.happens(failure, call)

    expect(strip(chat.region)).to_contain_text(words)
    pbx.happens("answered-here", call)
    assert pbx.line()["legs"] == ["1001"]


def test_S22_an_offline_phone_is_said_at_once_and_nothing_is_dialled(ann, pbx):
    pbx.phone("1001", "offline")
    chat = ann.start("ben", "chat", "Ben Okafor")
    before = len(pbx.root.expect(200, "GET", "/fake-pbx/lines")["items"])

    chat.button("Call Ben Okafor").click()

    expect(strip(chat.region)).to_contain_text("Your phone is offline, so Ben Okafor was not called.")
    assert len(pbx.root.expect(200, "GET", "/fake-pbx/lines")["items"]) == before
    expected(ann, "/api/v1/calls")


def test_S22_cancel_hangs_up(ann, pbx):
    chat = ann.start("ben", "chat", "Ben Okafor")
    chat.button("Call Ben Okafor").click()
    pbx.rings(["1001"])

    strip(chat.region).get_by_role("button", name="Cancel", exact=True).click()

    expect(strip(chat.region)).to_contain_text("cancelled")
    until(lambda: pbx.line()["isOver"], what="the line being free")


def test_S21_every_tab_shows_the_call_and_any_may_end_it(ann, pbx):
    chat = ann.start("ben", "chat", "Ben Okafor")
    other = ann.context.new_page()
    other.goto("/messages")
    chat.button("Call Ben Okafor").click()
    pbx.rings(["1001"])

    there = strip(other.get_by_role("region", name="Calls"))
    expect(there).to_contain_text("Calling your phone… then Ben Okafor")
    pbx.happens("answered-here")
    pbx.happens("answered-there")
    expect(there).to_contain_text("Connected with Ben Okafor")
    there.get_by_role("button", name="Hang up").click()

    expect(strip(chat.region)).to_contain_text("ended")


def test_S21_a_call_under_way_is_there_again_after_a_reload(ann, pbx):
    chat = ann.start("ben", "chat", "Ben Okafor")
    chat.button("Call Ben Okafor").click()
    pbx.rings(["1001"])
    pbx.happens("answered-here")

    ann.page.reload()
    ann.is_live()

    expect(strip(ann.page)).to_contain_text("Calling Ben Okafor")


def test_S21_one_press_is_one_call_and_a_second_is_refused_in_words(ann, pbx):
    chat = ann.start("ben", "chat", "Ben Okafor")
    chat.button("Call Ben Okafor").click()
    pbx.rings(["1001"])
    before = len(pbx.root.expect(200, "GET", "/fake-pbx/lines")["items"])

    chat.button("Call Ben Okafor").click()

    expect(ann.page.locator(".toast")).to_contain_text("being set up already")
    assert len(pbx.root.expect(200, "GET", "/fake-pbx/lines")["items"]) == before
    expected(ann, "/api/v1/calls")


def test_S20_contacts_are_called_from_their_rows_each_number_by_itself(ann, pbx):
    contacts = ann.page.get_by_role("region", name="Contacts")
    contacts.get_by_role("button", name="Contacts", exact=True).click()
    contacts.get_by_role("button", name="Call Bob Smith").click()
    ann.page.get_by_role("menuitem", name="Work · (619) 555-0143").click()

    bar = strip(ann.page.get_by_role("region", name="Calls"))
    expect(bar).to_contain_text("Calling your phone… then Bob Smith")
    pbx.rings(["1001"])
    pbx.happens("answered-here")
    pbx.rings(["1001", "+16195550143"])


def test_S60_the_contact_panel_calls_and_keeps_the_record(ann, pbx, portal):
    api = portal.sign_in(ANN)
    bob = api.sms_to(BOB)
    ann.page.goto(f"/messages/{bob}")
    panel = ann.page.locator("pbx-conversation").get_by_role("complementary")
    panel.get_by_role("button", name=re.compile("^Call Bob Smith")).first.click()
    pbx.rings(["1001"])
    expect(strip(ann.page.locator("pbx-conversation"))).to_contain_text("Calling your phone…")

    pbx.happens("destinationBusy")

    expect(strip(ann.page.locator("pbx-conversation"))).to_contain_text("Bob Smith is busy.")
    record = panel.get_by_role("list", name="Calls you placed")
    expect(record.get_by_role("listitem").first).to_contain_text("Busy")


def test_S46_S47_the_phone_and_the_blue_dot_are_two_facts(ann, enter, pbx):
    row = ann.page.locator("pbx-contact-dock [data-key]").filter(has_text="Cleo Marchetti")
    expect(row).to_contain_text("Phone free")
    expect(row).to_contain_text("Chat: offline")

    pbx.phone("1003", "busy")
    expect(row).to_contain_text("On a call")
    expect(row).to_contain_text("Chat: offline")
    enter("1003@harbor.example")
    expect(row).to_contain_text("Chat: online")
    expect(row).to_contain_text("On a call")
    pbx.phone("1003", "ringing")
    expect(row).to_contain_text("Phone ringing")
    expect(row).to_contain_text("Chat: online")
    pbx.reachable(False)
    expect(row).to_contain_text("Phone state unknown")
    expect(row).not_to_contain_text("Phone offline")
    pbx.reachable(True)
    expect(row).to_contain_text("Phone ringing")


def test_S22_denied_numbers_are_refused_in_words_before_any_phone_rings(ann, pbx):
    chat = ann.start("ben", "chat", "Ben Okafor")
    root = pbx.root
    before = len(root.expect(200, "GET", "/fake-pbx/lines")["items"])
    root.expect(200, "PATCH", "/admin/domains/harbor.example", {"deniedCalls": ["1002"]})
    try:
        chat.button("Call Ben Okafor").click()
        expect(ann.page.locator(".toast")).to_contain_text("doesn't allow calls to this number")
    finally:
        root.expect(200, "PATCH", "/admin/domains/harbor.example", {"deniedCalls": None})
    assert len(root.expect(200, "GET", "/fake-pbx/lines")["items"]) == before
    expected(ann, "/api/v1/calls")


def test_C5_without_an_adapter_the_icon_says_why_it_cannot_call(ann, pbx, installation):
    chat = ann.start("ben", "chat", "Ben Okafor")
    button = chat.button("Call Ben Okafor")
    expect(button).to_have_attribute("aria-disabled", "false")
    taken = installation.without("fake-pbx")
    try:
        pbx.root.expect(200, "POST", "/admin/plugins/reload")
        expect(button).to_have_attribute("aria-disabled", "true")
        expect(button).to_have_attribute("title", re.compile("no phone system is connected"))
        button.press("Enter")
        expect(ann.page.locator(".toast")).to_contain_text("no phone system is connected")
    finally:
        installation.put_back(*taken)
        pbx.root.expect(200, "POST", "/admin/plugins/reload")
    expect(button).to_have_attribute("aria-disabled", "false")


@pytest.mark.chromium
@pytest.mark.parametrize("look", LOOKS)
def test_B2_axe_finds_nothing_at_any_step_of_a_call_and_each_is_said_aloud(enter, pbx, look):
    ann = enter(ANN, **LOOKS[look])
    if look == "phone":
        ann.page.get_by_role("button", name="Contacts", exact=True).last.click()
    chat = ann.start("ben", "chat", "Ben Okafor")
    chat.button("Call Ben Okafor").click()
    pbx.rings(["1001"])
    steps = [(None, "Calling your phone"), ("answered-here", "Calling Ben"), ("answered-there", "Connected"),
             ("destinationBusy", "busy")]
    for event, words in steps:
        if event:
            pbx.happens(event)
        expect(strip(chat.region).get_by_role("status")).to_contain_text(words)
        found = Axe().run(ann.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert [one["id"] for one in found.response["violations"]] == []


def test_S21_the_whole_call_works_by_keyboard(ann, pbx):
    chat = ann.start("ben", "chat", "Ben Okafor")
    chat.button("Call Ben Okafor").focus()
    ann.page.keyboard.press("Enter")
    pbx.rings(["1001"])

    expect(chat.button("Call Ben Okafor")).to_be_focused()
    strip(chat.region).get_by_role("button", name="Cancel", exact=True).focus()
    ann.page.keyboard.press("Enter")

    expect(strip(chat.region)).to_contain_text("cancelled")
