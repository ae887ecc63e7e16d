"""F30: the clock of the machine is set while the server runs: an hour back, an hour on."""

import time

import pytest

from support.installation import ANN, BEN, MARK
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, message_of, plugins
from support.people import colleague
from support.waiting import until

HOUR = 3600


@pytest.fixture
def installation(installed, carrier, clock):
    one = installed(plugins=plugins(carrier.url), environment={**ENVIRONMENT, **clock.environment})
    one.portal.start()
    return one


def carrier_has(client, conversation, message):
    return next(one["state"] for one in client.messages(conversation) if one["id"] == message) == "accepted"


def test_F30_order_events_and_sessions_survive_a_clock_that_is_set(installation, clock, reader):
    portal = installation.portal
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    chat, other = ann.chat_with(colleague(ann, "Ben Okafor")), ann.chat_with(colleague(ann, "Cleo Marchetti"))
    stream = reader(ben)
    said = []
    for turn, ahead in enumerate([0, -HOUR, HOUR, -HOUR, 0]):
        clock.set(ahead)
        answer = ann.send(chat, f"{MARK} {turn}")
        assert answer.status == 201, answer
        said.append(answer.json()["message"])

    assert [one["sequence"] for one in said] == list(range(said[0]["sequence"], said[0]["sequence"] + len(said)))
    kept = [one["id"] for one in ann.messages(chat) if one["id"] in {message["id"] for message in said}]
    assert kept in ([one["id"] for one in said], [one["id"] for one in reversed(said)])
    stream.wait_for("message.created", lambda data: data["message"]["id"] == said[-1]["id"])
    seen = [event.data["message"]["id"] for event in stream.named("message.created")]
    assert seen == [one["id"] for one in said]

    # What was said last is on top, though the clock says that it was said an hour before.
    clock.set(-HOUR)
    assert ann.send(other, f"{MARK} elsewhere").status == 201
    assert ann.expect(200, "GET", "/conversations")["items"][0]["id"] == other
    assert ann.get("/session").status == 200
    assert portal.process.poll() is None


@pytest.mark.parametrize("ahead", [-HOUR, HOUR])
def test_F30_retries_neither_freeze_nor_storm(installation, carrier, clock, ahead):
    portal = installation.portal
    ann = add_number(portal)
    conversation = ann.sms_to("+16195559001", NUMBER)
    carrier.manner = "error"
    message = ann.send(conversation, f"{MARK} retry").json()["message"]["id"]
    until(lambda: len(carrier.submits) >= 2, 20, "two attempts")

    clock.set(ahead)
    before, began = len(carrier.submits), time.monotonic()
    until(lambda: len(carrier.submits) >= before + 2, 60, "attempts going on after the clock was set")
    assert time.monotonic() - began > 0.3, "the attempts came without a pause"
    carrier.manner = "ok"
    until(lambda: carrier_has(ann, conversation, message), 60, "the message going out")
    assert {message_of(one) for one in carrier.submits} == {message}


def test_F30_wrong_passwords_and_limits_are_counted_by_time_that_passes(installation, clock):
    portal = installation.portal
    for _ in range(10):
        assert portal.client().sign_in(BEN, "wrong-password-1").status == 401
    assert portal.client().sign_in(BEN, "wrong-password-1").status == 429

    clock.set(-HOUR)

    refused = portal.client().sign_in(BEN, "wrong-password-1")
    assert refused.status == 429
    assert int(refused.headers["retry-after"]) <= 60, "an hour more to wait, because the clock was set back"
