"""F21: a restart with a long queue; F13 beside it: a carrier that says nothing holds up nobody."""

import collections
import concurrent.futures
import os
import time

import pytest

from support.carrier import BadCarrier
from support.installation import MARK
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, plugins
from support.ports import free_port
from support.waiting import until

QUEUED = int(os.environ.get("PATCHBAY_QUEUED", "1500"))
REMOTES = 20


@pytest.mark.timeout(300 + QUEUED // 20)
def test_F21_a_restart_with_a_long_queue_sends_at_once_and_in_order(installed):
    """F21: the first submit within 5 s of the start, memory bounded, the order of each destination kept."""
    carrier = BadCarrier(free_port(), "silent")
    try:
        installation = installed(plugins=plugins(carrier.url), environment=ENVIRONMENT)
        portal = installation.portal
        portal.start()
        ann = add_number(portal)
        conversations = [ann.sms_to(f"+1619555{8000 + turn}", NUMBER) for turn in range(REMOTES)]

        def send(lane):
            for turn in range(QUEUED // REMOTES):
                assert ann.send(conversations[lane], f"{MARK} {turn}").status == 202
            ann.close()

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(send, range(REMOTES)))
        held = portal.memory()
        assert portal.terminate() == 0
        carrier.released.set()
        carrier.submits.clear()
        carrier.manner = "ok"
        portal.start()
        began = time.monotonic()
        until(lambda: carrier.submits, 5, "the first submit after the restart")
        first = time.monotonic() - began
        memory = portal.memory()
        total = QUEUED // REMOTES * REMOTES
        until(lambda: len(carrier.submits) >= total, 60 + total / 50, "the queue having been sent")
        print(
            f"\n{total} queued: first submit {first:.2f} s after the start, all after {time.monotonic() - began:.1f} s; "
            f"memory {held >> 20} MiB while queueing, {memory >> 20} MiB after the start")
        assert memory < 150 << 20
        lanes = collections.defaultdict(list)
        for submit in list(carrier.submits):
            lanes[submit["to"]].append(int(submit["text"].split()[1]))
        for lane in lanes.values():
            assert list(dict.fromkeys(lane)) == list(range(QUEUED // REMOTES))
    finally:
        carrier.stop()
