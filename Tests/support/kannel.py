"""The real Kannel: bearerbox and smsbox from Debian, with a fake SMSC behind and the portal's webhook in front."""

import pathlib
import re
import shutil
import socket
import subprocess
import urllib.request

from .ports import KANNEL, place
from .waiting import until

ADMIN, BOX, SMSC, SEND = (place(KANNEL + more) for more in range(4))
SEND_URL = f"http://127.0.0.1:{SEND}/cgi-bin/sendsms"
FAKESMSC = "/usr/lib/kannel/test/fakesmsc"
USER, PASSWORD = "tester", "foobar"


def is_installed():
    return all(shutil.which(name) for name in ("/usr/sbin/bearerbox", "/usr/sbin/smsbox", FAKESMSC))


class Kannel:
    """One gateway. `inbound_url` is where it posts what handsets send, with Kannel's escape codes."""

    def __init__(self, folder, inbound_url):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config = self.folder / "kannel.conf"
        self.config.write_text(_CONFIG.format(
            folder=self.folder, admin=ADMIN, box=BOX, smsc=SMSC, send=SEND, user=USER, password=PASSWORD,
            inbound=inbound_url))
        self.bearerbox = self.smsbox = None

    def start(self):
        until(lambda: not _listens(SEND) and not _listens(SMSC), 20, "the ports of Kannel being free")
        self.bearerbox = self._run("/usr/sbin/bearerbox")
        until(lambda: _listens(BOX) and _listens(SMSC), 20, "bearerbox listening")
        self.smsbox = self._run("/usr/sbin/smsbox")
        until(lambda: _listens(SEND), 20, "smsbox listening")
        return self

    def stop(self):
        """Ends both boxes; what bearerbox has taken stays in its store."""
        for process in (self.smsbox, self.bearerbox):
            if process is not None and process.poll() is None:
                process.terminate()
        for process in (self.smsbox, self.bearerbox):
            if process is None:
                continue
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.smsbox = self.bearerbox = None

    def status(self):
        """bearerbox's own account, as text."""
        address = f"http://127.0.0.1:{ADMIN}/status.txt?password=statuspw"
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.read().decode()

    def is_online(self):
        """Whether a phone network is connected."""
        return re.search(r"FAKE\S*\s.*online", self.status()) is not None

    def _run(self, box):
        with open(self.folder / (pathlib.Path(box).name + ".out"), "ab") as log:
            return subprocess.Popen([box, "-v", "4", str(self.config)], stdout=log, stderr=log, cwd=self.folder)


class FakeSMSC:
    """Debian's own fakesmsc: sends `count` messages of `line` a second apart and prints what it receives."""

    def __init__(self, folder, line, count):
        self.log = pathlib.Path(folder) / "fakesmsc.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [FAKESMSC, "-H", "127.0.0.1", "-r", str(SMSC), "-i", "0.2", "-m", str(count), line],
                stdout=log, stderr=log)

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def printed(self):
        return self.log.read_text(errors="replace")


def _listens(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


# The fake SMSC's port has no bind option: connect-allow-ip keeps others out. No global-sender: it would overwrite the
# number that a message was sent to. max-messages = 0: a webhook's answer never goes back to the handset.
_CONFIG = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = adminpw
status-password = statuspw
admin-deny-ip = "*.*.*.*"
admin-allow-ip = "127.0.0.1"
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
dlr-storage = internal
store-type = file
store-location = {folder}/store.dat
log-file = {folder}/bearerbox.log
log-level = 1
sms-resend-freq = 2
sms-resend-retry = 5

group = smsc
smsc = fake
smsc-id = FAKE
host = 127.0.0.1
port = {smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
smsbox-id = box1
bearerbox-host = 127.0.0.1
sendsms-port = {send}
sendsms-interface = 127.0.0.1
sendsms-chars = "0123456789 +-"
log-file = {folder}/smsbox.log
log-level = 1
mo-recode = true
http-request-retry = 5
http-queue-delay = 1

group = smsbox-route
smsbox-id = box1
smsc-id = "FAKE"

group = sendsms-user
username = {user}
password = {password}
concatenation = true
max-messages = 10
omit-empty = true

group = sms-service
keyword = default
catch-all = true
accept-x-kannel-headers = false
omit-empty = true
max-messages = 0
assume-plain-text = true
get-url = "{inbound}"
"""
