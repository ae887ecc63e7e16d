"""The example host portal (Tests/Fixtures/HostPortal) as a process beside the portal, on an origin of its own."""

import os
import subprocess
import sys
import urllib.error
import urllib.request

from .ports import free_port
from .server import ROOT
from .waiting import until

SECRET = "a-shared-secret-of-thirty-two-bytes-or-more"
ISSUER = "https://intranet.example"


class HostPortal:
    """`url` is its page; it vouches for `user`."""

    def __init__(self, port=None):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self, patchbay, user, secret=SECRET):
        server = ROOT / "Tests/Fixtures/HostPortal/server.py"
        self.process = subprocess.Popen(
            [sys.executable, server, "--port", str(self.port), "--patchbay", patchbay, "--user", user],
            env={**os.environ, "EMBED_SECRET": secret})
        until(self._answers, what="the host portal")
        return self

    def _answers(self):
        try:
            return urllib.request.urlopen(self.url, timeout=2).status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()


def embedding(*origins):
    """`embedding` of the manifest for host portals of these origins, with the key in EMBED_SECRET."""
    return {
        "origins": list(origins), "audience": "patchbay",
        "keys": [{"issuer": ISSUER, "algorithm": "HS256", "key": {"$env": "EMBED_SECRET"}}],
    }
