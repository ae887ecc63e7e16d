"""Guests of video sessions: they come by a link, without an account."""

import pytest
from playwright.sync_api import expect

from support.installation import ANN
from test_video import leave, start, watches

pytestmark = [pytest.mark.chromium, pytest.mark.own_cameras]


def revoke_links(desk, name):
    """Ends every guest link of the chat with somebody."""
    chats = desk.expect(200, "GET", "/conversations?filter=chat")["items"]
    path = f"/video/conversations/{next(chat['id'] for chat in chats if chat['title'] == name)}/guest-links"
    for link in desk.expect(200, "GET", path)["items"]:
        desk.expect(204, "DELETE", f"{path}/{link['id']}")


def guest_address(hers):
    """Makes a link for a guest in the window of a session."""
    hers.get_by_role("button", name="Invite a guest").click()
    address = hers.get_by_role("textbox", name="Invite a guest").input_value()
    hers.get_by_role("dialog").get_by_role("button", name="Close").click()
    return address


def test_a_guest_joins_by_a_link_and_cannot_once_it_is_revoked(ann, visit, portal):
    hers = start(ann, "Ben Okafor")
    address = guest_address(hers)
    guest = visit()

    guest.page.goto(address)
    guest.page.get_by_label("Your name").fill("Gus Guest")
    guest.page.get_by_role("button", name="Join").click()

    watches(hers)
    watches(guest.page)
    expect(hers.get_by_text("Gus Guest").first).to_be_visible()
    leave(guest.page)
    expect(hers.get_by_text("Gus Guest has left").first).to_be_visible()

    revoke_links(portal.sign_in(ANN), "Ben Okafor")
    guest.page.get_by_role("button", name="Join again").click()
    guest.page.get_by_label("Your name").fill("Gus Guest")
    guest.page.get_by_role("button", name="Join").click()
    expect(guest.page.get_by_text("This link does not work any more.")).to_be_visible()
    guest.errors = [error for error in guest.errors if "404" not in error]
    leave(hers)


def test_a_guest_stays_while_the_server_is_busy_or_away_for_a_moment(ann, visit, portal):
    hers = start(ann, "Ben Okafor")
    address = guest_address(hers)
    guest = visit()
    refused = []

    def refuse(route):
        refused.append(route.request.url)
        status, turn = (429, 503)[len(refused) % 2], len(refused)
        return route.fulfill(status=status, headers={"Retry-After": "1"}, body="{}") if turn <= 4 else route.continue_()

    guest.page.route("**/join/video/news", refuse)
    guest.page.goto(address)
    guest.page.get_by_label("Your name").fill("Gus Guest")
    guest.page.get_by_role("button", name="Join").click()

    watches(hers)
    watches(guest.page)
    assert len(refused) > 4
    leave(guest.page)
    revoke_links(portal.sign_in(ANN), "Ben Okafor")
    guest.errors = [error for error in guest.errors if "429" not in error and "503" not in error]
    leave(hers)


def test_an_unknown_link_says_so(visit):
    guest = visit()
    guest.page.goto("/plugins/video/guest.html#" + "A" * 22)
    guest.page.get_by_label("Your name").fill("Gus Guest")

    guest.page.get_by_role("button", name="Join").click()

    expect(guest.page.get_by_text("This link does not work any more.")).to_be_visible()
    guest.errors = [error for error in guest.errors if "404" not in error]
