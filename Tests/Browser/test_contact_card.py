"""The contact card beside a conversation: all that is known of the other side, and the settings."""

import re

from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN_DIRECT, FRONT_DESK
from talking import desk, nadia, talk  # noqa: F401 - fixtures are used by their names


def test_S58_S59_all_that_is_stored_of_the_sender_is_shown(talk, nadia):
    contact, conversation = nadia
    talk.open(conversation)

    expect(talk.title).to_have_text(f"{contact['name']} – Mobile SMS")
    expect(talk.card.get_by_role("heading", name=contact["name"])).to_be_visible()
    for text in ("Rahmani Tiles", "Rings twice.", "Then hangs up.", "nadia+tiles@rahmani.example", "Mobile", "Work"):
        expect(talk.card.get_by_text(text).first).to_be_visible()
    for number in contact["numbers"]:
        expect(talk.card.get_by_text(plain(number["value"]))).to_be_visible()


def test_S59_what_is_changed_elsewhere_shows_at_once(talk, desk, nadia):
    contact, conversation = nadia
    talk.open(conversation)
    body = {key: contact[key] for key in ("notes", "isShared")}
    numbers = [{"label": "Van", "value": contact["numbers"][0]["value"]}]

    desk.expect(200, "PUT", f"/contacts/{contact['id']}", {
        **body, "name": "Nadia Berg", "company": "Berg & Daughters", "numbers": numbers, "emails": []})

    expect(talk.title).to_have_text("Nadia Berg – Van SMS")
    expect(talk.card).to_contain_text("Berg & Daughters")
    expect(talk.card.get_by_role("heading", name="Other ways to reach")).to_have_count(0)


def test_S60_the_number_that_wrote_can_be_called(talk, customer, nadia):
    contact, conversation = nadia
    customer(contact["numbers"][0]["value"], "Call me", ANN_DIRECT)
    talk.open(conversation)

    sender = talk.card.get_by_role("list", name="Sent this message")

    expect(sender).to_contain_text(plain(contact["numbers"][0]["value"]))
    expect(sender.get_by_role("button", name=f"Call {contact['name']} – Mobile")).to_be_visible()


def test_S61_the_cog_has_exactly_two_actions_and_turns_notifications_off_and_on(talk, desk, customer, nadia):
    contact, conversation = nadia
    talk.open(conversation)
    cog = talk.card.get_by_role("button", name="Conversation settings")
    cog.click()
    assert talk.card.get_by_role("menuitem").all_inner_texts() == ["Turn Off Notifications", "Delete Conversation"]

    talk.card.get_by_role("menuitem", name="Turn Off Notifications").click()

    expect(talk.region.get_by_text("Notifications off")).to_have_count(1)
    assert desk.expect(200, "GET", f"/conversations/{conversation}")["isMuted"]
    cog.click()
    assert talk.card.get_by_role("menuitem").all_inner_texts() == ["Turn On Notifications", "Delete Conversation"]
    talk.card.get_by_role("menuitem", name="Turn On Notifications").click()
    expect(talk.region.get_by_text("Notifications off")).to_have_count(0)


def test_S61_S25_the_conversation_is_deleted_and_can_be_had_back(talk, customer, nadia):
    contact, conversation = nadia
    customer(contact["numbers"][0]["value"], "Going, going", ANN_DIRECT)
    talk.open(conversation)
    talk.setting("Delete Conversation")

    rows = talk.page.get_by_role("list", name="Conversations").get_by_role("listitem")
    expect(talk.page).to_have_url(re.compile("/messages$"))
    expect(rows.filter(has_text=contact["name"])).to_have_count(0)
    talk.page.get_by_role("button", name="Undo").click()

    expect(rows.filter(has_text=contact["name"])).to_contain_text("Going, going")


def test_S62_another_number_of_the_contact_is_texted_or_called(ann, talk, nadia):
    contact, conversation = nadia
    talk.open(conversation)
    others = talk.card.get_by_role("list", name="Other ways to reach Nadia")
    expect(others.get_by_role("button", name=f"Call {contact['name']} – Work")).to_be_visible()

    others.get_by_role("button", name=f"Send SMS to {contact['name']} – Work").click()

    box = ann.box("sms", f"{contact['name']} – Work")
    expect(box.entry).to_be_focused()
    box.write("To the other number")
    box.says("To the other number", "Delivered")
    expect(talk.title).to_contain_text("– Mobile")


def test_S63_an_email_goes_by_the_users_own_program(talk, nadia):
    talk.open(nadia[1])

    link = talk.card.get_by_role("link", name="Send e-mail to nadia+tiles@rahmani.example")

    expect(link).to_have_attribute("href", "mailto:nadia%2Btiles@rahmani.example")


def test_S64_S28_an_unknown_sender_is_a_number_to_call_mute_delete_or_add(talk, customer, desk, unknown_number):
    customer(unknown_number, "Do you know me?", FRONT_DESK)
    talk.open(desk.sms_to(unknown_number))

    expect(talk.title).to_have_text(f"{plain(unknown_number)} SMS")
    expect(talk.card.get_by_role("heading", name=plain(unknown_number))).to_be_visible()
    expect(talk.card).to_contain_text("Wrote to Front desk")
    buttons = [one.get_attribute("aria-label") or one.inner_text() for one in talk.card.get_by_role("button").all()]
    assert sorted(buttons) == ["Add Contact", f"Call {plain(unknown_number)}", "Conversation settings"]
    talk.card.get_by_role("button", name="Conversation settings").click()
    assert talk.card.get_by_role("menuitem").all_inner_texts() == ["Turn Off Notifications", "Delete Conversation"]


def test_S64_S18_an_unknown_sender_becomes_a_contact_without_a_reload(talk, desk, unknown_number):
    talk.open(desk.sms_to(unknown_number, ANN_DIRECT))
    talk.card.get_by_role("button", name="Add Contact").click()
    talk.card.get_by_label("Name", exact=True).fill("Tove Lund")
    talk.card.get_by_role("combobox", name="Type").select_option("Home")

    talk.card.get_by_role("button", name="Save contact").click()

    expect(talk.title).to_have_text("Tove Lund – Home SMS")
    expect(talk.card.get_by_role("button", name="Edit Tove Lund")).to_be_visible()
    expect(talk.page).to_have_title(re.compile("Tove Lund – Home · Harbor & Pine"))
