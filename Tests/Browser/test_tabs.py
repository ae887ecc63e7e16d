"""B6, U8: five tabs of one user are one stream, one tone and one notification; what is read in one is read in all.

Both ways in which tabs share are tested: the SharedWorker, and the Web Lock where a browser has none."""

import re

import pytest
from playwright.sync_api import expect

from support.attention import come_back, go_away, new_burst, notices, prefer, prepare, titles, tones
from support.browser import plain
from support.installation import ANN, ANN_DIRECT
from support.server import PASSWORD
from support.waiting import until

WITHOUT_WORKER = "delete globalThis.SharedWorker"


@pytest.fixture(params=["worker", "lock"])
def ann(request, visit, portal):
    prefer(portal.sign_in(ANN), tone="always", flashesTitle=True, showsNotices=True)
    person = prepare(visit())
    if request.param == "lock":
        person.context.add_init_script(WITHOUT_WORKER)
    return person.sign_in(ANN, PASSWORD)


def open_tabs(person, count, path="/messages"):
    """Further tabs of the same browser, each hearing events."""
    pages = [person.context.new_page() for _ in range(count)]
    for page in pages:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("data-link", "live")
    return [person.page, *pages]


def streams(root):
    return root.expect(200, "GET", "/admin/health")["streams"]


@pytest.mark.firefox
def test_B6_five_tabs_hear_everything_once_over_one_stream(ann, root, customer, unknown_number):
    until(lambda: streams(root) == 1, what="one stream")
    pages, number = open_tabs(ann, 4), plain(unknown_number)

    customer(unknown_number, "To every tab", ANN_DIRECT)

    for page in pages[1:]:
        expect(page.get_by_role("listitem").filter(has_text=number).filter(has_text="To every tab")).to_have_count(1)
    assert streams(root) == 1


@pytest.mark.chromium
def test_B6_S40_S42_five_tabs_give_one_tone_and_one_notification(ann, customer, unknown_number):
    ann.context.grant_permissions(["notifications"])
    pages = open_tabs(ann, 4)
    for page in pages:
        page.get_by_role("heading", level=1).first.click()
    new_burst(ann.page)
    go_away(*pages)

    customer(unknown_number, "Once, please", ANN_DIRECT)

    until(lambda: tones(*pages) >= 1 and notices(*pages), what="a tone and a notification")
    for page in pages:
        until(lambda page=page: f"{plain(unknown_number)} sent a message" in titles(page), what="every title telling it")
    assert tones(*pages) == 1
    assert [one["body"] for one in notices(*pages)] == ["Once, please"]


@pytest.mark.chromium
def test_B6_S42_reading_in_one_tab_clears_title_bell_box_and_notification_in_all(ann, customer, unknown_number):
    ann.context.grant_permissions(["notifications"])
    pages = open_tabs(ann, 4)
    go_away(*pages)
    customer(unknown_number, "Read me once", ANN_DIRECT)
    until(lambda: notices(*pages), what="the notification")
    name = f"SMS with {plain(unknown_number)}"
    for page in pages:
        expect(page.get_by_role("region", name=f"{name}, 1 new message")).to_have_attribute("fresh", "")
    bells = [page.get_by_role("button", name=re.compile("^Unread conversations")) for page in pages]
    for bell in bells:
        expect(bell).to_have_accessible_name(re.compile("new"))
    before = [bell.get_attribute("aria-label") for bell in bells]
    reader = pages[2]
    come_back(reader)
    reader.bring_to_front()

    reader.get_by_role("region", name=name).locator("button.go").click()

    for page, bell, old in zip(pages, bells, before):
        expect(page.get_by_role("region", name=name, exact=True)).not_to_have_attribute("fresh", "")
        expect(bell).not_to_have_attribute("aria-label", old)
        expect(page).not_to_have_title(re.compile("sent a message"))
    # Asked once: a list that is asked for while a notification is being shown forgets it.
    left = "navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.length)"
    until(lambda: reader.evaluate(left) == 0, what="the notification being gone")


@pytest.mark.firefox
def test_B6_when_the_tab_that_leads_is_closed_another_takes_over_and_nothing_is_missed(
        ann, root, customer, unknown_number):
    pages, number = open_tabs(ann, 2), plain(unknown_number)
    customer(unknown_number, "Before", ANN_DIRECT)
    expect(pages[2].get_by_role("listitem").filter(has_text=number).filter(has_text="Before")).to_have_count(1)

    pages[0].close()
    customer(unknown_number, "After", ANN_DIRECT)
    expect(pages[1].get_by_role("listitem").filter(has_text=number).filter(has_text="After")).to_have_count(1)
    pages[1].close()
    customer(unknown_number, "At last", ANN_DIRECT)

    expect(pages[2].get_by_role("listitem").filter(has_text=number).filter(has_text="At last")).to_have_count(1)
    until(lambda: streams(root) == 1, what="one stream")


@pytest.mark.chromium
def test_B6_the_speaking_tab_may_close_and_another_speaks(ann, customer, unknown_number):
    pages = open_tabs(ann, 2)
    for page in pages:
        page.get_by_role("heading", level=1).first.click()
    pages[-1].close()
    left = pages[:-1]
    new_burst(ann.page)

    customer(unknown_number, "Who rings?", ANN_DIRECT)

    until(lambda: tones(*left) == 1, what="one tone")


def test_B6_somebody_who_reads_in_one_tab_is_not_disturbed_by_another(ann, customer, unknown_number):
    pages, number = open_tabs(ann, 1), plain(unknown_number)
    go_away(pages[1])
    ann.page.bring_to_front()
    box = ann.start(unknown_number, "sms", number)
    box.entry.click()
    new_burst(ann.page)

    customer(unknown_number, "I see this", ANN_DIRECT)

    box.says("I see this")
    expect(pages[1].get_by_role("listitem").filter(has_text=number).filter(has_text="I see this")).to_have_count(1)
    assert tones(*pages) == 0
    assert not any("sent a message" in title for page in pages for title in titles(page))
