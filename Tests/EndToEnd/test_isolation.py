"""Domains don't see each other: by listing, by id, by search, by event stream, by changing."""

import re
import urllib.parse

import pytest

from support.document import Document, filled
from support.installation import ANN, FRONT_DESK, MARK, OLGA, ROOT_ADMIN, THEO, Installation, with_email
from support.people import colleague
from support.server import PASSWORD

UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
KNOWN = ["harbor.example", "Harbor & Pine", "Whitfield", "Okafor", "Marchetti", "Lindqvist", "Bob Smith",
         "Karen Adams", "Quiet Cove", MARK]


@pytest.fixture(scope="module")
def shared_installation(tmp_path_factory, seed_file, finished):
    """Every plugin whose routes know domains."""
    one = Installation(tmp_path_factory.mktemp("isolation") / "portal", seed_file, plugins=with_email())
    one.portal.start()
    yield one
    finished(one)


@pytest.fixture(scope="module")
def two_domains(shared_installation):
    """One domain full of things, another whose user and administrator look around."""
    portal = shared_installation.portal
    ann, olga, root = (portal.sign_in(login) for login in (ANN, OLGA, ROOT_ADMIN))
    ann.expect(201, "POST", "/contacts", {
        "name": "Quiet Cove Boats", "isShared": True, "numbers": [{"label": "Work", "value": "(619) 555-0177"}],
        "emails": [{"label": "Work", "value": "cove@harbor.example"}]})
    upload = ann.request(
        "POST", "/attachments?name=plan.txt", f"{MARK} plan".encode(), {"Content-Type": "text/plain"})
    assert upload.status == 201, upload
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    assert ann.send(chat, f"{MARK} in the chat", attachments=[upload.json()["id"]]).status == 201
    sms = ann.sms_to("+16195550142", FRONT_DESK)
    sent = ann.send(sms, f"{MARK} by SMS")
    assert sent.status == 202, sent
    ann.expect(201, "POST", "/tokens", {"name": "harbor robot", "permissions": ["portal.use"]})
    root.expect(201, "POST", "/admin/domains/timber.example/users", {
        "extension": "2009", "name": "Tess Boyd", "scope": "office-manager", "password": PASSWORD})
    strangers = [portal.sign_in(THEO), portal.sign_in("2009@timber.example")]
    document = Document(ann.expect(200, "GET", "/openapi.json"))
    held = _harvest(document, [ann, olga])
    held |= {upload.json()["id"], chat, sms, sent.json()["message"]["id"]}
    for stranger in strangers:
        held -= set(UUID.findall(stranger.get("/session").body.decode()))
    return portal, document, sorted(held), [ann, olga], strangers


def _harvest(document, clients):
    """Every id that the harbor's people can see."""
    seen, todo, done = set(), [], set()
    for operation in document.operations("get"):
        if not operation.places and operation.path not in ("/events", "/openapi.json"):
            todo.append(_with_query(operation, "a"))
    while todo:
        path = todo.pop()
        if path in done:
            continue
        done.add(path)
        for client in clients:
            answer = client.get(path)
            if answer.status == 200:
                seen |= set(UUID.findall(answer.body.decode("utf-8", "replace")))
        if len(done) == 1 or not todo:
            for operation in document.operations("get"):
                if operation.places and len(done) < 300:
                    todo += [p for p in (filled(operation.path, one) for one in sorted(seen)[:8]) if p not in done]
    return seen


def _with_query(operation, value):
    needed = {one["name"]: value for one in operation.query if one["name"] in ("query", "domain") or one.get("required")}
    if "domain" in needed:
        needed["domain"] = "harbor.example"
    return operation.path + ("?" + urllib.parse.urlencode(needed) if needed else "")


def test_A6_X1_lists_and_searches_show_nothing_of_the_other_domain(two_domains):
    """A6, X1: every GET route without a place, for a user and an administrator of the other domain."""
    _, document, held, _, strangers = two_domains
    for operation in document.operations("get"):
        if operation.places or operation.path in ("/events", "/openapi.json"):
            continue
        for query in ("a", MARK, "Bob", "619", "plan"):
            for stranger in strangers:
                answer = stranger.get(_with_query(operation, query))
                text = answer.body.decode("utf-8", "replace")
                told = [one for one in [*held, *KNOWN] if one in text and one != query and "domain=" not in text]
                assert answer.status < 500 and not told, (operation.path, query, told, answer)


def test_A6_X1_ids_of_the_other_domain_are_not_found(two_domains):
    """A6, X1: every GET route with a place, filled with every id of the other domain: 404, as if it didn't exist."""
    _, document, held, _, strangers = two_domains
    places = {"domain": ["harbor.example"], "number": ["+16195550188", "+16195550123"], "remote": ["+16195550142"]}
    checked = 0
    for operation in document.operations("get"):
        if not operation.places:
            continue
        for value in {one for place in operation.places for one in places.get(place, held)}:
            path = filled(operation.path, {place: urllib.parse.quote(value) for place in operation.places})
            for stranger in strangers:
                answer = stranger.get(path)
                assert answer.status in (403, 404), (path, answer)
                assert answer.status == 404 or answer.id == "permission.missing" or answer.id.startswith("gate."), (
                    path, answer)
                checked += 1
    assert checked > 100


def test_X1_nobody_changes_the_other_domain(two_domains):
    """X1: every changing route with the ids of the other domain: nothing but refusals, and nothing has changed."""
    _, document, held, owners, strangers = two_domains
    before = _picture(owners)
    places = {"domain": ["harbor.example"], "number": ["+16195550188"], "remote": ["+16195550142"]}
    for operation in document.operations("post", "put", "patch", "delete"):
        if not operation.places or not set(operation.places) - {"plugin", "level", "kind", "remote"}:
            continue
        schema = document.schema(operation)
        body = document.sample(schema) if schema else None
        for value in {one for place in operation.places for one in places.get(place, held[:40])}:
            path = filled(operation.path, {place: urllib.parse.quote(value) for place in operation.places})
            for stranger in strangers:
                answer = stranger.request(operation.method, path, body)
                assert answer.status in (400, 403, 404, 409, 415), (operation.method, path, body, answer)
    assert _picture(owners) == before


def _picture(owners):
    ann, olga = owners
    return [
        [one["id"] for one in ann.items("/contacts")], [one["id"] for one in ann.items("/conversations")],
        [(one["id"], one["name"]) for one in olga.items("/people")],
        olga.get("/admin/domains/harbor.example/numbers").body, olga.get("/admin/domains/harbor.example").body,
    ]


def test_X1_a_stranger_cannot_be_written_to_nor_attach_foreign_files(two_domains):
    """X1: conversations with users of another domain, and other people's attachments and numbers, don't exist."""
    _, _, _, (ann, _), (theo, _) = two_domains
    ben = colleague(ann, "Ben Okafor")
    assert theo.post("/conversations", {"kind": "chat", "users": [ben]}).status in (400, 403, 404)
    answer = theo.post("/conversations", {"kind": "sms", "to": "+16195550142", "from": FRONT_DESK})
    assert answer.status in (400, 403, 404), answer


def test_A6_F23_event_streams_show_nothing_of_the_other_domain(two_domains, reader):
    """A6, F23: with no last id, with the other domain's, and with one from before everything."""
    _, _, _, (ann, _), (theo, _) = two_domains
    hers = reader(ann)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    fresh = reader(theo)
    assert ann.send(chat, f"{MARK} while Theo listens").status == 201
    told = hers.wait_for("message.created", lambda data: "Theo listens" in data["message"]["text"])
    assert told
    epoch = hers.last_id.split(":")[0]
    replayed = [reader(theo, last_id=one) for one in (hers.last_id, f"{epoch}:0", f"{epoch}:1")]
    notes = theo.post("/contacts", {"name": "Marker", "numbers": [], "emails": []})
    assert notes.status == 201, notes
    for stream in [fresh, *replayed[:1]]:
        stream.wait_for("contact.changed", lambda data: data["contactId"] == notes.json()["id"])
    for stream in [fresh, *replayed]:
        assert not [event for event in stream.events if event.name.startswith(("message.", "conversation.", "chat."))]
        assert not [event for event in stream.events if MARK in str(event.data)]
