"""The Numbers tab: what each number can, by which carrier, and who has it. What is switched there counts at once."""

import pytest
from playwright.sync_api import expect

from support.administration import LOOKS, choose_missing_carrier, dialog, open_section, row, said, switch
from support.browser import audit
from support.installation import ANN, ANN_DIRECT, BEN, FRONT_DESK, OLGA
from support.people import identity


def features_of(portal, login):
    """The SMS feature and the numbers of somebody, as their page gets to know them."""
    session = portal.sign_in(login).expect(200, "GET", "/session")
    return session["features"]["sms"]["isOpen"], [one["number"] for one in session["numbers"]]


@pytest.mark.firefox
def test_S3_the_switch_of_a_number_acts_at_once_off_on_and_off_again(olga, ann, portal):
    portal_pid = portal.pid
    page = open_section(olga, "Numbers")
    toggle = page.get_by_role("switch", name="SMS for (619) 555-0123")
    mine = ann.page.locator("main").get_by_text("(619) 555-0123")
    expect(toggle).to_be_checked()
    expect(mine).to_be_visible()
    sent = portal.sign_in(ANN)
    conversation = sent.sms_to("+18585550181", ANN_DIRECT)

    for is_on in (False, True, False):
        toggle.set_checked(is_on)
        expect(row(page, "(619) 555-0123")).to_contain_text("Ready" if is_on else "SMS off")
        answer = sent.send(conversation, "Is it ready?", **{"from": ANN_DIRECT})
        assert answer.status == 202 if is_on else answer.status in (403, 404), answer
        expect(mine).to_have_count(1 if is_on else 0)

    toggle.check()
    expect(row(page, "(619) 555-0123")).to_contain_text("Ready")
    assert portal.pid == portal_pid


def test_S3_a_new_number_is_typed_as_people_dial_it_and_has_no_sms_until_it_is_switched_on(olga, portal):
    page = open_section(olga, "Numbers")
    page.get_by_role("button", name="Add number").click()
    form = dialog(page, "Add number")
    form.get_by_label("Number").fill("12")
    form.get_by_label("Name").fill("Workshop")
    form.get_by_role("button", name="Add number").click()
    expect(form.get_by_label("Number")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Number").fill("619 555 0188")
    form.get_by_role("button", name="Add number").click()
    expect(form.get_by_text("is on this system already")).to_be_visible()
    form.get_by_label("Number").fill("(619) 555-0154")
    expect(form.get_by_label("Carrier")).to_have_value("simulator")
    form.get_by_role("button", name="Add number").click()

    said(page, "(619) 555-0154 has been added")
    line = row(page, "Workshop")
    expect(line).to_contain_text("SMS off")
    expect(line.get_by_role("switch")).not_to_be_checked()
    line.get_by_role("switch").check()
    expect(line).to_contain_text("Nobody assigned")
    olga.errors.clear()     # the browser logs the refusals


def test_S6_several_people_share_a_number_and_one_has_several(olga, portal, root):
    page = open_section(olga, "Numbers")
    assert features_of(portal, BEN)[1] == [FRONT_DESK]
    page.get_by_role("button", name="Who has (619) 555-0123").click()
    who = dialog(page, "Who has (619) 555-0123")
    expect(who.get_by_role("listitem")).to_have_count(1)

    who.get_by_label("Assign it to").select_option(label="Ben Okafor · 1002")
    who.get_by_role("button", name="Assign", exact=True).click()

    expect(who.get_by_role("listitem")).to_have_count(2)
    assert sorted(features_of(portal, BEN)[1]) == [ANN_DIRECT, FRONT_DESK]
    who.get_by_role("button", name="Take (619) 555-0123 away from Ben Okafor").click()
    expect(who.get_by_role("listitem")).to_have_count(1)
    who.get_by_role("button", name="Close").click()
    expect(row(page, "(619) 555-0123")).to_contain_text("Ann Whitfield")
    assert features_of(portal, BEN)[1] == [FRONT_DESK]


def test_S6_the_last_number_that_is_taken_away_ends_texting(olga, portal, root):
    page = open_section(olga, "Numbers")
    page.get_by_role("button", name="Who has (619) 555-0188").click()
    who = dialog(page, "Who has (619) 555-0188")

    who.get_by_role("button", name="Take (619) 555-0188 away from Ben Okafor").click()

    expect(who.get_by_text("Ben Okafor", exact=True)).to_have_count(0)
    assert features_of(portal, BEN) == (False, [])
    who.get_by_label("Assign it to").select_option(label="Ben Okafor · 1002")
    who.get_by_role("button", name="Assign", exact=True).click()
    expect(who.get_by_role("listitem").filter(has_text="Ben Okafor")).to_be_visible()
    assert features_of(portal, BEN) == (True, [FRONT_DESK])


def test_S3_name_and_carrier_are_changed_and_a_number_without_a_carrier_is_told(olga, root):
    page = open_section(olga, "Numbers")
    page.get_by_role("button", name="More for (619) 555-0188").click()
    page.get_by_role("menuitem", name="Change…").click()
    form = dialog(page, "Change (619) 555-0188")
    form.get_by_label("Name").fill("Reception")
    form.get_by_label("Carrier").select_option(label="None")
    form.get_by_role("button", name="Save").click()

    expect(row(page, "(619) 555-0188")).to_contain_text("Reception")
    expect(row(page, "(619) 555-0188")).to_contain_text("No carrier")
    change = {"label": "Front desk", "carrier": "simulator"}
    root.expect(200, "PATCH", f"/admin/numbers/{FRONT_DESK.replace('+', '%2B')}", change)
    expect(row(page, "(619) 555-0188")).to_contain_text("Ready")


def test_S3_a_number_whose_carrier_does_not_run_is_not_called_ready(olga, portal, root):
    number = f"/admin/numbers/{FRONT_DESK.replace('+', '%2B')}"
    choose_missing_carrier(portal, FRONT_DESK)
    page = open_section(olga, "Numbers")
    expect(row(page, "(619) 555-0188")).to_contain_text("Carrier not running")
    root.expect(200, "PATCH", number, {"carrier": "simulator"})
    expect(row(page, "(619) 555-0188")).to_contain_text("Ready")


def test_S3_numbers_are_found_by_digits_by_name_and_by_people(olga, root):
    page = open_section(olga, "Numbers")
    search = page.get_by_role("searchbox", name="Search numbers, names or people")
    cases = {"555-0123": "Ann direct", "front": "Front desk", "okafor": "Front desk", "1001 direct": "Ann direct"}
    for words, found in cases.items():
        search.fill(words)
        expect(page.get_by_role("row")).to_have_count(2)
        expect(row(page, found)).to_be_visible()
    search.fill("999")
    expect(page.get_by_text("No number fits “999”")).to_be_visible()


def test_S3_a_number_is_removed_after_a_question_and_another_administrator_sees_it_go(olga, enter, root):
    root.expect(201, "POST", "/admin/domains/harbor.example/numbers", {"number": "+16195550199", "label": "Old fax"})
    other = open_section(enter(OLGA), "Numbers")
    page = open_section(olga, "Numbers")
    expect(row(other, "Old fax")).to_be_visible()
    page.get_by_role("button", name="More for (619) 555-0199").click()
    page.get_by_role("menuitem", name="Remove number").click()

    dialog(page, "Remove (619) 555-0199?").get_by_role("button", name="Remove number").click()

    said(page, "(619) 555-0199 has been removed")
    expect(row(page, "Old fax")).to_have_count(0)
    expect(row(other, "Old fax")).to_have_count(0)


def test_S3_a_switch_that_the_server_refuses_goes_back_and_says_why(olga):
    page = open_section(olga, "Numbers")
    toggle = page.get_by_role("switch", name="SMS for (619) 555-0188")
    page.route("**/api/v1/admin/switches/**", lambda route: route.fulfill(
        status=403, content_type="application/problem+json", body='{"id": "no", "detail": "Not today."}'))

    toggle.click()

    expect(page.get_by_role("status").filter(has_text="Not today.")).to_be_visible()
    expect(toggle).to_be_checked()
    olga.errors.clear()


def test_S4_S5_S6_one_of_the_eight_ways_texts_and_the_page_names_the_gate(olga, portal, root):
    who = identity(portal.sign_in(ANN))
    open_section(olga, "Users")
    gates = {"system": ("system", "system"), "user": ("user", who)}
    seen = {}
    for system in (True, False):
        for user in (True, False):
            for number in (True, False):
                for level, is_on in (("system", system), ("user", user)):
                    switch(root, "sms", *gates[level], is_on)
                for one in (ANN_DIRECT, FRONT_DESK):
                    switch(root, "sms", "number", one, number)
                gate = root.expect(200, "GET", f"/admin/users/{who}/gates")["items"][0]
                assert gate["plugin"] == "sms"
                seen[system, user, number] = gate["closedGate"]
                assert gate["isOpen"] == features_of(portal, ANN)[0]
    page = olga.page
    expect(row(page, "Ann Whitfield")).to_contain_text("SMS off")
    assert seen == {
        (True, True, True): None, (True, True, False): "number", (True, False, True): "user",
        (True, False, False): "user", (False, True, True): "system", (False, True, False): "system",
        (False, False, True): "system", (False, False, False): "system"}
    for level in gates:
        switch(root, "sms", *gates[level], True)
    for one in (ANN_DIRECT, FRONT_DESK):
        switch(root, "sms", "number", one, True)
    expect(row(page, "Ann Whitfield")).to_contain_text("Can text")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.chromium
def test_S3_axe_finds_nothing_on_the_numbers(enter, look):
    page = enter(OLGA, **LOOKS[look]).page
    page.goto("/admin/numbers")
    expect(row(page, "Front desk")).to_be_visible()
    assert audit(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_role("button", name="Who has (619) 555-0188").click()
    expect(dialog(page, "Who has (619) 555-0188").get_by_label("Assign it to")).to_be_visible()
    assert audit(page) == []
