"""What the server shows of itself, and how it serves files: X11, X16, X17."""

import http.client

import pytest

from support.installation import ANN, MARK
from support.people import colleague
from support.waiting import until

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR\x00\x00\x4e\x20\x00\x00\x4e\x20\x08\x02\x00\x00\x00" + b"\x00" * 64


def test_X16_safe_headers_on_every_answer(shared, ann):
    """X16: CSP without inline, nosniff, no foreign frames, no server version; API answers aren't cached."""
    for client, path in ((ann, "//"), (ann, "/session"), (ann, "//nowhere"), (shared.client(), "/session"),
                         (ann, "//healthz"), (ann, "/no/such/thing")):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "unsafe-inline" not in policy and "unsafe-eval" not in policy and "default-src" in policy
        assert "frame-ancestors" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers or not any(c.isdigit() for c in answer.headers["server"])
        assert "x-powered-by" not in answer.headers


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "OPTIONS", "PROPFIND", "DEBUG"])
def test_X16_unusual_methods_are_refused(shared, method):
    """X16: TRACE and its like are 4xx, and echo nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", shared.port, timeout=5)
    connection.putrequest(method, "/api/v1/session")
    connection.putheader("X-Secret", "echo-me")
    connection.endheaders()
    answer = connection.getresponse()
    assert 400 <= answer.status < 500 and b"echo-me" not in answer.read()
    connection.close()


def test_X16_it_listens_on_loopback_only(shared):
    """X16: by default nobody from outside reaches the server."""
    from pathlib import Path

    wanted = f":{shared.port:04X}"
    addresses = [
        line.split()[1] for file in ("/proc/net/tcp", "/proc/net/tcp6") for line in Path(file).read_text().splitlines()
        if f"{wanted} " in line and line.split()[3] == "0A"
    ]
    assert addresses and all(address.startswith("0100007F") for address in addresses), addresses


def test_X16_metrics_tell_no_names(shared, ann):
    """X16: the metrics have routes, not addresses with ids."""
    ann.get("/conversations/0190-not-there")
    text = shared.client().get("//metrics").body.decode()
    assert "0190-not-there" not in text and "harbor" not in text and "patchbay_http_requests_total" in text


def test_metrics_tell_how_far_events_are_behind(shared, ann, reader):
    """News is handed over within a moment, and a reader that reads isn't behind."""
    stream = reader(ann)
    until(lambda: stream.last_id, 5, "the stream's first id")
    before = shared.metric("patchbay_events_handed_over_total")
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    assert ann.send(chat, f"{MARK} counted").status == 201
    until(lambda: shared.metric("patchbay_events_handed_over_total") > before, 5, "the news being counted")
    assert 0 < shared.metric("patchbay_events_hand_over_seconds_total") < 60
    until(lambda: shared.metric("patchbay_events_longest_lag_seconds") == 0, 10, "no reader being behind")
    assert shared.metric("patchbay_sms_dead_letters") == 0


def test_X16_paths_do_not_leave_the_web_folder(shared):
    """X16: traversal, encoded or not, finds nothing."""
    for path in ("/../Package.swift", "/%2e%2e/%2e%2e/etc/passwd", "/plugins/simulator/../../plugin.json",
                 "/plugins/sms/%2e%2e/plugin.json", "/..%2f..%2fetc%2fpasswd", "/plugins/../../etc/passwd",
                 "/plugins/sms/%00", "/\\..\\..\\etc\\passwd", "//etc/passwd"):
        connection = http.client.HTTPConnection("127.0.0.1", shared.port, timeout=5)
        connection.putrequest("GET", path)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        assert b"root:" not in body and b"swift-tools-version" not in body and b'"sdk"' not in body
        assert answer.status in (200, 301, 400, 404), (path, answer.status)
        connection.close()


@pytest.mark.parametrize("name, kind, data", [
    ("drawing.svg", "image/svg+xml", SVG), ("page.html", "text/html", b"<script>alert(1)</script>"),
    ("photo.png", "text/html", PNG), ("both.gif", "image/gif", b"GIF89a=1;alert(1)//" + b"\x00" * 20),
    ("app.js", "text/javascript", b"alert(1)"), ("book.pdf", "application/pdf", b"%PDF-1.4\n<script>"),
])
def test_X17_an_uploaded_file_can_never_run(ann, name, kind, data):
    """X17: SVG, HTML, polyglots: refused, or served as attachment or sandboxed, never as a page."""
    made = ann.request("POST", f"/attachments?name={name}", data, {"Content-Type": kind})
    if made.status in (400, 415):
        return
    assert made.status == 201, made
    answer = ann.get(f"/attachments/{made.json()['id']}")
    assert answer.status == 200 and answer.body == data
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    if not answer.headers["content-type"].startswith(("image/png", "image/jpeg", "image/gif", "image/webp")):
        assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["../../../etc/passwd", "..%2f..%2fx", "a%00b.txt", "a%0d%0aSet-Cookie:%20x=1", "%2e%2e",
                                  "C:%5Cboot.ini", "a%22b;.txt", "%E2%80%AEgpj.exe", "x" * 300])
def test_X17_a_file_name_is_only_a_name(ann, name):
    """X17: traversal, line breaks and quotes in a name reach neither the disk nor the headers."""
    made = ann.request("POST", f"/attachments?name={name}", b"plain", {"Content-Type": "text/plain"})
    if made.status == 400:
        return
    assert made.status == 201, made
    answer = ann.get(f"/attachments/{made.json()['id']}")
    assert answer.status == 200 and answer.body == b"plain" and "x=1" not in answer.headers.get("set-cookie", "")
    assert ".." not in made.json()["name"].replace("...", "") or "/" not in made.json()["name"]


def test_X17_a_file_that_is_too_large_is_refused(ann):
    """X17: more than 10 MiB is 413, announced or not."""
    from support.api import Unanswered

    try:
        answer = ann.request("POST", "/attachments?name=big.bin", b"\x00" * ((10 << 20) + 1), {
            "Content-Type": "application/octet-stream"})
        assert answer.status == 413, answer
    except Unanswered:
        pass
    assert ann.get("/session").status == 200


def test_X17_attachments_are_for_the_members_of_their_conversation(ann, ben, cleo):
    """X17: a colleague who isn't in the conversation gets 404."""
    made = ann.request("POST", "/attachments?name=a.txt", b"for Ben", {"Content-Type": "text/plain"}).json()
    assert ben.get(f"/attachments/{made['id']}").status == 404
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    assert ann.send(chat, f"{MARK} see this", attachments=[made["id"]]).status == 201
    assert ben.get(f"/attachments/{made['id']}").body == b"for Ben"
    assert cleo.get(f"/attachments/{made['id']}").status == 404


def test_X11_nothing_secret_in_the_log(installed):
    """X11: after sign-ins, wrong passwords, messages and errors the log has no secret, text or number."""
    from support import secrecy

    installation = installed(environment={"PATCHBAY_LOG_LEVEL": "debug"})
    portal = installation.portal
    portal.start()
    ann = portal.sign_in(ANN)
    token = portal.token(ann, ["portal.use"])
    portal.client().sign_in(ANN, "a-mistyped-secret")
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    assert ann.send(chat, f"{MARK} in the chat").status == 201
    sms = ann.sms_to("+16195550142")
    assert ann.send(sms, f"{MARK} by SMS").status == 202
    ann.get(f"/search?query={MARK}")
    ann.get("/recipients?query=%2B16195550142")
    ann.post("/conversations", {"kind": "sms", "to": "+16195550199999999"})
    portal.terminate()
    log = portal.log()
    secrets = [ann.cookie.partition("=")[2], token.bearer, "a-mistyped-secret"]
    assert log and not secrecy.slips(log, secrets)
