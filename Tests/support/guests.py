"""People by the hundred, signed in: written into the database before the server starts, for passwords take time."""

import base64
import hashlib
import secrets
import sqlite3
import time

from .api import Client

DOMAIN = "harbor.example"


def guests(installation, count):
    """Signed-in clients of `count` users made for this, each with its `user` id; the server must not run yet."""
    now, made = int(time.time() * 1000), []
    with sqlite3.connect(installation.store_path) as connection:
        for turn in range(count):
            extension, token = str(50_000 + turn), secrets.token_urlsafe(32)
            user, session = f"guest-{turn}", f"guest-session-{turn}"
            digest = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()
            connection.execute(
                "INSERT INTO user (id, domainId, extension, fullName, searchName, scope, createdAt)"
                " VALUES (?, ?, ?, ?, ?, 'basic-user', ?)",
                (user, DOMAIN, extension, f"Guest {extension}", f"guest {extension}", now))
            connection.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, 'test', '127.0.0.1')",
                (session, digest, user, DOMAIN, now, now, now + 86_400_000))
            client = Client("127.0.0.1", installation.portal.port, cookie=f"patchbay={token}")
            client.user = user
            made.append(client)
    connection.close()
    return made
