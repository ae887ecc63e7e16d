"""U7: the self-test of Kannel with the real Kannel: what is well, and what is wrong in words that lead to the mend."""

import contextlib
import urllib.parse

import pytest

from support.fakeline import FakeLine
from support.installation import MARK, ROOT_ADMIN, Installation
from support.kannel import ADMIN, SEND, SMSC, Kannel, is_installed
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, inbound_url, plugins
from support.ports import free_port
from support.waiting import until

pytestmark = pytest.mark.skipif(not is_installed(), reason="Kannel isn't installed; .ci/setup test does it")
HANDSET = "+16195550161"
SENDSMS = f"http://127.0.0.1:{SEND}/cgi-bin/sendsms"


@pytest.fixture(scope="module")
def line(tmp_path_factory, seed_file, finished):
    """A portal, a Kannel and a phone network; gives the system's administrator, Kannel and the phones."""
    folder = tmp_path_factory.mktemp("kannel-setup")
    environment = {**ENVIRONMENT, "WRONG_PASSWORD": "not-the-password"}
    installation = Installation(folder / "portal", seed_file, plugins=plugins(SENDSMS), environment=environment)
    with contextlib.ExitStack() as last:
        last.callback(finished, installation)
        installation.portal.start()
        add_number(installation.portal)
        kannel = Kannel(folder / "kannel", inbound_url(installation.portal))
        last.callback(kannel.stop)
        kannel.start()
        phones = FakeLine(SMSC)
        last.callback(phones.stop)
        phones.connected()
        until(kannel.is_online, 15, "Kannel having its phone network")
        yield installation.portal.sign_in(ROOT_ADMIN), kannel, phones


def diagnosed(root):
    """What the self-test finds, by subject."""
    items = root.expect(200, "POST", "/admin/plugins/kannel/self-test", {})["items"]
    return {one["subject"]: one for one in items}


def connection(root):
    return next(one for one in root.items("/admin/connections") if one["id"] == "kannel")


@contextlib.contextmanager
def setting(root, **values):
    """Runs Kannel with other settings for a while, as changed in the portal."""
    root.expect(200, "PATCH", "/admin/plugins/kannel/settings", {"set": values})
    try:
        yield
    finally:
        root.expect(200, "PATCH", "/admin/plugins/kannel/settings", {"reset": list(values)})


def test_U7_all_is_well_and_nothing_is_sent(line):
    """U7: the real Kannel lets the user in; the webhook answers, and refuses a wrong token."""
    root, _, phones = line
    before = len(phones.received)
    found = diagnosed(root)
    assert set(found) == {"Gateway", "Sign-in", "Webhook", "Verification"}
    assert {one["verdict"] for one in found.values()} == {"good"}, found
    assert len(phones.received) == before


def test_U7_a_wrong_password_names_the_group_of_kannel_conf(line):
    """U7: Kannel's own refusal, in words with the mend; with the right one all is well again."""
    root, _, _ = line
    with setting(root, password={"$env": "WRONG_PASSWORD"}):
        found = diagnosed(root)
        assert found["Gateway"]["verdict"] == "good" and found["Sign-in"]["verdict"] == "bad"
        assert "sendsms-user" in found["Sign-in"]["mend"]
    assert diagnosed(root)["Sign-in"]["verdict"] == "good"


def test_U7_a_wrong_address_says_where_to_look(line):
    """U7: a wrong path and a wrong port are told apart."""
    root, _, _ = line
    wrong = {
        f"http://127.0.0.1:{SEND}/cgi-bin/nothing": "sendsms-url",
        f"http://127.0.0.1:{free_port()}/cgi-bin/sendsms": "sendsms-port",
    }
    for url, mend in wrong.items():
        with setting(root, url=url):
            found = diagnosed(root)
            assert found["Gateway"]["verdict"] == "bad" and mend in found["Gateway"]["mend"], found


def test_U7_a_webhook_address_that_leads_elsewhere_is_found(line):
    """U7: callbackURL of another server, and of nobody."""
    root, _, _ = line
    with setting(root, callbackURL=f"http://127.0.0.1:{ADMIN}"):
        assert diagnosed(root)["Webhook"]["verdict"] == "bad"
    with setting(root, callbackURL=f"http://127.0.0.1:{free_port()}"):
        assert diagnosed(root)["Webhook"]["verdict"] == "doubtful"


def test_U7_a_test_message_arrives_at_the_handset_with_its_receipt(line):
    """U7: sent by the real Kannel, followed until it is delivered; the SMS plugin's outbox has nothing of it."""
    root, _, phones = line
    body = {"from": NUMBER, "to": HANDSET}
    test = root.expect(201, "POST", "/admin/connections/kannel/test-messages", body)
    assert test["to"] == "…161" and test["state"] in ("accepted", "sent", "delivered")
    until(lambda: phones.texts(HANDSET), 20, "the handset having it")
    until(lambda: connection(root)["lastTest"]["state"] == "delivered", 20, "the receipt")
    assert root.items("/sms/outbox?domain=harbor.example") == []


def test_U7_a_message_from_the_handset_is_seen(line):
    """U7: what comes in by the webhook is shown with the last digits only."""
    root, _, phones = line
    before = (connection(root)["lastInbound"] or {"count": 0})["count"]
    phones.text(HANDSET, NUMBER, f"{MARK} self-test")
    until(lambda: (connection(root)["lastInbound"] or {"count": 0})["count"] > before, 20, "it being seen")
    assert connection(root)["lastInbound"]["from"] == "…161"


def test_U7_only_numbers_of_the_carrier_send_and_only_the_system_administrator_tests(line):
    """U7: another carrier's number isn't there."""
    root, _, _ = line
    answer = root.post("/admin/connections/kannel/test-messages", {"from": "+16195550188", "to": HANDSET})
    assert answer.status == 404, answer
    assert root.get(f"/admin/numbers/{urllib.parse.quote(NUMBER)}").status == 200
