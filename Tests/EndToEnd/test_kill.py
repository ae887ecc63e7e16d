"""kill -9 at random moments: what was answered is kept, what was queued is sent, what was missed is told."""

import collections
import os
import random
import time

import pytest

from support.installation import ANN, BEN, CLEO
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, message_of, plugins
from support.load import Writer
from support.people import colleague
from support.waiting import until

ROUNDS = int(os.environ.get("PATCHBAY_KILL_ROUNDS", "5"))
SEED = int(os.environ.get("PATCHBAY_KILL_SEED", "20261122"))


@pytest.mark.timeout(120 + 15 * ROUNDS)
def test_A3_F1_F3_kill_9_loses_nothing_that_was_answered(installed, reader, carrier):
    """A3, F1, F3: rounds of kill -9 under concurrent chat and SMS load with event streams open."""
    chance = random.Random(SEED)
    installation = installed(plugins=plugins(carrier.url), environment=ENVIRONMENT)
    portal = installation.portal
    portal.start()
    add_number(portal)
    ann, ben, cleo = (portal.sign_in(login) for login in (ANN, BEN, CLEO))
    chats = {
        "ab": ann.chat_with(colleague(ann, "Ben Okafor")),
        "ac": ann.chat_with(colleague(ann, "Cleo Marchetti")),
        "bc": ben.chat_with(colleague(ben, "Cleo Marchetti")),
    }
    remotes = [f"+1619555{number:04}" for number in range(9001, 9005)]
    texts = [ann.sms_to(remote, NUMBER) for remote in remotes]
    streams = {"ann": reader(ann), "ben": reader(ben), "cleo": reader(cleo), "ann again": reader(ann)}
    writers = [
        Writer(ann, chats["ab"], "chat", seed=1), Writer(ben, chats["ab"], "chat", seed=2),
        Writer(cleo, chats["ac"], "chat", seed=3), Writer(ben, chats["bc"], "chat", seed=4),
        *(Writer(ann, text, "sms", pause=0.02, seed=turn) for turn, text in enumerate(texts)),
    ]
    slowest_start = 0.0
    for _ in range(ROUNDS):
        # This sleep is the test: the moment of the kill.
        time.sleep(chance.uniform(0.2, 1.5))
        portal.kill()
        slowest_start = max(slowest_start, portal.start())
    for writer in writers:
        writer.stop()
    for writer in writers:
        writer.join()

    rows = installation.rows
    stored = collections.Counter(
        row[0] for row in rows.rows("SELECT text FROM message WHERE text LIKE '% w%-%'"))
    answered = {client_id: message for writer in writers for client_id, message in writer.answered.items()}
    lost = [client_id for client_id in answered if stored[f"quokka {client_id}"] == 0]
    doubled = [text for text, count in stored.items() if count > 1]
    assert answered and not lost and not doubled, (len(answered), lost[:5], doubled[:5])

    sms = {message for writer in writers if writer.kind == "sms" for message in writer.answered.values()}

    def submitted():
        return collections.Counter((message_of(one), one["text"]) for one in list(carrier.submits))

    until(lambda: sms <= {message for message, _ in submitted()}, 60, f"all {len(sms)} SMS having reached the carrier")
    submits = submitted()
    assert len(submits) == len({text for _, text in submits}), "an SMS went out under two ids"
    again = sum(submits.values()) - len(submits)
    assert again <= ROUNDS * 64, f"{again} submits were repeated: more than can have been under way at the kills"

    for name, stream in streams.items():
        mine = {
            "ann": {chats["ab"], chats["ac"], *texts}, "ben": {chats["ab"], chats["bc"]},
            "cleo": {chats["ac"], chats["bc"]},
        }[name.split()[0]]
        expected = {
            writer.answered[client_id] for writer in writers if writer.conversation in mine
            for client_id in writer.answered
        }

        def seen(stream=stream):
            return {event.data["message"]["id"] for event in stream.named("message.created")}

        until(lambda: expected <= seen(), 30, f"{name} having seen all {len(expected)} messages")
        assert not stream.named("resync"), f"{name} was told to load again"
    assert rows.integrity() == ["ok"]
    repeated = sum(writer.repeated for writer in writers)
    print(
        f"\n{ROUNDS} kills, {len(answered)} messages answered ({repeated} requests repeated), {len(sms)} SMS, "
        f"{again} submits repeated, slowest start {slowest_start:.2f} s")
