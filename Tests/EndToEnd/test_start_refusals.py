"""What keeps a server from starting is said in a sentence with what to do."""

import signal
import subprocess

import pytest

from support.installation import Installation
from support.ports import free_port
from support.waiting import until


@pytest.fixture(scope="module")
def stopped(tmp_path_factory, seed_file):
    """An installation whose server doesn't run; `serve` tries to start one and gives what it said."""
    one = Installation(tmp_path_factory.mktemp("refusals") / "portal", seed_file)

    def serve(*arguments):
        done = one.portal.command("serve", "--manifest", one.folder / "manifest.json", *arguments, check=False)
        assert done.returncode == 1, done
        said = done.stderr.splitlines()[-1]
        assert said.startswith("Error: ") and "(errno" not in said, said
        return said

    one.serve = serve
    return one


def test_a_port_that_is_taken_is_said_with_what_to_do(stopped, finished):
    other = Installation(stopped.folder.parent / "other", stopped.store_path)
    other.portal.start()
    said = stopped.serve("--port", str(other.portal.port))
    finished(other)
    assert f"Another program listens on port {other.portal.port} of 127.0.0.1" in said and "--port" in said


def test_an_address_of_another_machine_is_said(stopped):
    said = stopped.serve("--host", "203.0.113.9", "--port", str(free_port()))
    assert "This machine has no address 203.0.113.9" in said and "--host" in said


def test_a_store_that_cannot_be_written_is_not_taken_for_one_in_use(stopped):
    """Under /proc nothing can be made, whoever asks."""
    said = stopped.serve("--store", "/proc/patchbay.sqlite")
    assert "Nothing can be written in /proc" in said and "A server is running" not in said


def test_a_store_that_is_not_there_is_made_and_that_is_said_once(tmp_path, seed_file, finished):
    """Else a disk that isn't mounted would look like a portal that has lost everything."""
    one = Installation(tmp_path / "portal", seed_file)
    one.store_path.unlink()
    one.portal.start()
    assert one.portal.log().count("a new, empty database was made") == 1
    assert one.portal.terminate() == 0
    one.portal.start()
    assert one.portal.log().count("a new, empty database was made") == 1
    finished(one)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """Two certificates with their keys."""
    folder = tmp_path_factory.mktemp("tls")
    for name in ("one", "two"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}.example",
             "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("certificate, key, words", [
    ("none.pem", "one.key", "There is no readable file"),
    ("one.pem", "none.key", "There is no readable file"),
    ("one.key", "one.key", "There is no certificate in PEM"),
    ("one.pem", "one.pem", "There is no private key in PEM"),
    ("one.pem", "two.key", "doesn't belong to the first certificate"),
])
def test_tls_files_that_cannot_be_used_are_named_before_anything_starts(stopped, pairs, certificate, key, words):
    done = stopped.portal.command(
        "serve", "--manifest", stopped.folder / "manifest.json", "--tls-certificate", pairs / certificate,
        "--tls-key", pairs / key, check=False)
    assert done.returncode == 1 and words in done.stderr, done
    assert "plugin running" not in done.stderr


def test_a_public_address_that_is_none_is_refused(stopped):
    assert "https://portal.example" in stopped.serve("--public-url", "portal")


def test_a_manifest_that_is_missing_is_asked_for_by_its_option(stopped):
    done = stopped.portal.command("check", "nowhere.json", check=False)
    assert done.returncode == 1 and "no readable manifest at nowhere.json" in done.stderr, done


def test_a_manifest_that_cannot_be_used_is_not_said_to_have_been_read(installed):
    """At SIGHUP the fault stands in the log once, and nothing says that all went well."""
    one = installed()
    one.portal.start()
    (one.folder / "manifest.json").write_text("{")
    one.portal.signal(signal.SIGHUP)
    until(lambda: "manifest not usable" in one.portal.log(), 20, "the fault in the log")
    one.save()
    one.portal.signal(signal.SIGHUP)
    until(lambda: "manifest read again" in one.portal.log(), 20, "the manifest being read")
    assert one.portal.log().count("is not valid JSON") == 1 and one.portal.log().count("manifest read again") == 1
