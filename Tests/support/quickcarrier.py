"""A carrier in the place of Kannel's sendsms that takes thousands a second, or keeps silent until it is told to."""

import asyncio
import threading
import urllib.parse


class QuickCarrier:
    """Keeps destination and text of every submit it has answered, in the order of their coming."""

    def __init__(self, port):
        self.port, self.submits, self.is_silent = port, [], False
        self.url = f"http://127.0.0.1:{port}/cgi-bin/sendsms"
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10), "the carrier doesn't listen"

    def stop(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(
            self._loop.create_server(lambda: _Connection(self), "127.0.0.1", self.port, backlog=512))
        self._ready.set()
        self._loop.run_forever()


class _Connection(asyncio.Protocol):
    ANSWER = b"HTTP/1.1 202 Accepted\r\nContent-Type: text/html\r\nContent-Length: 25\r\n\r\n0: Accepted for delivery\n"

    def __init__(self, carrier):
        self.carrier, self.buffer = carrier, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            if self.carrier.is_silent:
                continue
            target = head.split(b" ", 2)[1].decode()
            query = dict(urllib.parse.parse_qsl(target.partition("?")[2]))
            self.carrier.submits.append((query["to"], query["text"]))
            self.transport.write(self.ANSWER)
