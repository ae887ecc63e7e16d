"""Many at once: F21, F24 and F26. CI runs them small; `make scale` at the sizes that they were written for."""

import collections
import os
import sqlite3
import statistics
import time

import pytest

from support.crowd import Crowd
from support.guests import guests
from support.installation import ANN, MARK
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, plugins
from support.people import colleague
from support.ports import free_port
from support.pump import Pump
from support.quickcarrier import QuickCarrier
from support.waiting import until

STREAMS = int(os.environ.get("PATCHBAY_STREAMS", "500"))
IDLE = int(os.environ.get("PATCHBAY_IDLE_STREAMS", "2000"))
QUEUED = int(os.environ.get("PATCHBAY_QUEUED", "5000"))
PER_USER, MOST_IN_A_ROOM = 10, 100


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


@pytest.mark.timeout(180 + STREAMS // 10)
def test_F24_many_streams_come_back_after_a_restart(installed):
    """F24: kill -9 with many streams: all are back within 30 s, none has missed a message, none is refused for long."""
    installation = installed()
    clients = guests(installation, (STREAMS + PER_USER - 1) // PER_USER)
    portal = installation.portal
    portal.start()
    ann = portal.sign_in(ANN)
    rooms = []
    for first in range(0, len(clients), MOST_IN_A_ROOM - 1):
        members = clients[first:first + MOST_IN_A_ROOM - 1]
        chat = ann.expect((200, 201), "POST", "/conversations", {
            "kind": "chat", "users": [client.user for client in members], "title": f"Room {first}"})["id"]
        rooms.append((chat, {client.user for client in members}))
    sent = collections.defaultdict(set)

    def say(when):
        for chat, members in rooms:
            for turn in range(5):
                answer = ann.send(chat, f"{MARK} {when} {turn}")
                assert answer.status == 201, answer
                for user in members:
                    sent[user].add(answer.json()["message"]["id"])

    crowd = Crowd(clients, STREAMS)
    try:
        until(lambda: crowd.open_count() == STREAMS, 60 + STREAMS / 50, "all streams standing")
        say("before")
        portal.kill()
        began = time.monotonic()
        portal.start()
        ann.close()
        say("after")
        until(lambda: crowd.open_count() == STREAMS, 30 - (time.monotonic() - began), "all streams standing again")
        back = time.monotonic() - began
        missing = lambda: crowd.missing(lambda client: sent[client.user])
        until(lambda: missing() == 0, 20, "every stream having seen all", every=0.1)
        print(f"\n{STREAMS} streams in {len(rooms)} rooms: all back {back:.1f} s after the kill, all messages seen "
              f"after {time.monotonic() - began:.1f} s; connections lost or refused: {dict(crowd.failures)}")
        assert not [why for why in crowd.failures if why.startswith("opening: 5") or why.startswith("opening: 4")]
    finally:
        crowd.stop()


@pytest.mark.timeout(240 + IDLE // 20)
def test_F26_idle_streams_cost_little(installed):
    """F26: thousands of idle streams: bounded memory each, hardly any work, and others are served as before."""
    installation = installed()
    clients = guests(installation, (IDLE + PER_USER - 1) // PER_USER)
    portal = installation.portal
    portal.start()
    ann = portal.sign_in(ANN)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))

    def posts():
        pump = Pump()
        pump.add(ann, f"/conversations/{chat}/messages", (
            {"clientId": f"ping-{time.monotonic_ns()}", "text": f"{MARK} ping"} for _ in range(300)))
        pump.run(120)
        assert set(pump.statuses) == {201}, pump.statuses
        return pump.delays

    def sign_ins():
        taken = []
        for _ in range(5):
            began = time.monotonic()
            portal.sign_in(ANN, again=True)
            taken.append(time.monotonic() - began)
        return statistics.median(taken)

    posts()
    alone, sign_in_alone, memory = posts(), sign_ins(), portal.memory()
    crowd = Crowd(clients, IDLE)
    try:
        began = time.monotonic()
        until(lambda: crowd.open_count() == IDLE, 120 + IDLE / 50, "all streams standing")
        opening = time.monotonic() - began
        each = (portal.memory() - memory) / IDLE
        work, since = portal.processor_seconds(), time.monotonic()
        # With a heartbeat of every stream.
        until(lambda: time.monotonic() - since > 16, 20, "a while of idling", every=1)
        idling = (portal.processor_seconds() - work) / (time.monotonic() - since)
        among, sign_in_among = posts(), sign_ins()
        print(
            f"\n{IDLE} idle streams, open after {opening:.1f} s: {each / 1024:.1f} KiB each, {idling:.1%} of a core; "
            f"POST p50 {statistics.median(alone) * 1e3:.1f} ms, then {statistics.median(among) * 1e3:.1f}; p99 "
            f"{percentile(alone, 0.99) * 1e3:.1f} ms, then {percentile(among, 0.99) * 1e3:.1f}; sign-in "
            f"{sign_in_alone * 1e3:.0f} ms, then {sign_in_among * 1e3:.0f}; lost or refused: {dict(crowd.failures)}")
        assert not crowd.failures
        assert each < 96 << 10
        assert idling < 0.05 + IDLE / 20_000
        assert statistics.median(among) < 2 * statistics.median(alone) + 0.02
    finally:
        crowd.stop()


def texts(lane, count):
    """The bodies of a lane's messages, numbered."""
    for turn in range(count):
        yield {"clientId": f"{lane}-{turn}", "text": f"{MARK} {turn}", "from": NUMBER}


def lengthen(installation, first, end):
    """Copies the first row of every destination in the outbox, as turns `first` to `end`; sending so many takes long."""
    with sqlite3.connect(installation.store_path) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(smsOutbox)")]
        own = ("id", "messageId", "text", "state", "attempt", "notBeforeAt")
        copied = ", ".join(name for name in names if name not in own)
        connection.execute(f"""
            INSERT INTO smsOutbox (messageId, text, state, attempt, notBeforeAt, {copied})
            WITH RECURSIVE turn(number) AS (SELECT ? UNION ALL SELECT number + 1 FROM turn WHERE number < ? - 1)
            SELECT messageId || '-' || number, '{MARK} ' || number, 'queued', 0, 0, {copied} FROM turn,
                (SELECT * FROM smsOutbox WHERE text = '{MARK} 0') WHERE number < ? ORDER BY number""", (first, end, end))
    connection.close()


@pytest.mark.timeout(300 + QUEUED // 50)
def test_F21_a_restart_with_a_long_queue_sends_at_once_and_in_order(installed):
    """F21: the first submit within 5 s of the start, memory bounded, the order of each destination kept."""
    lanes = 200 if QUEUED >= 20_000 else 20
    each = QUEUED // lanes
    sent = min(each, 5000 // lanes)
    carrier = QuickCarrier(free_port())
    carrier.is_silent = True
    try:
        installation = installed(plugins=plugins(carrier.url, window=64), environment=ENVIRONMENT)
        # None of them is given up while the queue grows.
        installation.entry("sms")["settings"] = {**installation.entry("sms")["settings"], "mostAttempts": 100}
        installation.save()
        # Several people, for each may send 10,000 a minute.
        people = guests(installation, 20)
        portal = installation.portal
        portal.start()
        add_number(portal, *(client.user for client in people))
        pump = Pump()
        for lane in range(lanes):
            client = people[lane % len(people)]
            conversation = client.sms_to(f"+1619555{2000 + lane}", NUMBER)
            pump.add(client, f"/conversations/{conversation}/messages", texts(lane, sent))
        took = pump.run(300)
        assert pump.statuses == {202: sent * lanes}, pump.statuses
        held = portal.memory()
        assert portal.metric("patchbay_sms_outbox_messages", carrier="kannel") == sent * lanes
        assert portal.terminate() == 0
        lengthen(installation, sent, each)
        carrier.is_silent = False
        began = time.monotonic()
        portal.start()
        until(lambda: carrier.submits, 5, "the first submit after the restart")
        first, memory = time.monotonic() - began, portal.memory()
        total = each * lanes
        until(lambda: len(carrier.submits) >= total, 120 + QUEUED / 50, "the queue having been sent", every=0.1)
        print(
            f"\n{each * lanes} queued to {lanes} phones at {sent * lanes / took:.0f}/s: first submit at most {first:.2f} "
            f"s after the start, all after {time.monotonic() - began:.1f} s; memory {held >> 20} MiB while queueing,"
            f" {memory >> 20} MiB after the start, {portal.memory() >> 20} MiB at the end")
        assert memory < 150 << 20
        order = collections.defaultdict(list)
        for to, text in carrier.submits:
            order[to].append(int(text.split()[1]))
        assert len(order) == lanes
        for turns in order.values():
            # What was under way at the restart may come twice.
            assert list(dict.fromkeys(turns)) == list(range(each))
        until(lambda: portal.metric("patchbay_sms_outbox_messages") == 0, 20, "an empty outbox")
    finally:
        carrier.stop()
