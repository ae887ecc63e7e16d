"""The usage statistics on the home page of those who manage a company: shown when SMS is used, right, and readable."""

import pytest
from playwright.sync_api import expect

from support.browser import audit
from support.installation import ANN, ANN_DIRECT, BOB, FRONT_DESK, OLGA, ROOT_ADMIN, THEO
from support.people import colleague
from support.server import PASSWORD
from support.waiting import until


@pytest.fixture
def card():
    """The figures in somebody's page."""
    return lambda person: person.page.get_by_role("region", name="SMS usage")


@pytest.fixture
def switch(root, portal):
    """Switches SMS for the system, the domain or a user; back on at the end."""
    turned = []

    def turn(level, subject, is_on):
        turned.append((level, subject))
        root.expect(204, "PUT", f"/admin/switches/sms/{level}/{subject}", {"isOn": is_on})

    yield turn
    for level, subject in turned:
        root.expect(204, "PUT", f"/admin/switches/sms/{level}/{subject}", {"isOn": True})


@pytest.mark.parametrize("is_on, has_user", [(True, True), (True, False), (False, True), (False, False)])
def test_S67_the_figures_are_there_only_with_sms_on_and_a_user_who_has_it(
        enter, card, switch, root, is_on, has_user):
    people = root.items("/admin/domains/harbor.example/users")
    if not has_user:
        for user in people:
            switch("user", user["id"], False)
    if not is_on:
        switch("domain", "harbor.example", False)

    olga = enter(OLGA)

    expect(olga.page.get_by_role("heading", name="Hello")).to_be_visible()
    olga.page.evaluate("fetch('/api/v1/usage/summary')")
    expect(card(olga)).to_have_count(1 if is_on and has_user else 0)


def test_S68_the_office_manager_sees_them_a_basic_user_nowhere(enter, card, portal):
    olga, ann = enter(OLGA), enter(ANN)

    expect(card(olga)).to_be_visible()
    expect(card(ann)).to_have_count(0)
    assert ann.page.locator("usage-card").count() == 0
    assert portal.sign_in(ANN).get("/usage/summary").status == 403
    assert portal.sign_in(ANN).get("/usage/export").status == 403


def test_S68_each_scope_sees_what_it_looks_after(enter, card, portal):
    root = portal.sign_in(ROOT_ADMIN).expect(200, "GET", "/usage/summary")
    olga = portal.sign_in(OLGA).expect(200, "GET", "/usage/summary")

    assert [one["id"] for one in olga["domains"]] == ["harbor.example"]
    assert {one["id"] for one in root["domains"]} >= {"harbor.example"}
    assert portal.sign_in(OLGA).get("/usage/summary?domain=timber.example").status == 404
    assert portal.sign_in(THEO).get("/usage/summary?domain=harbor.example").status in (403, 404)


def test_S67_what_is_texted_is_counted_at_once(portal, customer, unknown_number):
    ann, olga = portal.sign_in(ANN), portal.sign_in(OLGA)
    before = olga.expect(200, "GET", "/usage/summary")

    customer(unknown_number, "One", ANN_DIRECT)
    room = ann.sms_to(BOB, FRONT_DESK)
    ann.send(room, "Two", **{"from": FRONT_DESK})
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    ann.send(chat, "Three")

    def figures():
        now = olga.expect(200, "GET", "/usage/summary")
        return {key: now["totals"][key] - before["totals"][key] for key in now["totals"]}

    until(lambda: figures()["delivered"] == 1, 20, "the text being delivered")
    assert figures() == {"received": 1, "sent": 1, "segments": 1, "delivered": 1, "failed": 0, "chats": 1}
    after = olga.expect(200, "GET", "/usage/summary")
    assert after["counters"]["smsSentToday"] == before["counters"]["smsSentToday"] + 1
    assert after["days"][-1]["received"] == before["days"][-1]["received"] + 1


def test_S67_the_period_is_chosen_and_the_days_are_a_table_too(enter, card):
    olga = enter(OLGA)
    figures = card(olga)

    figures.get_by_role("button", name="7 days").click()
    expect(figures.get_by_role("button", name="7 days")).to_have_attribute("aria-pressed", "true")
    figures.get_by_text("Show as a table").click()
    table = figures.get_by_role("region", name="Day").get_by_role("table")

    expect(table.get_by_role("row")).to_have_count(8)
    expect(figures.get_by_role("img", name="Texts by day")).to_be_visible()


def test_S67_figures_of_another_period_that_come_late_are_not_shown(enter, card):
    olga = enter(OLGA)
    figures = card(olga)
    expect(figures).to_be_visible()
    held = []
    olga.page.route("**/usage/summary?days=90", lambda route: held.append(route))

    figures.get_by_role("button", name="90 days").click()
    until(lambda: olga.page.evaluate("1") and held, 10, "the slow question")
    figures.get_by_role("button", name="7 days").click()
    expect(figures.get_by_role("button", name="7 days")).to_have_attribute("aria-pressed", "true")
    with olga.page.expect_response("**/usage/summary?days=90"):
        held[0].continue_()
    figures.get_by_text("Show as a table").click()

    expect(figures.get_by_role("region", name="Day").get_by_role("row")).to_have_count(8)


def test_S67_the_keyboard_stays_where_it_was_when_the_figures_are_fetched_again(enter, card):
    olga = enter(OLGA)
    figures = card(olga)
    for place in (figures.get_by_text("Show as a table"), figures.get_by_role("link", name="Export CSV")):
        place.focus()
        with olga.page.expect_response("**/usage/summary*"):
            olga.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(place).to_be_focused()


def test_S67_figures_that_cannot_be_had_are_said(visit):
    olga = visit()
    olga.page.route("**/usage/summary*", lambda route: route.fulfill(
        status=503, content_type="application/problem+json",
        body='{"id": "store.busy", "status": 503, "title": "Unavailable", "detail": "The figures can\'t be read just now."}'))
    olga.sign_in(OLGA, PASSWORD)
    expect(olga.page.get_by_role("alert").filter(has_text="The figures can't be read just now.")).to_be_visible()
    olga.errors.clear()


@pytest.mark.chromium
def test_S67_the_figures_are_exported_as_a_file(enter, card):
    olga = enter(OLGA)

    with olga.page.expect_download() as download:
        card(olga).get_by_role("link", name="Export CSV").click()

    with open(download.value.path(), encoding="utf-8") as file:
        head, *lines = file.read().splitlines()
    assert head == "day,domain,number,person,received,sent,segments,delivered,failed,chats"
    assert all(line.split(",")[1] == "harbor.example" for line in lines)


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}],
                         ids=["light", "dark", "phone"])
@pytest.mark.chromium
def test_D5_S67_axe_finds_nothing_in_the_figures(enter, card, look):
    olga = enter(OLGA, **look)
    expect(card(olga)).to_be_visible()

    assert audit(olga.page) == []
    assert olga.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_S67_the_words_of_the_chart_are_as_large_as_can_be_read(enter, card, width):
    """S67: also on a phone, none over another, and none outside the drawing."""
    olga = enter(OLGA, viewport={"width": width, "height": 844})
    expect(card(olga).get_by_role("img")).to_be_visible()
    found = card(olga).get_by_role("img").evaluate("""chart => {
        const scale = chart.getBoundingClientRect().width / chart.viewBox.baseVal.width;
        const words = [...chart.querySelectorAll('text')];
        const days = words.filter((one) => one.getAttribute('text-anchor') === 'middle').map((one) => one.getBoundingClientRect());
        const box = chart.getBoundingClientRect();
        return {
            size: scale * parseFloat(getComputedStyle(words[0]).fontSize),
            isFree: days.every((one, i) => i === 0 || one.left > days[i - 1].right + 4),
            isInside: days.every((one) => one.left >= box.left && one.right <= box.right),
        };
    }""")
    assert found["size"] >= 9, found
    assert found["isFree"] and found["isInside"], found
