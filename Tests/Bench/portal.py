"""The portal that is measured: a release build in a folder of its own, on loopback."""

import base64
import hashlib
import http.client
import json
import os
import pathlib
import secrets
import shutil
import sqlite3
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOMAIN = "bench.example"
IDS = {"Chat": "chat", "SMS": "sms", "Simulator": "simulator", "UsageStats": "usage"}


class Portal:
    """One installation; `users` talk in pairs: 0 with 1, 2 with 3."""

    def __init__(self, program, folder, port, users, plugins):
        self.program, self.folder, self.port, self.users = program.resolve(), folder, port, users
        self.store, self.users_file = folder / "bench.sqlite", folder / "users.tsv"
        self.process, self.people = None, []
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps({
            "store": str(self.store), "listen": {"host": "127.0.0.1", "port": port},
            "plugins": [{"id": IDS[name], "folder": str(ROOT / "Plugins" / name)} for name in plugins]}))
        self.make_people()

    def command(self, *arguments):
        environment = {**os.environ, "PATCHBAY_MANIFEST": str(self.folder / "manifest.json")}
        done = subprocess.run(
            [self.program, *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise SystemExit(f"patchbay {' '.join(map(str, arguments))}: {done.stdout}{done.stderr}")

    def make_people(self):
        """The domain and its users by the program's commands; their sessions straight into the store: scrypt is slow."""
        self.start()  # The plugins' tables come with their first start.
        self.stop()
        self.command("domain", "add", DOMAIN, "--region", "US", "--time-zone", "America/Los_Angeles")
        csv = self.folder / "users.csv"
        csv.write_text("extension,name\n" + "".join(f"{1000 + i},Person {i}\n" for i in range(self.users)))
        self.command("import", "users", csv, "--domain", DOMAIN)
        now = int(time.time() * 1000)
        with sqlite3.connect(self.store) as store:
            ids = store.execute("SELECT id FROM user WHERE domainId = ? ORDER BY extension", [DOMAIN]).fetchall()
            for (user,) in ids:
                token = secrets.token_urlsafe(32)
                digest = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).decode().rstrip("=")
                store.execute(
                    "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, 'bench', '127.0.0.1')",
                    [f"bench-{user}", digest, user, DOMAIN, now, now, now + 86_400_000])
                self.people.append((user, token))
        store.close()

    def open_chats(self):
        """Every pair's conversation, through the API, and the file that the load generator reads."""
        chats = {}
        for turn in range(0, self.users, 2):
            other = self.people[turn + 1][0]
            made = self.ask(turn, "POST", "/conversations", {"kind": "chat", "users": [other]})
            chats[turn] = chats[turn + 1] = made["id"]
        self.users_file.write_text("".join(f"{self.people[i][1]}\t{chats[i]}\n" for i in range(self.users)))

    def ask(self, user, method, path, body=None):
        if not hasattr(self, "connection"):
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Cookie": f"patchbay={self.people[user][1]}", "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json"}
        self.connection.request(method, "/api/v1" + path, json.dumps(body) if body else None, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status // 100 != 2:
            raise SystemExit(f"{method} {path}: {answer.status} {text[:300]}")
        return json.loads(text)

    def start(self):
        with open(self.folder / "patchbay.log", "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--manifest", self.folder / "manifest.json"], stdout=log, stderr=log,
                cwd=self.folder)
        end = time.monotonic() + 30
        while time.monotonic() < end and self.process.poll() is None:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the server doesn't start:\n" + (self.folder / "patchbay.log").read_text()[-2000:])

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.__dict__.pop("connection", None)
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def copy_store(self, name):
        """The store as it is, with the server stopped, for raw SQLite to work on."""
        with sqlite3.connect(self.store) as store:
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()
        copy = self.folder / name
        for suffix in ("", "-wal", "-shm"):
            pathlib.Path(f"{copy}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.store, copy)
        return copy

    def fill(self, script):
        """Runs SQL on the store, with the server stopped."""
        with sqlite3.connect(self.store) as store:
            store.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;" + script)
        store.close()
