"""How a message calls for attention (S39–S43; U6): tone, title, notification, green box."""

import re

import pytest
from playwright.sync_api import expect

from support.attention import come_back, go_away, new_burst, notices, prefer, titles, tones
from support.browser import plain
from support.installation import ANN, ANN_DIRECT, BEN, CLEO
from support.people import colleague
from support.waiting import until

BELL = re.compile("^Unread conversations")


def chip(page, number, new=1):
    return page.get_by_role("region", name=f"SMS with {plain(number)}, {new} new message")


def allowed(person):
    """Notifications are allowed; the page hears of it as a user would tell it."""
    person.context.grant_permissions(["notifications"])
    person.page.reload()
    person.is_live()
    return person


@pytest.mark.chromium
def test_S39_S40_S41_S42_S43_somebody_who_is_away_is_told_in_all_four_ways(watched, customer, unknown_number):
    page = allowed(watched()).page
    page.get_by_role("heading", level=1).click()
    new_burst(page)
    go_away(page)

    customer(unknown_number, "Is anybody there?", ANN_DIRECT)

    name = plain(unknown_number)
    until(lambda: tones(page) == 1, what="one tone")
    until(lambda: f"{name} sent a message" in titles(page), what="the title that tells who wrote")
    [notice] = until(lambda: notices(page), what="the notification")
    assert (notice["title"], notice["body"]) == (name, "Is anybody there?")
    expect(chip(page, unknown_number)).to_have_attribute("fresh", "")


@pytest.mark.firefox
def test_S41_the_title_alternates_until_somebody_is_back(watched, customer, unknown_number):
    page = watched().page
    go_away(page)

    customer(unknown_number, "Look here", ANN_DIRECT)

    alarm = f"{plain(unknown_number)} sent a message"
    expect(page).to_have_title(alarm)
    expect(page).to_have_title(re.compile("Home"))
    expect(page).to_have_title(alarm)
    come_back(page)
    expect(page).to_have_title(re.compile(r"^\(\d+\) Home · Harbor & Pine$"))
    count = len(titles(page))
    page.wait_for_timeout(1500)     # longer than a turn: it stands still
    assert len(titles(page)) == count


@pytest.mark.chromium
def test_S41_with_reduced_motion_the_title_says_it_and_stands_still(watched, customer, unknown_number):
    page = watched(reduced_motion="reduce").page
    go_away(page)

    customer(unknown_number, "Calmly", ANN_DIRECT)

    expect(page).to_have_title(re.compile(re.escape(plain(unknown_number)) + r" sent a message · \(\d+\) Home"))


def test_S40_U6_before_the_first_click_nothing_fails_and_after_it_the_tone_sounds(watched, customer, unknown_number):
    person = watched()
    page = person.context.new_page()
    person.page.close()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-link", "live")
    customer(unknown_number, "Too early", ANN_DIRECT)
    expect(chip(page, unknown_number)).to_be_visible()

    page.get_by_role("heading", level=1).click()
    new_burst(page)
    customer(unknown_number, "Now", ANN_DIRECT)

    expect(chip(page, unknown_number, 2).or_(page.get_by_role("region", name="2 new messages"))).to_be_visible()
    until(lambda: tones(page) >= 1, what="a tone")


def test_S40_a_burst_of_messages_is_one_tone(watched, customer, unknown_number):
    page = watched().page
    new_burst(page)

    for number in range(4):
        customer(unknown_number, f"Line {number}", ANN_DIRECT)

    expect(page.get_by_role("region", name="4 new messages")).to_be_visible()
    until(lambda: tones(page) == 1, what="one tone")


@pytest.mark.parametrize("choice, heard_here, heard_away", [("always", 1, 2), ("hidden", 0, 1), ("never", 0, 0)])
def test_S40_U6_the_tone_sounds_always_when_hidden_or_never(
        watched, portal, customer, unknown_number, choice, heard_here, heard_away):
    page = watched().page
    prefer(portal.sign_in(ANN), tone=choice)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-link", "live")
    page.get_by_role("heading", level=1).click()
    new_burst(page)
    customer(unknown_number, "While you are here", ANN_DIRECT)
    expect(chip(page, unknown_number)).to_be_visible()
    until(lambda: tones(page) == heard_here, what="its tone")

    new_burst(page)
    go_away(page)
    customer(unknown_number, "While you are away", ANN_DIRECT)

    expect(page.get_by_role("region", name="2 new messages")).to_be_visible()
    until(lambda: tones(page) == heard_away, what="its tone")


def test_S39_whoever_looks_at_the_conversation_is_not_disturbed(watched, customer, unknown_number):
    person = watched()
    box = person.start(unknown_number, "sms", plain(unknown_number))
    box.entry.click()
    new_burst(person.page)

    customer(unknown_number, "I am reading this", ANN_DIRECT)

    box.says("I am reading this")
    expect(box.region).not_to_have_attribute("fresh", "")
    assert tones(person.page) == 0
    assert not any("sent a message" in title for title in titles(person.page))


@pytest.mark.chromium
def test_S24_a_conversation_without_notifications_is_silent_and_still_counted(watched, portal, customer, unknown_number):
    person = allowed(watched())
    customer(unknown_number, "First", ANN_DIRECT)
    expect(chip(person.page, unknown_number)).to_be_visible()
    chip(person.page, unknown_number).locator("button.go").click()
    box = person.box("sms", plain(unknown_number))
    with person.page.expect_response(lambda answer: answer.request.method == "PATCH"):
        box.setting("Turn Off Notifications")
    box.button("Minimise").click()
    new_burst(person.page)
    before = tones(person.page)
    go_away(person.page)

    customer(unknown_number, "Second", ANN_DIRECT)

    expect(person.page.get_by_role("button", name=BELL)).to_have_accessible_name(re.compile("new"))
    assert tones(person.page) == before
    assert [one["body"] for one in notices(person.page)] == []
    assert not any("sent a message" in title for title in titles(person.page)[-2:])


@pytest.mark.chromium
def test_S42_a_click_on_the_notification_opens_the_conversation_in_the_tab_that_is_there(
        watched, customer, unknown_number):
    person = allowed(watched())
    page = person.page
    page.goto("/settings")
    expect(page.get_by_role("heading", name="Notifications")).to_be_visible()
    go_away(page)
    customer(unknown_number, "Click me", ANN_DIRECT)
    [notice] = until(lambda: notices(page), what="the notification")
    worker = until(lambda: person.context.service_workers, what="the service worker")[0]

    worker.evaluate("""(tag) => registration.showNotification('again', { tag, data: { conversationId: tag } })
        .then(() => registration.getNotifications({ tag }))
        .then(([notification]) => dispatchEvent(new NotificationEvent('notificationclick', { notification })))
        .then(() => true)""", notice["tag"])

    expect(person.box("sms", plain(unknown_number)).entry).to_be_focused()
    assert len(person.context.pages) == 1


@pytest.mark.chromium
def test_S42_a_conversation_named_in_the_address_opens_when_no_tab_was_there(watched, portal, customer, unknown_number):
    person = watched()
    customer(unknown_number, "Open me", ANN_DIRECT)
    expect(chip(person.page, unknown_number)).to_be_visible()
    mine = portal.sign_in(ANN).items("/conversations")
    wanted = next(one["id"] for one in mine if one["remote"] == unknown_number)

    person.page.goto(f"/?conversation={wanted}")

    person.box("sms", plain(unknown_number)).says("Open me")
    expect(person.page).to_have_url(re.compile("/$"))


@pytest.mark.chromium
def test_S42_the_text_can_be_hidden(watched, portal, customer, unknown_number):
    person = watched()
    prefer(portal.sign_in(ANN), hidesText=True)
    page = allowed(person).page
    go_away(page)

    customer(unknown_number, "A secret", ANN_DIRECT)

    [notice] = until(lambda: notices(page), what="the notification")
    assert (notice["title"], notice["body"]) == (plain(unknown_number), "New SMS")


@pytest.mark.chromium
def test_S42_permission_is_asked_by_a_line_after_the_first_message_and_only_by_a_click(
        watched, portal):
    ben = portal.sign_in(BEN)
    room = ben.chat_with(colleague(ben, "Cleo Marchetti"))
    person = watched(CLEO)
    page = person.page
    page.evaluate("""() => {
        globalThis.asked = 0;
        Object.defineProperty(Notification, 'permission', { configurable: true, get: () => 'default' });
        Notification.requestPermission = async () => { globalThis.asked += 1; return 'denied'; };
    }""")
    line = page.get_by_role("status").filter(has_text="Shall your browser show new messages")
    expect(line).to_have_count(0)
    ben.send(room, "Hello Cleo")
    expect(line).to_be_visible()
    assert page.evaluate("asked") == 0

    line.get_by_role("button", name="Allow notifications").click()

    expect(line).to_be_hidden()
    assert page.evaluate("asked") == 1
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-link", "live")
    ben.send(room, "Once more")
    expect(page.get_by_role("region", name=re.compile(r"Ben Okafor, \d+ new"))).to_be_visible()
    expect(line).to_have_count(0)


@pytest.mark.firefox
def test_S43_a_new_message_turns_its_box_green_in_words_too_and_looking_at_it_ends_that(
        watched, customer, unknown_number):
    page = watched().page
    customer(unknown_number, "Green", ANN_DIRECT)
    box = chip(page, unknown_number)
    expect(box).to_have_attribute("fresh", "")
    expect(box).to_contain_text("1 new")

    box.get_by_role("button", name=plain(unknown_number)).first.click()

    seen = page.get_by_role("region", name=f"SMS with {plain(unknown_number)}", exact=True)
    expect(seen).not_to_have_attribute("fresh", "")
    expect(seen).not_to_contain_text("1 new")


def test_S39_S43_the_green_box_can_be_turned_off_alone(watched, portal, customer, unknown_number):
    person = watched()
    prefer(portal.sign_in(ANN), turnsGreen=False)
    person.page.reload()
    person.is_live()

    customer(unknown_number, "Quietly", ANN_DIRECT)

    expect(person.page.get_by_role("button", name=BELL)).to_have_accessible_name(re.compile("new"))
    expect(person.page.get_by_role("region", name=plain(unknown_number))).to_have_count(0)
