"""X15: a carrier that answers nonsense, too much, too slowly or not at all breaks nothing; F15, F16 beside it."""

import time

import pytest

from support.carrier import BadCarrier
from support.installation import MARK
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, plugins
from support.ports import free_port
from support.waiting import until


@pytest.fixture
def carrier():
    one = BadCarrier(free_port())
    yield one
    one.stop()


@pytest.fixture
def marina(installed, carrier):
    one = installed(plugins=plugins(carrier.url), environment=ENVIRONMENT)
    one.portal.start()
    return one


def state(client, conversation, message):
    return next(one for one in client.messages(conversation) if one["id"] == message)["state"]


@pytest.mark.parametrize("manner", ["html", "huge", "slow", "silent", "error", "drop"])
def test_X15_a_misbehaving_carrier_loses_nothing(marina, carrier, manner):
    """X15: HTML, 100 MB, a byte a second, silence, 503, a dead connection: the message stays queued, and goes out when
    the carrier is well again."""
    ann = add_number(marina.portal)
    conversation = ann.sms_to("+16195550146", NUMBER)
    carrier.manner = manner
    memory = marina.portal.memory()
    sent = ann.send(conversation, f"{MARK} {manner}")
    assert sent.status == 202, sent
    until(lambda: carrier.submits, 10, "the first submit")
    began = time.monotonic()
    assert ann.get("/conversations").status == 200 and time.monotonic() - began < 2
    assert state(ann, conversation, sent.json()["message"]["id"]) in ("pending", "failed")
    carrier.manner = "ok"
    carrier.released.set()
    until(
        lambda: state(ann, conversation, sent.json()["message"]["id"]) not in ("pending", "failed"), 60,
        f"the message having gone out after the carrier was {manner}")
    assert marina.portal.memory() - memory < 60 << 20, "memory grew with what the carrier sent"
    assert marina.portal.is_running()
