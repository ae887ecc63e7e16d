"""The composer: keys, emoji, the price of a text, what failed, who is here."""

import pytest
from playwright.sync_api import expect

from support.browser import audit, plain
from support.installation import ANN, ANN_DIRECT, BEN, BOB, CLEO

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
REFUSED = "+18585550000"


def test_S34_smart_quotes_are_replaced_when_that_saves_a_part(ann):
    box = ann.start("bob", "sms", "Bob Smith – Mobile")
    replace = box.region.get_by_role("button", name="Replace smart quotes")
    box.entry.fill("It’s ready")
    expect(replace).to_be_hidden()
    box.entry.fill("It’s – “ready”. " + "a" * 80)
    expect(box.region.locator(".counter")).to_have_text("2 parts · 38 left · Unicode")

    replace.click()

    expect(box.entry).to_have_value("It's - \"ready\". " + "a" * 80)
    expect(box.region.locator(".counter")).to_have_text("64 left")
    expect(box.entry).to_be_focused()
    expect(replace).to_be_hidden()


def test_S34_an_emoji_is_found_by_a_word_and_put_where_the_caret_is(ann):
    box = ann.start("ben", "chat", "Ben Okafor")
    box.entry.fill("Well done")
    box.entry.press("ArrowLeft")
    box.button("Emoji").click()
    panel = box.region.get_by_role("dialog", name="Emoji")
    expect(panel.get_by_role("searchbox", name="Search emoji")).to_be_focused()
    assert audit(ann.page) == []

    ann.page.keyboard.type("party")
    expect(panel.get_by_role("button")).to_have_count(2)
    ann.page.keyboard.press("ArrowDown")
    ann.page.keyboard.press("ArrowRight")
    expect(panel.get_by_role("button", name="celebration")).to_be_focused()
    ann.page.keyboard.press("Enter")

    expect(box.entry).to_have_value("Well don🎉e")
    expect(box.entry).to_be_focused()
    expect(panel).to_be_hidden()


def test_S34_escape_closes_the_emoji_and_not_the_box(ann):
    box = ann.start("ben", "chat", "Ben Okafor")
    box.button("Emoji").click()
    expect(box.region.get_by_role("dialog", name="Emoji")).to_be_visible()

    ann.page.keyboard.press("Escape")

    expect(box.region.get_by_role("dialog", name="Emoji")).to_be_hidden()
    expect(box.button("Emoji")).to_be_focused()
    expect(box.region).not_to_have_attribute("minimised", "")


@pytest.mark.chromium
def test_S34_on_a_phone_enter_breaks_the_line_and_the_button_sends(enter):
    person = enter(ANN, **PHONE)
    person.page.get_by_role("button", name="Contacts", exact=True).last.tap()
    contacts = person.page.get_by_role("region", name="Contacts")
    contacts.get_by_role("button", name="Chat with Ben Okafor").tap()
    box = person.box("chat", "Ben Okafor")
    box.entry.press_sequentially("One")
    box.entry.press("Enter")
    box.entry.press_sequentially("two")
    expect(box.entry).to_have_value("One\ntwo")

    box.button("Send").tap()

    expect(box.says("One").locator(".b")).to_have_text("One\ntwo")
    expect(box.entry).to_have_value("")


def test_S34_what_the_carrier_refuses_says_why_and_can_be_sent_again_or_deleted(ann):
    box = ann.start(REFUSED, "sms", plain(REFUSED))
    box.write("Nobody gets this")
    failed = box.says("Nobody gets this", "Not sent")
    expect(failed).to_contain_text("There is no such number.")
    assert audit(ann.page) == []

    failed.get_by_role("button", name="Try again").click()

    expect(box.bubble("Nobody gets this")).to_have_count(1)
    box.says("Nobody gets this", "Not sent").get_by_role("button", name="Delete").click()
    expect(box.bubble("Nobody gets this")).to_have_count(0)


def test_S34_the_up_key_in_an_empty_composer_takes_the_failed_message_back(ann):
    box = ann.start(REFUSED, "sms", plain(REFUSED))
    box.write("Wrong number")
    box.says("Wrong number", "Not sent")

    box.entry.press("ArrowUp")

    expect(box.entry).to_have_value("Wrong number")
    expect(box.bubble("Wrong number")).to_have_count(0)


@pytest.mark.chromium
def test_S34_a_lost_answer_doubles_nothing(ann):
    box = ann.start("ben", "chat", "Ben Okafor")
    lost = []

    def lose(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    ann.page.route("**/conversations/*/messages", lose)
    box.write("Exactly once")

    box.says("Exactly once", "Sent")
    assert lost == [201]
    ann.page.reload()
    ann.is_live()
    expect(box.bubble("Exactly once")).to_have_count(1)
    ann.errors.clear()  # the request that was cut


def test_S35_a_single_number_is_no_choice(enter, customer, unknown_number):
    ben = enter(BEN)
    box = ben.start(unknown_number, "sms", plain(unknown_number))

    expect(box.region.get_by_label("Send from")).to_have_count(0)
    expect(box.region.locator(".note")).to_contain_text("From")


def test_S35_the_reply_goes_out_from_the_number_that_was_written_to(ann, customer, unknown_number):
    customer(unknown_number, "To your own number", ANN_DIRECT)
    ann.page.locator("pbx-chat-box", has_text=plain(unknown_number)).locator("button.go").click()

    box = ann.box("sms", plain(unknown_number))

    expect(box.region.get_by_label("Send from")).to_have_value(ANN_DIRECT)


def test_S48_the_composer_says_whether_the_other_one_is_here(ann, enter):
    box = ann.start("cleo", "chat", "Cleo Marchetti")
    expect(box.region.locator(".note")).to_contain_text("Cleo is offline and will see this at the next sign-in")

    enter(CLEO)

    expect(box.region.locator(".note")).to_contain_text("Cleo is online")


def test_S13_what_is_written_is_kept_while_the_composer_is_locked(ann, root):
    box = ann.start(BOB, "sms", "Bob Smith – Mobile")
    box.entry.fill("Half a text")
    root.expect(204, "PUT", "/admin/switches/sms/domain/harbor.example", {"isOn": False})
    try:
        expect(box.entry).not_to_be_editable()
        expect(box.button("Emoji")).to_be_disabled()
        expect(box.button("Send later")).to_be_disabled()
        expect(box.entry).to_have_value("Half a text")
    finally:
        root.expect(204, "PUT", "/admin/switches/sms/domain/harbor.example", {"isOn": True})
    expect(box.button("Emoji")).to_be_enabled()


def test_S13_a_long_name_in_the_hint_makes_the_entry_no_higher(ann, portal):
    desk = portal.sign_in(ANN)
    users = [one["id"] for one in desk.items("/people")][:2]
    title = "Everybody who loads vans on Fridays and Saturdays"
    desk.send(desk.expect(201, "POST", "/conversations", {"kind": "chat", "users": users, "title": title})["id"], "Hello")
    ann.page.goto("/messages")
    ann.page.get_by_role("button", name=f"Reply to {title}").click()
    box = ann.box("chat", title)
    expect(box.entry).to_be_focused()
    empty = box.entry.bounding_box()["height"]

    box.entry.fill("Yes")

    assert box.entry.bounding_box()["height"] == empty
