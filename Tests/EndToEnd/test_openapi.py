"""A8: the served OpenAPI document is true: no 5xx, no answer that it doesn't describe."""

import json
import os
import subprocess
import sys

import pytest

from support.installation import ANN, ROOT_ADMIN, with_email

EXAMPLES = os.environ.get("PATCHBAY_EXAMPLES", "15")
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


# What ends the token that the generator works with, when it guesses right: asked last.
ENDING = ["revokeToken", "revokeSession", "removeUser", "changeUser", "removeDomain"]
# Not for a generator: the stream that never ends, the sign-in limit, other plugins for everybody.
EXCLUDED = ["events", "changePassword", "signIn", "signOut", "reloadPlugins"]


def schemathesis(portal, token, file, *choice):
    """Runs the generator; gives the finished process."""
    return subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", str(file), "--url", f"{portal.url}/api/v1",
         "--header", f"Authorization: Bearer {token.bearer}", "--checks", CHECKS, "--max-examples", EXAMPLES,
         "--seed", "8", "--workers", "1", "--request-timeout", "20", "--continue-on-failure", "--no-color",
         "--suppress-health-check", "all", "--phases", "examples,coverage,fuzzing", *choice],
        cwd=file.parent, capture_output=True, text=True, timeout=800)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("login", [ANN, ROOT_ADMIN])
def test_A8_schemathesis_finds_no_5xx_and_no_undocumented_answer(installed, tmp_path, login):
    """A8: generated requests, good and bad, to every operation, as a user and as an administrator."""
    portal = installed(plugins=with_email()).portal
    portal.start()
    client = portal.sign_in(login)
    token = portal.token(client, client.expect(200, "GET", "/session")["permissions"])
    document = client.expect(200, "GET", "/openapi.json")
    assert document["openapi"].startswith("3.1")
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document))
    left_out = [part for name in ENDING + EXCLUDED for part in ("--exclude-operation-id", name)]
    last = [part for name in ENDING for part in ("--include-operation-id", name)]
    for choice in (left_out, last):
        done = schemathesis(portal, token, file, *choice)
        assert done.returncode == 0, done.stdout[-9000:] + done.stderr[-2000:]
        print("\n" + "\n".join(done.stdout.splitlines()[-8:]))
    assert portal.is_ready()


def test_A8_every_route_is_in_the_document(shared, ann):
    """A8: what the contract names is described."""
    paths = ann.expect(200, "GET", "/openapi.json")["paths"]
    for path in ("/session", "/people", "/contacts", "/recipients", "/conversations", "/search", "/attachments",
                 "/events", "/openapi.json", "/admin/domains", "/sms/segments", "/simulator/phones"):
        assert path in paths, path
