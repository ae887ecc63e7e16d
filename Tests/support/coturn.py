"""The real coturn on loopback, with the secret that short-lived credentials are made from."""

import pathlib
import shutil
import socket
import subprocess

from .ports import COTURN, place
from .waiting import until

PORT, RELAYS = place(COTURN), (place(COTURN + 10), place(COTURN + 79))
SECRET = "north-secret"
URL = f"turn:127.0.0.1:{PORT}?transport=udp"

_CONFIG = """
listening-ip=127.0.0.1
relay-ip=127.0.0.1
listening-port={port}
min-port={first}
max-port={last}
realm=portal.test
use-auth-secret
static-auth-secret={secret}
allow-loopback-peers
no-tls
no-dtls
no-cli
no-multicast-peers
fingerprint
userdb={folder}/turndb
pidfile={folder}/turn.pid
log-file={folder}/turn.log
simple-log
no-stdout-log
verbose
"""


def is_installed():
    return shutil.which("turnserver") is not None


class Coturn:
    """One TURN server. Its log tells which allocations were made."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / "turn.log"
        self.config = self.folder / "turnserver.conf"
        self.config.write_text(_CONFIG.format(
            folder=self.folder, port=PORT, first=RELAYS[0], last=RELAYS[1], secret=SECRET))
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["turnserver", "-c", str(self.config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(_listens, 20, "coturn listening")
        return self

    def stop(self):
        self.process.terminate()
        self.process.wait(15)

    def allocations(self):
        """How often a relay address was given out to somebody with a valid credential."""
        return self.log.read_text(errors="replace").count("ALLOCATE processed, success")


def _listens():
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", PORT)) == 0
