"""A real mail server (aiosmtpd) for the tests: STARTTLS or TLS, with a sign-in, refusing what the test says."""

import asyncio
import email
import email.policy
import ssl
import subprocess
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from .installation import plugin
from .ports import free_port

USER, PASSWORD = "portal", "smtp-password-of-the-tests-91"
ENVIRONMENT = {"SMTP_PASSWORD": PASSWORD}
# Soon told and soon tried again, so that the tests are short.
QUICK = {"afterMinutes": 0.03, "pauseMinutes": 0, "retrySeconds": 0.3, "timeoutSeconds": 3}


class Authority:
    """A certificate authority of the test's own, in `folder`; `certificate` is its file."""

    def __init__(self, folder, name="authority"):
        self.folder, self.name = folder, name
        folder.mkdir(parents=True, exist_ok=True)
        self.certificate = folder / f"{name}.pem"
        self._openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", self.certificate.name)

    def context(self, names="DNS:mail.example,IP:127.0.0.1"):
        """What a server shows that this authority vouches for, under `names`."""
        self._openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=mail.example",
            "-keyout", "server.key", "-out", "server.csr")
        (self.folder / "names").write_text(f"subjectAltName={names}\n")
        self._openssl(
            "x509", "-req", "-in", "server.csr", "-CA", self.certificate.name, "-CAkey", f"{self.name}.key", "-days",
            "2", "-CAcreateserial", "-extfile", "names", "-out", "server.pem")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        return context

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


class MailServer:
    """One mail server on a port of its own; `start()` and `stop()` may follow each other.

    `answers` has other answers than usual, by MAIL, RCPT and DATA. While `holds` is set, a message that has come isn't
    answered; `held` is set when one waits so.
    """

    def __init__(self, context, is_implicit=False):
        self.context, self.is_implicit, self.port = context, is_implicit, free_port()
        self.answers, self.messages, self.tries, self.password = {}, [], [], PASSWORD
        self.holds, self.held = threading.Event(), threading.Event()
        self._controller = None

    @property
    def url(self):
        return f"{'smtps' if self.is_implicit else 'smtp'}://127.0.0.1:{self.port}"

    def start(self):
        tls = {"ssl_context": self.context, "auth_require_tls": False} if self.is_implicit else {
            "tls_context": self.context, "require_starttls": True}
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, auth_required=True, authenticator=self._authenticate,
            enable_SMTPUTF8=True, **tls)
        self._controller.start()
        return self

    def stop(self):
        self.holds.clear()
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None

    def to(self, address):
        """The messages to somebody, oldest first."""
        return [one for one in self.messages if one["X-Recipient"] == address]

    def _authenticate(self, server, session, envelope, mechanism, data):
        is_right = (data.login, data.password) == (USER.encode(), self.password.encode())
        return AuthResult(success=is_right, handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.tries.append(address)
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.holds.is_set():
            self.held.set()
            while self.holds.is_set():
                await asyncio.sleep(0.02)
        if "DATA" in self.answers:
            return self.answers["DATA"]
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.SMTP)
        message["X-Recipient"] = envelope.rcpt_tos[0]
        message.raw = envelope.original_content
        self.messages.append(message)
        return "250 2.0.0 queued"


def plugins(url, authorities=None, **settings):
    """The manifest's plugins, by the portal's port, with the mail server at `url`."""
    def at(port):
        trust = {"authorities": {"$file": str(authorities)}} if authorities else {}
        return [
            plugin("sms"), plugin("chat"), plugin("simulator"),
            plugin("email", settings={
                "url": url, "username": USER, "password": {"$env": "SMTP_PASSWORD"}, "from": "portal@harbor.example",
                "publicURL": f"http://127.0.0.1:{port}", **QUICK, **trust, **settings,
            }),
        ]

    return at


def part(message, kind):
    """The text of a message's part, `plain` or `html`."""
    return message.get_body((kind,)).get_content()


def link(message, purpose):
    """The path of a link in a message: `open` or `stop`."""
    before = f"/join/email/{purpose}/"
    return before + part(message, "plain").partition(before)[2].split()[0]
