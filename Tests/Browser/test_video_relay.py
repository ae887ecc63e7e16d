"""Video sessions through a relay only, as behind strict firewalls: the real coturn with short-lived credentials."""

import pytest

from support.coturn import SECRET, URL, Coturn, is_installed
from support.installation import Installation, plugin, standard
from test_video import join, leave, start, watches

pytestmark = [pytest.mark.chromium, pytest.mark.skipif(not is_installed(), reason="coturn is not installed")]


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
