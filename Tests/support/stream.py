"""A reader of the event stream in its own thread; comes back with Last-Event-ID as a browser does."""

import collections
import json
import socket
import threading
import time

from .waiting import until

Event = collections.namedtuple("Event", "id name data")


class EventReader:
    """Collects the events of one user from when it is made until `stop()`."""

    def __init__(self, client, last_id=None, reconnects=True, cut_after=None):
        """`cut_after` gives the number of bytes after which the next connection is cut, or None."""
        self.client, self.last_id, self.reconnects, self.cut_after = client, last_id, reconnects, cut_after
        self.events, self.connections, self.status, self.ids_seen_twice = [], 0, None, 0
        self._seen, self._socket, self._stopping = set(), None, False
        self._change = threading.Condition()
        self.is_open = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def opened(self, seconds=15):
        """Waits until the stream stands: what happens from now on is seen."""
        assert self.is_open.wait(seconds), f"the event stream did not open; last status {self.status}"
        return self

    def stop(self):
        self._stopping = True
        self.cut()
        self._thread.join(10)

    def cut(self):
        """Ends the TCP connection at whatever byte it is."""
        connection = self._socket
        if connection is not None:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def named(self, name):
        with self._change:
            return [event for event in self.events if event.name == name]

    def wait_for(self, name, matches=lambda data: True, seconds=15):
        """The data of the first event of that name that matches."""

        def found():
            return next((event for event in self.named(name) if matches(event.data)), None)

        return until(found, seconds, f"an event {name}").data

    def texts(self):
        """The texts of the messages that were created, in the order in which they came."""
        return [event.data["message"]["text"] for event in self.named("message.created")]

    def _run(self):
        while not self._stopping:
            try:
                self._read_once()
            except OSError:
                pass
            self.is_open.clear()
            if not self.reconnects:
                return
            if not self._stopping:
                time.sleep(0.05)

    def _read_once(self):
        headers = self.client.headers({"Accept": "text/event-stream"})
        if self.last_id:
            headers["Last-Event-ID"] = self.last_id
        budget = self.cut_after() if self.cut_after else None
        with socket.create_connection((self.client.host, self.client.port), timeout=60) as connection:
            self._socket = connection
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            connection.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode())
            self.connections += 1
            buffer, is_body, is_chunked, text = b"", False, False, b""
            while not self._stopping:
                some = connection.recv(65536)
                if not some:
                    return
                if budget is not None:
                    some, budget = some[:budget], budget - len(some)
                buffer += some
                if not is_body:
                    head, end, rest = buffer.partition(b"\r\n\r\n")
                    if end:
                        is_body, buffer = True, rest
                        self.status = int(head.split()[1])
                        is_chunked = b"transfer-encoding: chunked" in head.lower()
                        if self.status != 200:
                            return
                        self.is_open.set()
                if is_body:
                    if is_chunked:
                        decoded, buffer = _dechunk(buffer)
                    else:
                        decoded, buffer = buffer, b""
                    text = self._take(text + decoded)
                if budget is not None and budget <= 0:
                    return

    def _take(self, text):
        *blocks, rest = text.split(b"\n\n")
        for block in blocks:
            fields = {}
            for line in block.decode().split("\n"):
                field, _, value = line.partition(":")
                fields[field] = value.removeprefix(" ")
            if fields.get("id"):
                self.last_id = fields["id"]
            if "event" not in fields:
                continue
            with self._change:
                if fields.get("id"):
                    if fields["id"] in self._seen:
                        self.ids_seen_twice += 1
                        continue
                    self._seen.add(fields["id"])
                self.events.append(Event(fields.get("id"), fields["event"], json.loads(fields.get("data") or "{}")))
        return rest


def _dechunk(buffer):
    """The data of the whole chunks in `buffer`, and what is left of it."""
    data = b""
    while True:
        size, end, rest = buffer.partition(b"\r\n")
        if not end:
            return data, buffer
        length = int(size.split(b";")[0], 16)
        if length == 0 or len(rest) < length + 2:
            return data, buffer
        data, buffer = data + rest[:length], rest[length + 2 :]
