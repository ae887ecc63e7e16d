"""A4, F33: plugins come and go while the portal runs, and a bad one is declined with its own sentence."""

import json
import pathlib
import shutil
import signal

import pytest

from support.installation import ANN, BEN, MARK, ROOT_ADMIN, plugin, standard
from support.people import colleague
from support.waiting import until

# Which plugins of the demo need another one.
NEEDS = {"video": "chat", "simulator": "sms"}


def statuses(portal):
    """The state of every plugin, by id, as the administrator's page has it."""
    return {one["id"]: one for one in portal.sign_in(ROOT_ADMIN).items("/admin/plugins")}


def hang_up(installation, said="manifest read again"):
    """SIGHUP; waits until the log says once more what becomes of it."""
    before = installation.portal.log().count(said)
    installation.portal.signal(signal.SIGHUP)
    until(lambda: installation.portal.log().count(said) > before, 20, "the manifest being read again")


ROUTES = {"sms": ("POST", "/sms/segments", {"text": "a"}), "chat": ("GET", "/chat/conversations/{chat}/reads", None),
          "simulator": ("GET", "/simulator/phones", None)}


@pytest.mark.parametrize("identifier", ["sms", "chat", "simulator"])
def test_A4_a_plugin_taken_out_and_put_back(installed, reader, identifier):
    """A4: out of the manifest, SIGHUP: its routes, menu and feature are gone, its data stay, the rest runs on."""
    installation = installed()
    portal = installation.portal
    portal.start()
    ann = portal.sign_in(ANN)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    sms = ann.sms_to("+16195550142")
    assert ann.send(chat, f"{MARK} chat").status == 201 and ann.send(sms, f"{MARK} sms").status == 202
    stream = reader(ann)
    method, path, body = ROUTES[identifier]
    path = path.format(chat=chat)
    assert ann.request(method, path, body).status == 200
    assert any(route.startswith(f"/{identifier}/") for route in ann.get("/openapi.json").json()["paths"])

    place, entry = installation.without(identifier)
    hang_up(installation)

    assert ann.request(method, path, body).status == 404
    session = ann.expect(200, "GET", "/session")
    assert identifier not in session["features"]
    assert identifier not in [one["plugin"] for one in session["slots"]]
    assert not any(route.startswith(f"/{identifier}/") for route in ann.get("/openapi.json").json()["paths"])
    assert ann.get(f"//plugins/{identifier}/").status == 404
    stream.wait_for("feature.changed", seconds=10)
    assert identifier not in statuses(portal)
    for conversation, kind in ((chat, "chat"), (sms, "sms")):
        status = ann.send(conversation, f"{MARK} without").status
        if kind == identifier:
            assert status in (403, 404, 409, 503), status
        elif identifier != "simulator":
            assert status in (201, 202), status

    installation.put_back(place, entry)
    hang_up(installation)

    assert ann.request(method, path, body).status == 200
    assert ann.send(chat, f"{MARK} again").status == 201 and ann.send(sms, f"{MARK} again").status == 202
    assert statuses(portal)[identifier]["state"] == "running"
    assert f"{MARK} sms" in [one["text"] for one in ann.messages(sms)], "the data have stayed"
    assert f"{MARK} chat" in [one["text"] for one in ann.messages(chat)], "the data have stayed"


def test_A4_settings_are_changed_while_it_runs(installed):
    """A4: new settings in the manifest, SIGHUP: the plugin has them; wrong ones decline it, and the others run."""
    installation = installed()
    portal = installation.portal
    portal.start()
    installation.entry("sms")["settings"] = {"mostSegments": 1}
    installation.save()
    hang_up(installation)
    ann = portal.sign_in(ANN)
    sms = ann.sms_to("+16195550142")
    answer = ann.send(sms, f"{MARK} " + "long " * 60)
    assert answer.status in (400, 413) and answer.id.startswith("sms."), answer
    installation.entry("sms")["settings"] = {"noSuchSetting": 1}
    installation.save()
    hang_up(installation)
    status = statuses(portal)["sms"]
    assert status["state"] == "declined" and "noSuchSetting" in status["reason"], status
    assert ann.send(ann.chat_with(colleague(ann, "Ben Okafor")), f"{MARK} still").status == 201


def test_A4_a_broken_manifest_leaves_everything_as_it_is(installed):
    """A4: a manifest that is no JSON is said in the log, and what runs goes on running."""
    installation = installed()
    portal = installation.portal
    portal.start()
    (installation.folder / "manifest.json").write_text("{ not json")
    hang_up(installation, said="not valid JSON")
    assert {one["state"] for one in statuses(portal).values()} == {"running"}
    assert portal.sign_in(BEN).get("/conversations").status == 200


def copy_of(folder, identifier, **changes):
    """A plugin's folder with another plugin.json; None takes a key out. Gives the folder."""
    shutil.copytree(pathlib.Path(plugin(identifier)["folder"]), folder, ignore=shutil.ignore_patterns("Tests"))
    file = folder / "plugin.json"
    described = json.loads(file.read_text()) | changes
    file.write_text(json.dumps({key: value for key, value in described.items() if value is not None}))
    return folder


def fixture_folder(folder, identifier, library, **more):
    """A folder for a library of the tests' own."""
    folder.mkdir()
    (folder / "plugin.json").write_text(json.dumps({
        "id": identifier, "name": identifier, "description": "One of the tests' own.", "version": "1.0.0", "sdk": "1.0",
        "library": library, **more}))
    return folder


def faults():
    """What is wrong, how it is made, and words that the sentence must have."""

    def bad_json(folder):
        copy = copy_of(folder / "chat", "chat")
        (copy / "plugin.json").write_text('{\n  "id": "chat",\n  oops\n}')
        return [{"id": "chat", "folder": str(copy)}], "chat", ["not valid JSON", "line 3"]

    def missing_folder(folder):
        return [{"id": "chat", "folder": str(folder / "nowhere")}], "chat", ["no readable file"]

    def unknown_key(folder):
        return [{"id": "chat", "folder": str(copy_of(folder / "chat", "chat", colour="red"))}], "chat", ["unknown key", "colour"]

    def unknown_entry_key(folder):
        return [plugin("chat", colour="red")], "chat", ["unknown key", "colour", "manifest.json"]

    def cycle(folder):
        one = copy_of(folder / "one", "chat", requires=[{"id": "simulator"}])
        two = copy_of(folder / "two", "simulator", requires=[{"id": "chat"}])
        return [{"id": "chat", "folder": str(one)}, {"id": "simulator", "folder": str(two)}], "chat", ["circle"]

    def duplicate(folder):
        return [plugin("chat"), plugin("chat")], "plugins/1", ["twice"]

    def wrong_digest(folder):
        return [plugin("chat", sha256="0" * 64)], "chat", ["SHA-256"]

    def wrong_version(folder):
        return [plugin("chat", version=">=9.0")], "chat", ["version", "9.0"]

    def wrong_sdk(folder):
        return [{"id": "chat", "folder": str(copy_of(folder / "chat", "chat", sdk="9.0"))}], "chat", ["SDK 9.0"]

    def wrong_id(folder):
        return [{"id": "chat", "folder": plugin("simulator")["folder"]}], "chat", ["simulator"]

    def missing_library(folder):
        return [{"id": "chat", "folder": str(copy_of(folder / "chat", "chat", library="Nowhere"))}], "chat", ["libNowhere.so"]

    def no_library_at_all(folder):
        copy = copy_of(folder / "chat", "chat", library="Text")
        (copy / "libText.so").write_text("not a library")
        return [{"id": "chat", "folder": str(copy)}], "chat", ["libText.so"]

    def missing_need(folder):
        copy = copy_of(folder / "chat", "chat", requires=[{"id": "nobody"}])
        return [{"id": "chat", "folder": str(copy)}], "chat", ["nobody"]

    def secret_in_clear(folder):
        settings = {"url": "http://127.0.0.1:1/x", "username": "a", "password": "in-clear", "webhookToken": "t" * 20,
                    "callbackURL": "http://127.0.0.1:1"}
        return [plugin("kannel", settings=settings)], "kannel", ["$env"]

    def wrong_stamp(folder):
        return [{"id": "wrong-stamp", "folder": str(fixture_folder(
            folder / "w", "wrong-stamp", "WrongStampPlugin"))}], "wrong-stamp", ["built with"]

    def missing_stamp(folder):
        return [{"id": "another-name", "folder": str(fixture_folder(
            folder / "s", "another-name", "StampOnlyPlugin"))}], "another-name", ["no function", "checked"]

    def missing_doorway(folder):
        return [{"id": "stamp-only", "folder": str(fixture_folder(
            folder / "s", "stamp-only", "StampOnlyPlugin"))}], "stamp-only", ["no function", "hands over"]

    return [value for value in locals().values() if callable(value)]


@pytest.mark.parametrize("make", faults(), ids=lambda make: make.__name__)
def test_A4_F33_a_bad_plugin_is_declined_with_its_own_sentence(installed, tmp_path, make):
    """A4, F33: doctor and check say it and exit with 1; the portal starts, says it too, and the others run."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    entries, identifier, words = make(folder)
    others = [entry for entry in standard() if entry["id"] not in {one["id"] for one in entries}]
    installation = installed(plugins=others + entries)
    if identifier == "plugins/1":
        identifier = f"plugins/{len(others) + 1}"

    for command in ("doctor", "check"):
        arguments = ["--manifest"] if command == "doctor" else []
        done = installation.portal.command(command, *arguments, installation.folder / "manifest.json", check=False)
        if command == "doctor" or done.returncode:
            assert done.returncode == 1, done
            line = next(line for line in done.stdout.splitlines() if line.startswith(identifier))
            assert all(word in line for word in words), line
    installation.portal.start()
    found = statuses(installation.portal)
    assert found[identifier]["state"] == "declined"
    assert words[0] in found[identifier]["reason"] + found[identifier]["mend"]
    for other in others:
        needed = NEEDS.get(other["id"])
        can_run = needed is None or found.get(needed, {}).get("state") == "running"
        assert found[other["id"]]["state"] == ("running" if can_run else "declined"), other


def test_A4_the_same_reload_by_the_api(installed):
    """A4: POST /admin/plugins/reload does what SIGHUP does, for a system administrator only."""
    installation = installed()
    portal = installation.portal
    portal.start()
    assert portal.sign_in(ANN).post("/admin/plugins/reload").status == 403
    installation.without("chat")
    answer = portal.sign_in(ROOT_ADMIN).post("/admin/plugins/reload")
    assert answer.status == 200, answer
    assert "chat" not in statuses(portal)


def test_A4_switched_off_in_the_manifest(installed):
    """A4: enabled "off" and "never" don't load; doctor calls that fine."""
    installation = installed(plugins=[plugin("sms"), plugin("chat", enabled="off"), plugin("simulator")])
    portal = installation.portal
    done = portal.command("doctor", "--manifest", installation.folder / "manifest.json")
    assert "chat" in done.stdout and "off" in done.stdout
    portal.start()
    assert statuses(portal)["chat"]["state"] == "off"
    assert portal.sign_in(ANN).post("/conversations", {"kind": "chat", "users": []}).status in (400, 403, 404, 409, 503)


def test_a_newer_database_is_refused_with_a_sentence(installed):
    """A program older than its database says so and doesn't touch it."""
    import sqlite3

    installation = installed()
    tables = [row[0] for row in installation.rows.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%igration%'")]
    assert tables
    with sqlite3.connect(installation.store_path) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({tables[0]})")]
        row = dict.fromkeys(columns, 0) | {columns[0]: "core/999-from-the-future"}
        connection.execute(
            f"INSERT INTO {tables[0]} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    installation.portal.start(until_ready=False)
    assert installation.portal.process.wait(30) != 0
    assert "newer" in installation.portal.log()


def test_only_one_server_serves_a_store(installed):
    """A second server on the same store is refused with a sentence, and the first goes on."""
    installation = installed()
    installation.portal.start()
    second = installation.portal.command(
        "serve", "--manifest", installation.folder / "manifest.json", "--port", "0", check=False, seconds=20)
    assert second.returncode != 0 and "store" in (second.stderr + second.stdout).lower()
    assert installation.portal.is_ready()
