"""The stream of events in a browser: shared by tabs, resumed after a cut, nothing lost and nothing twice."""

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN, ANN_DIRECT, FRONT_DESK
from support.people import colleague
from support.waiting import at_rest, until


def streams(root):
    return root.expect(200, "GET", "/admin/health")["streams"]


def texts(box):
    return box.log.locator(".m .b").all_text_contents()


def test_five_tabs_share_one_stream_and_each_shows_a_message_once(ann, root, customer, unknown_number):
    until(lambda: streams(root) == 1, what="one stream")
    others = [ann.context.new_page() for _ in range(4)]
    for page in others:
        page.goto("/messages")
        expect(page.locator("html")).to_have_attribute("data-link", "live")

    customer(unknown_number, "To every tab", ANN_DIRECT)

    for page in others:
        row = page.get_by_role("listitem").filter(has_text=plain(unknown_number))
        expect(row).to_have_count(1)
        expect(row).to_contain_text("To every tab")
    assert streams(root) == 1
    for page in [ann.page, *others[:3]]:
        page.close()
    customer(unknown_number, "To the last tab", ANN_DIRECT)
    expect(others[3].get_by_role("listitem").filter(has_text="To the last tab")).to_have_count(1)


def test_S29_S30_older_messages_come_when_scrolled_up_none_missing_and_none_twice(ann, portal):
    writer = portal.sign_in(ANN)
    room = writer.chat_with(colleague(writer, "Root Admin"))
    for number in range(1, 131):
        writer.send(room, f"Line {number}")
    box = ann.start("root", "chat", "Root Admin")
    box.says("Line 130")

    def is_at_the_first():
        box.log.evaluate("log => log.scrollTo(0, 0)")
        return "Line 1" in texts(box)

    until(is_at_the_first, what="the first message")

    assert texts(box) == [f"Line {number}" for number in range(1, 131)]


@pytest.mark.firefox
def test_S29_what_is_out_of_view_keeps_its_room_when_lines_break_elsewhere(ann, portal):
    """Sheets of fifty out of view are not laid out: their size must be the one that they will have in view."""
    writer = portal.sign_in(ANN)
    room = writer.chat_with(colleague(writer, "Root Admin"))
    for number in range(1, 181):
        writer.send(room, f"Line {number} " + "with words that need more than one line on a telephone " * (number % 5))
    ann.page.goto(f"/messages/{room}")
    log = ann.page.get_by_role("log")
    expect(log.locator(".m").last).to_contain_text("Line 180")
    for _ in range(4):
        log.evaluate("log => log.scrollTo(0, 0)")
    are_settled = """(log) => {
        const before = [...log.querySelectorAll('.sheet')].slice(0, -1);
        return before.length >= 3 && before.every((one) => one.classList.contains('settled'));
    }"""
    whole_height = """(log) => {
        const all = [...log.querySelectorAll('.settled')];
        all.forEach((one) => one.classList.remove('settled'));
        const height = log.scrollHeight;
        all.forEach((one) => one.classList.add('settled'));
        return height;
    }"""

    for width in (1280, 700, 390, 1280):
        ann.page.set_viewport_size({"width": width, "height": 800})
        log.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        ann.page.wait_for_function(are_settled, arg=log.element_handle())
        assert abs(log.evaluate("log => log.scrollHeight") - log.evaluate(whole_height)) <= 2, width


def test_S30_a_reader_who_scrolled_up_is_not_pulled_away(ann, ben, portal):
    writer = portal.sign_in(ANN)
    room = writer.chat_with(colleague(writer, "Ben Okafor"))
    for number in range(30):
        writer.send(room, f"Said before {number}")
    box = ann.start("ben", "chat", "Ben Okafor")
    box.says("Said before 29")
    box.log.hover()
    ann.page.mouse.wheel(0, -300)
    until(lambda: box.log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") > 100)
    place = at_rest(lambda: box.log.evaluate("log => log.scrollTop"))
    his = ben.start("ann", "chat", "Ann Whitfield")

    his.write("Something new")

    pill = box.region.get_by_role("button", name="1 new message")
    expect(pill).to_be_visible()
    assert abs(box.log.evaluate("log => log.scrollTop") - place) <= 2
    pill.click()
    expect(box.bubble("Something new")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_a_server_that_restarts_loses_nothing_that_was_written_meanwhile(ann, portal, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.write("Before")
    box.says("Before", "Delivered")

    portal.terminate()
    expect(box.region).to_contain_text("Reconnecting…")
    box.write("While it was away")
    box.says("While it was away", "Waiting to send")
    portal.clients.clear()
    portal.start()

    box.says("While it was away", "Delivered")
    assert texts(box) == ["Before", "While it was away"]
    expect(box.region.locator(".lost")).to_be_hidden()
    ann.errors.clear()      # the browser logs each connection that was refused meanwhile


def test_a_session_that_ends_shows_the_sign_in_page_and_keeps_the_draft(ann, portal, root):
    box = ann.start("ben", "chat", "Ben Okafor")
    box.entry.fill("Not yet finished")
    other = portal.sign_in(ANN, again=True)

    mine = [one for one in other.items("/sessions") if not one["isCurrent"]]
    for one in mine:
        other.expect(204, "DELETE", f"/sessions/{one['id']}")
    portal.clients.clear()

    expect(ann.page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(ann.page.get_by_text("You have been signed out.")).to_be_visible()
    ann.errors.clear()
    ann.sign_in(ANN, "correct-horse-9")
    expect(ann.box("chat", "Ben Okafor").entry).to_have_value("Not yet finished")


def test_a_text_that_the_carrier_refuses_says_why_and_can_go_again(ann):
    number = "+18585550000"     # the simulator's carrier does not know numbers that end so
    box = ann.start(number, "sms", plain(number))

    box.write("Nobody will read this")

    bubble = box.says("Nobody will read this", "Not sent")
    expect(bubble).to_contain_text("There is no such number.")
    bubble.get_by_role("button", name="Try again").click()
    expect(bubble.locator(".meta")).to_contain_text("Not sent")
    expect(box.log.locator(".m")).to_have_count(1)
    bubble.get_by_role("button", name="Delete").click()
    expect(box.log.locator(".m")).to_have_count(0)


def test_S35_an_answer_comes_from_the_number_that_the_customer_wrote_to(ann, customer, unknown_number):
    customer(unknown_number, "Hello front desk", FRONT_DESK)

    ann.page.get_by_role("region", name=f"SMS with {plain(unknown_number)}").locator("button.go").click()

    box = ann.box("sms", plain(unknown_number))
    expect(box.region.get_by_label("Send from")).to_have_value(FRONT_DESK)


def held_stream(person):
    """Somebody whose event stream opens only when the test lets it; returns the list that it waits in."""
    person.context.add_init_script("delete globalThis.SharedWorker")
    held = []
    person.page.route("**/api/v1/events*", lambda route: held.append(route))
    return held


def test_S30_what_comes_between_the_lists_and_the_stream_is_not_lost(watched, customer, unknown_number):
    person = watched()
    held = held_stream(person)
    person.page.goto("/messages")
    [stream] = until(lambda: person.page.evaluate("1") and held, what="the stream's request")
    expect(person.page.get_by_role("list", name="Conversations")).to_be_visible()

    customer(unknown_number, "Just in between", ANN_DIRECT)
    stream.continue_()

    row = person.page.get_by_role("listitem").filter(has_text=plain(unknown_number))
    expect(row).to_contain_text("Just in between")
    expect(person.box("sms", plain(unknown_number)).region).to_be_visible()


def test_S61_a_list_that_was_on_its_way_does_not_bring_a_deleted_conversation_back(ann, customer, unknown_number):
    customer(unknown_number, "Not for long", ANN_DIRECT)
    held = []
    ann.page.route("**/api/v1/conversations?*", lambda route: held.append((route, route.fetch())))
    ann.page.get_by_role("link", name="Messages", exact=True).click()
    [(route, answer)] = until(lambda: ann.page.evaluate("1") and held, what="the list's request")
    row = ann.page.get_by_role("listitem").filter(has_text="Not for long")

    row.get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)
    route.fulfill(response=answer)

    ann.page.unroute("**/api/v1/conversations?*")
    ann.page.get_by_role("group", name="Show").get_by_role("button", name="SMS", exact=True).click()
    expect(ann.page.get_by_role("listitem").filter(has_text="SMS").first).to_be_visible()
    expect(row).to_have_count(0)
