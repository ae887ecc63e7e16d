"""Fixtures of the browser tests: one server a file, one browser a process, one context a person."""

import os
import pathlib

import pytest
from playwright.sync_api import sync_playwright

from support.attention import prefer, prepare
from support.browser import CHROMIUM, FIREFOX, Person, launch
from support.installation import ANN, BEN, CLEO, OLGA, ROOT_ADMIN, Installation, seed
from support.links import keep_links, own_camera
from support.server import PASSWORD

PICTURES = pathlib.Path(os.environ.get("PATCHBAY_PICTURES", ".run/browser"))


def pytest_addoption(parser):
    parser.addoption("--engine", default="chromium", choices=["chromium", "firefox"])


def pytest_configure(config):
    config.addinivalue_line("markers", "chromium: needs something that only Chromium's driver can do")
    config.addinivalue_line("markers", "firefox: part of what CI also runs in Firefox ESR")
    config.addinivalue_line("markers", "own_cameras: everybody draws the pictures of their own camera")


def pytest_collection_modifyitems(config, items):
    here = pathlib.Path(__file__).parent
    needed = FIREFOX if config.getoption("--engine") == "firefox" else CHROMIUM
    for item in items:
        if here not in pathlib.Path(item.path).parents:
            continue
        # The tests of a file share a server, so one worker runs them.
        item.add_marker(pytest.mark.xdist_group(item.path.name))
        if not os.path.exists(needed):
            item.add_marker(pytest.mark.skip(reason=f"no browser at {needed}"))
        if config.getoption("--engine") == "firefox" and item.get_closest_marker("chromium"):
            item.add_marker(pytest.mark.skip(reason="Chromium only"))


def pytest_terminal_summary(terminalreporter):
    """The figures that tests have measured, whether they passed or not."""
    for report in [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, [])]:
        for name, line in getattr(report, "user_properties", []):
            if report.when == "call":
                terminalreporter.write_line(f"{name}: {line}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    setattr(item, f"report_{report.when}", report)


@pytest.fixture(scope="session")
def seed_file(tmp_path_factory):
    return seed(tmp_path_factory.mktemp("seed"))


@pytest.fixture(scope="module")
def portal(tmp_path_factory, seed_file):
    one = Installation(tmp_path_factory.mktemp("portal") / "portal", seed_file)
    one.portal.start()
    yield one.portal
    one.portal.stop()


@pytest.fixture(scope="session")
def browser(request):
    with sync_playwright() as playwright:
        browser = launch(playwright, request.config.getoption("--engine"))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, portal, request):
    """Opens a context of its own for somebody who isn't signed in; errors of the pages fail the test."""
    people = []

    def begin(**more):
        person = Person(browser, portal.url, **more)
        people.append(person)
        if request.node.get_closest_marker("own_cameras"):
            keep_links(person)
            own_camera(person)
        return person

    yield begin
    report = getattr(request.node, "report_call", None)
    if report is not None and report.failed:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for number, person in enumerate(people):
            person.take_pictures(PICTURES / f"{request.node.name[:80]}-{number}")
    errors = [error for person in people for error in person.errors]
    for person in people:
        person.context.close()
    if report is not None and report.passed:
        assert errors == []


@pytest.fixture
def enter(visit):
    """Somebody signed in, on the home page."""

    def begin(login, **more):
        person = visit(**more)
        person.sign_in(login, PASSWORD)
        return person

    return begin


@pytest.fixture
def ann(enter):
    return enter(ANN)


@pytest.fixture
def ben(enter):
    return enter(BEN)


@pytest.fixture
def cleo(enter):
    return enter(CLEO)


@pytest.fixture
def olga(enter):
    return enter(OLGA)


@pytest.fixture
def root(portal):
    """The administrator, by the API."""
    return portal.sign_in(ROOT_ADMIN)


@pytest.fixture
def customer(portal):
    """Writes as a customer: customer(number, text, to)."""
    desk = portal.sign_in(ANN)

    def write(number, text, to):
        body = {"to": to, "text": text}
        return desk.expect(201, "POST", f"/simulator/phones/{number}/messages", body)

    return write


@pytest.fixture
def unknown_number(request):
    """A customer's number that no other test uses."""
    counter = getattr(request.config, "numbers_used", 0) + 1
    request.config.numbers_used = counter
    return f"+1858555{2000 + counter:04d}"


@pytest.fixture
def watched(visit, portal):
    """Somebody signed in whose attention is watched; with the preferences that everybody begins with."""

    def begin(login=ANN, **more):
        prefer(portal.sign_in(login), tone="always", flashesTitle=True, showsNotices=True, hidesText=False,
               turnsGreen=True)
        return prepare(visit(**more)).sign_in(login, PASSWORD)

    return begin
