"""A phone network behind Kannel's fake SMSC: speaks its line protocol, collects what it sends, sends as handsets do."""

import collections
import contextlib
import socket
import threading
import urllib.parse

from .waiting import until

Received = collections.namedtuple("Received", "sender receiver kind udh data")


class FakeLine:
    """Connects to bearerbox and stays connected, also across its restarts."""

    def __init__(self, port):
        self.port, self.received, self._stopping = port, [], False
        self._lock, self._socket = threading.Lock(), None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def connected(self, seconds=10):
        until(lambda: self._socket, seconds, "the fake phone network being connected to Kannel")
        return self

    def stop(self):
        self._stopping = True
        connection = self._socket
        if connection is not None:
            # close() alone would leave the reading thread, and so the connection, as it is.
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def text(self, sender, receiver, text):
        """A handset sends a text in the GSM alphabet (ASCII here)."""
        self._line(f"{sender} {receiver} text {text}")

    def ucs2(self, sender, receiver, text):
        """A handset sends a text in UCS-2."""
        self._line(f"{sender} {receiver} ucs2 {_percent(text.encode('utf-16-be'))}")

    def part(self, sender, receiver, udh, data):
        """A handset sends one part of a long message."""
        self._line(f"{sender} {receiver} udh-data {_percent(udh)} {urllib.parse.quote_plus(data)}")

    def _line(self, line):
        self.connected()
        self._socket.sendall(line.encode() + b"\n")

    def _run(self):
        while not self._stopping:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                    connection.settimeout(None)
                    self._socket = connection
                    for line in connection.makefile("rb"):
                        self._take(line.rstrip(b"\n"))
            except OSError:
                pass
            self._socket = None
            if not self._stopping:
                threading.Event().wait(0.1)

    def _take(self, line):
        sender, receiver, kind, rest = (line.split(b" ", 3) + [b""])[:4]
        kind = kind.decode()
        udh = b""
        if kind == "udh":
            coded, _, rest = rest.partition(b" ")
            udh = urllib.parse.unquote_to_bytes(coded)
            if rest.partition(b" ")[0] in (b"text", b"data", b"ucs-2"):
                kind, _, rest = rest.partition(b" ")
                kind = kind.decode()
        if kind in ("ucs-2", "data"):
            rest = urllib.parse.unquote_to_bytes(rest.replace(b"+", b" "))
        with self._lock:
            self.received.append(Received(sender.decode(), receiver.decode(), kind, udh, rest))

    def pieces(self, receiver):
        """What a handset has received, in the order of arrival."""
        with self._lock:
            return [one for one in self.received if one.receiver.lstrip("+") == receiver.lstrip("+")]

    def texts(self, receiver):
        """The same as text, for what isn't a part of a long message in UCS-2."""
        return [_decoded(one) for one in self.pieces(receiver)]


def _percent(data):
    return "".join(f"%{byte:02X}" for byte in data)


def _decoded(one):
    return one.data.decode("utf-16-be") if one.kind == "ucs-2" else one.data.decode("utf-8", "replace")
