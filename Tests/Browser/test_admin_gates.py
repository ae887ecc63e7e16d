"""Why somebody can or can't use a feature: a line of steps, the closed one named and opened right there."""

import pytest
from playwright.sync_api import expect

from support.administration import choose_missing_carrier, dialog, open_person, open_section, row, switch, user_id
from support.browser import Person
from support.installation import ANN, BEN, CLEO, FRONT_DESK, OLGA, ROOT_ADMIN, Installation
from support.server import PASSWORD


def can_text(portal, login):
    """Whether the server takes an SMS of theirs to a customer of their own; else the id of the refusal."""
    client = portal.sign_in(login)
    answer = client.post("/conversations", {"kind": "sms", "to": f"+1858555{login[:4]}"})
    if answer.status not in (200, 201):
        return answer.id
    sent = client.send(answer.json()["id"], "Is the table ready?")
    return True if sent.status == 202 else sent.id


def test_S5_the_switch_of_a_user_acts_at_once_and_for_that_user_only(olga, ben, portal, root):
    assert can_text(portal, BEN) is True
    page = open_section(olga, "Users")
    chip = page.get_by_role("switch", name="SMS for Ben Okafor")
    expect(chip).to_be_checked()

    chip.click()

    expect(chip).not_to_be_checked()
    expect(row(page, "Ben Okafor")).to_contain_text("SMS off")
    assert can_text(portal, BEN) == "gate.user-off" and can_text(portal, ANN) is True
    ben.page.get_by_role("button", name="Start a New Conversation").click()
    ben.page.get_by_role("combobox", name="To").fill("858 555 0171")
    expect(ben.page.get_by_role("option").filter(has_text="Send SMS")).to_have_count(0)
    chip.click()
    expect(row(page, "Ben Okafor")).to_contain_text("Can text")
    assert can_text(portal, BEN) is True


def test_S6_why_somebody_cannot_text_is_a_line_of_steps_and_the_number_is_assigned_right_there(olga, portal, root):
    assert can_text(portal, CLEO) == "gate.number-missing"
    page = open_person(olga, "Cleo Marchetti")
    steps = page.get_by_role("list", name="What SMS needs").get_by_role("listitem")
    expect(steps).to_have_count(5)
    expect(steps.filter(has_text="this stops it")).to_have_count(1)
    expect(steps.nth(4)).to_contain_text("Number – this stops it")
    expect(steps.nth(2)).to_contain_text("Harbor & Pine allows SMS")

    steps.nth(4).get_by_role("button", name="Assign a number").click()
    choice = dialog(page, "Assign a number to Cleo Marchetti")
    choice.get_by_label("Number").select_option(FRONT_DESK)
    choice.get_by_role("button", name="Assign", exact=True).click()

    expect(page.get_by_text("Cleo Marchetti can use SMS: every step is open.")).to_be_visible()
    assert can_text(portal, CLEO) is True
    page.get_by_role("button", name="Take (619) 555-0188 away from Cleo Marchetti").click()
    expect(page.get_by_text("No number is assigned.")).to_be_visible()
    assert can_text(portal, CLEO) == "gate.number-missing"


def test_S6_a_carrier_that_does_not_run_is_the_step_that_stops_somebody(olga, portal, root):
    number = f"/admin/numbers/{FRONT_DESK.replace('+', '%2B')}"
    choose_missing_carrier(portal, FRONT_DESK)
    assert root.request("PATCH", number, {"carrier": "chat"}).id == "numbers.carrier-unknown"
    assert can_text(portal, BEN) == "sms.carrier-not-running"
    page = open_section(olga, "Users")
    expect(row(page, "Ben Okafor")).to_contain_text("No carrier runs")
    # Ann has a second number, whose carrier runs.
    expect(row(page, "Ann Whitfield")).to_contain_text("Can text")

    open_person(olga, "Ben Okafor")

    steps = page.get_by_role("list", name="What SMS needs").get_by_role("listitem")
    expect(steps.filter(has_text="this stops it")).to_contain_text("Carrier")
    expect(steps.get_by_role("link", name="Look at the numbers")).to_be_visible()
    root.expect(200, "PATCH", number, {"carrier": "simulator"})
    page.reload()
    page.get_by_role("button", name="Why? SMS").click()
    expect(steps.nth(5)).to_contain_text("A carrier runs for a number of Ben Okafor")
    assert can_text(portal, BEN) is True


def test_S6_an_administrator_is_not_told_to_ask_but_led_to_what_is_closed(olga):
    """S6: the office manager has no number; the home page leads to the steps, where one is assigned."""
    note = olga.page.get_by_role("status").filter(has_text="You can’t text yet.")
    expect(note).not_to_contain_text("Ask")

    note.get_by_role("link", name="See why, and open it").click()

    expect(olga.page.get_by_role("heading", name="Olga Lindqvist")).to_be_visible()
    expect(olga.page.get_by_role("list", name="What SMS needs")).to_be_visible()


@pytest.mark.parametrize("level", ["domain", "user"])
def test_S5_P5_a_closed_gate_is_opened_where_it_is_named(olga, portal, root, level):
    who = user_id(root, "Ann Whitfield")
    words = {"domain": "Turn on for the domain", "user": "Turn on for Ann Whitfield"}[level]
    switch(root, "sms", level, {"domain": "harbor.example", "user": who}[level], False)
    assert can_text(portal, ANN) == f"gate.{level}-off"
    page = open_person(olga, "Ann Whitfield")

    page.get_by_role("list", name="What SMS needs").get_by_role("button", name=words).click()

    expect(page.get_by_text("Ann Whitfield can use SMS: every step is open.")).to_be_visible()
    assert can_text(portal, ANN) is True


def test_S4_the_gate_of_the_system_is_named_to_all_and_opened_by_a_super_user(enter, portal, root):
    switch(root, "sms", "system", "system", False)
    try:
        assert can_text(portal, ANN) == "gate.system-off"
        office = open_person(enter(OLGA), "Ann Whitfield").get_by_role("list", name="What SMS needs")
        closed = office.get_by_role("listitem").filter(has_text="this stops it")
        expect(closed).to_contain_text("SMS is off for the whole system")
        expect(closed).to_contain_text("Ask whoever runs the system.")
        expect(closed.get_by_role("button")).to_have_count(0)

        top = open_person(enter(ROOT_ADMIN), "Ann Whitfield")
        top.get_by_role("button", name="Turn on for the system").click()

        expect(top.get_by_text("Ann Whitfield can use SMS: every step is open.")).to_be_visible()
        # The other administrator sees it without asking again.
        expect(closed).to_have_count(0)
        assert can_text(portal, ANN) is True
    finally:
        switch(root, "sms", "system", "system", True)


def test_P5_a_plugin_that_does_not_run_is_the_step_that_is_named(tmp_path, seed_file, browser):
    one = Installation(tmp_path / "portal", seed_file)
    one.entry("video")["enabled"] = "never"
    one.save()
    one.portal.start()
    person = Person(browser, one.portal.url)
    try:
        page = open_person(person.sign_in(OLGA, PASSWORD), "Ann Whitfield")
        steps = page.get_by_role("list", name="What Video invitations needs").get_by_role("listitem")
        expect(steps).to_have_count(1)
        expect(steps).to_contain_text("Plugin – this stops it")
        expect(steps).to_contain_text("Ask whoever runs the system.")
        root = Person(browser, one.portal.url)
        page = open_person(root.sign_in(ROOT_ADMIN, PASSWORD), "Ann Whitfield")
        steps = page.get_by_role("list", name="What Video invitations needs").get_by_role("listitem")
        steps.get_by_role("link", name="Open its page").click()
        expect(page.get_by_role("switch", name="Runs")).to_be_visible()
        root.context.close()
    finally:
        person.context.close()
        one.portal.stop()
