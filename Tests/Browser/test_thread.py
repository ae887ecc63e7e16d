"""The log of a conversation: scrolling, what is new, and what can be done with a message."""

import base64
import re
import secrets

import pytest
from playwright.sync_api import expect

from support.browser import audit, plain
from support.installation import ANN, ANN_DIRECT, BEN, CLEO, FRONT_DESK
from support.people import colleague
from support.waiting import at_rest, until

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
TOP = "log => { const t = log.getBoundingClientRect().top; for (const m of log.querySelectorAll('.m')) {" \
    " const r = m.getBoundingClientRect(); if (r.bottom > t + 1) return [m.row.key, Math.round(r.top - t)]; } }"
AT_END = "log => log.scrollHeight - log.scrollTop - log.clientHeight < 2"


@pytest.fixture
def room(portal, request):
    """A group of Ann, Ben and Cleo that no other test uses: its id, and how its members write into it."""
    ann = portal.sign_in(ANN)
    users = [colleague(ann, "Ben Okafor"), colleague(ann, "Cleo Marchetti")]
    title = f"Room {secrets.token_hex(3)}"
    body = {"kind": "chat", "users": users, "title": title}
    return title, ann.expect(201, "POST", "/conversations", body)["id"]


def fill(portal, conversation, count):
    writer = portal.sign_in(BEN)
    for number in range(count):
        assert writer.send(conversation, f"Line {number:03d}").status == 201


def read(portal, conversation, person, title, count):
    """All of it is read elsewhere, once the person's page has the chip: what is read before it comes makes none."""
    expect(person.page.locator("pbx-chat-box", has_text=title).locator("button.go")).to_be_visible()
    portal.sign_in(ANN).expect(204, "POST", f"/conversations/{conversation}/read", {"upTo": count})


def opened(person, title):
    """The box of a conversation that came with its messages as a chip."""
    person.page.locator("pbx-chat-box", has_text=title).locator("button.go").click()
    box = person.box("chat", title)
    expect(box.log.get_by_role("article").first).to_be_attached()
    return box


def numbers(box):
    return box.log.locator(".m .b").evaluate_all("all => all.map(b => Number(b.textContent.slice(5)))")


def test_S29_five_hundred_messages_back_without_a_jump_a_gap_or_a_double(enter, portal, room):
    title, conversation = room
    fill(portal, conversation, 500)
    ann = enter(ANN)
    ann.page.goto("/messages")
    ann.page.get_by_role("button", name=f"Reply to {title}").click()
    box = ann.box("chat", title)
    expect(box.bubble("Line 499")).to_be_visible()

    while box.bubble("Line 000").count() == 0:
        known = box.log.get_by_role("article").count()
        box.log.evaluate("log => { log.scrollTop = 40; }")
        before = box.log.evaluate(TOP)
        until(lambda: box.log.get_by_role("article").count() > known, 10, "older messages")
        after = box.log.evaluate(
            "(log, key) => { const m = [...log.querySelectorAll('.m')].find(m => m.row.key === key);"
            " return Math.round(m.getBoundingClientRect().top - log.getBoundingClientRect().top); }", before[0])
        assert abs(after - before[1]) <= 2, (before, after)

    assert numbers(box) == list(range(500))


def test_S30_at_the_end_a_new_message_is_in_view(ann, portal, room):
    title, conversation = room
    fill(portal, conversation, 30)
    read(portal, conversation, ann, title, 30)
    box = opened(ann, title)
    box.entry.click()
    expect(box.bubble("Line 029")).to_be_in_viewport()

    portal.sign_in(CLEO).send(conversation, "And one more")

    expect(box.bubble("And one more")).to_be_in_viewport()
    expect(box.region.get_by_role("button", name=re.compile("new message"))).to_have_count(0)


def test_S30_who_has_scrolled_up_is_not_pulled_away_and_a_pill_leads_to_the_end(ann, portal, room):
    title, conversation = room
    fill(portal, conversation, 40)
    box = opened(ann, title)
    box.bubble("Line 039").scroll_into_view_if_needed()
    box.log.hover()
    ann.page.mouse.wheel(0, -600)
    until(lambda: not box.log.evaluate(AT_END), what="the log being scrolled up")
    before = at_rest(lambda: box.log.evaluate(TOP))

    for text in ("First news", "Second news"):
        portal.sign_in(CLEO).send(conversation, text)

    pill = box.region.get_by_role("button", name="2 new messages")
    expect(pill).to_be_visible()
    assert box.log.evaluate(TOP) == before
    pill.click()
    expect(box.bubble("Second news")).to_be_in_viewport()
    expect(pill).to_have_count(0)


def test_S30_ones_own_message_always_comes_into_view(ann, portal, room):
    title, conversation = room
    fill(portal, conversation, 40)
    box = opened(ann, title)
    box.log.evaluate("log => { log.scrollTop = 300; }")

    box.write("My answer")

    expect(box.bubble("My answer")).to_be_in_viewport()


def test_S30_a_picture_that_comes_late_keeps_the_end_in_view(ann, portal, room):
    title, conversation = room
    held = []
    ann.page.route("**/api/v1/attachments/*", lambda route: held.append(route))
    fill(portal, conversation, 12)
    read(portal, conversation, ann, title, 12)
    ben = portal.sign_in(BEN)
    answer = ben.request("POST", "/attachments?name=plan.png", PIXEL, {"Content-Type": "image/png"})
    box = opened(ann, title)
    ben.send(conversation, "", attachments=[answer.json()["id"]])
    expect(box.log.get_by_role("img", name="Picture: plan.png")).to_be_attached()
    # Counting lets the driver hand over the requests that it holds.
    until(lambda: box.log.count() and held, 10, "the picture being asked for")

    for route in held:
        route.fulfill(body=tall_picture(), content_type="image/svg+xml")

    picture = box.log.get_by_role("img")
    until(lambda: picture.evaluate("img => img.complete && img.clientHeight > 100"), 10, "the picture")
    until(lambda: box.log.evaluate(AT_END), 5, "the end being in view")


def tall_picture():
    return b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="600"><rect width="300" height="600"/></svg>'


def test_S29_the_line_new_stands_before_the_first_unread_message(ann, portal, room):
    title, conversation = room
    fill(portal, conversation, 3)
    box = opened(ann, title)
    line = box.log.get_by_text("New", exact=True)
    expect(line).to_be_visible()
    assert box.log.evaluate("log => log.querySelector('.new').nextElementSibling.textContent").endswith("Line 000")

    box.entry.click()
    expect(box.region).to_have_accessible_name(f"Chat with {title}")
    expect(line).to_be_visible()
    box.button("Minimise").click()
    ann.page.get_by_role("button", name=title).first.click()

    expect(line).to_have_count(0)


def test_S29_the_day_has_a_line_and_the_log_is_one(ann, portal, room):
    title, conversation = room
    fill(portal, conversation, 1)
    box = opened(ann, title)

    expect(box.log.locator(".day")).to_have_text("Today")
    expect(box.log).to_have_accessible_name(f"Messages with {title}")


def test_S55_a_message_is_deleted_from_its_menu_and_comes_back_by_undo(ann, portal, room):
    title, conversation = room
    fill(portal, conversation, 2)
    box = opened(ann, title)
    box.bubble("Line 000").locator(".b").hover()
    box.region.get_by_role("button", name="Message options").click()
    ann.page.get_by_role("menuitem", name="Delete").click()
    expect(box.bubble("Line 000")).to_have_count(0)

    ann.page.get_by_role("button", name="Undo").click()

    expect(box.bubble("Line 000")).to_be_visible()
    assert numbers(box) == [0, 1]
    assert len(portal.sign_in(CLEO).messages(conversation)) == 2


def test_S55_keys_alone_go_through_the_messages_open_the_menu_and_delete(ann, portal, room):
    title, conversation = room
    fill(portal, conversation, 3)
    box = opened(ann, title)
    box.log.focus()
    ann.page.keyboard.press("ArrowUp")
    ann.page.keyboard.press("ArrowUp")
    expect(box.bubble("Line 001")).to_be_focused()
    ann.page.keyboard.press("Enter")
    expect(ann.page.get_by_role("menuitem", name="Copy text")).to_be_focused()
    ann.page.keyboard.press("Escape")
    expect(box.bubble("Line 001")).to_be_focused()

    ann.page.keyboard.press("Delete")

    expect(box.bubble("Line 001")).to_have_count(0)
    expect(box.bubble("Line 002")).to_be_focused()
    expect(box.region).not_to_have_attribute("minimised", "")


@pytest.mark.chromium
def test_S55_a_long_press_opens_the_menu_on_a_phone(enter):
    person = enter(ANN, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    person.page.get_by_role("button", name="Contacts", exact=True).last.tap()
    person.page.get_by_role("region", name="Contacts").get_by_role("button", name="Chat with Olga Lindqvist").tap()
    box = person.box("chat", "Olga Lindqvist")
    box.write("Line 000")
    box.says("Line 000", "Sent")
    place = box.bubble("Line 000").locator(".b").bounding_box()
    keys = person.context.new_cdp_session(person.page)
    point = {"x": place["x"] + 10, "y": place["y"] + 10}

    keys.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})

    expect(person.page.get_by_role("menuitem", name="Copy text")).to_be_visible()
    keys.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert audit(person.page) == []


@pytest.mark.chromium
def test_a_message_can_be_copied(ann, portal, room):
    title, conversation = room
    ann.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fill(portal, conversation, 1)
    box = opened(ann, title)

    box.bubble("Line 000").locator(".b").hover()
    box.region.get_by_role("button", name="Message options").click()
    ann.page.get_by_role("menuitem", name="Copy text").click()

    expect(ann.page.get_by_text("Copied")).to_be_visible()
    assert ann.page.evaluate("navigator.clipboard.readText()") == "Line 000"


def test_the_way_of_a_text_is_told_step_by_step_and_in_words(ann, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.write("Where is it now?")
    box.says("Where is it now?", "Delivered")

    box.bubble("Where is it now?").locator(".b").hover()
    box.region.get_by_role("button", name="Message options").click()
    ann.page.get_by_role("menuitem", name="Delivery details").click()

    steps = box.region.get_by_role("dialog", name="Delivery details").get_by_role("listitem")
    expect(steps.last).to_contain_text("Delivered to the phone")
    assert audit(ann.page) == []
    ann.page.keyboard.press("Escape")
    expect(box.region.get_by_role("dialog")).to_have_count(0)
    expect(box.region).not_to_have_attribute("minimised", "")


def test_U5_a_bubble_names_our_number_when_the_conversation_has_used_more_than_one(ann, customer, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    customer(unknown_number, "To the direct number", ANN_DIRECT)
    expect(box.says("To the direct number").locator(".meta")).not_to_contain_text("Ann direct")

    customer(unknown_number, "To the front desk", FRONT_DESK)

    expect(box.says("To the front desk").locator(".meta")).to_contain_text("to Front desk")
    expect(box.says("To the direct number").locator(".meta")).to_contain_text("to Ann direct")


def test_links_are_links_and_nothing_else_is(ann, customer, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    text = "https://example.com/a?b=(1), www.example.org. me@example.net javascript:alert(1) tel:+16195550142"
    customer(unknown_number, text, ANN_DIRECT)

    links = box.says("example.com").get_by_role("link")

    expect(links).to_have_count(4)
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://example.com/a?b=(1)", "https://www.example.org", "mailto:me@example.net", "tel:+16195550142"]
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener nofollow noreferrer"}


def test_one_to_three_emoji_alone_are_big(ann, portal, room):
    title, conversation = room
    ben = portal.sign_in(BEN)
    ben.send(conversation, "🎉👍")
    ben.send(conversation, "Done 🎉")
    box = opened(ann, title)

    expect(box.log.locator(".b.big")).to_have_text("🎉👍")
