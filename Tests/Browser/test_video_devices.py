"""Cameras and microphones of a video session: those that a headless browser pretends to have."""

import pytest
from playwright.sync_api import expect

from support.links import own_camera
from test_video import join, leave, start, watches

pytestmark = pytest.mark.chromium


def test_another_camera_is_chosen_while_the_others_look(ann, ben):
    # She alone takes up Chromium's fake camera.
    own_camera(ben)
    hers = start(ann, "Ben Okafor")
    his = join(ben, "Ann Whitfield")
    watches(his)
    gear = hers.get_by_role("button", name="Camera and microphone")
    gear.click()
    cameras = hers.get_by_role("menuitemradio").filter(has_text="fake_device")
    expect(cameras.first).to_be_visible()
    names = cameras.all_inner_texts()
    other = hers.get_by_role("menuitemradio", checked=False).first
    other.click()

    watches(his)
    watches(hers)
    assert names
    leave(his)
    leave(hers)


def test_the_camera_goes_off_when_the_session_is_refused(ann):
    ann.context.add_init_script("""
        const open = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = async function (wanted) {
            const stream = await open.call(this, wanted);
            window.taken = [...(window.taken ?? []), ...stream.getTracks()];
            return stream;
        };
    """)
    ann.context.route("**/api/v1/video/sessions", lambda route: route.fulfill(
        status=409, content_type="application/problem+json",
        body='{"id": "video.full", "status": 409, "title": "Conflict", "detail": "It is full."}'))
    hers = start(ann, "Ben Okafor")
    expect(hers.get_by_text("It is full.")).to_be_visible()
    assert hers.evaluate("window.taken.map((track) => track.readyState)") == ["ended", "ended"]
    ann.errors.clear()


def test_muting_is_by_key_and_button(ann):
    hers = start(ann, "Ben Okafor")
    expect(hers.get_by_text("Calling Ben Okafor…")).to_be_visible()

    hers.keyboard.press("m")
    expect(hers.get_by_role("button", name="Unmute microphone")).to_be_visible()
    hers.get_by_role("button", name="Turn camera off").click()

    expect(hers.get_by_role("button", name="Turn camera on")).to_be_visible()
    leave(hers)
