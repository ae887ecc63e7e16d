"""The chat boxes and the contacts: what a user does in them, in one browser."""

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN, ANN_DIRECT, BEN, FRONT_DESK
from support.people import colleague
from support.waiting import until


def test_S10_S31_the_icon_in_the_contacts_asks_whom_to_write_to(ann):
    ann.page.get_by_role("button", name="Start a New Conversation").click()

    expect(ann.page.get_by_role("region", name="New conversation")).to_be_visible()
    expect(ann.page.get_by_role("combobox", name="To")).to_be_focused()


def test_S11_enter_before_the_answer_takes_whom_the_letters_name(ann):
    held = []
    page = ann.page
    page.get_by_role("button", name="Start a New Conversation").click()
    to = page.get_by_role("combobox", name="To")
    to.fill("ben")
    expect(page.get_by_role("option")).to_have_count(1)
    page.route("**/api/v1/recipients?query=cleo*", lambda route: held.append(route))
    with page.expect_request("**/api/v1/recipients?query=cleo*"):
        to.fill("cleo")

    to.press("Enter")
    # Counting lets the driver hand over the request that it holds.
    until(lambda: to.count() and held, 10, "the question being held")
    held[0].continue_()

    expect(ann.box("chat", "Cleo Marchetti").entry).to_be_focused()
    expect(page.get_by_role("region", name="Chat with Ben Okafor")).to_have_count(0)


def test_S11_S12_S32_S33_a_user_offers_chat_and_a_contact_send_sms(ann):
    ann.page.get_by_role("button", name="Start a New Conversation").click()
    to = ann.page.get_by_role("combobox", name="To")
    options = ann.page.get_by_role("option")

    to.fill("ben")
    expect(options).to_have_count(1)
    expect(options).to_contain_text("Chat")
    to.fill("kar")
    expect(options).to_have_count(1)
    expect(options).to_contain_text("Karen Adams – Home")
    expect(options).to_contain_text("Send SMS…")


@pytest.mark.parametrize("spelling", ["858 555 0166", "(858) 555-0166", "+18585550166"])
def test_S11_S32_a_new_number_may_be_typed_in_any_spelling_and_opened_by_keys(ann, spelling):
    ann.page.get_by_role("button", name="Start a New Conversation").focus()
    ann.page.keyboard.press("Enter")
    ann.page.keyboard.type(spelling)
    ann.page.keyboard.press("Enter")

    expect(ann.box("sms", "(858) 555-0166").entry).to_be_focused()


def test_S36_S37_a_colleague_is_found_by_extension_and_raised_not_doubled(ann):
    find = ann.page.get_by_role("searchbox", name="Search people and contacts")
    contacts = ann.page.get_by_role("region", name="Contacts")
    find.fill("1002")
    expect(contacts.get_by_role("listitem")).to_have_count(1)

    contacts.get_by_role("button", name="Chat with Ben Okafor").click()
    expect(ann.box("chat", "Ben Okafor").entry).to_be_focused()
    contacts.get_by_role("button", name="Chat with Ben Okafor").click()

    expect(ann.page.locator("pbx-chat-box")).to_have_count(1)


def test_S13_S34_enter_sends_shift_enter_breaks_and_blank_sends_nothing(ann):
    box = ann.start("ben", "chat", "Ben Okafor")
    box.entry.press("Enter")
    box.entry.fill("   ")
    box.entry.press("Enter")
    expect(box.button("Send")).to_be_disabled()

    box.entry.fill("First")
    box.entry.press("Shift+Enter")
    box.entry.press_sequentially("second")
    box.entry.press("Enter")

    expect(box.says("First").locator(".b")).to_have_text("First\nsecond")
    expect(box.entry).to_have_value("")
    expect(box.entry).to_be_focused()


@pytest.mark.chromium
def test_S34_enter_while_an_input_method_composes_does_not_send(ann):
    box = ann.start("cleo", "chat", "Cleo Marchetti")
    keys = ann.context.new_cdp_session(ann.page)
    keys.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    keys.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": "Process", "windowsVirtualKeyCode": 229})
    keys.send("Input.insertText", {"text": "日本"})

    expect(box.entry).to_have_value("日本")
    expect(box.log.locator(".m")).to_have_count(0)


def test_S26_a_minimised_box_keeps_its_draft_and_a_closed_one_too(ann):
    box = ann.start("ben", "chat", "Ben Okafor")
    box.entry.fill("Half a sentence")
    box.entry.press("Escape")
    chip = box.region.get_by_role("button", name="Ben Okafor").first
    expect(chip).to_be_focused()
    ann.page.keyboard.press("Enter")
    expect(box.entry).to_have_value("Half a sentence")
    expect(box.entry).to_be_focused()

    box.button("Close").click()
    ann.page.reload()
    ann.is_live()

    expect(ann.start("ben", "chat", "Ben Okafor").entry).to_have_value("Half a sentence")


def test_S26_open_boxes_and_their_order_survive_a_reload(ann):
    ann.start("ben", "chat", "Ben Okafor")
    ann.start("cleo", "chat", "Cleo Marchetti").button("Minimise").click()
    names = [box.get_attribute("aria-label") for box in ann.page.locator("pbx-chat-box").all()]

    ann.page.reload()
    ann.is_live()

    boxes = ann.page.locator("pbx-chat-box")
    expect(boxes).to_have_count(2)
    assert [box.get_attribute("aria-label") for box in boxes.all()] == names
    expect(boxes.first).to_have_attribute("minimised", "")


def test_S9_S14_every_box_says_sms_or_chat(ann):
    chat = ann.start("ben", "chat", "Ben Okafor")
    sms = ann.start("bob", "sms", "Bob Smith – Mobile")

    expect(chat.region.locator(".head .tag")).to_have_text("CHAT")
    expect(sms.region.locator(".head .tag")).to_have_text("SMS")
    expect(sms.region.locator(".head h2")).to_have_text("Bob Smith – Mobile")


def test_S7_S8_sms_and_chat_are_the_same_box_in_one_dock_and_one_list(ann):
    chat = ann.start("ben", "chat", "Ben Okafor")
    sms = ann.start("karen", "sms", "Karen Adams – Home")
    for box in (chat, sms):
        box.write("Good morning")
        box.says("Good morning")

    boxes = ann.page.locator("pbx-dock-row > pbx-chat-box")
    expect(boxes).to_have_count(2)
    first, second = (box.bounding_box() for box in boxes.all())
    assert (first["width"], first["height"], first["y"]) == (second["width"], second["height"], second["y"])
    ann.page.get_by_role("link", name="Messages", exact=True).click()
    listed = ann.page.get_by_role("main")
    expect(listed.get_by_text("Ben Okafor").first).to_be_visible()
    expect(listed.get_by_text("Karen Adams").first).to_be_visible()


def test_S27_a_contact_on_two_numbers_has_two_titles(ann):
    for title in ("Bob Smith – Mobile", "Bob Smith – Work"):
        box = ann.start("bob", "sms", title)

        expect(box.region.locator(".head h2")).to_have_text(title)

    expect(ann.page.get_by_role("region", name="SMS with Bob Smith")).to_have_count(2)


def test_S17_S18_S28_an_unknown_number_becomes_a_contact_without_a_reload(ann, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    expect(box.region.locator(".head h2")).to_have_text(plain(unknown_number))
    box.write("Hello")
    box.region.get_by_role("button", name="Add Contact").click()

    box.region.get_by_label("Name", exact=True).fill("Mina Sato")
    box.region.get_by_role("combobox", name="Type").select_option("Work")
    box.region.get_by_role("button", name="Save contact").click()

    known = ann.box("sms", "Mina Sato – Work")
    expect(known.region.locator(".head h2")).to_have_text("Mina Sato – Work")
    expect(known.region.get_by_role("button", name="Add Contact")).to_have_count(0)


def test_S19_an_unknown_number_joins_a_contact_that_exists(ann, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.region.get_by_role("button", name="Add Contact").click()
    box.region.get_by_role("button", name="Existing contact").click()
    box.region.get_by_role("combobox", name="Contact").select_option(label="Karen Adams")
    box.region.get_by_role("combobox", name="Type").select_option("Other")

    box.region.get_by_role("button", name="Save contact").click()

    expect(ann.box("sms", "Karen Adams – Other").region).to_be_visible()


def test_S23_S24_a_muted_conversation_counts_but_does_not_turn_green(ann, customer, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.setting("Turn Off Notifications")
    expect(box.region.locator(".head")).to_contain_text("Notifications off")
    ann.look_away()

    customer(unknown_number, "Are you open?", ANN_DIRECT)

    box.says("Are you open?")
    expect(ann.page.get_by_role("button", name="1 missed message")).to_be_visible()
    expect(box.region).not_to_have_attribute("fresh", "")
    box.setting("Turn On Notifications")
    expect(box.region.locator(".head")).not_to_contain_text("Notifications off")


def test_S25_a_deleted_conversation_goes_here_and_stays_with_the_other(ann, ben):
    box = ann.start("ben", "chat", "Ben Okafor")
    box.write("Only for a moment")
    box.says("Only for a moment", "Sent")
    box.setting("Delete Conversation")
    box.region.get_by_role("button", name="Delete", exact=True).click()

    expect(ann.page.locator("pbx-chat-box")).to_have_count(0)
    his = ben.start("ann", "chat", "Ann Whitfield")
    his.says("Only for a moment")


def test_S35_the_counter_tells_parts_and_unicode(ann):
    box = ann.start("bob", "sms", "Bob Smith – Mobile")
    box.entry.fill("a" * 160)
    expect(box.region.locator(".counter")).to_have_text("0 left")
    box.entry.fill("a" * 161)
    expect(box.region.locator(".counter")).to_have_text("2 parts · 145 left")

    box.entry.fill("a" * 70 + "🙂")

    expect(box.region.locator(".counter")).to_have_text("2 parts · 62 left · Unicode")


def test_a_file_goes_with_a_chat(ann, ben):
    mine = ann.start("ben", "chat", "Ben Okafor")
    picture = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Two chairs"}
    mine.region.locator("input[type=file]").set_input_files(picture)
    expect(mine.region.get_by_role("button", name="Remove note.txt")).to_be_visible()

    mine.write("Here it is")

    his = ben.start("ann", "chat", "Ann Whitfield")
    expect(his.says("Here it is").get_by_role("link", name="note.txt")).to_be_visible()


def test_S52_reading_in_one_tab_clears_the_other(ann, customer, unknown_number):
    second = ann.context.new_page()
    second.goto("/messages")
    customer(unknown_number, "Is anybody there?", ANN_DIRECT)
    row = second.get_by_role("listitem").filter(has_text=plain(unknown_number))
    expect(row).to_have_class("unread")

    ann.page.bring_to_front()
    ann.page.get_by_role("region", name=f"SMS with {plain(unknown_number)}").locator("button.go").click()

    expect(row).not_to_have_class("unread")


def test_S43_a_message_without_a_box_comes_as_a_green_chip(cleo, portal):
    ann = portal.sign_in(ANN)
    room = ann.chat_with(colleague(ann, "Cleo Marchetti"))

    ann.send(room, "Knock knock")

    chip = cleo.page.get_by_role("region", name="Chat with Ann Whitfield, 1 new message")
    expect(chip).to_have_attribute("fresh", "")
    expect(chip).to_have_attribute("minimised", "")
    expect(chip).to_contain_text("1 new")


@pytest.mark.parametrize("login", [ANN, BEN])
def test_S2_everybody_at_the_front_desk_gets_its_messages(enter, customer, login, unknown_number):
    person = enter(login)

    customer(unknown_number, "Front desk?", FRONT_DESK)

    expect(person.page.get_by_role("region", name=f"SMS with {plain(unknown_number)}, 1 new message")).to_be_visible()
