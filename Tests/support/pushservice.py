"""A push service (RFC 8030) and browsers that subscribe with it. Decrypting and verifying is done by other people's code:
http-ece and py-vapid, so that the portal's own can't agree with itself about a mistake."""

import base64
import collections
import http.server
import json
import os
import threading
import time

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from .waiting import until

Push = collections.namedtuple("Push", "path headers body at")


def unpadded(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def padded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class PushService:
    """Keeps every push; answers 201, or what `answer_next` has put in line: (status, headers), or "silent"."""

    def __init__(self, port):
        self.port, self.pushes, self.answers = port, [], []
        self.released = threading.Event()
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = service.answers.pop(0) if service.answers else (201, {})
                service.pushes.append(Push(self.path, headers, body, time.monotonic()))
                if answer == "silent":
                    service.released.wait()
                    self.close_connection = True
                    return
                self.send_response(answer[0])
                for name, value in answer[1].items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    def answer_next(self, *answers):
        self.answers += answers

    def browser(self):
        return Browser(self)

    def forget(self):
        self.pushes.clear()
        self.answers.clear()

    def stop(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


class Browser:
    """A browser that has subscribed: its keys, its address, and what it can read."""

    def __init__(self, service):
        self.service = service
        self.path = f"/push/{unpadded(os.urandom(12))}"
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)

    @property
    def subscription(self):
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {
            "endpoint": self.service.origin + self.path,
            "keys": {"p256dh": unpadded(point), "auth": unpadded(self.auth)}}

    @property
    def pushes(self):
        return [push for push in self.service.pushes if push.path == self.path]

    def waits_for(self, count=1, seconds=15):
        """Waits until there are so many pushes; gives the last."""
        until(lambda: len(self.pushes) >= count, seconds, f"{count} pushes")
        return self.pushes[count - 1]

    def read(self, push):
        """What a push says, decrypted."""
        text = http_ece.decrypt(push.body, private_key=self.private, auth_secret=self.auth, version="aes128gcm")
        return json.loads(text)

    def told(self):
        return [self.read(push) for push in self.pushes]


def claims_of(push, public_key):
    """The claims of a push's token, its signature verified with the portal's key."""
    scheme, _, values = push.headers["authorization"].partition(" ")
    assert scheme == "vapid"
    pairs = dict(pair.strip().split("=", 1) for pair in values.split(","))
    assert pairs["k"] == public_key
    assert Vapid02.verify(push.headers["authorization"])
    header, claims, _ = pairs["t"].split(".")
    assert json.loads(padded(header)) == {"typ": "JWT", "alg": "ES256"}
    return json.loads(padded(claims))
