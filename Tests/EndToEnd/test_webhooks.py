"""What carriers bring: verified or refused (X8), once however often it comes (F18)."""

import concurrent.futures
import secrets
import urllib.parse

import pytest

from support.installation import MARK
from support.kannelportal import ENVIRONMENT, NUMBER, TOKEN, add_number, plugins
from support.ports import free_port
from support.waiting import until


@pytest.fixture(scope="module")
def marina(tmp_path_factory, seed_file, finished):
    """A portal with the Kannel plugin, though no Kannel runs."""
    from support.installation import Installation

    one = Installation(
        tmp_path_factory.mktemp("marina") / "portal", seed_file,
        plugins=plugins(f"http://127.0.0.1:{free_port()}/cgi-bin/sendsms"), environment=ENVIRONMENT)
    one.portal.start()
    add_number(one.portal)
    yield one
    finished(one)


def inbound(portal, token=TOKEN, method="GET", **fields):
    """One message as Kannel brings it; gives the answer."""
    values = {"id": secrets.token_hex(8), "from": "+16195550142", "to": NUMBER, "text": f"{MARK} hello",
              "charset": "UTF-8", "coding": "0", **fields}
    if token is not None:
        values["token"] = token
    return portal.client(ours=False).request(method, "//hooks/kannel/inbound?" + urllib.parse.urlencode(values))


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), TOKEN * 2])
def test_X8_an_unverified_webhook_is_401_and_stores_nothing(marina, token):
    """X8: without the token, or with a wrong one: 401, no row anywhere, and the metric counts it."""
    before = (marina.rows.value("SELECT count(*) FROM message"), marina.rows.value("SELECT count(*) FROM smsInbound"))
    counted = marina.portal.metric("patchbay_webhook_unverified_total", plugin="kannel")
    answer = inbound(marina.portal, token)
    assert answer.status == 401, answer
    after = (marina.rows.value("SELECT count(*) FROM message"), marina.rows.value("SELECT count(*) FROM smsInbound"))
    assert after == before
    assert marina.portal.metric("patchbay_webhook_unverified_total", plugin="kannel") == counted + 1


def test_X8_hooks_of_no_plugin_are_not_found(marina):
    """X8: a hook that nobody has declared is 404, and no plugin's route answers below /hooks without its check."""
    client = marina.portal.client(ours=False)
    for path in ("//hooks/none/inbound", "//hooks/kannel/none", "//hooks/sms/messages", "//hooks/kannel"):
        assert client.get(path).status in (401, 404), path


def test_F18_a_repeated_webhook_stores_one_message(marina):
    """F18: the same carrier id ten times at once and once more later: one row, and a 2xx each time."""
    number, text = "+16195550144", f"{MARK} only once"
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(
            lambda _: inbound(marina.portal, id="f18", text=text, **{"from": number}).status, range(10)))
    answers.append(inbound(marina.portal, id="f18", text=text, **{"from": number}).status)
    assert all(200 <= status < 300 for status in answers), answers
    assert marina.rows.value("SELECT count(*) FROM message WHERE text = ?", text) == 1


def test_F18_different_ids_are_different_messages(marina):
    """F18: the same text twice with two ids is two messages."""
    text = f"{MARK} twice"
    assert inbound(marina.portal, text=text).status < 300
    assert inbound(marina.portal, text=text).status < 300
    assert marina.rows.value("SELECT count(*) FROM message WHERE text = ?", text) == 2


def test_what_a_carrier_brings_is_shown_live(marina, reader):
    """An inbound message reaches the number's users by the event stream and the inbox."""
    ann = marina.portal.sign_in("1001@harbor.example")
    stream = reader(ann)
    assert inbound(marina.portal, text=f"{MARK} привет €").status < 300
    event = stream.wait_for("message.created", lambda data: "привет" in data["message"]["text"])
    assert event["message"]["direction"] == "in" and event["message"]["state"] == "received"
    conversations = ann.items("/conversations?filter=unread")
    assert any(one["id"] == event["message"]["conversationId"] and one["unread"] >= 1 for one in conversations)


@pytest.mark.parametrize("fields", [
    {"to": "+16195559999"}, {"to": "not a number"}, {"from": ""}, {"from": "BANK"}, {"text": ""}, {"id": ""},
    {"text": "a" * 20_000}, {"charset": "KLINGON"}, {"coding": "9"}, {"to": "", "from": ""},
])
def test_odd_webhooks_never_break_the_server(marina, fields):
    """Verified, but odd: a 2xx or a 4xx, never a 5xx."""
    answer = inbound(marina.portal, **fields)
    assert answer.status < 500, answer


def test_STOP_and_START_by_webhook(marina):
    """A STOP ends sending to that number until it says START."""
    number = "+16195550145"
    ann = marina.portal.sign_in("1001@harbor.example")
    conversation = ann.sms_to(number, NUMBER)
    assert inbound(marina.portal, text="STOP", **{"from": number}).status < 300
    answer = until(
        lambda: next(iter([a for a in [ann.send(conversation, f"{MARK} sale")] if a.status >= 400]), None), 5,
        "sending being refused")
    assert answer.status == 403 and answer.id.startswith("sms.")
    assert inbound(marina.portal, text="start", **{"from": number}).status < 300
    until(lambda: ann.send(conversation, f"{MARK} welcome back").status == 202, 5, "sending being allowed again")
