"""Video sessions of several people, and on networks that change."""

import pytest
from playwright.sync_api import expect

from support.links import call_in, decodes, links
from support.waiting import until
from test_groups import gather
from test_video import join, leave, start, watches

pytestmark = [pytest.mark.chromium, pytest.mark.own_cameras]


@pytest.mark.timeout(420)
def test_S15_four_people_in_a_group_see_each_other(ann, ben, cleo, olga):
    new = gather(ann, "Ben Okafor", "Cleo Marchetti", "Olga Lindqvist")
    new.get_by_label("Name of the group").fill("Moving day")
    new.get_by_role("button", name="Start group").click()
    box = ann.box("chat", "Moving day")
    with ann.context.expect_page() as opened:
        box.button("Start a video session").click()
    windows = [call_in(opened), *(join(person, "Ann Whitfield") for person in (ben, cleo, olga))]

    for page in windows:
        decodes(page, 3, seconds=180)
    for page in windows:
        expect(page.locator(".tile video")).to_have_count(3)
    for name in ("Ben Okafor", "Cleo Marchetti", "Olga Lindqvist"):
        expect(windows[0].get_by_role("group", name=name)).to_be_visible()

    leave(windows[3])
    for page in windows[:3]:
        expect(page.locator(".tile video")).to_have_count(2)
        decodes(page, 2, seconds=60)
    for page in windows[:3]:
        leave(page)


@pytest.fixture
def linked(ann, ben):
    """The windows of Ann and Ben, with pictures both ways."""
    hers = start(ann, "Ben Okafor")
    his = join(ben, "Ann Whitfield")
    decodes(hers)
    decodes(his)
    yield hers, his
    leave(his)
    leave(hers)


def test_S15_a_change_of_network_restarts_ice_and_the_pictures_go_on(ann, linked):
    hers, his = linked
    way, his_way = links(hers)[0]["ufrag"], links(his)[0]["ufrag"]

    # Offline and online again, as a laptop is that goes from the cable to the Wi-Fi.
    hers.context.set_offline(True)
    hers.wait_for_function("!navigator.onLine")
    hers.context.set_offline(False)

    until(lambda: links(hers)[0]["ufrag"] != way, 15, "her side having offered a new way")
    until(lambda: links(his)[0]["ufrag"] != his_way, 15, "his side having answered with one")
    decodes(hers)
    decodes(his)
    ann.errors = [error for error in ann.errors if "ERR_INTERNET_DISCONNECTED" not in error]


def test_S15_an_offer_whose_answer_is_lost_is_made_again(linked):
    """Signals are told once: what was told while the stream of a window was away has to be asked for again."""
    hers, his = linked
    lost = []

    def lose(route):
        if lost or '"answer"' not in route.request.post_data:
            return route.continue_()
        lost.append(route.request.post_data)
        route.fulfill(status=204)

    his.route("**/signals", lose)
    hers.evaluate("links[0].restartIce()")
    # Requests are routed only while the page is asked for something.
    until(lambda: his.evaluate("true") and lost, 15, "the answer being lost")
    assert hers.evaluate("links[0].signalingState") == "have-local-offer"

    until(lambda: hers.evaluate("links[0].signalingState") == "stable", 15, "an answer to the same offer")
    decodes(hers)
    decodes(his)


def test_S15_a_connection_beyond_repair_is_made_anew(linked):
    """Keys that failed can't be mended by another way: one side begins anew, and the other follows."""
    hers, his = linked

    his.evaluate("links[0].close()")

    until(lambda: hers.evaluate("links.length") > 1, 60, "her side having given the connection up", every=0.2)
    decodes(hers, seconds=60)
    decodes(his, seconds=60)


def test_picture_in_picture_floats_the_others_picture(ann, ben):
    hers = start(ann, "Ben Okafor")
    his = join(ben, "Ann Whitfield")
    watches(hers)

    hers.get_by_role("button", name="Picture in picture").click()

    until(
        lambda: hers.evaluate("document.pictureInPictureElement === document.querySelector('.tile video')"), 5,
        "the picture floating")
    hers.get_by_role("button", name="Picture in picture").click()
    until(lambda: hers.evaluate("document.pictureInPictureElement === null"), 5, "the picture being back")
    leave(his)
    leave(hers)
