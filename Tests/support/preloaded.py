"""Small C libraries of the tests that are preloaded into a server, each with an integer that the test sets."""

import pathlib
import struct
import subprocess

_HERE = pathlib.Path(__file__).resolve().parent


def _build(folder, name):
    library = folder / f"{name}.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, _HERE / f"{name}.c", "-ldl"], check=True)
    return library


class Countdown:
    """Kills the server before the n-th system call that writes, counted from `start(n)` on."""

    def __init__(self, folder):
        self.library, self.control = _build(folder, "killat"), folder / "killat.control"
        self.start(0)

    def start(self, steps):
        _set(self.control, "i", steps)

    @property
    def environment(self):
        return {"LD_PRELOAD": str(self.library), "KILLAT_CONTROL": str(self.control)}


class WallClock:
    """Sets the server's wall clock."""

    def __init__(self, folder):
        self.library, self.control = _build(folder, "wallclock"), folder / "wallclock.control"
        self.set(0)

    def set(self, seconds_ahead):
        _set(self.control, "q", seconds_ahead)

    @property
    def environment(self):
        return {"LD_PRELOAD": str(self.library), "WALLCLOCK_CONTROL": str(self.control)}


def _set(control, layout, value):
    """In place: the server has mapped the file."""
    with open(control, "r+b" if control.exists() else "wb") as file:
        file.write(struct.pack(layout, value))
