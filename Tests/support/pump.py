"""Very many requests over few connections that stay open, by epoll in the caller's thread."""

import collections
import json
import selectors
import socket
import time


class _Lane:
    def __init__(self, client, path, bodies):
        self.client, self.path, self.bodies = client, path, iter(bodies)
        self.socket, self.buffer, self.began = None, b"", 0.0


class Pump:
    """Sends what its lanes hold: one request after the other in a lane, all lanes side by side."""

    def __init__(self):
        self.statuses, self.delays = collections.Counter(), []
        self._lanes = []

    def add(self, client, path, bodies):
        """A lane of POSTs by `client` to `path`, below /api/v1."""
        self._lanes.append(_Lane(client, path, bodies))

    def run(self, seconds):
        """Sends everything; gives how long it took."""
        began = time.monotonic()
        selector, busy = selectors.EpollSelector(), len(self._lanes)
        for lane in self._lanes:
            lane.socket = socket.create_connection((lane.client.host, lane.client.port), timeout=30)
            lane.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(lane.socket, selectors.EVENT_READ, lane)
            busy -= not self._send(lane)
        while busy:
            assert time.monotonic() - began < seconds, f"{dict(self.statuses)} after {seconds} s"
            for key, _ in selector.select(1):
                lane = key.data
                if self._answered(lane) and not self._send(lane):
                    selector.unregister(lane.socket)
                    lane.socket.close()
                    busy -= 1
        return time.monotonic() - began

    def _send(self, lane):
        """The lane's next request; False when there is none."""
        body = next(lane.bodies, None)
        if body is None:
            return False
        text = json.dumps(body).encode()
        headers = lane.client.headers({"Content-Type": "application/json", "Content-Length": str(len(text))})
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        lane.began = time.monotonic()
        lane.socket.sendall(f"POST /api/v1{lane.path} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode() + text)
        return True

    def _answered(self, lane):
        """Whether the answer is here as a whole; then it is counted."""
        data = lane.socket.recv(262_144)
        assert data, "the server has ended a connection"
        lane.buffer += data
        head, end, rest = lane.buffer.partition(b"\r\n\r\n")
        if not end:
            return False
        length = next(
            int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        if len(rest) < length:
            return False
        lane.buffer = rest[length:]
        self.statuses[int(head.split(b" ", 2)[1])] += 1
        self.delays.append(time.monotonic() - lane.began)
        return True
