"""The dock in another portal's page: signing in by its server's token, the bearer, and who may come from where."""

import concurrent.futures
import time

import pytest

from support.installation import ANN, MARK, ROOT_ADMIN, THEO, Installation
from support.people import colleague, identity
from support.stream import EventReader
from support.tokens import claims, es256, es256_keys, hs256, unsigned

SECRET = "a-shared-secret-of-thirty-two-bytes-or-more"
INTRANET, STRANGER = "https://intranet.example", "https://evil.example"


@pytest.fixture(scope="module")
def embedded(tmp_path_factory, seed_file, finished):
    """A portal that the intranet may embed: by HS256 for everybody, by ES256 for harbor.example only."""
    folder = tmp_path_factory.mktemp("embedding")
    one = Installation(folder / "portal", seed_file, environment={"EMBED_SECRET": SECRET})
    private, public = es256_keys(folder)
    one.private_key = private
    one.manifest["embedding"] = {
        "origins": [INTRANET], "audience": "patchbay",
        "keys": [
            {"issuer": INTRANET, "algorithm": "HS256", "key": {"$env": "EMBED_SECRET"}},
            {"issuer": INTRANET + "/harbor", "algorithm": "ES256", "key": {"$file": str(public)},
             "domains": ["harbor.example"]},
        ],
    }
    one.save()
    one.portal.start()
    yield one
    finished(one)


@pytest.fixture
def portal(embedded):
    return embedded.portal


def sign_in(portal, token, origin=INTRANET):
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"} if origin else {}
    return portal.client(ours=False).post("/session/embed", {"token": token}, headers)


def page(portal, login=ANN):
    """A client as the embedded page is one: a bearer, another origin."""
    answer = sign_in(portal, hs256(SECRET, claims(login)))
    assert answer.status == 201, answer
    return portal.client(bearer=answer.json()["bearer"], ours=False)


def test_a_token_signs_in_once_and_the_bearer_works(portal):
    token = hs256(SECRET, claims(ANN))
    first = sign_in(portal, token)
    assert first.status == 201 and "set-cookie" not in first.headers
    answer = first.json()
    assert answer["session"]["user"]["extension"] == "1001" and answer["expiresAt"]
    again = sign_in(portal, token)
    assert (again.status, again.id) == (401, "embed.token-used")
    client = portal.client(bearer=answer["bearer"], ours=False)
    chat = client.chat_with(colleague(client, "Ben Okafor"))
    assert client.send(chat, f"{MARK} from the intranet").status == 201
    assert client.put("/session/embed", None).status == 200
    client.expect(204, "DELETE", "/session")
    assert client.get("/session").status == 401


def test_es256_is_bound_to_its_issuer_and_domains(embedded):
    portal, key = embedded.portal, embedded.private_key
    harbor = {"iss": INTRANET + "/harbor"}
    assert sign_in(portal, es256(key, claims(ANN, **harbor))).status == 201
    assert sign_in(portal, es256(key, claims(THEO, **harbor))).id == "embed.token-invalid"
    assert sign_in(portal, es256(key, claims(ANN))).id == "embed.token-invalid"
    assert sign_in(portal, hs256(SECRET, claims(THEO))).status == 201


def test_a_token_that_is_not_good_signs_nobody_in(portal, embedded):
    now = time.time()
    public = (embedded.private_key.parent / "public.pem").read_text()
    good = hs256(SECRET, claims(ANN))
    harbor = claims(ANN, iss=INTRANET + "/harbor")
    for token, expected in [
        (hs256("another-secret-of-thirty-two-bytes-or-so", claims(ANN)), "embed.token-invalid"),
        (unsigned(claims(ANN)), "embed.token-invalid"),
        # The public key as a shared secret: the classic confusion of algorithms.
        (hs256(public, harbor), "embed.token-invalid"),
        (hs256(SECRET, claims(ANN), {"alg": "HS256", "crit": ["b64"]}), "embed.token-invalid"),
        (hs256(SECRET, claims(ANN), {"alg": "ES256"}), "embed.token-invalid"),
        (good[:-4] + ("AAAA" if good[-4:] != "AAAA" else "BBBB"), "embed.token-invalid"),
        (hs256(SECRET, claims(ANN, aud="another")), "embed.token-invalid"),
        (hs256(SECRET, claims(ANN, iss="https://evil.example")), "embed.token-invalid"),
        (hs256(SECRET, claims(ANN, exp=None)), "embed.token-invalid"),
        (hs256(SECRET, claims(ANN, jti=None)), "embed.token-invalid"),
        (hs256(SECRET, claims("9999@harbor.example")), "embed.token-invalid"),
        (hs256(SECRET, claims(ANN, exp=int(now) - 60)), "embed.token-expired"),
        (hs256(SECRET, claims(ANN, nbf=int(now) + 300)), "embed.token-early"),
        (hs256(SECRET, claims(ANN, exp=int(now) + 3600)), "embed.token-too-long"),
        ("x", "embed.token-invalid"), ("..", "embed.token-invalid"), ("a.b.c", "embed.token-invalid"),
    ]:
        answer = sign_in(portal, token)
        assert (answer.status, answer.id) == (401, expected), (expected, answer)
    assert sign_in(portal, hs256(SECRET, claims(ANN, aud=["other", "patchbay"]))).status == 201


def test_a_token_is_good_once_however_many_try_at_once_and_over_a_restart(embedded):
    portal = embedded.portal
    token = hs256(SECRET, claims(ANN))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sign_in(portal, token).status, range(8)))
    assert sorted(answers) == [201] + [401] * 7
    portal.kill()
    portal.start()
    assert sign_in(portal, token).id == "embed.token-used"


def test_an_embedded_administrator_administers_nothing(portal):
    client = page(portal, ROOT_ADMIN)
    granted = client.expect(200, "GET", "/session")["permissions"]
    assert "portal.use" in granted and not {"domain.admin", "system.admin"} & set(granted)
    assert client.get("/admin/domains").id == "permission.missing"
    assert client.put("/password", {"current": "x", "new": "correct-horse-10"}).id == "session.browser-only"
    assert client.post("/tokens", {"name": "x", "permissions": ["portal.use"]}).id == "session.browser-only"
    as_cookie = portal.client(cookie=f"patchbay={client.bearer}")
    assert as_cookie.get("/session").status == 401


def test_only_the_named_origins_get_in(portal):
    token = hs256(SECRET, claims(ANN))
    for origin in (STRANGER, "null", INTRANET + ".evil.example", "http://intranet.example"):
        answer = sign_in(portal, token, origin)
        assert (answer.status, answer.id) == (403, "request.cross-site")
        assert "access-control-allow-origin" not in answer.headers
    assert sign_in(portal, token).headers["access-control-allow-origin"] == INTRANET
    # A form or a script of the intranet can't sign somebody in by password, nor use the cookie.
    foreign = {"Origin": INTRANET, "Sec-Fetch-Site": "cross-site"}
    refused = portal.client(ours=False).post("/session", {"login": ANN, "password": "x"}, foreign)
    assert refused.id == "request.cross-site"
    cookie = portal.client(cookie=portal.sign_in(ANN).cookie, ours=False)
    assert cookie.post("/conversations", {"kind": "chat", "users": ["x"]}, foreign).id == "request.cross-site"


def test_preflights_are_answered_for_those_origins_and_never_allow_cookies(portal):
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    client = portal.client(ours=False)
    allowed = client.request("OPTIONS", "/conversations", headers={"Origin": INTRANET, **ask})
    assert allowed.status == 204 and allowed.headers["access-control-allow-origin"] == INTRANET
    assert "authorization" in allowed.headers["access-control-allow-headers"]
    assert "PATCH" in allowed.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in allowed.headers
    assert "Origin" in allowed.headers["vary"]
    stranger = client.request("OPTIONS", "/conversations", headers={"Origin": STRANGER, **ask})
    assert stranger.status == 405 and "access-control-allow-origin" not in stranger.headers
    assert "Origin" in stranger.headers["vary"]


def test_answers_and_files_say_who_may_read_them(portal):
    client = page(portal)
    listed = client.get("/people", Origin=INTRANET)
    assert listed.headers["access-control-allow-origin"] == INTRANET and "Origin" in listed.headers["vary"]
    assert "access-control-allow-origin" not in client.get("/people", Origin=STRANGER).headers
    missing = client.get("/contacts/none", Origin=INTRANET)
    assert missing.status == 404 and missing.headers["access-control-allow-origin"] == INTRANET
    script = portal.client(ours=False).get("//js/main.js", Origin=INTRANET)
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.headers["access-control-allow-origin"] == INTRANET and "Origin" in script.headers["vary"]
    start = portal.client(ours=False).get("//", Origin=INTRANET)
    assert start.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in start.headers


def test_an_embedded_page_hears_its_events_with_the_bearer(portal):
    client = page(portal)
    stream = EventReader(client).opened()
    ben = portal.sign_in("1002@harbor.example")
    chat = ben.chat_with(identity(client))
    ben.send(chat, f"{MARK} do you hear me?")
    stream.wait_for("message.created", lambda data: data["message"]["conversationId"] == chat)
    client.expect(204, "DELETE", "/session")
    stream.stop()


def test_without_embedding_in_the_manifest_nothing_of_it_is_there(shared):
    answer = sign_in(shared, hs256(SECRET, claims(ANN)), origin=None)
    assert (answer.status, answer.id) == (403, "embed.off")
    answer = shared.client().get("/openapi.json", Origin=INTRANET)
    assert "Origin" not in answer.headers.get("vary", "") and "access-control-allow-origin" not in answer.headers
    script = shared.client().get("//js/main.js", Origin=INTRANET)
    assert script.headers["cross-origin-resource-policy"] == "same-origin"
