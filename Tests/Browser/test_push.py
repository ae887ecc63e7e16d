"""Notifications while the portal is closed: the switch in the settings, and the service worker that is told (S42)."""

import json
import re

import pytest
from playwright.sync_api import expect

from support.attention import go_away, prefer, prepare
from support.browser import audit
from support.installation import ANN, BEN, Installation
from support.people import colleague
from support.ports import free_port
from support.pushbrowser import SUBSCRIBES, delivery
from support.pushservice import PushService
from support.server import PASSWORD
from support.waiting import until

SWITCH = "Also when the portal is closed"


@pytest.fixture(scope="module")
def service():
    one = PushService(free_port())
    yield one
    one.stop()


@pytest.fixture(scope="module")
def portal(tmp_path_factory, seed_file, service):
    one = Installation(tmp_path_factory.mktemp("push") / "portal", seed_file)
    one.manifest["push"] = {"subject": "mailto:phones@harbor.example", "namedOrigins": [service.origin]}
    one.save()
    one.portal.start()
    yield one.portal
    one.portal.stop()


@pytest.fixture
def laptop(service, portal):
    """Ann's browser; those of other tests are forgotten."""
    service.forget()
    ann = portal.sign_in(ANN)
    for left in ann.items("/push/subscriptions"):
        ann.expect(204, "DELETE", f"/push/subscriptions/{left['id']}")
    return service.browser()


@pytest.fixture
def reader(visit, portal, laptop):
    """Ann, whose browser can subscribe; allowed unless told otherwise."""

    def begin(is_allowed=True, language="auto", **more):
        prefer(portal.sign_in(ANN), showsNotices=True, hidesText=False, language=language)
        person = prepare(visit(**more))
        person.context.add_init_script(f"{SUBSCRIBES}({json.dumps(laptop.subscription)})")
        if is_allowed:
            person.context.grant_permissions(["notifications"])
        page = person.page
        page.goto("/")
        page.get_by_label("User", exact=True).fill(ANN)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        person.is_live()
        return person

    return begin


def settings(person):
    person.page.goto("/settings")
    person.is_live()
    return person.page.get_by_role("switch", name=SWITCH)


def settings_in(person, name):
    person.page.goto("/settings")
    switch = person.page.get_by_role("switch", name=name)
    expect(switch).to_be_enabled()
    return switch


def switched_on(person):
    switch = settings(person)
    expect(switch).to_be_enabled()
    switch.check()
    expect(person.page.get_by_text("This browser tells you of news")).to_be_visible()
    return switch


@pytest.mark.chromium
def test_S42_switched_on_a_message_reaches_the_browser_whose_portal_is_closed(reader, portal, laptop):
    person = reader()
    switched_on(person)
    asked = json.loads(person.page.evaluate("localStorage.getItem('test.push')"))
    key = portal.sign_in(ANN).expect(200, "GET", "/push/key")["publicKey"]
    assert asked == {"userVisibleOnly": True, "applicationServerKey": key}
    person.page.goto("about:blank")
    ben = portal.sign_in(BEN)

    assert ben.send(ben.chat_with(colleague(ben, "Ann Whitfield")), "Are you there?").status == 201

    told = laptop.read(laptop.waits_for())
    assert (told["title"], told["text"]) == ("Ben Okafor", "Are you there?")


@pytest.mark.chromium
def test_S42_nothing_is_pushed_while_a_tab_is_in_front(reader, portal, laptop):
    person = reader()
    switched_on(person)
    ben = portal.sign_in(BEN)
    room = ben.chat_with(colleague(ben, "Ann Whitfield"))
    assert ben.send(room, "You see this").status == 201
    expect(person.page.get_by_role("region", name=re.compile("Ben Okafor"))).to_be_visible()

    go_away(person.page)

    # The server hears of it a moment later, by the worker that all tabs share.
    until(lambda: ben.send(room, "And not this").status == 201 and laptop.pushes, 15, "a push", every=0.3)
    assert {told["text"] for told in laptop.told()} == {"And not this"}


@pytest.mark.chromium
def test_S42_the_worker_shows_a_push_without_a_network_once_a_conversation(reader, portal):
    person = reader()
    switched_on(person)
    worker, push = delivery(person, portal)
    person.context.set_offline(True)
    news = {"kind": "message", "channel": "chat", "conversationId": "c-1", "sequence": 4, "title": "Ben Okafor",
            "text": "Lunch?"}

    push(news)
    [first] = until(lambda: worker.evaluate("shown"), what="the notification")
    assert (first["title"], first["body"], first["tag"]) == ("Ben Okafor", "Lunch?", "c-1")
    assert first["renotify"] and first["data"]["conversationId"] == "c-1"
    hidden = {name: value for name, value in news.items() if name != "text"}
    push({**hidden, "sequence": 5})
    second = until(lambda: worker.evaluate("shown[1]"), what="the second")
    assert second["body"] == "New chat message" and second["tag"] == "c-1"
    push({"kind": "invitation", "conversationId": "c-2", "sequence": 0, "title": "Ben Okafor"})
    third = until(lambda: worker.evaluate("shown[2]"), what="the invitation")
    assert third["body"] == "Asks you to a video session"
    push({"kind": "missed", "conversationId": "c-2", "sequence": 0, "title": "Ben Okafor"})
    fourth = until(lambda: worker.evaluate("shown[3]"), what="the missed one")
    assert (fourth["tag"], fourth["body"]) == ("c-2", "You missed a video session")
    push({"kind": "answered", "conversationId": "c-2", "sequence": 0, "title": "Ben Okafor"})
    assert until(lambda: worker.evaluate("shown[4]"), what="its being taken back")["silent"]
    person.context.set_offline(False)
    person.errors.clear()


@pytest.mark.chromium
def test_S42_a_new_address_of_the_browser_takes_the_place_of_the_old_one(reader, portal, laptop, service):
    person = reader()
    switched_on(person)
    worker, _ = delivery(person, portal)
    [before] = portal.sign_in(ANN).items("/push/subscriptions")
    moved = service.browser()
    # An event of a script can't be waited for; what it begins goes on all the same.
    worker.evaluate("""(fresh) => {
        const event = new ExtendableEvent('pushsubscriptionchange');
        event.newSubscription = { toJSON: () => fresh };
        dispatchEvent(event);
    }""", moved.subscription)

    ann = portal.sign_in(ANN)
    until(lambda: [one["id"] for one in ann.items("/push/subscriptions")] != [before["id"]], what="another subscription")
    person.page.goto("about:blank")
    ben = portal.sign_in(BEN)
    assert ben.send(ben.chat_with(colleague(ben, "Ann Whitfield")), "To the new address").status == 201
    assert moved.read(moved.waits_for())["text"] == "To the new address"
    assert laptop.pushes == []


@pytest.mark.chromium
def test_S42_reading_takes_away_what_was_pushed(reader, portal):
    person = reader()
    switched_on(person)
    ben = portal.sign_in(BEN)
    room = ben.chat_with(colleague(ben, "Ann Whitfield"))
    _, push = delivery(person, portal)
    assert ben.send(room, "Take me away").status == 201
    chip = person.page.get_by_role("region", name=re.compile("Ben Okafor, \\d+ new"))
    expect(chip).to_be_visible()
    push({"kind": "message", "channel": "chat", "conversationId": room, "sequence": 9, "title": "Ben Okafor", "text": "x"})
    shown = "navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.length)"
    until(lambda: person.context.service_workers[0].evaluate("shown.length"), what="the notification")

    chip.get_by_role("button").first.click()

    until(lambda: person.page.evaluate(shown) == 0, what="no notification")


@pytest.mark.chromium
def test_S42_the_worker_speaks_the_readers_language(reader, portal):
    person = reader(language="de")
    switch = settings_in(person, "Auch wenn das Portal geschlossen ist")
    switch.check()
    expect(person.page.get_by_text("Dieser Browser meldet Neues")).to_be_visible()
    worker, push = delivery(person, portal)

    push({"kind": "message", "channel": "sms", "conversationId": "c-3", "sequence": 1, "title": "Bob Smith"})

    assert until(lambda: worker.evaluate("shown[0]"), what="the notification")["body"] == "Neue SMS"


@pytest.mark.chromium
def test_S42_switched_off_or_signed_out_the_server_forgets_the_browser(reader, portal):
    person = reader()
    switch = switched_on(person)
    ann = portal.sign_in(ANN)
    until(lambda: len(ann.items("/push/subscriptions")) == 1, what="the subscription")

    switch.uncheck()

    until(lambda: ann.items("/push/subscriptions") == [], what="no subscription")
    expect(person.page.get_by_text("Off in this browser")).to_be_visible()
    switch.check()
    until(lambda: len(ann.items("/push/subscriptions")) == 1, what="the subscription again")
    person.page.get_by_role("button", name="account menu").click()
    person.page.get_by_role("menuitem", name="Sign out").click()
    until(lambda: ann.items("/push/subscriptions") == [], what="no subscription after signing out")
    # Whoever had it on and comes back has it on.
    person.sign_in(ANN, PASSWORD)
    until(lambda: len(ann.items("/push/subscriptions")) == 1, what="the subscription of the new session")


@pytest.mark.chromium
def test_S42_other_browsers_are_listed_and_can_be_removed(reader, portal, service):
    elsewhere = portal.sign_in(ANN, again=True)
    elsewhere.expect(201, "POST", "/push/subscriptions", service.browser().subscription)
    person = reader()
    settings(person)

    person.page.get_by_role("button", name="No longer tell Another program").click()

    expect(person.page.get_by_role("heading", name="Browsers that are told")).to_have_count(0)
    assert elsewhere.items("/push/subscriptions") == []


@pytest.mark.chromium
@pytest.mark.parametrize("permission, words", [("denied", "Your browser blocks them"), ("default", "Off in this browser")])
def test_S42_the_state_is_said_in_words_and_leave_is_asked_by_a_click_only(reader, permission, words):
    person = reader(is_allowed=False)
    person.context.add_init_script(f"""
        globalThis.asked = 0;
        let answer = '{permission}';
        Object.defineProperty(Notification, 'permission', {{ configurable: true, get: () => answer }});
        Notification.requestPermission = async () => {{ asked += 1; answer = 'denied'; return answer; }};""")
    switch = settings(person)
    state = person.page.get_by_role("listitem").filter(has=switch).get_by_role("status")
    expect(state).to_contain_text(words)
    assert person.page.evaluate("asked") == 0
    if permission == "denied":
        expect(switch).to_be_disabled()
        return

    switch.click()

    expect(state).to_contain_text("Your browser blocks them")
    expect(switch).not_to_be_checked()
    assert person.page.evaluate("asked") == 1


@pytest.mark.chromium
@pytest.mark.parametrize("more", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}])
def test_B2_the_switch_and_the_list_are_accessible(reader, more):
    person = reader(**more)
    switched_on(person)
    expect(person.page.get_by_role("heading", name="Browsers that are told")).to_be_visible()

    assert audit(person.page) == []
    assert person.page.evaluate("document.scrollingElement.scrollWidth") <= person.page.viewport_size["width"]
