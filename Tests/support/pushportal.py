"""A portal that pushes to a service of the test's, and who is in it: fixtures for the files that import them."""

import pytest

from .installation import ANN, BEN, Installation
from .people import colleague
from .ports import free_port
from .pushservice import PushService

SUBJECT = "mailto:phones@harbor.example"


@pytest.fixture(scope="module")
def service():
    one = PushService(free_port())
    yield one
    one.stop()


@pytest.fixture(scope="module")
def pushing(tmp_path_factory, seed_file, finished, service):
    one = Installation(tmp_path_factory.mktemp("push") / "portal", seed_file)
    one.manifest["push"] = {"subject": SUBJECT, "namedOrigins": [service.origin]}
    one.save()
    one.portal.start()
    yield one
    finished(one)


@pytest.fixture
def portal(pushing, service):
    service.forget()
    return pushing.portal


@pytest.fixture
def ben(portal):
    """A session of Ben's own for each test; his browsers are forgotten with it."""
    one = portal.sign_in(BEN, again=True)
    yield one
    for left in portal.sign_in(BEN).items("/push/subscriptions"):
        portal.sign_in(BEN).delete(f"/push/subscriptions/{left['id']}")


@pytest.fixture
def phone(ben, service):
    """Ben's browser, which wants to be told."""
    one = service.browser()
    ben.expect(201, "POST", "/push/subscriptions", one.subscription)
    return one


@pytest.fixture
def ann(portal):
    return portal.sign_in(ANN)


@pytest.fixture
def chat(ann, ben):
    """Ann's and Ben's."""
    return ann.chat_with(colleague(ann, "Ben Okafor"))
