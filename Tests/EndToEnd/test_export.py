"""Everything of a conversation or of a person as one ZIP file, read with another program."""

import hashlib
import io
import json
import zipfile

from support.installation import ANN, ANN_DIRECT, FRONT_DESK, MARK
from support.people import colleague, identity
from support.server import PASSWORD

HOSTILE = f'{MARK} <img src=x onerror="alert(1)"> & ümlaut 🎉'


def opened(content):
    """The ZIP file's entries, each whole and as its manifest says."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        entries = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(entries["manifest.json"])
    listed = {one["name"]: (one["sizeInBytes"], one["sha256"]) for one in manifest["files"]}
    there = {name: (len(data), hashlib.sha256(data).hexdigest())
             for name, data in entries.items() if name != "manifest.json"}
    assert listed == there
    return entries, manifest


def lines(entries, name):
    return [json.loads(line) for line in entries[name].decode().splitlines()]


def uploaded(client, name, content):
    answer = client.request("POST", f"/attachments?name={name}", content, {"Content-Type": "application/pdf"})
    assert answer.status == 201, answer
    return answer.json()["id"]


def test_D7_a_conversation_is_exported_whole(ann, olga):
    """Messages as JSON Lines and as a page, files with their bytes, a manifest with hashes; recorded."""
    ben = colleague(ann, "Ben Okafor")
    chat = ann.chat_with(ben)
    plan = bytes(range(256)) * 400
    assert ann.send(chat, HOSTILE, attachments=[uploaded(ann, "plan.pdf", plan)]).status == 201
    answer = olga.get(f"/admin/domains/harbor.example/export/conversations/{chat}")
    assert answer.status == 200 and answer.headers["content-type"] == "application/zip"
    entries, manifest = opened(answer.body)
    assert (manifest["kind"], manifest["id"]) == ("conversation", chat)
    assert HOSTILE in [one["text"] for one in lines(entries, "messages.jsonl")]
    page = entries["messages.html"].decode()
    assert "<img" not in page and "&lt;img src=x" in page and "🎉" in page and "<script" not in page
    assert plan in [data for name, data in entries.items() if name.startswith("files/")]
    log = olga.items("/admin/audit?action=export-conversation")
    assert chat in log[0]["subject"]
    assert ann.get(f"/admin/domains/harbor.example/export/conversations/{chat}").status == 403


def test_D7_a_persons_data_is_exported_without_secrets(shared, ann, olga, root):
    """Profile, contacts, messages, calls, sessions and audit rows; no hash of any secret; not across domains."""
    ann.expect(201, "POST", "/contacts", {
        "name": "Karen Quill", "numbers": [{"label": "Work", "value": "(619) 555-0177"}], "emails": []})
    conversation = ann.sms_to("+16195550142", FRONT_DESK)
    assert ann.send(conversation, f"{MARK} to be taken along").status == 202
    person = identity(ann)
    entries, manifest = opened(olga.get(f"/admin/domains/harbor.example/export/people/{person}").body)
    assert (manifest["kind"], manifest["id"]) == ("person", person)
    assert lines(entries, "profile.jsonl")[0]["fullName"] == "Ann Whitfield"
    assert "Karen Quill" in [one["name"] for one in lines(entries, "contacts.jsonl")]
    assert f"{MARK} to be taken along" in [one["text"] for one in lines(entries, "messages.jsonl")]
    assert lines(entries, "sessions.jsonl") and lines(entries, "audit.jsonl")
    assert b"scrypt" not in b"".join(entries.values()) and b"Hash" not in b"".join(entries.values())
    root.expect(201, "POST", "/admin/domains/timber.example/users", {
        "extension": "2019", "name": "Tess Boyd", "scope": "office-manager", "password": PASSWORD})
    tess = shared.sign_in("2019@timber.example")
    for domain in ("harbor.example", "timber.example"):
        assert tess.get(f"/admin/domains/{domain}/export/people/{person}").status == 404


def test_D7_the_console_exports_and_records_it(shared_installation, ann, olga, tmp_path):
    """`patchbay records person`: the same file, readable by its owner only, and recorded."""
    portal, target = shared_installation.portal, tmp_path / "ann.zip"
    portal.command("records", "person", ANN, "--to", target, "--store", shared_installation.store_path)
    entries, _ = opened(target.read_bytes())
    assert lines(entries, "profile.jsonl")[0]["extension"] == "1001"
    assert target.stat().st_mode & 0o777 == 0o600
    again = portal.command(
        "records", "person", ANN, "--to", target, "--store", shared_installation.store_path, check=False)
    assert again.returncode != 0 and "can't be made" in again.stderr
    assert [one["actorKind"] for one in olga.items("/admin/audit?action=console.records-person")] == ["console"]


def test_D7_a_persons_export_has_what_is_theirs_and_nothing_of_a_colleagues_number(ann, ben, olga):
    """One conversation with a customer, two numbers: each hands over what went through their own. What waits is theirs too."""
    hers = ann.sms_to("+16195550147", ANN_DIRECT)
    assert ann.send(hers, f"{MARK} by Ann alone").status == 202
    his = ben.sms_to("+16195550147", FRONT_DESK)
    assert ben.send(his, f"{MARK} by the desk").status == 202
    assert hers == his
    ben.expect(201, "POST", f"/conversations/{his}/scheduled", {
        "clientId": "waits-for-export", "text": f"{MARK} waits", "inSeconds": 3600})
    ben.expect(201, "POST", "/templates", {"name": "Mine", "text": f"{MARK} my words"})

    entries, _ = opened(olga.get(f"/admin/domains/harbor.example/export/people/{identity(ben)}").body)

    assert b"by the desk" in entries["messages.jsonl"]
    assert not any(b"by Ann alone" in data for data in entries.values())
    assert [one["text"] for one in lines(entries, "scheduled.jsonl")] == [f"{MARK} waits"]
    assert [one["name"] for one in lines(entries, "templates.jsonl")] == ["Mine"]
