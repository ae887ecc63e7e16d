"""An installation in a folder of its own: the demo's people and numbers, a manifest that a test may change."""

import copy
import json
import pathlib
import shutil
import sqlite3

from .server import PASSWORD, ROOT, Portal, StoredRows

# What every text that a test sends contains, so that a log with a text in it is found out.
MARK = "quokka"

ANN, BEN, CLEO = "1001@harbor.example", "1002@harbor.example", "1003@harbor.example"
OLGA, ROOT_ADMIN, THEO = "1004@harbor.example", "1000@harbor.example", "2001@timber.example"
FRONT_DESK, ANN_DIRECT, BOB = "+16195550188", "+16195550123", "+16195550142"


def standard():
    """The plugins of the demo."""
    return [plugin("sms"), plugin("chat"), plugin("video"), plugin("usage"), plugin("simulator")]


def with_email():
    """The plugins of the demo and e-mail, whose mail server can't be reached: its routes are there all the same."""
    settings = {
        "url": "smtp://127.0.0.1:1", "from": "portal@harbor.example", "publicURL": "http://127.0.0.1"}
    return [*standard(), plugin("email", settings=settings)]


def plugin(identifier, **more):
    """An entry of the manifest for a plugin of this repository; its settings are its own, and a test may change them."""
    folder = {"sms": "SMS", "video": "VideoInvite", "usage": "UsageStats", "email": "EmailDigest"}.get(
        identifier, identifier.capitalize())
    return {"id": identifier, "folder": str(ROOT / "Plugins" / folder), **copy.deepcopy(more)}


def seed(folder):
    """Makes the demo's data in `folder`, once; installations are copies of it. Gives the database file."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({
        "store": "demo.sqlite", "listen": {"host": "127.0.0.1", "port": 0}, "plugins": standard()}))
    file = folder / "demo.sqlite"
    demo = Portal(folder, [
        "demo", "--fresh", "--manifest", manifest, "--store", file, "--port", "{port}", "--password", PASSWORD,
        "--no-history"])
    demo.start(seconds=120)
    assert demo.terminate() == 0, demo.log()[-3000:]
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


class Installation:
    """A folder with manifest.json and the store; `portal` serves it. `plugins` may depend on the port."""

    def __init__(self, folder, seed_file, plugins=None, environment=None, before_start=None):
        self.folder = pathlib.Path(folder)
        (self.folder / "store").mkdir(parents=True)
        self.store_path = self.folder / "store" / "patchbay.sqlite"
        shutil.copy(seed_file, self.store_path)
        self.rows = StoredRows(self.store_path)
        self.portal = Portal(
            self.folder, ["serve", "--manifest", self.folder / "manifest.json"], environment, before_start)
        self.manifest = {
            "store": "store/patchbay.sqlite",
            "listen": {"host": "127.0.0.1", "port": self.portal.port},
            "plugins": plugins(self.portal.port) if callable(plugins) else plugins or standard(),
        }
        self.save()

    def save(self):
        """Writes the manifest as it is now; a running portal reads it at SIGHUP."""
        (self.folder / "manifest.json").write_text(json.dumps(self.manifest, indent=2))

    def entry(self, identifier):
        """The manifest's entry of a plugin."""
        return next(entry for entry in self.manifest["plugins"] if entry["id"] == identifier)

    def without(self, identifier):
        """Takes a plugin out of the manifest; gives its place and entry for `put_back`."""
        place = self.manifest["plugins"].index(self.entry(identifier))
        entry = self.manifest["plugins"].pop(place)
        self.save()
        return place, entry

    def put_back(self, place, entry):
        self.manifest["plugins"].insert(place, entry)
        self.save()
