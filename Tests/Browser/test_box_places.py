"""Where the boxes are: minimised, in rows too long for the screen, gone and brought back, reached by keys."""

import pytest
from playwright.sync_api import expect

from support.browser import audit, plain
from support.installation import ANN, FRONT_DESK, OLGA
from support.people import colleague
from support.waiting import until


@pytest.fixture
def narrow(enter):
    return enter(ANN, viewport={"width": 1150, "height": 700})


def test_S26_minimising_keeps_draft_caret_and_scroll_place(ann, portal):
    desk = portal.sign_in(ANN)
    room = desk.expect(201, "POST", "/conversations", {
        "kind": "chat", "users": [one["id"] for one in desk.items("/people")][:2], "title": "Long talk"})["id"]
    for number in range(40):
        desk.send(room, f"Line {number}")
    ann.page.goto("/messages")
    ann.page.get_by_role("button", name="Reply to Long talk").click()
    box = ann.box("chat", "Long talk")
    expect(box.bubble("Line 39")).to_be_visible()
    box.entry.fill("Half a sentence")
    box.entry.evaluate("el => el.setSelectionRange(4, 6)")
    box.log.evaluate("log => { log.scrollTop = 500; }")
    place = box.log.evaluate("log => log.scrollTop")

    box.button("Minimise").click()
    box.region.get_by_role("button", name="Long talk").first.click()

    expect(box.entry).to_be_focused()
    assert box.entry.evaluate("el => [el.value, el.selectionStart, el.selectionEnd]") == ["Half a sentence", 4, 6]
    assert abs(box.log.evaluate("log => log.scrollTop") - place) < 3


def test_S26_boxes_that_find_no_room_wait_behind_a_button(narrow):
    page = narrow.page
    for name in ("Ben Okafor", "Cleo Marchetti", "Olga Lindqvist"):
        narrow.start(name, "chat", name)
    more = page.get_by_role("button", name="1 more conversation")
    expect(more).to_be_visible()
    expect(narrow.box("chat", "Ben Okafor").region).to_be_hidden()
    contacts = page.get_by_role("region", name="Contacts").bounding_box()
    for box in page.locator("pbx-chat-box:not([hidden])").all():
        place = box.bounding_box()
        assert place["x"] >= 0 and place["x"] + place["width"] <= contacts["x"]
    assert audit(page) == []

    more.click()
    page.get_by_role("menuitem", name="Ben Okafor").click()

    expect(narrow.box("chat", "Ben Okafor").entry).to_be_focused()
    expect(narrow.box("chat", "Cleo Marchetti").region).to_be_hidden()


@pytest.mark.chromium
def test_S26_a_phone_has_a_way_back_to_what_was_minimised(enter):
    phone = enter(ANN, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = phone.page
    for name in ("Ben Okafor", "Cleo Marchetti"):
        page.get_by_role("button", name="Contacts").click()
        box = phone.start(name, "chat", name)
        box.entry.fill(f"For {name}")
        box.button("Minimise").click()
        expect(box.region).to_be_hidden()
    assert audit(page) == []
    folded = page.get_by_role("button", name="2 open conversations")
    edges = [one.bounding_box() for one in (folded, page.get_by_role("button", name="Contacts"))]
    assert edges[0]["x"] + edges[0]["width"] <= edges[1]["x"]

    folded.click()
    page.get_by_role("menuitem", name="Ben Okafor").click()

    ben = phone.box("chat", "Ben Okafor")
    expect(ben.entry).to_have_value("For Ben Okafor")
    ben.button("Close").click()

    page.get_by_role("button", name="Cleo Marchetti", exact=True).click()

    expect(phone.box("chat", "Cleo Marchetti").entry).to_have_value("For Cleo Marchetti")


@pytest.mark.chromium
def test_S26_back_on_a_phone_leaves_the_conversation_and_not_the_page_under_it(enter):
    phone = enter(ANN, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = phone.page
    page.get_by_role("navigation").get_by_role("link", name="Messages").click()
    heading = page.get_by_role("heading", name="Chat and SMS")
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Contacts").click()
    box = phone.start("ben", "chat", "Ben Okafor")

    page.go_back()

    expect(box.region).to_be_hidden()
    expect(heading).to_be_visible()
    assert page.url.endswith("/messages")

    page.go_back()

    expect(page.get_by_role("heading", name="Hello")).to_be_visible()


@pytest.mark.chromium
def test_S26_back_on_the_first_page_of_a_visit_closes_what_covers_it(enter):
    phone = enter(ANN, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = phone.page
    page.goto("/messages")
    heading = page.get_by_role("heading", name="Chat and SMS")
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Contacts").click()
    expect(page.get_by_role("searchbox", name="Search people and contacts")).to_be_visible()

    page.go_back()

    expect(page.get_by_role("searchbox", name="Search people and contacts")).to_be_hidden()
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Contacts").click()
    box = phone.start("ben", "chat", "Ben Okafor")

    page.go_back()

    expect(box.region).to_be_hidden()
    assert page.url.endswith("/messages")


def test_S26_open_boxes_do_not_cover_the_composer_of_a_conversations_page(enter, portal):
    desk = portal.sign_in(ANN)
    room = desk.chat_with(colleague(desk, "Cleo Marchetti"))
    tablet = enter(ANN, viewport={"width": 820, "height": 1100})
    page = tablet.page
    box = tablet.start("ben", "chat", "Ben Okafor")
    box.entry.fill("Half a sentence")

    page.goto(f"/messages/{room}")
    expect(page.locator("pbx-conversation").get_by_role("textbox")).to_be_visible()
    page.locator("pbx-conversation").get_by_role("textbox").click()

    expect(box.region).to_have_attribute("minimised", "")
    box.region.get_by_role("button", name="Ben Okafor").first.click()
    expect(box.entry).to_have_value("Half a sentence")


def test_S26_keys_go_from_box_to_box_and_escape_minimises(ann):
    first = ann.start("ben", "chat", "Ben Okafor")
    second = ann.start("cleo", "chat", "Cleo Marchetti")
    expect(second.entry).to_be_focused()

    ann.page.keyboard.press("Control+Alt+ArrowLeft")
    expect(second.entry).not_to_be_focused()
    expect(first.entry).to_be_focused()
    ann.page.keyboard.press("Control+Alt+ArrowRight")
    expect(second.entry).to_be_focused()
    ann.page.keyboard.press("Escape")

    expect(second.region).to_have_attribute("minimised", "")


def test_S25_a_conversation_deleted_in_its_box_comes_back_by_undo(ann, customer, unknown_number):
    customer(unknown_number, "Keep this", FRONT_DESK)
    ann.page.locator("pbx-chat-box", has_text=plain(unknown_number)).locator("button.go").click()
    box = ann.box("sms", plain(unknown_number))
    box.setting("Delete Conversation")
    assert audit(ann.page) == []
    box.region.get_by_role("button", name="Delete", exact=True).click()
    expect(box.region).to_have_count(0)

    ann.page.get_by_role("button", name="Undo").click()

    box.says("Keep this")
    expect(box.entry).to_be_focused()


def test_S43_a_minimised_box_turns_green_too_and_is_read_when_it_opens(ann, customer, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.button("Minimise").click()

    customer(unknown_number, "Green?", FRONT_DESK)

    chip = ann.page.get_by_role("region", name=f"SMS with {plain(unknown_number)}, 1 new message")
    expect(chip).to_have_attribute("fresh", "")
    expect(chip).to_contain_text("1 new")
    chip.locator("button.go").click()
    expect(box.region).not_to_have_attribute("fresh", "")
    expect(box.region).to_have_accessible_name(f"SMS with {plain(unknown_number)}")


def test_a_box_that_is_still_loading_takes_no_focus_from_the_box_that_is_written_in(ann, portal):
    desk = portal.sign_in(ANN)
    desk.send(desk.chat_with(colleague(desk, "Cleo Marchetti")), "Said before")
    his = ann.start("ben", "chat", "Ben Okafor")
    held = []
    ann.page.route("**/api/v1/conversations/*/messages?*", lambda route: held.append(route))
    hers = ann.start("cleo", "chat", "Cleo Marchetti")

    his.entry.focus()
    for route in until(lambda: ann.page.evaluate("1") and held, what="the request for her messages"):
        route.continue_()

    expect(hers.bubble("Said before")).to_be_visible()
    expect(his.entry).to_be_focused()


def test_S26_whoever_closes_a_box_by_keys_goes_on_beside_it(ann):
    page = ann.page
    begin = page.get_by_role("button", name="Start a New Conversation")
    begin.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="To")).to_be_focused()

    page.keyboard.press("Escape")

    expect(begin).to_be_focused()

    box = ann.start("cleo", "chat", "Cleo Marchetti")
    box.button("Close").focus()
    page.keyboard.press("Enter")

    expect(box.region).to_have_count(0)
    expect(begin).to_be_focused()


def test_S27_a_long_name_leaves_the_type_of_the_number_in_sight(ann, portal, unknown_number):
    name = f"Maximiliane-Theodora von und zu Hohenstein {unknown_number[-4:]}"
    desk = portal.sign_in(ANN)
    body = {"name": name, "isShared": False, "numbers": [{"label": "Mobile", "value": unknown_number}], "emails": []}
    desk.expect(201, "POST", "/contacts", body)
    desk.send(desk.sms_to(unknown_number, FRONT_DESK), "Good morning")

    box = ann.start(unknown_number[-4:], "sms", name)

    ann.page.goto("/messages")
    row = ann.page.get_by_role("link", name=f"{name} – Mobile")
    for title in (row, box.region.get_by_role("heading", name=f"{name} – Mobile")):
        expect(title.locator(".lab")).to_have_text(" – Mobile")
        assert title.evaluate("""title => {
            const label = title.querySelector('.lab');
            const [inside, around] = [label.getBoundingClientRect(), title.getBoundingClientRect()];
            return inside.right <= around.right + 1 && label.scrollWidth <= label.clientWidth + 1;
        }""")


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
def test_S8_nothing_of_the_home_page_lies_under_the_open_contacts(enter, width):
    page = enter(OLGA, viewport={"width": width, "height": 800}).page
    page.goto("/")
    expect(page.get_by_role("heading", name="SMS usage")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Search people and contacts")).to_be_visible()

    reach = page.evaluate("""() => {
        const edge = document.querySelector('pbx-contact-dock').getBoundingClientRect().left;
        return [...document.querySelectorAll('main .card')].map((card) => card.getBoundingClientRect().right - edge);
    }""")

    assert len(reach) > 3 and all(beyond <= 0 for beyond in reach), reach
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
