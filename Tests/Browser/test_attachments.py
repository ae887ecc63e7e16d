"""Files in a chat: by the button, by paste, by drop; refused before they go when they are too much."""

import base64
import re

import pytest
from playwright.sync_api import expect

from support.browser import audit
from support.waiting import until

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
BYTES = base64.b64decode(PIXEL)
HAND_OVER = """(el, [type, name, base64, kind]) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type: kind }));
    const more = { bubbles: true, composed: true, cancelable: true };
    if (type === 'paste') return el.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, ...more }));
    for (const step of type.split(' ')) el.dispatchEvent(new DragEvent(step, { dataTransfer: data, ...more }));
}"""


@pytest.fixture
def box(ann):
    return ann.start("ben", "chat", "Ben Okafor")


def choose(box, name, kind="text/plain", body=b"Two chairs"):
    file = {"name": name, "mimeType": kind, "buffer": body}
    box.region.locator("input[type=file]").set_input_files(file, timeout=60_000)


def test_S34_a_picture_is_shown_before_it_goes_and_as_a_thumbnail_that_opens(ann, box):
    choose(box, "plan.png", "image/png", BYTES)
    files = box.region.get_by_role("list", name="Files to send")
    expect(files.get_by_role("listitem")).to_contain_text("plan.png")
    expect(files.locator("img")).to_have_attribute("src", re.compile("^blob:"))
    expect(box.button("Send")).to_be_enabled()
    assert audit(ann.page) == []

    box.button("Send").click()

    picture = box.log.get_by_role("img", name="Picture: plan.png").last
    expect(picture).to_be_visible()
    until(lambda: picture.evaluate("img => img.naturalWidth") == 1, 10, "the picture")
    expect(files.get_by_role("listitem")).to_have_count(0)
    link = box.log.get_by_role("link", name="Picture: plan.png").last
    assert link.get_attribute("rel").startswith("noopener")


@pytest.mark.chromium
def test_S34_a_file_by_paste(box):
    box.entry.evaluate(HAND_OVER, ["paste", "pasted.png", PIXEL, "image/png"])

    expect(box.button("Remove pasted.png")).to_be_visible()


@pytest.mark.chromium
def test_S34_a_file_by_drop_with_a_sign_where_to(box):
    box.log.evaluate(HAND_OVER, ["dragenter dragover", "dropped.png", PIXEL, "image/png"])
    expect(box.region.get_by_text("Drop files here")).to_be_visible()

    box.log.evaluate(HAND_OVER, ["drop", "dropped.png", PIXEL, "image/png"])

    expect(box.button("Remove dropped.png")).to_be_visible()
    expect(box.region.get_by_text("Drop files here")).to_be_hidden()


def test_S34_a_file_can_be_taken_out_again(box):
    choose(box, "wrong.txt")
    expect(box.button("Send")).to_be_enabled()

    box.button("Remove wrong.txt").click()

    expect(box.region.get_by_text("wrong.txt")).to_have_count(0)
    expect(box.button("Send")).to_be_disabled()


def test_S34_a_file_that_is_too_large_goes_nowhere(ann, box):
    asked = []
    ann.page.on("request", lambda request: asked.append(request.url) if "/attachments?" in request.url else None)

    choose(box, "film.mp4", "video/mp4", b"\0" * (10 * 1024 * 1024 + 1))

    expect(box.region.get_by_role("alert")).to_contain_text("film.mp4 is too large")
    assert asked == []
    choose(box, "small.txt")
    expect(box.region.get_by_text("too large")).to_have_count(0)


def test_S34_no_message_goes_while_a_file_is_on_its_way(ann, box):
    held = []
    ann.page.route("**/api/v1/attachments?*", lambda route: held.append(route))
    choose(box, "slow.txt")
    box.entry.fill("See the file")
    expect(box.region.get_by_role("progressbar", name="Uploading slow.txt")).to_be_attached()
    expect(box.button("Send")).to_be_disabled()

    until(lambda: box.log.count() and held, 10, "the upload")
    held[0].continue_()

    expect(box.button("Send")).to_be_enabled()
    box.entry.press("Enter")
    expect(box.says("See the file").get_by_role("link", name="slow.txt")).to_be_visible()


def test_S34_an_upload_that_fails_says_so_and_keeps_the_text(ann, box):
    ann.page.route("**/api/v1/attachments?*", lambda route: route.abort())
    box.entry.fill("With a file")

    choose(box, "lost.txt")

    expect(box.region.get_by_role("alert")).to_contain_text("lost.txt was not uploaded")
    expect(box.entry).to_have_value("With a file")
    ann.errors.clear()  # the request that was cut


@pytest.mark.chromium
def test_S34_an_sms_takes_no_files_and_says_so(ann):
    box = ann.start("bob", "sms", "Bob Smith – Mobile")
    expect(box.button("Attach a file")).to_have_count(0)

    box.entry.evaluate(HAND_OVER, ["paste", "pasted.png", PIXEL, "image/png"])

    expect(box.region.get_by_role("alert")).to_contain_text("An SMS cannot carry files.")
