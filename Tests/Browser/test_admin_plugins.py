"""The administrator's page of the plugins: how they stand, what they may do, their settings, what an update brings."""

import pytest
from playwright.sync_api import expect

from support.systempages import SECRET, System, installation, rewrite
from support.browser import audit
from support.installation import OLGA, ROOT_ADMIN


@pytest.fixture(scope="module")
def installed(tmp_path_factory, seed_file):
    one = installation(tmp_path_factory.mktemp("plugins"), seed_file)
    one.portal.start()
    yield one
    one.portal.stop()


@pytest.fixture(scope="module")
def portal(installed):
    return installed.portal


@pytest.fixture
def system(enter):
    return System(enter(ROOT_ADMIN))


def sheet(root, identifier):
    return root.expect(200, "GET", f"/admin/plugins/{identifier}")


def setting(root, identifier, name):
    return next(one for one in sheet(root, identifier)["settings"] if one["name"] == name)


def test_P5_every_plugin_says_how_it_stands_why_and_what_to_do(system):
    """P5: running in a word; a declined one with its reason and its mend."""
    system.open("plugins")
    expect(system.plugin("SMS")).to_contain_text("Running")
    kannel = system.plugin("Kannel")
    expect(kannel).to_contain_text("Declined")
    expect(kannel).to_contain_text("NO_SUCH_PASSWORD, which is not set")
    expect(kannel).to_contain_text("Set NO_SUCH_PASSWORD where the portal is started")


def test_P5_the_page_of_a_plugin_says_what_it_may_do(system):
    """P5: permissions with their scopes, hosts, events, places, version."""
    system.open("plugins/kannel")
    may = system.card("What it may do")
    expect(may).to_contain_text("setting “url”")
    system.open("plugins/sms")
    row = may.get_by_role("row").filter(has_text="sms.use")
    expect(row).to_contain_text("Send and receive text messages")
    expect(row).to_contain_text("Office Manager")
    expect(may).to_contain_text("None: it can’t connect to the outside.")
    expect(may).to_contain_text("sms.opt-out.added")


def test_P5_a_setting_is_changed_says_by_whom_and_goes_back(system, root):
    """P5: the form draws the schema; saved, the origin is said; reset, the manifest counts again."""
    system.open("plugins/simulator")
    field = system.setting("window")
    expect(field).to_contain_text("From 1 to 1,000.")
    expect(field).to_contain_text("Default")
    field.get_by_role("spinbutton").fill("7")
    system.save()
    expect(field).to_contain_text("Changed here by 1000@harbor.example")
    assert setting(root, "simulator", "window")["value"] == 7
    expect(system.card("Changes made here")).to_contain_text("window")
    field.get_by_role("button", name="Reset window").click()
    expect(field).not_to_contain_text("Changed here")
    expect(field.get_by_role("spinbutton")).to_have_value("20")
    assert setting(root, "simulator", "window")["origin"] == "default"


def test_P5_what_is_typed_stays_while_something_else_of_the_plugin_is_changed(system, root):
    """P5: neither a reset of another setting nor the plugin's switch throws away what isn't saved yet."""
    system.open("plugins/simulator")
    window, other = system.setting("window").get_by_role("spinbutton"), system.setting("silenceSeconds")
    window.fill("9")
    system.save()
    expect(system.setting("window")).to_contain_text("Changed here")
    other.get_by_role("spinbutton").fill("77")

    system.setting("window").get_by_role("button", name="Reset window").click()
    expect(system.page.get_by_text("Save what you have typed first.")).to_be_visible()
    system.page.get_by_role("switch", name="Runs").click()
    expect(system.page.get_by_role("switch", name="Runs")).not_to_be_checked()
    system.page.get_by_role("switch", name="Runs").click()
    expect(system.page.get_by_role("switch", name="Runs")).to_be_checked()

    expect(other.get_by_role("spinbutton")).to_have_value("77")
    system.page.reload()
    system.setting("window").get_by_role("button", name="Reset window").click()
    expect(window).to_have_value("20")


def test_P5_a_bad_value_is_said_at_its_field_and_changes_nothing(system, root):
    """P5: the server's sentence stands at the field, which has the focus; the plugin runs on as it was."""
    since = sheet(root, "sms")["status"]["since"]
    system.open("plugins/sms")
    field = system.setting("mostSegments")
    box = field.get_by_role("spinbutton")
    box.fill("99")
    system.setting("language").get_by_role("textbox").fill("x")
    system.save()
    expect(field.locator(".error")).to_contain_text("must be at most 10")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(system.setting("language").locator(".error")).to_contain_text("needs at least 2 characters")
    assert sheet(root, "sms")["status"]["since"] == since
    assert setting(root, "sms", "mostSegments")["value"] == 10
    system.person.errors.clear()  # the browser logs the 400


def test_P5_D4_a_secret_is_named_never_typed_never_shown(system, root, installed):
    """P5, D4: where it lies, whether it is found; a file below the manifest's folder makes the plugin run."""
    system.open("plugins/kannel")
    field = system.setting("password")
    expect(field).to_contain_text("Not found")
    expect(field.get_by_role("textbox")).to_have_value("NO_SUCH_PASSWORD")
    field.get_by_role("combobox").select_option("file")
    field.get_by_role("textbox").fill("/etc/hostname")
    system.save()
    expect(field.locator(".error")).to_contain_text("must lie below")
    system.person.errors.clear()  # the browser logs the 400
    (installed.folder / "kannel.secret").write_text(SECRET + "\n")
    field.get_by_role("textbox").fill("kannel.secret")
    system.save()
    expect(field).to_contain_text("Found")
    expect(system.card("Kannel")).to_contain_text("Running")
    assert SECRET not in system.page.content()
    assert SECRET not in root.get("/admin/plugins/kannel").body.decode()
    assert SECRET not in installed.portal.log()


def test_P5_a_plugin_is_stopped_with_a_warning_and_started_again(system, root):
    """P5: who needs it is named before it stops; the rest runs on; the switch brings it back."""
    system.open("plugins/sms")
    runs = system.page.get_by_role("switch", name="Runs")
    runs.click()
    question = system.page.get_by_role("dialog")
    expect(question).to_contain_text("simulator")
    question.get_by_role("button", name="Cancel").click()
    expect(runs).to_be_checked()
    runs.click()
    question.get_by_role("button", name="Stop").click()
    expect(runs).not_to_be_checked()
    states = {one["id"]: one["state"] for one in root.items("/admin/plugins")}
    assert states["sms"] == "off" and states["simulator"] == "declined" and states["chat"] == "running"
    runs.click()
    expect(system.card("SMS")).to_contain_text("Running")
    states = {one["id"]: one["state"] for one in root.items("/admin/plugins")}
    assert states["sms"] == states["simulator"] == "running"


def test_P5_D4_what_an_update_would_newly_be_allowed_is_said_before_it_is_loaded(system, root, installed):
    """P5, D4: a new permission, a new host; only the button takes them in."""
    rewrite(installed.chat_folder, version="1.4.0", outboundHosts=["new.example:8443"], permissions=[
        {"id": "chat.use", "title": "Chat with colleagues", "scopes": ["basic-user", "office-manager", "super-user"]},
        {"id": "chat.shout", "title": "Write to everybody", "scopes": ["reseller"]}])
    system.open("plugins")
    card = system.card("Chat waits for a reload")
    expect(card).to_contain_text("Version 1.0.0 runs; version 1.4.0 is on disk.")
    expect(card).to_contain_text("Permission “Write to everybody” for Reseller")
    expect(card).to_contain_text("Connections to new.example:8443")
    assert sheet(root, "chat")["status"]["version"] == "1.0.0"
    system.page.get_by_role("button", name="Read manifest.json again").click()
    expect(card).to_have_count(0)
    expect(system.plugin("Chat")).to_contain_text("1.4.0")


def test_P5_another_administrators_change_shows_by_itself(system, root):
    """P5: the page follows the event; what somebody else has set is there without a reload."""
    system.open("plugins/simulator")
    root.expect(200, "PATCH", "/admin/plugins/simulator/settings", {"set": {"silenceSeconds": 9}})
    expect(system.setting("silenceSeconds").get_by_role("spinbutton")).to_have_value("9")
    root.expect(200, "PATCH", "/admin/plugins/simulator/settings", {"reset": ["silenceSeconds"]})
    expect(system.setting("silenceSeconds").get_by_role("spinbutton")).to_have_value("15")


def test_P5_X2_an_office_manager_sees_nothing_of_the_system(enter, portal):
    """P5, X2: not in the menu, not by the address, not by the API."""
    olga = enter(OLGA)
    olga.page.goto("/admin")
    expect(olga.page.get_by_role("link", name="Opt-outs")).to_be_visible()
    for name in ("Plugins", "Carriers and PBX", "Health"):
        expect(olga.page.get_by_role("link", name=name)).to_have_count(0)
    olga.page.goto("/admin/plugins")
    expect(olga.page.get_by_role("link", name="Opt-outs")).to_be_visible()
    expect(olga.page.locator(".plug")).to_have_count(0)
    for path in ("/admin/plugins", "/admin/plugins/sms", "/admin/connections", "/admin/health"):
        assert portal.sign_in(OLGA).get(path).status == 403


@pytest.mark.chromium
@pytest.mark.parametrize("look", [
    {}, {"color_scheme": "dark"},
    {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}],
    ids=["light", "dark", "phone"])
@pytest.mark.parametrize("section", ["plugins", "plugins/kannel", "plugins/sms"])
def test_D4_the_pages_of_plugins_are_axe_clean(enter, look, section):
    """D4: in light and dark and on a phone, without sideways scrolling."""
    system = System(enter(ROOT_ADMIN, **look)).open(section)
    assert audit(system.page) == []
    width = (look.get("viewport") or {}).get("width")
    assert not width or system.page.evaluate("document.scrollingElement.scrollWidth") <= width
