"""Fixtures of the end-to-end tests. Every portal is stopped at the end, and its log searched for what it must not say."""

import pytest

from support import secrecy
from support.carrier import BadCarrier
from support.installation import ANN, BEN, CLEO, OLGA, ROOT_ADMIN, THEO, Installation, seed
from support.ports import free_port
from support.preloaded import WallClock
from support.stream import EventReader


@pytest.fixture(scope="session")
def seed_file(tmp_path_factory):
    return seed(tmp_path_factory.mktemp("seed"))


@pytest.fixture(scope="session")
def finished():
    """Ends an installation's server and checks its log."""

    def end(installation):
        installation.portal.stop()
        held = [client.cookie.partition("=")[2] for client in installation.portal.clients.values() if client.cookie]
        slips = secrecy.slips(installation.portal.log(), held)
        assert not slips, "the log says too much:\n" + "\n".join(slips[:10])

    return end


@pytest.fixture
def installed(tmp_path, seed_file, finished):
    """Makes installations; `installed()` gives one that isn't started yet."""
    made = []

    def install(**more):
        one = Installation(tmp_path / f"portal{len(made)}", seed_file, **more)
        made.append(one)
        return one

    yield install
    for one in made:
        finished(one)


@pytest.fixture
def portal(installed):
    """A running portal of the test's own."""
    one = installed()
    one.portal.start()
    return one.portal


@pytest.fixture(scope="module")
def shared_installation(tmp_path_factory, seed_file, finished):
    """A running installation for all tests of a file, which leave it usable for each other."""
    one = Installation(tmp_path_factory.mktemp("shared") / "portal", seed_file)
    one.portal.start()
    yield one
    finished(one)


@pytest.fixture
def shared(shared_installation):
    return shared_installation.portal


@pytest.fixture
def reader():
    """Opens event streams that end with the test."""
    opened = []

    def open_stream(client, **more):
        one = EventReader(client, **more)
        opened.append(one)
        return one.opened()

    yield open_stream
    for one in opened:
        one.stop()


@pytest.fixture
def ann(shared):
    return shared.sign_in(ANN)


@pytest.fixture
def ben(shared):
    return shared.sign_in(BEN)


@pytest.fixture
def cleo(shared):
    return shared.sign_in(CLEO)


@pytest.fixture
def olga(shared):
    return shared.sign_in(OLGA)


@pytest.fixture
def root(shared):
    return shared.sign_in(ROOT_ADMIN)


@pytest.fixture
def theo(shared):
    return shared.sign_in(THEO)


@pytest.fixture
def carrier():
    """A carrier that takes every SMS, and remembers, whatever happens to the portal."""
    one = BadCarrier(free_port(), "ok")
    yield one
    one.stop()


@pytest.fixture
def clock(tmp_path):
    """A wall clock that the test sets, for an installation that is started with its environment."""
    return WallClock(tmp_path)
