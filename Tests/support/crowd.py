"""Very many event streams in one thread; each comes back with its last id, as browsers do."""

import random
import re
import selectors
import socket
import threading
import time

_ID = re.compile(rb"^id: ?(\S+)", re.M)
_MESSAGE = re.compile(rb'"message":\{[^{}]*?"id":"([^"]+)"')


class _Stream:
    def __init__(self, client):
        self.client, self.socket, self.buffer, self.last_id = client, None, b"", None
        self.is_open, self.again_at, self.seen, self.opened, self.refused = False, 0.0, set(), 0, 0


class Crowd:
    """`count` event streams, dealt out to `clients` in turn."""

    def __init__(self, clients, count):
        self.streams = [_Stream(clients[turn % len(clients)]) for turn in range(count)]
        self._selector, self._stopping = selectors.DefaultSelector(), False
        self._waiting = list(self.streams)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def open_count(self):
        return sum(stream.is_open for stream in self.streams)

    def missing(self, messages):
        """How many streams lack one of these messages."""
        return sum(not messages <= stream.seen for stream in self.streams)

    def stop(self):
        self._stopping = True
        self._thread.join(10)
        for stream in self.streams:
            if stream.socket:
                stream.socket.close()

    def _run(self):
        while not self._stopping:
            now = time.monotonic()
            # Not all at the same moment: a browser, too, waits a little, and by chance.
            due = [stream for stream in self._waiting if stream.again_at <= now][:50]
            for stream in due:
                self._waiting.remove(stream)
                self._connect(stream)
            for key, _ in self._selector.select(0.02):
                self._read(key.data)

    def _connect(self, stream):
        stream.socket, stream.buffer, stream.is_open = socket.socket(), b"", False
        try:
            stream.socket.settimeout(5)
            stream.socket.connect((stream.client.host, stream.client.port))
            headers = stream.client.headers({"Accept": "text/event-stream"})
            if stream.last_id:
                headers["Last-Event-ID"] = stream.last_id
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            stream.socket.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode())
            stream.socket.setblocking(False)
            self._selector.register(stream.socket, selectors.EVENT_READ, stream)
        except OSError:
            self._lose(stream, registered=False)

    def _read(self, stream):
        try:
            data = stream.socket.recv(262_144)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lose(stream)
            return
        stream.buffer += data
        if not stream.is_open:
            head, end, rest = stream.buffer.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 200 " not in head.split(b"\r\n")[0] + b" ":
                stream.refused += 1
                self._lose(stream)
                return
            stream.is_open, stream.opened, stream.buffer = True, stream.opened + 1, rest
        *blocks, stream.buffer = stream.buffer.split(b"\n\n")
        for block in blocks:
            if b"event: message.created" in block and (found := _MESSAGE.search(block)):
                stream.seen.add(found[1].decode())
            if found := _ID.search(block):
                stream.last_id = found[1].decode()

    def _lose(self, stream, registered=True):
        if registered:
            self._selector.unregister(stream.socket)
        stream.socket.close()
        stream.is_open = False
        stream.again_at = time.monotonic() + random.uniform(0.1, 1.0)
        self._waiting.append(stream)
