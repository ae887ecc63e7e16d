"""B7: the tab survives a lost network and a server that restarts: nothing lost, nothing twice, the order kept."""

import time

import pytest
from playwright.sync_api import expect

from support.browser import Person
from support.cutline import CutLine
from support.installation import ANN, BEN
from support.people import colleague
from support.server import PASSWORD
from support.waiting import until

CUT_SECONDS = 30


@pytest.fixture
def line(portal):
    """The line between Ann's browser and the server."""
    one = CutLine(portal.port)
    yield one
    one.close()


@pytest.fixture
def ann(browser, line):
    """Ann at the far end of the line. What her browser logs about refused connections is no fault."""
    person = Person(browser, line.url)
    yield person.sign_in(ANN, PASSWORD)
    person.context.close()


def said(box):
    return box.log.locator(".m .b").all_text_contents()


def stored(portal, name):
    """What the server has of Ann's chat with somebody."""
    client = portal.sign_in(ANN)
    return [one["text"] for one in client.messages(client.chat_with(colleague(client, name)))]


def banner(page):
    return page.locator(".bars").get_by_role("status").filter(has_text="what you write is sent")


@pytest.mark.firefox
def test_B7_with_the_network_cut_for_30_s_nothing_is_lost_or_doubled_and_the_order_is_kept(ann, portal, line):
    ben = portal.sign_in(BEN)
    room = ben.chat_with(colleague(ben, "Ann Whitfield"))
    box = ann.start("ben", "chat", "Ben Okafor")
    box.write("Before the cut")
    box.says("Before the cut", "Sent")

    line.cut()
    began = time.monotonic()
    for number in range(1, 4):
        box.write(f"Ann {number}")
        ben.send(room, f"Ben {number}")
    box.says("Ann 1", "Waiting to send")
    expect(banner(ann.page)).to_be_visible()
    expect(box.log.locator(".m")).to_have_count(4)
    until(lambda: time.monotonic() - began > CUT_SECONDS, CUT_SECONDS + 5, "the time without network", every=0.5)
    line.mend()

    box.says("Ann 3", "Sent")
    everything = ["Before the cut", *(f"Ben {n}" for n in range(1, 4)), *(f"Ann {n}" for n in range(1, 4))]
    until(lambda: said(box) == everything, what="all messages, once, in order")
    assert stored(portal, "Ben Okafor") == everything
    expect(banner(ann.page)).to_be_hidden()


@pytest.mark.firefox
def test_B7_what_waits_survives_a_reload_and_is_sent_once(ann, portal, line):
    box = ann.start("cleo", "chat", "Cleo Marchetti")
    box.write("Sent before")
    box.says("Sent before", "Sent")
    line.cut()
    box.write("First of two")
    box.write("Second of two")
    box.says("First of two", "Waiting to send")

    # The page can only be had again when the line is back; what was written is still in the browser then.
    line.mend()
    ann.page.reload()
    ann.is_live()

    box = ann.box("chat", "Cleo Marchetti")
    box.says("Second of two", "Sent")
    assert said(box) == ["Sent before", "First of two", "Second of two"]
    assert stored(portal, "Cleo Marchetti") == ["Sent before", "First of two", "Second of two"]


@pytest.mark.chromium
def test_B7_what_a_closed_tab_could_not_send_is_sent_by_another(ann, portal, line):
    box = ann.start("olga", "chat", "Olga Lindqvist")
    other = ann.context.new_page()
    other.goto("/messages")
    expect(other.locator("html")).to_have_attribute("data-link", "live")
    line.cut()
    box.write("Left behind")
    box.says("Left behind", "Waiting to send")

    ann.page.close()
    line.mend()

    until(lambda: stored(portal, "Olga Lindqvist") == ["Left behind"], 20, "the other tab sending it")


@pytest.mark.chromium
def test_B7_the_answer_that_was_lost_makes_no_second_message(ann, portal, line):
    box = ann.start("root", "chat", "Root Admin")
    # The request reaches the server, the answer never reaches the browser.
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch())
            return route.abort()
        return route.continue_()

    ann.page.route("**/messages", lose)
    box.write("Only once")

    box.says("Only once", "Sent")
    assert stored(portal, "Root Admin") == ["Only once"]
    assert said(box) == ["Only once"]


@pytest.mark.chromium
def test_a_browser_without_network_says_so_and_that_nothing_is_lost(ann, line):
    ann.context.set_offline(True)
    line.cut()

    expect(banner(ann.page)).to_have_text("Offline: what you write is sent when the connection is back")

    line.mend()
    ann.context.set_offline(False)
    expect(banner(ann.page)).to_be_hidden()


@pytest.mark.chromium
def test_B7_what_waits_goes_at_once_when_the_network_is_back_though_the_stream_outlived_the_gap(ann, portal):
    box = ann.start("cleo", "chat", "Cleo Marchetti")
    # Nothing can be sent, but the open stream goes on: it will not tell of a new connection.
    ann.context.set_offline(True)
    box.write("Through the tunnel")
    box.says("Through the tunnel", "Waiting to send")
    ann.page.wait_for_timeout(8000)  # by now the next try by itself is eight seconds away

    ann.context.set_offline(False)

    until(lambda: stored(portal, "Cleo Marchetti")[-1:] == ["Through the tunnel"], 6, "the message being sent")


@pytest.mark.firefox
def test_a_line_that_is_lost_for_a_moment_says_reconnecting(ann, line):
    status = ann.page.locator(".bars").get_by_role("status").first
    line.cut()

    expect(status).to_have_text("Reconnecting…")

    line.mend()
    expect(status).to_be_hidden()
