"""The fake PBX of the fixtures: what its phones do is what a test says."""

from .server import ROOT
from .waiting import until

ENTRY = {"id": "fake-pbx", "folder": str(ROOT / "Tests" / "Fixtures" / "FakePBX")}


class FakePBX:
    """`root` is a client with the permission system.admin."""

    def __init__(self, root):
        self.root = root

    def line(self):
        """The newest call: its id, the legs that were dialled, what leg 1's phone shows."""
        return self.root.expect(200, "GET", "/fake-pbx/lines")["items"][-1]

    def rings(self, legs):
        """Waits until exactly these phones were dialled for the newest call, in this order; gives the call."""
        return until(lambda: (line := self._last()) and line["legs"] == legs and not line["isOver"] and line, 10, f"the legs {legs}")

    def _last(self):
        items = self.root.expect(200, "GET", "/fake-pbx/lines")["items"]
        return items[-1] if items else None

    def happens(self, event, call=None):
        """answered-here, answered-there, ended, or a failure such as phoneBusy."""
        self.root.expect(204, "POST", f"/fake-pbx/lines/{call or self.line()['id']}/{event}")

    def phone(self, extension, state, domain="harbor.example"):
        self.root.expect(204, "POST", f"/fake-pbx/phones/{domain}/{extension}/{state}")

    def reachable(self, is_reachable):
        self.root.expect(204, "POST", f"/fake-pbx/reachable/{'yes' if is_reachable else 'no'}")
