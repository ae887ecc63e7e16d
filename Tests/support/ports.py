"""Free ports for servers that are stopped and started again at the same place.

They lie below the range that the kernel gives to outgoing connections: otherwise a client that connects while the
server is down may be given that very port, and talk to itself.
"""

import itertools
import os
import socket

_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw") or 0)
_turn = itertools.count()
_first, _count = 31800 + 25 * (_worker % 4), 25


def free_port():
    """A port of 127.0.0.1 that nobody listens on."""
    for _ in range(_count):
        port = _first + next(_turn) % _count
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port from {_first} to {_first + _count - 1}")
