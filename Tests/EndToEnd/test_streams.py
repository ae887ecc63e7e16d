"""Event streams under every kind of bad luck: F22, F23, F25; F24 and F26 are in test_scale.py."""

import itertools
import random
import socket
import statistics
import time

import pytest

from support.installation import ANN, BEN, MARK
from support.load import Writer
from support.people import colleague
from support.pump import Pump
from support.stream import EventReader
from support.waiting import until


def test_F22_streams_cut_anywhere_miss_nothing(portal, reader):
    """F22: cut at random bytes again and again while messages flow: every event once, in order."""
    chance = random.Random(22)
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    streams, steady = [reader(client) for client in (ann, ben, ben)], reader(ben)
    # Before its first id a stream doesn't know where to go on.
    until(lambda: all(stream.last_id for stream in [*streams, steady]), 10, "every stream's first id")
    for stream in streams:
        stream.cut_after = lambda: chance.choice([chance.randint(1, 400), chance.randint(400, 6000)])
        stream.cut()
    writers = [Writer(ann, chat, "chat", pause=0.005), Writer(ben, chat, "chat", pause=0.005)]
    until(lambda: all(stream.connections >= 40 for stream in streams), 90, "forty cuts of each stream")
    for writer in writers:
        writer.stop()
    for writer in writers:
        writer.join()
    expected = {message for writer in writers for message in writer.answered.values()}
    until(lambda: expected <= created(steady), 20, "the steady stream having seen all")
    for stream in streams:
        stream.cut_after = None
        until(lambda: expected <= created(stream), 30, "a stream that was cut having seen all")
        assert not stream.named("resync")
        offsets = [int(event.id.split(":")[1]) for event in stream.events if event.id]
        assert offsets == sorted(set(offsets)), "out of order"
        sequences = [event.data["message"]["sequence"] for event in stream.named("message.created")]
        assert sequences == sorted(sequences)


def created(stream):
    return {event.data["message"]["id"] for event in stream.named("message.created")}


def first_answer(portal, client, last_id):
    """The status, and the first 4 kB, of a stream asked for with that last id."""
    with socket.create_connection(("127.0.0.1", portal.port), timeout=5) as connection:
        headers = client.headers({"Last-Event-ID": last_id})
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        connection.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode("latin-1"))
        data = b""
        while b"\r\n\r\n" not in data or (b" 200 " in data[:20] and b"resync" not in data and len(data) < 4096):
            try:
                some = connection.recv(4096)
            except TimeoutError:
                break
            if not some:
                break
            data += some
        return int(data.split()[1]), data


@pytest.mark.parametrize("last_id", [
    "garbage", "0", "-1", ":", "a:b", "a:1", "00000000:5", "{epoch}:99999999999999999999", "{epoch}:4000000000",
    "{epoch}:-4", "{epoch}:1.5", "{epoch}: 1", "x" * 5000, "\xff\xfe", "{epoch}:1 OR 1=1"])
def test_F23_a_last_id_that_is_none_gets_resync(shared, ann, reader, last_id):
    """F23: malformed, from the future, of another epoch: resync or 400, never a 5xx, never other people's events."""
    stream = reader(ann)
    until(lambda: stream.last_id, 5, "the stream's first id")
    status, data = first_answer(shared, ann, last_id.replace("{epoch}", stream.last_id.split(":")[0]))
    assert status == 400 or (status == 200 and b"event: resync" in data), (status, data)


def test_F25_a_slow_reader_costs_little_and_holds_up_nobody(portal, reader):
    """F25: a stream that isn't read is cut within bounded memory, comes back and misses nothing; others see no delay."""
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect(("127.0.0.1", portal.port))
    headers = "".join(f"{name}: {value}\r\n" for name, value in ben.headers().items())
    slow.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())
    until(lambda: portal.metric("patchbay_sse_streams") == 1, 10, "the slow stream standing")
    quick = reader(ben)
    until(lambda: quick.last_id, 5, "the stream's first id")
    start = quick.last_id
    memory, turns = portal.memory(), itertools.count()

    def post(count, lanes=1):
        """How long each of `count` large messages took, sent in lanes side by side."""
        pump = Pump()
        for _ in range(lanes):
            numbers = [next(turns) for _ in range(count // lanes)]
            pump.add(ann, f"/conversations/{chat}/messages", (
                {"clientId": f"slow-{number}", "text": f"{MARK} {number} " + "x" * 3900} for number in numbers))
        pump.run(120)
        assert set(pump.statuses) == {201}, pump.statuses
        return pump.delays

    # Together more than all buffers of the system between the two can take.
    early = statistics.median(post(300))
    post(1900, lanes=10)
    late = statistics.median(post(300))
    sent = {message["id"] for message in ann.messages(chat) if len(message["text"]) > 3900}
    assert len(sent) == 2500
    until(lambda: sent <= created(quick), 10, "the quick reader having seen all")
    assert portal.memory() - memory < 64 << 20
    assert late < 3 * early + 0.01, (early, late)
    slow.settimeout(10)
    received, deadline = 0, time.monotonic() + 30
    while some := slow.recv(65536):
        received += len(some)
        assert time.monotonic() < deadline, "the slow reader should have been cut"
    assert received < 9 << 20, "the slow reader should have been cut"
    again = EventReader(ben, last_id=start)
    until(lambda: sent <= created(again) or again.named("resync"), 20, "the slow reader having caught up")
    again.stop()
