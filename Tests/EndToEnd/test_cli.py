"""The program's commands, as an administrator at the console runs them."""

import re
import sqlite3

import pytest

from support.installation import ANN, MARK, ROOT_ADMIN, Installation
from support.people import colleague
from support.server import PASSWORD


@pytest.fixture
def console(installed):
    """A new installation with an empty store; `run` is a command of the program there."""
    one = installed()
    for path in one.store_path.parent.glob("patchbay.sqlite*"):
        path.unlink()

    def run(*arguments, **more):
        return one.portal.command(*arguments, "--manifest", one.folder / "manifest.json", **more)

    one.run = run
    return one


def test_help_names_every_command(console):
    """--help lists the commands, and each has a help of its own."""
    text = console.portal.command("--help").stdout
    for command in ("serve", "demo", "check", "doctor", "domain", "user", "number", "switch", "token", "import",
                    "backup", "restore"):
        assert f"  {command}" in text
        assert "USAGE" in console.portal.command(command, "--help").stdout


def test_the_version_is_said(console):
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", console.portal.command("--version").stdout)


def test_an_administrator_sets_up_a_company_from_nothing(console):
    """Domain, people, numbers, switches, a token: then they sign in and text each other."""
    run = console.run
    run("domain", "add", "cove.example", "--name", "Quiet Cove", "--region", "US", "--time-zone", "America/Los_Angeles")
    assert "cove.example" in run("domain", "list").stdout
    for login, name, scope in (("100", "Pat Reyes", "super-user"), ("101", "Ann Whitfield", "basic-user"),
                               ("102", "Ben Okafor", "basic-user")):
        run("user", "add", f"{login}@cove.example", "--name", name, "--scope", scope, given=PASSWORD + "\n")
    assert "Ben Okafor" in run("user", "list", "cove.example").stdout
    run("number", "add", "(619) 555-0188", "--domain", "cove.example", "--label", "Front desk", "--carrier",
        "simulator", "--sms")
    run("number", "assign", "+16195550188", "101@cove.example")
    assert re.search(r"\+16195550188 .*on .*simulator .*101", run("number", "list", "cove.example").stdout)
    for plugin in ("sms", "chat"):
        run("switch", plugin, "system", "system", "on")
        run("switch", plugin, "domain", "cove.example", "on")
    token = run("token", "add", "101@cove.example", "--name", "CRM", "--permission", "portal.use", "--permission",
                "sms.use").stdout.strip()

    console.portal.start()
    ann = console.portal.sign_in("101@cove.example")
    assert ann.send(ann.chat_with(colleague(ann, "Ben Okafor")), f"{MARK} hi").status == 201
    assert ann.send(ann.sms_to("(619) 555-0142"), f"{MARK} hi").status == 202
    robot = console.portal.client(bearer=token, ours=False)
    assert robot.get("/conversations").status == 200
    listed = run("token", "list", "101@cove.example").stdout
    assert "CRM" in listed and token not in listed
    run("token", "revoke", "101@cove.example", listed.splitlines()[1].split()[0])
    assert robot.get("/conversations").status == 401


def test_a_domain_a_user_and_a_number_are_changed(console):
    """What isn't named stays; a change of nothing says what could be changed."""
    run = console.run
    run("domain", "add", "cove.example", "--name", "Cove", "--region", "US", "--time-zone", "America/Los_Angeles")
    run("user", "add", "101@cove.example", "--name", "Ann", "--email", "ann@cove.example", given=PASSWORD + "\n")
    run("number", "add", "+16195550188", "--domain", "cove.example", "--label", "Desk", "--carrier", "simulator")

    run("domain", "change", "cove.example", "--name", "Quiet Cove", "--time-zone", "Europe/Zurich")
    run("user", "change", "101@cove.example", "--name", "Ann Whitfield", "--extension", "1101", "--email", "none",
        "--scope", "office-manager")
    run("number", "rename", "+16195550188", "--label", "Front desk")

    assert re.search(r"cove\.example +Quiet Cove +US +Europe/Zurich", run("domain", "list").stdout)
    assert re.search(r"1101 +Ann Whitfield +– +office-manager", run("user", "list", "cove.example").stdout)
    assert re.search(r"\+16195550188 +Front desk +off +simulator", run("number", "list", "cove.example").stdout)
    for command in (["domain", "change", "cove.example"], ["user", "change", "1101@cove.example"]):
        done = run(*command, check=False)
        assert done.returncode == 1 and "Say what to change: --name" in done.stderr, done
    log = run("audit", "list").stdout
    assert "console.domain-change" in log and "console.user-change" in log and "console.number-rename" in log


def test_people_are_changed_while_the_server_runs(console):
    """A new password, disabled, enabled, removed: the running server knows at once."""
    run = console.run
    run("domain", "add", "cove.example", "--region", "US", "--time-zone", "America/Los_Angeles")
    run("user", "add", "101@cove.example", "--name", "Ann Whitfield", given=PASSWORD + "\n")
    console.portal.start()
    ann = console.portal.sign_in("101@cove.example", again=True)
    run("user", "set-password", "101@cove.example", given="another-phrase-7\n")
    assert ann.get("/session").status == 401
    ann = console.portal.sign_in("101@cove.example", "another-phrase-7", again=True)
    run("user", "disable", "101@cove.example")
    assert ann.get("/session").status == 401
    assert console.portal.client().sign_in("101@cove.example", "another-phrase-7").status == 401
    run("user", "enable", "101@cove.example")
    assert console.portal.sign_in("101@cove.example", "another-phrase-7", again=True).get("/session").status == 200
    assert run("user", "remove", "101@cove.example", check=False).returncode != 0
    run("user", "remove", "101@cove.example", "--yes")
    assert console.portal.client().sign_in("101@cove.example", "another-phrase-7").status == 401


@pytest.mark.parametrize("arguments, words", [
    (["user", "add", "101@nowhere.example", "--name", "X"], "nowhere.example"),
    (["user", "add", "101", "--name", "X"], "extension@domain"),
    (["number", "add", "12", "--domain", "cove.example", "--label", "X"], "number"),
    (["number", "assign", "+16195550100", "999@cove.example"], "999@cove.example"),
    (["domain", "add", "cove.example", "--region", "US", "--time-zone", "America/Los_Angeles"], "cove.example"),
    (["domain", "add", "new.example", "--region", "XX", "--time-zone", "America/Los_Angeles"], "XX"),
    (["domain", "add", "new.example", "--region", "US", "--time-zone", "Mars/Base"], "Mars/Base"),
    (["import", "users", "/nowhere.csv", "--domain", "cove.example"], "nowhere.csv"),
    (["restore", "/nowhere.sqlite"], "nowhere.sqlite"),
    (["domain", "remove", "cove.example"], "--yes"),
])
def test_what_can_not_be_done_is_said_in_a_sentence(console, arguments, words):
    """Exit code not 0, a sentence with what is wrong, no stack trace and no Swift type names."""
    console.run("domain", "add", "cove.example", "--region", "US", "--time-zone", "America/Los_Angeles")
    done = console.run(*arguments, given=PASSWORD + "\n", check=False)
    assert done.returncode != 0 and words in done.stderr, done
    assert not re.search(r"PortalError\(|DatabaseError|Fatal error|\bnil\b", done.stderr), done.stderr


def test_import_is_all_or_nothing_with_a_report(console, tmp_path):
    """A CSV with faults imports nothing and names each line; without, everything."""
    console.run("domain", "add", "cove.example", "--region", "US", "--time-zone", "America/Los_Angeles")
    file = tmp_path / "users.csv"
    file.write_text("extension,name,email,scope\n101,Ann,ann@cove.example,basic-user\n101,Twice,,\n,No extension,,\n"
                    "104,Bad scope,,emperor\n")
    done = console.run("import", "users", file, "--domain", "cove.example", check=False)
    assert done.returncode != 0 and all(f"line {line}" in done.stderr for line in (3, 4, 5)), done
    assert "Ann" not in console.run("user", "list", "cove.example").stdout
    file.write_text("extension,name,email,scope\n101,Ann,ann@cove.example,basic-user\n102,Ben,,\n")
    assert "2" in console.run("import", "users", file, "--domain", "cove.example", "--dry-run").stdout
    assert "Ann" not in console.run("user", "list", "cove.example").stdout
    console.run("import", "users", file, "--domain", "cove.example")
    assert "Ben" in console.run("user", "list", "cove.example").stdout
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("number,label,carrier,users,sms\n(619) 555-0188,Front desk,simulator,101 102,on\n")
    console.run("import", "numbers", numbers, "--domain", "cove.example")
    assert "+16195550188" in console.run("number", "list", "cove.example").stdout
    contacts = tmp_path / "contacts.csv"
    contacts.write_text('name,company,number:Mobile,email:Work\n"Smith, Bob",Boats,(619) 555-0142,bob@boats.example\n')
    assert "1" in console.run("import", "contacts", contacts, "--domain", "cove.example").stdout


def test_backup_under_way_and_restore(installed, tmp_path):
    """A backup made while the server runs holds what was accepted before it; restored, it is served."""
    installation: Installation = installed()
    portal = installation.portal
    manifest = ["--manifest", installation.folder / "manifest.json"]
    portal.start()
    ann = portal.sign_in(ANN)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    for turn in range(20):
        assert ann.send(chat, f"{MARK} kept {turn}").status == 201
    copy = tmp_path / "backup.sqlite"
    portal.command("backup", copy, *manifest)
    assert ann.send(chat, f"{MARK} too late").status == 201
    assert portal.command("backup", copy, *manifest, check=False).returncode != 0, "a backup never overwrites"
    with sqlite3.connect(f"file:{copy}?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    refused = portal.command("restore", copy, *manifest, check=False)
    assert refused.returncode != 0 and refused.stderr, "a restore below a running server"
    assert portal.terminate() == 0
    kept = f"{installation.store_path}.before-restore"
    assert kept in portal.command("restore", copy, *manifest).stdout
    portal.start()
    texts = [one["text"] for one in ann.messages(chat)]
    assert texts == [f"{MARK} kept {turn}" for turn in range(20)]
    assert portal.terminate() == 0
    # Another restore leaves what the first one kept, and one over a file that is no database at all works as well.
    installation.store_path.write_bytes(b"no database " * 1000)
    assert f"{kept}-2" in portal.command("restore", copy, *manifest).stdout
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT 1 FROM message WHERE text = ?", [f"{MARK} too late"]).fetchone()
    portal.start()
    assert len(ann.messages(chat)) == 20


def test_doctor_and_check_of_a_sound_installation(installed):
    """One line for the store, one a plugin, one a thing that a self-test tried, and exit code 0; a damaged store is named."""
    installation = installed()
    manifest = installation.folder / "manifest.json"
    done = installation.portal.command("doctor", "--manifest", manifest)
    tried = [line for line in done.stdout.splitlines() if "self-test" in line]
    assert tried and all(line.startswith("simulator self-test") and ": ok" in line for line in tried), tried
    names = [line.split(":")[0].split()[0] for line in done.stdout.splitlines() if line not in tried]
    assert [name for name in names if name != "server"] == ["store", "sms", "chat", "video", "usage", "simulator"]
    assert "sound" in installation.portal.command("check", manifest).stdout
    data = bytearray(installation.store_path.read_bytes())
    data[4096 * 3 : 4096 * 4] = b"\xa5" * 4096
    installation.store_path.write_bytes(data)
    broken = installation.portal.command("doctor", "--manifest", manifest, check=False)
    assert broken.returncode == 1 and "store:" in broken.stdout and "store: ok" not in broken.stdout


def test_a_switch_at_the_console_reaches_open_browsers(installed, reader):
    """SMS switched off by the command line: the open portal is told, and sending names the gate."""
    installation = installed()
    portal = installation.portal
    portal.start()
    ann = portal.sign_in(ANN)
    sms = ann.sms_to("+16195550142")
    stream = reader(ann)
    manifest = ["--manifest", installation.folder / "manifest.json"]
    for level, subject, gate in (("number", "+16195550188", None), ("user", ANN, "gate.user-off"),
                                 ("domain", "harbor.example", "gate.domain-off"),
                                 ("system", "system", "gate.system-off")):
        seen = len(stream.events)
        portal.command("switch", "sms", level, subject, "off", *manifest)
        if gate:
            answer = ann.send(sms, f"{MARK} off")
            assert (answer.status, answer.id) == (403, gate), answer
        portal.command("switch", "sms", level, subject, "on", *manifest)
        stream_moved = [event for event in stream.events[seen:] if event.name in ("feature.changed", "resync")]
        assert stream_moved or not gate or stream.wait_for("feature.changed", seconds=10) is not None
    assert ann.send(sms, f"{MARK} on").status == 202
    assert portal.sign_in(ROOT_ADMIN).get("/admin/plugins").status == 200
