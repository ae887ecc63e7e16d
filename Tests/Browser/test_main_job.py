"""The main job (A2): an SMS goes out and its answer comes in live, colleagues chat, an administrator throws switches."""

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN, ANN_DIRECT, BOB, FRONT_DESK, OLGA
from support.people import colleague


def test_S1_S43_an_sms_is_delivered_and_the_answer_turns_the_box_green(ann, customer):
    box = ann.start("bob", "sms", "Bob Smith – Mobile")
    box.write("On our way!")
    box.says("On our way!", "Delivered")
    ann.look_away()

    customer(BOB, "See you at five.", ANN_DIRECT)

    box.says("See you at five.")
    expect(box.region).to_have_attribute("fresh", "")
    expect(box.region).to_have_accessible_name("SMS with Bob Smith – Mobile, 1 new message")
    expect(box.region.locator(".head")).to_contain_text("1 new")
    box.entry.click()
    expect(box.region).not_to_have_attribute("fresh", "")
    expect(box.region).to_have_accessible_name("SMS with Bob Smith – Mobile")


def test_S1_the_customer_answers_from_the_phone_of_the_simulator(ann, unknown_number):
    name = plain(unknown_number)
    box = ann.start(unknown_number, "sms", name)
    box.write("Your chair is ready.")
    phones = ann.context.new_page()
    phones.goto("/plugins/simulator/")
    phone = phones.get_by_role("region", name=f"Phone {name}")

    expect(phone.get_by_role("log")).to_contain_text("Your chair is ready.")
    phone.get_by_label(f"Answer from {name}").fill("Great, thanks")
    phone.get_by_label(f"Answer from {name}").press("Enter")

    box.says("Great, thanks")
    expect(phone.get_by_role("log")).to_contain_text("Great, thanks")


def test_S1_who_has_no_number_of_their_own_is_a_customer_of_the_simulator_too(olga, ann, unknown_number):
    page = olga.page
    page.goto("/plugins/simulator/")
    form = page.get_by_role("region", name="Another customer")
    form.get_by_label("Customer’s number").fill(unknown_number)
    form.get_by_label("To", exact=True).fill("619 555 0188")
    form.get_by_label("Text", exact=True).fill("Do you deliver?")
    form.get_by_role("button", name="Send").click()

    phone = page.get_by_role("region", name=f"Phone {plain(unknown_number)}")
    expect(phone).to_contain_text("To (619) 555-0188")
    expect(ann.page.get_by_role("region", name=plain(unknown_number))).to_be_visible()


def test_S38_S46_S48_two_colleagues_chat_live_both_ways(ann, ben):
    mine = ann.start("ben", "chat", "Ben Okafor")
    expect(mine.region).to_contain_text("Ben is online")

    mine.write("Is the van back?")

    chip = ben.page.get_by_role("region", name="Chat with Ann Whitfield, 1 new message")
    expect(chip).to_have_attribute("fresh", "")
    ben.page.bring_to_front()
    chip.get_by_role("button", name="Ann Whitfield").first.click()
    his = ben.box("chat", "Ann Whitfield")
    his.says("Is the van back?")
    his.write("Ten minutes ago.")
    mine.says("Ten minutes ago.")
    mine.says("Is the van back?", "Read")
    # The server passes on one signal in two seconds, and "Ten minutes ago." was the last one.
    his.entry.press_sequentially("And the lift is broken", delay=200)
    expect(mine.region).to_contain_text("Ben is writing…")


@pytest.fixture
def switches(root):
    """Throws switches of SMS; all are as they were at the end."""
    thrown = []

    def throw(level, subject, is_on):
        thrown.append((level, subject))
        root.expect(204, "PUT", f"/admin/switches/sms/{level}/{subject}", {"isOn": is_on})

    yield throw
    for level, subject in thrown:
        root.expect(204, "PUT", f"/admin/switches/sms/{level}/{subject}", {"isOn": True})


@pytest.mark.parametrize("level", ["system", "domain", "user", "number"])
def test_S2_S4_S5_S6_a_switch_locks_the_composer_at_once_and_names_the_gate(ann, root, switches, level):
    box = ann.start("karen", "sms", "Karen Adams – Home")
    box.entry.fill("A draft that stays")
    subjects = {
        "system": ["system"], "domain": ["harbor.example"], "user": [colleague(root, "Ann Whitfield")],
        "number": [FRONT_DESK, ANN_DIRECT],
    }[level]

    for subject in subjects:
        switches(level, subject, False)

    expect(box.entry).not_to_be_editable()
    expect(box.region.locator(".closed")).not_to_be_empty()
    expect(box.button("Send")).to_be_disabled()
    expect(box.entry).to_have_value("A draft that stays")
    expect(box.entry).to_be_focused()
    for subject in subjects:
        switches(level, subject, True)
    expect(box.entry).to_be_editable()
    expect(box.region.locator(".closed")).to_be_empty()
    box.write("It went through")
    box.says("It went through", "Sent")


def test_S2_a_number_that_is_switched_off_leaves_the_from_list(ann, switches, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    choices = box.region.get_by_label("Send from").locator("option")
    expect(choices).to_have_count(2)

    switches("number", FRONT_DESK, False)

    expect(box.region.get_by_label("Send from")).to_have_count(0)
    expect(box.region).to_contain_text(plain(ANN_DIRECT))


def test_S6_who_has_no_number_is_told_so(cleo, unknown_number):
    page = cleo.page
    page.get_by_role("button", name="Start a New Conversation").click()
    page.get_by_role("combobox", name="To").fill(unknown_number)

    expect(page.locator("pbx-new-chat").get_by_text("You have no number with SMS.")).to_be_visible()
    expect(page.get_by_role("option").filter(has_text="Send SMS…")).to_have_count(0)


def test_S35_the_chosen_number_is_the_one_that_the_customer_sees(ann, portal, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.region.get_by_label("Send from").select_option(FRONT_DESK)

    box.write("From the front desk")

    box.says("From the front desk", "Delivered")
    phones = portal.sign_in(ANN).expect(200, "GET", "/simulator/phones")["items"]
    phone = next(one for one in phones if one["number"] == unknown_number)
    assert phone["messages"][-1]["ours"] == FRONT_DESK


def test_S44_S45_S49_who_was_away_is_told_at_the_next_sign_in(ann, enter):
    box = ann.start("olga", "chat", "Olga Lindqvist")
    expect(box.region).to_contain_text("Olga is offline and will see this at the next sign-in")
    box.write("Please call the carrier.")
    box.says("Please call the carrier.", "Sent")

    olga = enter(OLGA)

    missed = olga.page.locator(".card").filter(has_text="Missed messages")
    expect(missed).to_contain_text("Please call the carrier.")
    expect(olga.page.get_by_role("button", name="account menu, 1 missed message")).to_be_visible()
    expect(olga.page).to_have_title("(1) Home · Harbor & Pine")
    expect(box.region).to_contain_text("Olga is online")
