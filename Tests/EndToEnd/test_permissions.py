"""X2, D4: who may do what is what the document and the table say, for every route and every scope."""

import pathlib

import pytest

from support.document import Document, filled
from support.installation import ROOT_ADMIN, Installation, plugin, with_email
from support.server import PASSWORD, ROOT

TABLE = pathlib.Path(__file__).with_name("permissions.txt")

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
def shared_installation(tmp_path_factory, seed_file, finished):
    """Every plugin with routes, and the smallest one: its routes are a plugin developer's first."""
    plugins = with_email() + [plugin("hello", folder=str(ROOT / "Plugins/Template"))]
    one = Installation(tmp_path_factory.mktemp("shared") / "portal", seed_file, plugins=plugins)
    one.portal.start()
    yield one
    finished(one)


@pytest.fixture(scope="module")
def table():
    """Who may ask for what: {(method, path): the scopes, and "any"}."""
    columns = ["any", *SCOPES[1:]]
    found = {}
    for line in TABLE.read_text().splitlines():
        marks = line.split()
        if line.startswith("#") or marks[0] == "any":
            continue
        method, path = marks[-2:]
        assert (method, path) not in found and set(marks[:-2]) <= {"x", "-"} and len(marks) == 11, line
        found[method, path] = {column for column, mark in zip(columns, marks) if mark == "x"}
    return found


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


def test_D4_the_table_has_every_route_and_no_other(document, table):
    """D4: whoever adds a route says in the table who may ask for it."""
    routes = {(one.method, one.path): one.permission for one in document.operations()}
    missing = [f"{' '.join(one)} (it asks for {routes[one]})" for one in sorted(routes.keys() - table.keys())]
    gone = sorted(table.keys() - routes.keys())

    assert not missing, f"not in {TABLE.name}:\n" + "\n".join(missing)
    assert not gone, f"in {TABLE.name}, but no route any more: {gone}"


@pytest.mark.parametrize("scope", ["any", *SCOPES])
def test_D4_a_scope_may_ask_for_what_the_table_says_and_nothing_else(document, shared, by_scope, table, scope):
    """D4: every route of the document, asked as every scope and as nobody, beside the written table."""
    assert "no-portal" not in by_scope
    client = by_scope.get(scope) or shared.client()
    asked = 0
    for operation in document.operations():
        method, path = operation.method, operation.path
        # The stream has no end, and signing out would end the test's own session.
        if (path, method) in (("/events", "GET"), ("/session", "DELETE")) and scope in by_scope:
            continue
        if (method, path) not in table:
            continue    # the test above says it
        answer = client.request(method, filled(path, "no-such-thing"), _body(document, operation))
        is_refused = answer.id in ("permission.missing", "session.required")
        may = {"any", scope} & table[method, path]
        assert is_refused != bool(may), (scope, method, path, answer)
        assert not is_refused or answer.status == (403 if scope in by_scope else 401), (scope, method, path, answer)
        asked += 1
    assert asked > 90


@pytest.mark.parametrize("scope,may", [("office-manager", False), ("reseller", True), ("super-user", True)])
def test_D4_of_the_administrators_only_some_make_domains(by_scope, scope, may):
    """D4: the scope narrows what the permission allows: domains, the system's switches, more rights than one's own."""
    client = by_scope[scope]
    body = {"id": f"{scope}.example", "name": "New", "region": "US", "timeZone": "UTC"}
    made = client.post("/admin/domains", body)
    assert (made.status, made.id) == ((201, None) if may else (403, "directory.scope-too-low"))
    assert client.delete(f"/admin/domains/{scope}.example").status == (204 if may else 404)
    system = client.put("/admin/switches/video/system/system", {"isOn": True})
    assert system.status == (204 if scope == "super-user" else 403)
    ranks = ["office-manager", "reseller", "super-user"]
    for place, wanted in enumerate(ranks):
        user = {"extension": f"{3200 + 10 * ranks.index(scope) + place}", "name": "New", "scope": wanted}
        answer = client.post("/admin/domains/harbor.example/users", user)
        assert answer.status == (201 if place <= ranks.index(scope) else 403), (scope, wanted, answer)


def _body(document, operation):
    schema = document.schema(operation)
    return {"nothing": "fits"} if schema else None
