"""Video sessions through a relay only, as behind strict firewalls: the real coturn with short-lived credentials."""

import pytest
from playwright.sync_api import expect

from support.coturn import SECRET, URL, Coturn, is_installed
from support.installation import Installation, plugin, standard
from support.links import decodes, links
from test_video import join, leave, start, watches

pytestmark = [
    pytest.mark.chromium, pytest.mark.own_cameras, pytest.mark.skipif(not is_installed(), reason="coturn is not installed")]


@pytest.fixture(scope="module")
def turn(tmp_path_factory):
    server = Coturn(tmp_path_factory.mktemp("turn")).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def portal(tmp_path_factory, seed_file, turn):
    settings = {"turnURLs": [URL], "turnSecret": {"$env": "TURN_SECRET"}, "relayOnly": True}
    plugins = [entry for entry in standard() if entry["id"] != "video"] + [plugin("video", settings=settings)]
    one = Installation(
        tmp_path_factory.mktemp("portal") / "portal", seed_file, plugins=plugins, environment={"TURN_SECRET": SECRET})
    one.portal.start()
    yield one.portal
    one.portal.stop()


def test_S15_pictures_go_through_the_relay_alone(ann, ben, turn):
    hers = start(ann, "Ben Okafor")
    his = join(ben, "Ann Whitfield")

    watches(hers)
    watches(his)

    assert turn.allocations() >= 2
    leave(his)
    leave(hers)


@pytest.mark.timeout(300)
def test_S15_a_relay_that_was_away_is_found_again(ann, ben, turn):
    """The transport breaks: people are told, the link looks for a new way, and the pictures move again."""
    hers = start(ann, "Ben Okafor")
    his = join(ben, "Ann Whitfield")
    decodes(hers)
    decodes(his)

    turn.stop()
    expect(hers.get_by_text("The connection to Ben Okafor is being restored")).to_be_visible(timeout=60_000)
    stands = links(hers)[0]["frames"]
    turn.start()

    decodes(hers, seconds=90)
    decodes(his, seconds=90)
    assert links(hers)[0]["frames"] > stands
    leave(his)
    leave(hers)
