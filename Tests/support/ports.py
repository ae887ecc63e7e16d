"""Ports for servers and peers, so that no two test runs on a machine meet.

Each process that runs tests takes a block of ports and keeps it until it ends, by a lock that the kernel gives back
whatever becomes of the process. Servers that are stopped and started again keep their place in it.

The blocks lie below the range that the kernel gives to outgoing connections: otherwise a client that connects while
the server is down may be given that very port, and talk to itself.
"""

import fcntl
import itertools
import os
import pathlib
import socket
import tempfile

_FIRST, _LENGTH, _BLOCKS = 20000, 500, 24
# Within a block: servers of our own, then each peer.
_OWN, KANNEL, COTURN, ASTERISK = range(0, 150), 150, 170, 250
_turn = itertools.count()


def _take_block():
    """The first port of a block that no other process has, and the lock on it, which has to stay open."""
    folder = pathlib.Path(tempfile.gettempdir()) / f"patchbay-ports-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    for number in range(_BLOCKS):
        lock = open(folder / f"{number:02}.lock", "w")  # noqa: SIM115 - held until the process ends
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        return _FIRST + _LENGTH * number, lock
    raise RuntimeError(f"{_BLOCKS} test runs have all the ports; wait until one has ended")


_block, _lock = _take_block()


def place(offset):
    """The port at that place of this process's block."""
    return _block + offset


def free_port():
    """A port of 127.0.0.1 that nobody listens on."""
    for _ in _OWN:
        port = place(next(_turn) % len(_OWN))
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port from {place(0)} to {place(len(_OWN) - 1)}")
