"""A portal whose calls go through a real Asterisk to two real phones: Ann's is 1001, Ben's is 1002; 1003 has none."""

import contextlib
import secrets

from .asterisk import FIRST_PORT, SECRET, USER, Asterisk
from .baresip import Phone
from .installation import ANN, BEN, CLEO, Installation, plugin
from .waiting import TooLate, until

ENVIRONMENT = {"AMI_SECRET": SECRET}
# Retries come soon, so that a test which waits for one is short.
QUICK = {"timeoutSeconds": 2, "pingSeconds": 1, "ringSeconds": 5}


def asterisk_plugin(port, **more):
    """The manifest's entry; `more` are settings that differ from those of the tests."""
    settings = {
        "url": f"ami://127.0.0.1:{port}", "username": USER, "secret": {"$env": "AMI_SECRET"},
        "domains": {"harbor.example": {"context": "harbor"}}, **QUICK, **more,
    }
    return plugin("asterisk", settings=settings)


def plugins(port, **more):
    return [plugin("sms"), plugin("chat"), plugin("simulator"), asterisk_plugin(port, **more)]


class PhoneSystem:
    """Everything that a call goes through. Ends with `stop()`."""

    def __init__(self, folder, seed_file):
        self._last = contextlib.ExitStack()
        self.asterisk = Asterisk("calls")
        self._last.callback(self.asterisk.remove)
        try:
            self._start(folder, seed_file)
        except BaseException:
            self._last.close()
            raise

    def _start(self, folder, seed_file):
        self.asterisk.start()
        self.anns = self._phone(folder, "1001", 140)
        self.bens = self._phone(folder, "1002", 180)
        self.installation = Installation(
            folder / "portal", seed_file, plugins=plugins(self.asterisk.ami), environment=ENVIRONMENT)
        self.portal = self.installation.portal
        self.portal.start()
        self._last.callback(self.portal.stop)
        self.ann = self.portal.sign_in(ANN)
        self.ben = self.portal.sign_in(BEN)
        self.cleo = self.portal.sign_in(CLEO)
        self.shows(self.ann, "1002", "idle", 20)

    def _phone(self, folder, extension, offset):
        phone = Phone(folder / extension, extension, self.asterisk.sip, FIRST_PORT + offset).start()
        self._last.callback(phone.stop)
        until(lambda: self.asterisk.is_registered(extension), 15, f"phone {extension} being registered")
        return phone

    def stop(self):
        self._last.close()

    def sees(self, client, extension):
        """What the phone of that colleague is doing, as `client` is shown."""
        people = client.items("/people")
        return next(one["phone"] for one in people if one["extension"] == extension)

    def shows(self, client, extension, phone, seconds=5):
        """Waits until `client` is shown that: a phone tells of itself a moment before its Asterisk does."""
        until(lambda: self.sees(client, extension) == phone, seconds, f"{extension} being seen {phone}")

    def place(self, client, to, client_id=None):
        """Presses the button; gives the answer."""
        return client.post("/calls", {"clientId": client_id or secrets.token_hex(8), "to": to})

    def call(self, client, to):
        """Places a call that must be taken; gives its id."""
        answer = self.place(client, to)
        assert answer.status == 202, answer
        return answer.json()["call"]["id"]

    def state(self, client, call):
        """Where a call stands: its state, and why it failed."""
        record = client.expect(200, "GET", f"/calls/{call}")
        return record["state"], record.get("failure")

    def comes_to(self, client, call, state, failure=None, seconds=10):
        """Waits until the call stands there."""
        stands = []

        def is_there():
            stands[:] = self.state(client, call)
            return stands == [state, failure]

        try:
            until(is_there, seconds)
        except TooLate:
            raise TooLate(f"the call is {stands} and not {state} {failure or ''} after {seconds:g} s") from None

    def is_quiet(self):
        """Waits until nobody talks any more, and forgets what the phones have told."""
        until(lambda: not self.asterisk.channels(), 15, "all channels being gone")
        self.shows(self.ann, "1002", "idle", 10)
        self.shows(self.ben, "1001", "idle", 10)
        self.anns.forget()
        self.bens.forget()
