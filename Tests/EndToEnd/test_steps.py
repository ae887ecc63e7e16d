"""F2: the server dies at each step of a send. Before every n-th system call that writes it is killed, once for each n."""

import os

import pytest

from support.api import Unanswered
from support.installation import MARK
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, message_of, plugins
from support.preloaded import Countdown
from support.waiting import until

# A send takes some sixty such calls until the carrier has it; by default every fifth of them is the end.
STRIDE = int(os.environ.get("PATCHBAY_STEP_STRIDE", "5"))
STEPS = range(1, 92, STRIDE)


def is_gone(portal):
    """Asks for something, so that a countdown which has outlived the send ends too."""
    if portal.process.poll() is not None:
        return True
    try:
        portal.client(timeout=2).get("//healthz")
    except Unanswered:
        pass
    return portal.process.poll() is not None


@pytest.mark.timeout(120 + 8 * len(STEPS))
def test_F2_kill_9_at_each_step_of_a_send(installed, carrier, tmp_path):
    countdown = Countdown(tmp_path)
    installation = installed(plugins=plugins(carrier.url), environment={**ENVIRONMENT, **countdown.environment})
    portal = installation.portal
    portal.start()
    add_number(portal)
    ann = portal.sign_in("1001@harbor.example")
    conversation = ann.sms_to("+16195559001", NUMBER)
    messages, answers = {}, 0

    for steps in STEPS:
        client_id = f"step-{steps}"
        countdown.start(steps)
        try:
            answered = ann.send(conversation, f"{MARK} {client_id}", client_id).json()["message"]["id"]
        except Unanswered:
            answered = None
        until(lambda: is_gone(portal), 30, f"the server being killed at step {steps}")
        portal.process.wait()
        countdown.start(0)
        portal.start()

        def repeated(text=f"{MARK} {client_id}", same=client_id):
            # Without a 2xx, such as while the plugins still start, the client repeats.
            answer = ann.send(conversation, text, same)
            return answer.status != 503 and answer

        again = until(repeated, 20, "an answer to the repeat")
        messages[client_id] = again.json()["message"]["id"]

        assert again.status in (200, 202)
        assert answered in (None, messages[client_id]), "an answered message was stored anew"
        if answered:
            answers += 1
            assert again.status == 200, "an answered message was lost"

    assert 0 < answers < len(STEPS), f"{answers} of {len(STEPS)} answered: the kills missed one side of the answer"
    rows = installation.rows
    texts = [row[0] for row in rows.rows(f"SELECT text FROM message WHERE text LIKE '{MARK} step-%'")]
    assert sorted(texts) == sorted(f"{MARK} {client_id}" for client_id in messages), "each is stored exactly once"
    without = rows.rows("SELECT id FROM message WHERE text LIKE '%step-%' AND id NOT IN (SELECT messageId FROM smsOutbox)")
    orphans = rows.rows("SELECT messageId FROM smsOutbox WHERE messageId NOT IN (SELECT id FROM message)")
    assert not without and not orphans, "a message without its outbox row, or the other way round"
    until(
        lambda: set(messages.values()) <= {message_of(one) for one in list(carrier.submits)}, 60,
        "the carrier having every message")
    assert rows.integrity() == ["ok"]
