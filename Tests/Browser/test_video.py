"""Video sessions between real browsers, with the devices that they pretend to have: frames must be decoded."""

import pytest
from playwright.sync_api import expect

from support.installation import ANN, BOB, CLEO
from support.links import call_in, links
from support.people import colleague
from support.waiting import TooLate, until

pytestmark = [pytest.mark.chromium, pytest.mark.own_cameras]

FRAMES = """async () => {
    const videos = [...document.querySelectorAll('.tile video')];
    return videos.map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
}"""


def frames(page):
    """How many frames each of the others' pictures has shown."""
    return page.evaluate(FRAMES)


def watches(page, people=1):
    """Waits until pictures of that many people move."""
    try:
        until(lambda: len(frames(page)) == people and min(frames(page)) > 0, 60, "a picture of everybody")
        before = frames(page)
        until(lambda: all(now > then + 5 for now, then in zip(frames(page), before)), 30, "pictures that move")
    except TooLate as late:
        raise TooLate(f"{late}: frames {frames(page)}, connections {links(page)}") from None


def start(person, name):
    """Starts a session from the chat's box; gives its window."""
    box = person.start(name.split()[0], "chat", name)
    with person.context.expect_page() as opened:
        box.button("Start a video session").click()
    return call_in(opened)


def card(person, name):
    return person.page.get_by_role("alertdialog", name=f"{name} asks you to a video session")


def join(person, name):
    with person.context.expect_page() as opened:
        card(person, name).get_by_role("button", name="Join").click()
    return call_in(opened)


def leave(page):
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_text("You have left the video session.")).to_be_visible()


def test_S15_a_colleague_is_asked_joins_and_both_see_each_other(ann, ben):
    hers = start(ann, "Ben Okafor")
    expect(hers.get_by_text("Calling Ben Okafor…")).to_be_visible()
    expect(card(ben, "Ann Whitfield")).to_be_visible()

    his = join(ben, "Ann Whitfield")

    watches(hers)
    watches(his)
    expect(card(ben, "Ann Whitfield")).to_have_count(0)
    leave(his)
    expect(hers.get_by_text("Ben Okafor has left").first).to_be_visible()
    leave(hers)


def test_S15_the_invitation_rings_in_every_tab_and_one_answer_ends_it_in_all(ann, ben):
    second = ben.context.new_page()
    second.goto("/")
    expect(second.locator("html")).to_have_attribute("data-link", "live")
    hers = start(ann, "Ben Okafor")
    name = "Ann Whitfield asks you to a video session"
    expect(second.get_by_role("alertdialog", name=name)).to_be_visible()
    expect(card(ben, "Ann Whitfield")).to_be_visible()

    second.get_by_role("alertdialog", name=name).get_by_role("button", name="Not now").click()

    expect(card(ben, "Ann Whitfield")).to_have_count(0)
    expect(hers.get_by_text("Ben Okafor can’t join now").first).to_be_visible()
    leave(hers)


def test_S15_who_leaves_while_the_session_is_being_made_is_out_of_it(ann, portal):
    held = []
    ann.context.route("**/api/v1/video/sessions", lambda route: held.append(route))
    hers = start(ann, "Cleo Marchetti")
    until(lambda: hers.wait_for_function("true") and held, 15, "the session being asked for")

    leave(hers)
    with hers.expect_response("**/leave") as told, hers.expect_response("**/api/v1/video/sessions") as made:
        held[0].continue_()

    assert made.value.status == 201 and told.value.status == 204
    expect(hers.get_by_text("You have left the video session.")).to_be_visible()


def test_S15_who_was_away_finds_the_invitation_in_the_conversation(ann, enter):
    hers = start(ann, "Cleo Marchetti")
    # Whoever leaves before the camera is there has asked nobody.
    expect(hers.get_by_text("Calling Cleo Marchetti…")).to_be_visible()
    leave(hers)

    cleo = enter(CLEO)

    missed = cleo.page.get_by_role("listitem").filter(has_text="Ann Whitfield")
    expect(missed.filter(has_text="Video session").first).to_be_visible()


def test_S15_a_caller_who_gives_up_leaves_a_missed_session(ann, ben):
    hers = start(ann, "Ben Okafor")
    expect(card(ben, "Ann Whitfield")).to_be_visible()

    leave(hers)

    expect(ben.page.get_by_text("You missed a video session with Ann Whitfield.")).to_be_visible()


def test_S15_a_session_under_way_is_joined_from_the_head_of_its_chat(ann, ben):
    hers = start(ann, "Ben Okafor")
    card(ben, "Ann Whitfield").get_by_role("button", name="Not now").click()
    box = ben.start("Ann", "chat", "Ann Whitfield")

    with ben.context.expect_page() as opened:
        box.button("Join the video session with Ann Whitfield").click()
    his = call_in(opened)

    watches(hers)
    watches(his)
    leave(hers)
    leave(his)
    expect(box.button("Start a video session")).to_be_visible()


def test_S15_a_session_starts_from_the_page_of_the_chat_too(ann, ben, portal):
    desk = portal.sign_in(ANN)
    ann.page.goto(f"/messages/{desk.chat_with(colleague(desk, 'Ben Okafor'))}")
    with ann.context.expect_page() as opened:
        ann.page.get_by_role("button", name="Start a video session").click()
    expect(card(ben, "Ann Whitfield")).to_be_visible()
    leave(opened.value)
    ann.page.goto(f"/messages/{desk.sms_to(BOB)}")
    expect(ann.page.get_by_role("log")).to_be_visible()
    expect(ann.page.get_by_role("button", name="Start a video session")).to_have_count(0)


def test_S16_a_text_conversation_has_no_video_and_the_api_refuses_it(ann, portal):
    box = ann.start("bob", "sms", "Bob Smith – Mobile")

    expect(box.region.get_by_role("button", name="Start a video session")).to_have_count(0)
    desk = portal.sign_in(ANN)
    conversation = desk.expect(200, "POST", "/conversations", {"kind": "sms", "to": BOB})
    refused = desk.request("POST", "/video/sessions", {"conversationId": conversation["id"], "peer": "a-peer-of-ann"})
    assert refused.status == 409
    assert refused.id == "video.chat-only"


def test_the_screen_is_shown_instead_of_the_camera_and_back(ann, ben):
    hers = start(ann, "Ben Okafor")
    his = join(ben, "Ann Whitfield")
    watches(his)

    hers.get_by_role("button", name="Share screen").click()
    expect(hers.get_by_role("button", name="Stop sharing")).to_be_visible()
    watches(his)
    hers.get_by_role("button", name="Stop sharing").click()

    watches(his)
    leave(his)
    leave(hers)


BRIGHT = """() => {
    const pen = Object.assign(document.createElement('canvas'), { width: 8, height: 8 }).getContext('2d');
    pen.drawImage(document.querySelector('.tile video'), 0, 0, 8, 8);
    return Math.max(...pen.getImageData(0, 0, 8, 8).data.filter((_, i) => i % 4 < 3));
}"""


def test_the_screen_is_seen_also_when_the_camera_is_off(ann, ben):
    hers = start(ann, "Ben Okafor")
    his = join(ben, "Ann Whitfield")
    watches(his)
    hers.get_by_role("button", name="Turn camera off").click()
    until(lambda: his.evaluate(BRIGHT) < 30, 30, "a black picture")

    hers.get_by_role("button", name="Share screen").click()

    until(lambda: his.evaluate(BRIGHT) > 60, 30, "a picture of the screen")
    expect(hers.get_by_role("button", name="Turn camera on")).to_be_visible()
    hers.get_by_role("button", name="Stop sharing").click()
    until(lambda: his.evaluate(BRIGHT) < 30, 30, "a black picture again")
    leave(his)
    leave(hers)


def test_S15_a_second_click_on_the_camera_raises_the_window_and_starts_nothing_anew(ann, ben):
    hers = start(ann, "Ben Okafor")
    his = join(ben, "Ann Whitfield")
    watches(his)
    began = [page.evaluate("performance.timeOrigin") for page in (hers, his)]

    ben.start("Ann", "chat", "Ann Whitfield")
    for person, name in ((ann, "Ben Okafor"), (ben, "Ann Whitfield")):
        person.box("chat", name).button("Start a video session").click()

    watches(his)
    assert [page.evaluate("performance.timeOrigin") for page in (hers, his)] == began
    assert len(ann.context.pages) == len(ben.context.pages) == 2
    leave(his)
    leave(hers)
    # What is over makes room for the next.
    ann.box("chat", "Ben Okafor").button("Start a video session").click()
    expect(hers.get_by_text("Calling Ben Okafor…")).to_be_visible()
    leave(hers)
