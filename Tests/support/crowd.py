"""Very many event streams in one thread, by epoll; each comes back with its last id, as browsers do."""

import collections
import errno
import heapq
import itertools
import random
import re
import resource
import selectors
import socket
import threading
import time

_ID = re.compile(rb"^id: ?(\S+)", re.M)
_MESSAGE = re.compile(rb'"message":\{[^{}]*?"id":"([^"]+)"')
# Connections that haven't been answered yet: the kernel's queue of the server holds 1,024.
_MOST_OPENING = 256


def room_for(count):
    """Lets this process, and those that it starts, have so many files open; fails where the system doesn't."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + 1000
    has_room = hard == resource.RLIM_INFINITY or hard >= wanted
    assert has_room, f"{count} streams need `ulimit -n` of {wanted}; it is {hard}"
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class _Stream:
    __slots__ = ("client", "socket", "buffer", "last_id", "state", "seen", "opened")

    def __init__(self, client):
        self.client, self.socket, self.buffer, self.last_id = client, None, b"", None
        self.state, self.seen, self.opened = "waiting", set(), 0


class Crowd:
    """`count` event streams, dealt out to `clients` in turn. `failures` says why connections were refused or lost."""

    def __init__(self, clients, count):
        room_for(count)
        self.streams = [_Stream(clients[turn % len(clients)]) for turn in range(count)]
        self.failures = collections.Counter()
        self._selector, self._stopping = selectors.EpollSelector(), False
        self._tie = itertools.count()
        self._due = [(0.0, next(self._tie), stream) for stream in self.streams]
        self._opening = self._open = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def open_count(self):
        return self._open

    def missing(self, expected):
        """How many streams lack one of the messages that `expected(client)` names."""
        return sum(not expected(stream.client) <= stream.seen for stream in self.streams)

    def stop(self):
        self._stopping = True
        self._thread.join(10)
        for stream in self.streams:
            if stream.socket:
                stream.socket.close()

    def _run(self):
        while not self._stopping:
            now = time.monotonic()
            while self._due and self._due[0][0] <= now and self._opening < _MOST_OPENING:
                self._connect(heapq.heappop(self._due)[2])
            for key, events in self._selector.select(0.02):
                if events & selectors.EVENT_WRITE:
                    self._ask(key.data)
                else:
                    self._read(key.data)

    def _connect(self, stream):
        self._opening += 1
        stream.socket, stream.buffer, stream.state = socket.socket(), b"", "opening"
        stream.socket.setblocking(False)
        stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        code = stream.socket.connect_ex((stream.client.host, stream.client.port))
        if code in (0, errno.EINPROGRESS):
            self._selector.register(stream.socket, selectors.EVENT_WRITE, stream)
        else:
            self._lose(stream, errno.errorcode[code], registered=False)

    def _ask(self, stream):
        code = stream.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            self._lose(stream, errno.errorcode[code])
            return
        headers = stream.client.headers({"Accept": "text/event-stream"})
        if stream.last_id:
            headers["Last-Event-ID"] = stream.last_id
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._selector.modify(stream.socket, selectors.EVENT_READ, stream)
        try:
            # A request's head fits into any socket's empty buffer.
            stream.socket.send(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode())
        except OSError as error:
            self._lose(stream, errno.errorcode.get(error.errno, "OSError"))

    def _read(self, stream):
        try:
            data = stream.socket.recv(262_144)
        except BlockingIOError:
            return
        except OSError as error:
            self._lose(stream, errno.errorcode.get(error.errno, "OSError"))
            return
        if not data:
            self._lose(stream, "ended")
            return
        stream.buffer += data
        if stream.state == "opening":
            head, end, rest = stream.buffer.partition(b"\r\n\r\n")
            if not end:
                return
            status = head.split(b" ", 2)[1].decode()
            if status != "200":
                self._lose(stream, status)
                return
            stream.state, stream.opened, stream.buffer = "open", stream.opened + 1, rest
            self._opening -= 1
            self._open += 1
        *blocks, stream.buffer = stream.buffer.split(b"\n\n")
        for block in blocks:
            if b"event: message.created" in block and (found := _MESSAGE.search(block)):
                stream.seen.add(found[1].decode())
            if found := _ID.search(block):
                stream.last_id = found[1].decode()

    def _lose(self, stream, why, registered=True):
        if registered:
            self._selector.unregister(stream.socket)
        stream.socket.close()
        if stream.state == "open":
            self._open -= 1
        else:
            self._opening -= 1
        self.failures[f"{stream.state}: {why}"] += 1
        stream.state = "waiting"
        # Not all at the same moment: a browser, too, waits a little, and by chance.
        heapq.heappush(self._due, (time.monotonic() + random.uniform(0.1, 1.0), next(self._tie), stream))
