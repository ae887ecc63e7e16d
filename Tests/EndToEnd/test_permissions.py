"""X2: who may do what is what the document says, for every route and every scope."""

import pytest

from support.document import Document, filled
from support.installation import ROOT_ADMIN
from support.server import PASSWORD

SCOPES = ["no-portal", "basic-user", "advanced-user", "call-center-agent", "call-center-supervisor", "site-manager",
          "office-manager", "reseller", "super-user"]
# The core's table; the plugins' is in their plugin.json.
CORE = {
    "portal.use": set(SCOPES) - {"no-portal"},
    "calls.place": set(SCOPES) - {"no-portal"},
    "domain.admin": {"office-manager", "reseller", "super-user"},
    "system.admin": {"super-user"},
}


@pytest.fixture(scope="module")
def by_scope(shared_installation):
    """A signed-in user of every scope that may sign in."""
    portal = shared_installation.portal
    root = portal.sign_in(ROOT_ADMIN)
    clients = {}
    for place, scope in enumerate(SCOPES):
        extension = str(3100 + place)
        root.expect(201, "POST", "/admin/domains/harbor.example/users", {
            "extension": extension, "name": f"Scope {scope}", "scope": scope, "password": PASSWORD})
        client = portal.client()
        answer = client.sign_in(f"{extension}@harbor.example", PASSWORD)
        if answer.status == 201:
            clients[scope] = client
        else:
            assert scope == "no-portal", (scope, answer)
    return clients


@pytest.fixture(scope="module")
def document(shared_installation):
    client = shared_installation.portal.sign_in(ROOT_ADMIN)
    return Document(client.expect(200, "GET", "/openapi.json"))


def test_X2_every_operation_names_its_permission(document):
    """X2: an operation without a permission is one that says that it is for anybody."""
    silent = [
        f"{one.method} {one.path}" for one in document.operations()
        if not one.permission and one.raw.get("security") != []
    ]
    assert not silent


def test_X2_without_signing_in_nothing_opens(document, shared):
    """X2: every operation but those for anybody is 401 without a session."""
    client = shared.client()
    for operation in document.operations():
        if operation.raw.get("security") == []:
            continue
        answer = client.request(operation.method, filled(operation.path, "x"), _body(document, operation))
        assert answer.status == 401, (operation.method, operation.path, answer)


@pytest.mark.parametrize("scope", SCOPES)
def test_X2_a_scope_may_do_what_its_permissions_say_and_nothing_else(document, by_scope, scope):
    """X2: with the permission no route says permission.missing, without it every one does."""
    if scope not in by_scope:
        pytest.skip("this scope can't sign in")
    client = by_scope[scope]
    granted = set(client.expect(200, "GET", "/session")["permissions"])
    assert {name for name, scopes in CORE.items() if scope in scopes} == granted & set(CORE)
    for operation in document.operations():
        if not operation.permission or operation.path == "/events":
            continue
        if operation.method == "DELETE" and operation.path == "/session":
            continue
        answer = client.request(
            operation.method, filled(operation.path, "no-such-thing"), _body(document, operation))
        is_refused = answer.status == 403 and answer.id == "permission.missing"
        assert is_refused == (operation.permission not in granted), (scope, operation.method, operation.path, answer)
        assert answer.status < 500, (scope, operation.method, operation.path, answer)


def _body(document, operation):
    schema = document.schema(operation)
    return {"nothing": "fits"} if schema else None
