"""The administrator's page of carriers and the PBX: each connection tested step by step, in words."""

import pytest
from playwright.sync_api import expect

from support.systempages import System
from support.browser import audit
from support.carrier import BadCarrier
from support.fakeami import FakeAMI
from support.installation import ANN, FRONT_DESK, ROOT_ADMIN, Installation, plugin
from support.kannelportal import ENVIRONMENT, add_number, plugins as kannel_plugins
from support.phonesystem import asterisk_plugin
from support.ports import free_port

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def pbx():
    one = FakeAMI()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def gateway():
    one = BadCarrier(free_port(), "html")
    yield one
    one.stop()


@pytest.fixture(scope="module")
def portal(tmp_path_factory, seed_file, pbx, gateway):
    one = Installation(
        tmp_path_factory.mktemp("carriers") / "portal", seed_file, environment={**ENVIRONMENT, "AMI_SECRET": "s"},
        plugins=lambda port: [*kannel_plugins(gateway.url)(port), asterisk_plugin(pbx.port)])
    one.portal.start()
    add_number(one.portal)
    yield one.portal
    one.portal.stop()


@pytest.fixture
def system(enter):
    return System(enter(ROOT_ADMIN)).open("carriers")


def run(system, name):
    """Runs a connection's test; gives its card."""
    card = system.card(name)
    card.get_by_role("button", name="Run the test").click()
    return card


def step(card, subject):
    return card.get_by_role("listitem").filter(has=card.page.get_by_text(subject, exact=True))


def test_U7_the_pbx_is_tested_with_a_phone_and_all_is_well(system, pbx):
    """U7: connection, sign-in, permissions, the phone 1001, each with a word."""
    pbx.become("good")
    card = system.card("Asterisk")
    card.get_by_label("Phone to look at").fill("1001@harbor.example")
    run(system, "Asterisk")
    for subject in ("Connection", "Sign-in", "Permissions", "Phone"):
        expect(step(card, subject)).to_contain_text("OK")
    expect(card.get_by_text("Nothing is wrong.")).to_be_visible()


@pytest.mark.parametrize("manner, subject, mend", [
    ("wrong-secret", "Sign-in", "manager.conf"), ("no-originate", "Permissions", "originate"),
    ("no-events", "Permissions", "read = call"), ("other-service", "Connection", "manager.conf")])
def test_U7_what_is_wrong_with_the_pbx_says_what_to_change(system, pbx, manner, subject, mend):
    """U7: issue 4: connection, right of the AMI user, and what to change in manager.conf."""
    pbx.become(manner)
    card = run(system, "Asterisk")
    expect(step(card, subject)).to_contain_text("Failed", timeout=20_000)
    expect(step(card, subject)).to_contain_text(mend)


def test_U7_an_unknown_phone_is_said(system, pbx):
    """U7: an endpoint that the PBX doesn't know."""
    pbx.become("good")
    card = system.card("Asterisk")
    card.get_by_label("Phone to look at").fill("1009@harbor.example")
    run(system, "Asterisk")
    expect(step(card, "Phone")).to_contain_text("pjsip.conf")


def test_U7_something_else_in_the_place_of_kannel_is_named_and_the_webhook_is_tried(system):
    """U7: what answers isn't Kannel; the webhook answers, knows its token and refuses a wrong one."""
    card = run(system, "Kannel")
    expect(step(card, "Gateway")).to_contain_text("is not Kannel")
    expect(step(card, "Gateway")).to_contain_text("Correct “url” in the settings")
    expect(step(card, "Webhook")).to_contain_text("accepts the token")
    expect(step(card, "Verification")).to_contain_text("a wrong token is refused")
    expect(card.get_by_text("1 thing is wrong.")).to_be_visible()


def test_U7_the_simulator_sends_a_test_message_after_a_question(enter):
    """U7: nothing goes out before the question is answered; then it is followed until it is delivered."""
    system = System(enter(ROOT_ADMIN)).open("carriers")
    card = system.card("Carrier simulator")
    card.get_by_label("From").select_option(label="(619) 555-0188 · Front desk")
    card.get_by_label("To the number").fill("(619) 555-0142")
    card.get_by_role("button", name="Send…").click()
    question = system.page.get_by_role("dialog")
    expect(question).to_contain_text("from (619) 555-0188 · Front desk to (619) 555-0142. It may cost money.")
    question.get_by_role("button", name="Cancel").click()
    expect(card.get_by_text("…142")).to_have_count(0)
    card.get_by_role("button", name="Send…").click()
    question.get_by_role("button", name="Send it").click()
    expect(card).to_contain_text("Delivered to …142")


def test_U7_U2_a_test_message_to_somebody_who_opted_out_is_refused(system, root):
    """U7, U2: the test doesn't get round the list of opt-outs."""
    root.expect(204, "PUT", "/sms/opt-outs/+16195550178")
    card = system.card("Carrier simulator")
    card.get_by_label("To the number").fill("6195550178")
    card.get_by_role("button", name="Send…").click()
    system.page.get_by_role("dialog").get_by_role("button", name="Send it").click()
    expect(card.get_by_role("alert")).to_contain_text("asked for no more messages")
    system.person.errors.clear()  # the browser logs the 403


def test_U7_a_message_from_outside_is_waited_for(system, portal):
    """U7: the page waits, and says from whom it came without the whole number."""
    card = system.card("Carrier simulator")
    card.get_by_role("button", name="Wait for a message").click()
    expect(card).to_contain_text("Waiting…")
    portal.sign_in(ANN).expect(201, "POST", "/simulator/phones/+16195550143/messages", {
        "to": FRONT_DESK, "text": "quokka"})
    expect(card).to_contain_text("It has come in")
    expect(card).to_contain_text("…143 to (619) 555-0188")


@pytest.mark.chromium
@pytest.mark.parametrize("look", [
    {}, {"color_scheme": "dark"},
    {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}],
    ids=["light", "dark", "phone"])
def test_D4_the_page_of_carriers_is_axe_clean(enter, pbx, look):
    """D4: in light and dark and on a phone, with what a test has found."""
    pbx.become("good")
    system = System(enter(ROOT_ADMIN, **look)).open("carriers")
    card = run(system, "Asterisk")
    expect(step(card, "Permissions")).to_be_visible()
    assert audit(system.page) == []
    width = (look.get("viewport") or {}).get("width")
    assert not width or system.page.evaluate("document.scrollingElement.scrollWidth") <= width
