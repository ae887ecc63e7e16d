"""X12: what lies on disk after a run holds no password, key or token in clear, and is its owner's alone."""

import stat

from support.carrier import BadCarrier
from support.installation import ANN, BEN, MARK, ROOT_ADMIN, THEO
from support.kannel import PASSWORD as GATEWAY_PASSWORD
from support.kannelportal import ENVIRONMENT, NUMBER, TOKEN, add_number, plugins
from support.people import colleague
from support.ports import free_port
from support.server import PASSWORD
from support.waiting import until


def kept(folder):
    """Every file below `folder`, with what is in it; database files as they lie on the disk, deleted rows too."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_X12_no_secret_lies_on_the_disk_and_files_are_the_owners_alone(installed, reader, tmp_path):
    carrier = BadCarrier(free_port(), "ok")
    installation = installed(plugins=plugins(carrier.url), environment=ENVIRONMENT)
    portal = installation.portal
    # As a service may be started that was given no mask of its own.
    portal.start()
    secrets = {"the portal's password": PASSWORD, "the carrier's password": GATEWAY_PASSWORD, "the webhook's token": TOKEN}
    ann, root = add_number(portal), portal.sign_in(ROOT_ADMIN)
    ben = portal.sign_in(BEN)
    for name, client in {"Ann": ann, "Ben": ben, "root": root, "Theo": portal.sign_in(THEO)}.items():
        secrets[f"the session of {name}"] = client.cookie.partition("=")[2]
    token = ann.expect(201, "POST", "/tokens", {"name": "robot", "permissions": ["portal.use"]})
    secrets["an API token"] = token["token"]
    changed = "another-horse-77"
    ben.expect(204, "PUT", "/password", {"current": PASSWORD, "new": changed})
    secrets["a changed password"] = changed
    reader(ann)
    assert ann.send(ann.chat_with(colleague(ann, "Ben Okafor")), f"{MARK} chat").status == 201
    assert ann.send(ann.sms_to("+16195559001", NUMBER), f"{MARK} SMS").status == 202
    until(lambda: carrier.submits, 20, "the carrier having it")
    uploaded = ann.request("POST", "/attachments?name=plan.txt", b"plan", {"Content-Type": "text/plain"})
    assert uploaded.status == 201, uploaded
    backup = installation.folder / "store" / "backup.sqlite"
    portal.command("backup", "--store", installation.store_path, backup)

    beside = list(installation.store_path.parent.rglob("*"))
    loose = {str(path.relative_to(installation.folder)): oct(stat.S_IMODE(path.stat().st_mode)) for path in beside
             if stat.S_IMODE(path.stat().st_mode) & 0o077}
    found = [
        (name, path.name) for path, content in kept(installation.folder).items() for name, secret in secrets.items()
        if secret.encode() in content]
    portal.stop()
    found += [
        (name, path.name) for path, content in kept(installation.folder).items() for name, secret in secrets.items()
        if secret.encode() in content]
    carrier.stop()

    assert installation.store_path.with_name(backup.name).exists()
    assert found == []
    assert loose == {}, "others may read what lies beside the store"
