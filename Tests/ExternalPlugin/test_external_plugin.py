"""A4: a plugin that `patchbay plugin new` makes outside the repository builds against Sources/SDK, loads and works."""

import json
import pathlib
import shutil
import subprocess

import pytest

from support.installation import ANN, BEN, Installation, seed, standard
from support.server import ROOT, program

PACKAGE = "call-notes"
LIBRARY = "libCallNotes.so"
NEEDED = ("grdb.swift", "swift-crypto", "swift-asn1")

# A package of its own compiles the SDK and GRDB anew: one worker does it, and all tests share it.
pytestmark = [pytest.mark.timeout(1800), pytest.mark.xdist_group("external-plugin")]


def run(*command, folder, seconds):
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, timeout=seconds, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The new plugin's folder, built and tested by itself as its author would, with only its library installed."""
    folder = tmp_path_factory.mktemp("outside") / PACKAGE
    run(program(), "plugin", "new", PACKAGE, "--into", folder, "--sdk", ROOT / "Sources" / "SDK", folder=ROOT, seconds=30)
    # The versions that the portal was built with; what SDK and PatchbayTesting need is all that is fetched.
    pins = json.loads((ROOT / "Package.resolved").read_text())
    pins["pins"] = [pin for pin in pins["pins"] if pin["identity"] in NEEDED]
    pins.pop("originHash", None)
    (folder / "Package.resolved").write_text(json.dumps(pins))
    run("swift", "test", folder=folder, seconds=900)
    run("swift", "build", "--product", "CallNotes", folder=folder, seconds=900)
    shutil.copy(folder / ".build" / "debug" / LIBRARY, folder / LIBRARY)
    return folder


@pytest.fixture(scope="module")
def portal(made, tmp_path_factory):
    seed_file = seed(tmp_path_factory.mktemp("seed"))
    entry = {"id": PACKAGE, "folder": str(made), "settings": {"salutation": "Ahoy"}}
    installation = Installation(tmp_path_factory.mktemp("portal") / "one", seed_file, plugins=[*standard(), entry])
    installation.portal.start()
    yield installation.portal
    installation.portal.stop()


def test_new_plugin_is_a_package_without_the_templates_name(made):
    texts = [path.read_text() for path in made.rglob("*") if path.is_file() and ".build" not in path.parts
             and path.suffix not in (".so", ".resolved")]

    assert texts
    assert not [text for text in texts if "hello" in text.lower()]


def test_its_routes_settings_tables_and_features_work_in_the_portal(portal):
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    me = ben.expect(200, "GET", "/session")["user"]

    sent = ann.expect(201, "POST", f"/{PACKAGE}/greetings", {"to": me["id"]})
    seen = ben.expect(200, "GET", f"/{PACKAGE}/greetings")
    refused = ann.request("POST", f"/{PACKAGE}/greetings", {"to": "nobody"})

    assert sent["text"] == f"Ahoy, {me['name']}"
    assert seen["items"] == [sent]
    # A PortalError thrown by the plugin is the portal's PortalError, or this were a 500.
    assert (refused.status, refused.id) == (404, "not-found")
    assert ann.expect(200, "GET", "/session")["features"][PACKAGE]["isOpen"] is True


def test_the_process_holds_one_copy_of_the_sdk(portal, made):
    maps = pathlib.Path(f"/proc/{portal.pid}/maps").read_text()
    files = {line.split()[-1] for line in maps.splitlines() if line.endswith(".so")}

    def copies(name):
        return [path for path in files if path.endswith("/" + name)]

    assert copies(LIBRARY) == [str(made / LIBRARY)]
    assert len(copies("libPatchbaySDK.so")) == 1
    assert len(copies("libGRDB-dynamic.so")) == 1
    assert str(made) not in copies("libPatchbaySDK.so")[0]
