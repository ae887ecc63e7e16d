"""A number with several people: who answers is shown, colleagues keep reading, and it can be taken over (U3)."""

import json
import re

from playwright.sync_api import expect

from support.browser import audit, plain
from support.installation import ANN_DIRECT, FRONT_DESK


def opened(person, number):
    person.page.locator("pbx-chat-box", has_text=plain(number)).locator("button.go").click()
    return person.box("sms", plain(number))


def test_U3_the_first_reply_claims_and_colleagues_see_who_answers(ann, ben, customer, unknown_number):
    customer(unknown_number, "Is anybody there?", FRONT_DESK)
    mine, his = opened(ann, unknown_number), opened(ben, unknown_number)
    expect(his.entry).to_be_editable()

    mine.write("Yes, how can I help?")

    expect(mine.region).to_contain_text(re.compile(r"You are answering – until \d"))
    expect(his.region).to_contain_text(re.compile(r"Ann is answering – until \d"))
    his.says("Yes, how can I help?")
    expect(his.entry).not_to_be_editable()
    expect(his.region.locator(".closed")).to_contain_text("Ann")
    assert audit(ben.page) == []
    assert audit(ann.page) == []


def test_U3_who_writes_a_reply_is_seen_before_it_is_sent(ann, ben, customer, unknown_number):
    customer(unknown_number, "Do you have a table?", FRONT_DESK)
    mine, his = opened(ann, unknown_number), opened(ben, unknown_number)

    his.entry.press_sequentially("Let me")

    expect(mine.region).to_contain_text("Ben is writing a reply…")
    expect(his.region.get_by_text("is writing a reply…")).to_have_count(0)
    his.write("Let me look")
    mine.says("Let me look")
    expect(mine.region.get_by_text("is writing a reply…")).not_to_be_visible()


def test_U3_a_colleague_takes_over(ann, ben, customer, unknown_number):
    customer(unknown_number, "Hello?", FRONT_DESK)
    mine, his = opened(ann, unknown_number), opened(ben, unknown_number)
    mine.write("One moment")
    mine.entry.fill("And a draft")

    his.button("Take over").click()

    expect(his.region).to_contain_text("You are answering")
    expect(his.entry).to_be_editable()
    expect(mine.region).to_contain_text("Ben is answering")
    expect(mine.entry).not_to_be_editable()
    expect(mine.entry).to_have_value("And a draft")
    his.write("I am Ben now")
    mine.says("I am Ben now")


def test_U3_who_answers_can_release_it(ann, ben, customer, unknown_number):
    customer(unknown_number, "Hello again", FRONT_DESK)
    mine, his = opened(ann, unknown_number), opened(ben, unknown_number)
    mine.write("Hello")
    expect(his.entry).not_to_be_editable()

    mine.button("Release").click()

    expect(mine.region.get_by_text("You are answering")).to_have_count(0)
    expect(his.entry).to_be_editable()
    expect(his.region.get_by_text("Ann is answering")).to_have_count(0)


def test_U3_two_who_take_over_at_once_one_is_told_kindly(ann, ben, customer, unknown_number):
    customer(unknown_number, "Who is it?", FRONT_DESK)
    mine, his = opened(ann, unknown_number), opened(ben, unknown_number)
    mine.write("Ann")
    expect(his.button("Take over")).to_be_visible()
    # Ben's browser hears nothing of what happens meanwhile.
    held = []
    ben.page.route("**/claim", lambda route: held.append(route))
    his.button("Take over").click()
    mine.button("Release").click()
    expect(mine.region.get_by_text("You are answering")).to_have_count(0)
    mine.write("It is me again")
    mine.says("It is me again")
    refused = json.dumps({"id": "conversation.claimed", "detail": "Ann answers."})
    held[0].fulfill(status=409, content_type="application/problem+json", body=refused)

    expect(ben.page.get_by_role("status").filter(has_text="Somebody else has just taken over.")).to_be_visible()
    expect(his.region).to_contain_text("Ann is answering")
    ben.errors.clear()  # the 409


def test_U3_a_number_of_one_person_has_no_claim(ann, customer, unknown_number):
    customer(unknown_number, "Only to you", ANN_DIRECT)
    box = opened(ann, unknown_number)
    box.write("Only from me")
    box.says("Only from me", "Delivered")

    expect(box.region.get_by_text("You are answering")).to_have_count(0)
