"""Setting up the Asterisk plugin: TLS, hints, and what `patchbay doctor` says, with a real Asterisk 22 and two phones."""

import contextlib

import pytest

from support.asterisk import DEAF, WEAK, why_not
from support.installation import ROOT_ADMIN
from support.phonesystem import PhoneSystem
from support.ports import free_port
from support.waiting import until

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))


@pytest.fixture(scope="module")
def system(tmp_path_factory, seed_file, finished):
    one = PhoneSystem(tmp_path_factory.mktemp("pbx"), seed_file)
    yield one
    finished(one.installation)
    one.stop()


@pytest.fixture(autouse=True)
def quiet(system):
    """Every test begins with phones that nobody talks on."""
    system.is_quiet()


@contextlib.contextmanager
def settings(system, **changed):
    """Runs the plugin with other settings for a while; gives a way to change more of them."""
    entry = system.installation.entry("asterisk")
    before = entry["settings"]

    def change(**more):
        entry["settings"] = before | changed | more
        system.installation.save()
        system.portal.sign_in(ROOT_ADMIN).expect(200, "POST", "/admin/plugins/reload")

    try:
        change()
        yield change
    finally:
        changed = {}
        change()
        system.shows(system.cleo, "1001", "idle", 20)


def test_C2_status_by_hints(system):
    """C2: phones are followed by the dial plan's hints too."""
    with settings(system, domains={"harbor.example": {"context": "harbor", "hints": "harbor"}}):
        system.shows(system.cleo, "1002", "idle", 20)
        system.shows(system.ann, "1003", "offline")
        call = system.call(system.ann, "1002")
        system.anns.rings()
        system.shows(system.cleo, "1001", "ringing", 2)
        system.ann.delete(f"/calls/{call}")
        system.shows(system.cleo, "1001", "idle", 2)


def test_tls_and_a_password_in_the_clear(system):
    """The same by TLS with a certificate of the site's own: only what the named authority has signed is trusted."""
    certificate = system.asterisk.certificate.read_text().split("-----BEGIN PRIVATE")[0]
    (system.installation.folder / "pbx.pem").write_text(certificate)
    tls = {"url": f"amis://127.0.0.1:{system.asterisk.amis}", "login": "plain", "serverName": "pbx.example"}
    with settings(system, **tls) as change:
        until(lambda: "TLS" in (status(system)["reason"] or ""), 20, "the certificate being refused")
        assert status(system)["state"] == "degraded"
        change(authorities={"$file": "pbx.pem"})
        system.shows(system.cleo, "1001", "idle", 20)


def doctor(system, *arguments):
    """What `patchbay doctor` says about the plugin's connection."""
    done = system.portal.command("doctor", "--manifest", system.installation.folder / "manifest.json", *arguments, check=False)
    return [line for line in done.stdout.splitlines() if line.startswith("asterisk self-test")], done.returncode


def test_doctor_finds_all_well(system):
    """`patchbay doctor` tries the connection, the rights and a phone, and rings nobody."""
    lines, code = doctor(system, "--phone", "1001@harbor.example")
    assert code == 0 and len(lines) == 4 and all(": ok" in line for line in lines), lines
    lines, _ = doctor(system, "--phone", "1003@harbor.example")
    assert "doubtful" in lines[-1] and "not registered" in lines[-1], lines
    lines, _ = doctor(system, "--phone", "1009@harbor.example")
    assert "FAILED" in lines[-1] and "pjsip.conf" in lines[-1], lines
    assert not system.asterisk.channels() and not system.anns.has("CALL_INCOMING")


@pytest.mark.parametrize("change, mend", [
    ({"username": WEAK}, 'add "originate" to "write ="'), ({"username": "nobody"}, "[nobody] in manager.conf"),
    ({"username": DEAF}, 'add "call" to "read ="'), ({"url": f"ami://127.0.0.1:{free_port()}"}, "bindaddr and port in manager.conf"),
])
def test_doctor_says_what_to_change_in_manager_conf(system, change, mend):
    """A user without a right, an unknown one, a wrong port: one sentence says what to do, by Asterisk's own refusals."""
    entry = system.installation.entry("asterisk")
    before = entry["settings"]
    entry["settings"] = before | change
    system.installation.save()
    try:
        lines, code = doctor(system)
    finally:
        entry["settings"] = before
        system.installation.save()
    assert code != 0 and "FAILED" in lines[-1] and mend in lines[-1], lines


def status(system):
    """How the plugin stands, by the admin API."""
    plugins = system.portal.sign_in(ROOT_ADMIN).items("/admin/plugins")
    return next(one for one in plugins if one["id"] == "asterisk")
