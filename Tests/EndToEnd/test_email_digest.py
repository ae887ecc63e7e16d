"""U1: e-mails about unread messages, by a real mail server (aiosmtpd) with a certificate authority of the test's own."""

import contextlib
import secrets
import urllib.parse

import pytest

from support.installation import ANN, BEN, CLEO, MARK, ROOT_ADMIN
from support.mailserver import ENVIRONMENT, PASSWORD, Authority, MailServer, link, part, plugins
from support.people import colleague
from support.waiting import until

BENS, CLEOS = "ben.okafor@harbor.example", "cleo.marchetti@harbor.example"


@pytest.fixture
def post(installed, tmp_path):
    """A portal with a mail server; `post(is_implicit=…, **settings)` gives the two."""
    authority = Authority(tmp_path / "authority")
    with contextlib.ExitStack() as last:

        def begin(is_implicit=False, starts=True, **settings):
            server = MailServer(authority.context(), is_implicit)
            last.callback(server.stop)
            if starts:
                server.start()
            trusted = settings.pop("authorities", authority.certificate)
            one = installed(plugins=plugins(server.url, trusted, **settings), environment=ENVIRONMENT)
            one.portal.start()
            return server, one

        yield begin


def status(installation):
    found = installation.portal.sign_in(ROOT_ADMIN).items("/admin/plugins")
    return next(one for one in found if one["id"] == "email")


def say(installation, to="Ben Okafor", text=None):
    """Ann writes to a colleague; gives the chat's id."""
    ann = installation.portal.sign_in(ANN)
    chat = ann.chat_with(colleague(ann, to))
    assert ann.send(chat, text or f"{MARK} {secrets.token_hex(4)}").status == 201
    return chat


def states(installation):
    return [row[0] for row in installation.rows.rows("SELECT state FROM emailDigest ORDER BY createdAt, id")]


def arrives(server, address, count=1, seconds=25):
    return until(lambda: len(server.to(address)) >= count and server.to(address), seconds, f"e-mail to {address}")[-1]


@pytest.mark.parametrize("is_implicit", [False, True], ids=["starttls", "tls"])
def test_U1_digest_arrives_by_names_and_counts(post, is_implicit):
    """U1: Ben is away; he gets one e-mail that names Ann and says how many, in both parts, and shows no text."""
    server, one = post(is_implicit)
    say(one)

    message = arrives(server, BENS)

    assert message["Subject"] == "Unread message: Ann Whitfield"
    assert message["From"] == "Harbor & Pine <portal@harbor.example>"
    assert message["To"] == f"Ben Okafor <{BENS}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Date"].datetime.utcoffset() is not None and message["Message-ID"]
    assert message.get_content_type() == "multipart/alternative" and not message.defects
    for kind in ("plain", "html"):
        assert "Ann Whitfield" in part(message, kind) and "1 unread message, since" in part(message, kind)
        assert MARK not in part(message, kind)
    assert all(len(line) <= 998 and max(line, default=0) < 128 for line in message.raw.split(b"\r\n"))
    assert b"\n" not in message.raw.replace(b"\r\n", b"")
    until(lambda: states(one) == ["sent"], 5, "the digest being noted as sent")
    assert one.portal.metric("patchbay_email_digests", state="sent") == 1


def test_U1_each_message_is_told_once(post):
    """U1: the second e-mail tells the second message only, and there is no third."""
    server, one = post()
    say(one)
    arrives(server, BENS)
    say(one)
    second = arrives(server, BENS, 2)
    assert second["Subject"] == "Unread message: Ann Whitfield"

    say(one, "Cleo Marchetti")
    arrives(server, CLEOS)

    assert len(server.to(BENS)) == 2


def test_U1_muted_and_read_conversations_are_not_told(post):
    """U1: none when the conversation is muted, none for what was read meanwhile; a third person still gets theirs."""
    server, one = post(afterMinutes=0.08)
    ben = one.portal.sign_in(BEN)
    muted = ben.chat_with(colleague(ben, "Ann Whitfield"))
    ben.expect((200, 204), "PATCH", f"/conversations/{muted}", {"isMuted": True})
    assert say(one) == muted
    ann = one.portal.sign_in(ANN)
    room = ann.expect((200, 201), "POST", "/conversations", {
        "kind": "chat", "title": "Van", "users": [colleague(ann, "Ben Okafor"), colleague(ann, "Cleo Marchetti")]})["id"]
    assert ann.send(room, f"{MARK} loaded").status == 201
    ben.expect(204, "POST", f"/conversations/{room}/read", {"upTo": 1})

    message = arrives(server, CLEOS)

    assert message["Subject"] == "Unread message: Van"
    assert server.to(BENS) == []


def test_U1_a_text_names_the_contact_in_the_readers_language(post):
    """U1: an SMS from Bob, told to Ann in German, with its text because the settings allow it."""
    server, one = post(showsTexts=True)
    ann = one.portal.sign_in(ANN)
    preferences = ann.expect(200, "GET", "/preferences")
    ann.expect((200, 204), "PUT", "/preferences", {**preferences, "language": "de"})
    ann.expect(201, "POST", "/simulator/phones/+16195550142/messages", {
        "to": "+16195550123", "text": f"<b>{MARK}</b>\n.\nFrom the gate, grüezi 👋"})

    message = arrives(server, "ann.whitfield@harbor.example")

    assert message["Subject"] == "Ungelesene Nachricht: Bob Smith"
    assert message["Content-Language"] == "de"
    assert f"> <b>{MARK}</b> . From the gate, grüezi 👋" in part(message, "plain")
    assert f"&lt;b&gt;{MARK}&lt;/b&gt;" in part(message, "html")


def test_U1_link_leads_to_the_conversation_and_one_click_stops(post):
    """U1: the signed link leads to the conversation and signs nobody in; one POST of a mail program stops the e-mails."""
    server, one = post()
    chat = say(one)
    message = arrives(server, BENS)
    stranger = one.portal.client(ours=False)

    answer = stranger.get("/" + link(message, "open"))
    assert answer.status == 303 and answer.headers["location"] == f"/messages/{chat}"
    assert "set-cookie" not in answer.headers
    path = link(message, "open")
    changed = path[:-1] + ("A" if path[-1] != "A" else "B")
    refused = stranger.get("/" + changed)
    assert refused.status == 404 and b"This link does not work" in refused.body

    url = urllib.parse.urlsplit(message["List-Unsubscribe"].strip("<> "))
    answer = stranger.request("POST", "/" + url.path, b"List-Unsubscribe=One-Click", {
        "Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 200, answer
    assert one.portal.sign_in(BEN).expect(200, "GET", "/email/digest")["isOn"] is False
    say(one)
    say(one, "Cleo Marchetti")
    arrives(server, CLEOS)
    assert len(server.to(BENS)) == 1


def test_U1_server_down_then_up(post):
    """Down: the plugin says so, and chat goes on. Up: what waited arrives, and the plugin is sound again."""
    server, one = post(starts=False)
    until(lambda: status(one)["state"] == "degraded", 15, "the plugin being degraded")
    assert "can't be reached" in status(one)["reason"]
    say(one)

    server.start()

    arrives(server, BENS)
    until(lambda: status(one)["state"] == "running", 30, "the plugin running")


def test_U1_kill_9_while_the_server_has_the_message(post):
    """kill -9 between message and answer: it goes out again, with the same Message-ID, and after that no more."""
    server, one = post()
    server.holds.set()
    say(one)
    until(server.held.is_set, 20, "a message that waits for its answer")
    assert states(one) == ["sending"]
    one.portal.kill()
    server.holds.clear()

    one.portal.start()

    until(lambda: states(one) == ["sent"], 25, "the digest being sent")
    assert 1 <= len(server.to(BENS)) <= 2
    assert len({message["Message-ID"] for message in server.to(BENS)}) == 1
    say(one, "Cleo Marchetti")
    arrives(server, CLEOS)
    assert len(server.to(BENS)) <= 2


def test_U1_refusals(post):
    """4xx is tried again until it passes; 5xx is not tried again, the reason is kept, and the next person gets theirs."""
    server, one = post()
    server.answers["RCPT"] = "450 4.2.1 try later"
    say(one)
    until(lambda: server.tries.count(BENS) >= 3, 20, "three tries")
    server.answers.clear()
    arrives(server, BENS)

    server.answers["DATA"] = "554 5.7.1 we don't like it"
    say(one)
    until(lambda: states(one) == ["sent", "failed"], 20, "the digest being given up")
    tried = server.tries.count(BENS)
    server.answers.clear()
    say(one, "Cleo Marchetti")
    arrives(server, CLEOS)
    assert server.tries.count(BENS) == tried
    assert "554 5.7.1" in one.rows.value("SELECT reason FROM emailDigest WHERE state = 'failed'")


@pytest.mark.parametrize("is_implicit", [False, True], ids=["starttls", "tls"])
def test_U1_wrong_certificate_is_refused(post, tmp_path, is_implicit):
    """A server that another authority vouches for gets neither the password nor a message."""
    other = Authority(tmp_path / "other", "other")
    server, one = post(is_implicit, authorities=other.certificate)
    say(one)

    until(lambda: status(one)["state"] == "degraded", 15, "the plugin being degraded")

    assert "TLS" in status(one)["reason"] and "authorities" in status(one)["mend"]
    assert server.messages == [] and server.tries == []


def test_U1_wrong_password_and_the_administrators_test(post):
    """The server's refusal in its own words: in the status, by `doctor`, and for an e-mail to a typed address."""
    server, one = post()
    root = one.portal.sign_in(ROOT_ADMIN)
    sent = root.expect(200, "POST", "/email/test", {"to": "someone@else.example"})["items"]
    assert [item["verdict"] for item in sent] == ["good"] * 5, sent
    assert server.to("someone@else.example")
    international = root.expect(200, "POST", "/email/test", {"to": "jürg@münchen.example"})["items"]
    assert international[-1]["verdict"] == "good" and server.to("jürg@münchen.example"), international
    server.answers["RCPT"] = "550 5.1.1 no such user"
    refused = root.expect(200, "POST", "/email/test", {"to": "nobody@else.example"})["items"]
    assert refused[-1]["verdict"] == "bad" and "550 5.1.1 no such user" in refused[-1]["finding"]
    assert root.post("/email/test", {"to": "no address"}).id == "email.address-wrong"
    assert one.portal.sign_in(ANN).post("/email/test", {"to": "a@b.example"}).status == 403

    server.password = "another"
    done = one.portal.command("doctor", "--manifest", one.folder / "manifest.json", check=False)
    line = next(line for line in done.stdout.splitlines() if "Sign-in" in line)
    assert done.returncode != 0 and "FAILED" in line and "535" in line and '"password"' in line, done.stdout
    say(one)
    until(lambda: status(one)["state"] == "degraded", 20, "the plugin being degraded")
    assert "535" in status(one)["reason"]
    log = one.portal.log()
    assert PASSWORD not in log and BENS not in log and "else.example" not in log


def test_U1_a_switch_ends_it_for_a_domain(post):
    """Gates: switched off for the domain nobody is told, the settings show nothing, and the API refuses."""
    server, one = post()
    root = one.portal.sign_in(ROOT_ADMIN)
    root.expect(204, "PUT", "/admin/switches/email/domain/harbor.example", {"isOn": False})
    ann = one.portal.sign_in(ANN)
    assert ann.get("/email/digest").status == 403
    assert "settings.notifications" not in [slot["slot"] for slot in ann.expect(200, "GET", "/session")["slots"]]
    say(one)
    root.expect(204, "PUT", "/admin/switches/email/domain/harbor.example", {"isOn": True})
    arrives(server, BENS)
    assert len(server.to(BENS)) == 1
