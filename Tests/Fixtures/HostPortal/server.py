#!/usr/bin/env python3
"""A host portal, as small as can be: it knows who is signed in with it, and shows Patchbay's dock in its page.

    EMBED_SECRET=… python3 server.py --port 9000 --patchbay http://127.0.0.1:8080 --user 1001@harbor.example

The secret is the key of `embedding` in Patchbay's manifest.json (HS256); the page never sees it.
"""

import argparse
import base64
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import secrets
import time

HERE = pathlib.Path(__file__).resolve().parent
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def encoded(part):
    data = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(secret, issuer, user):
    """A JWT (RFC 7519) that is good once and for two minutes."""
    now = int(time.time())
    said = {"iss": issuer, "aud": "patchbay", "sub": user, "iat": now, "exp": now + 120, "jti": secrets.token_hex(16)}
    signed = f"{encoded({'alg': 'HS256', 'typ': 'JWT'})}.{encoded(said)}"
    return f"{signed}.{encoded(hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest())}"


class HostPortal(http.server.BaseHTTPRequestHandler):
    """`/` is the page, `/token` gives a token to whoever is signed in here, which is always the same person."""

    options = None

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path == "/token":
            made = token(os.environ["EMBED_SECRET"], self.options.issuer, self.options.user)
            return self.answer(json.dumps({"token": made}).encode(), "application/json")
        file = HERE / (path.lstrip("/") or "page.html")
        if file.parent != HERE or file.suffix not in TYPES or not file.is_file():
            return self.send_error(404)
        text = file.read_text(encoding="utf-8").replace("{patchbay}", self.options.patchbay)
        return self.answer(text.encode(), TYPES[file.suffix])

    def answer(self, body, kind):
        patchbay = self.options.patchbay
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        # Nothing of Patchbay's needs more than this of a page.
        self.send_header("Content-Security-Policy", "; ".join([
            "default-src 'none'", f"script-src 'self' {patchbay}", f"connect-src 'self' {patchbay}",
            "style-src 'self'", "img-src 'self' blob:", "base-uri 'none'", "form-action 'none'",
            "require-trusted-types-for 'script'", "trusted-types 'none'",
        ]))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet: its reader is a test or somebody who looks at the page."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--patchbay", required=True, help="the portal's origin, such as https://portal.example")
    parser.add_argument("--user", required=True, help="how this portal's one user signs in to Patchbay")
    parser.add_argument("--issuer", default="https://intranet.example")
    HostPortal.options = parser.parse_args()
    http.server.ThreadingHTTPServer(("127.0.0.1", HostPortal.options.port), HostPortal).serve_forever()


if __name__ == "__main__":
    main()
