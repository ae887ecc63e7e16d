"""The administrator's page of the server's health: live figures, and in words what is not as it should be."""

import pytest
from playwright.sync_api import expect

from support.systempages import System, installation
from support.browser import audit
from support.installation import ANN, FRONT_DESK, ROOT_ADMIN


@pytest.fixture(scope="module")
def portal(tmp_path_factory, seed_file):
    one = installation(tmp_path_factory.mktemp("health"), seed_file)
    one.portal.start()
    yield one.portal
    one.portal.stop()


@pytest.fixture
def system(enter):
    return System(enter(ROOT_ADMIN)).open("health")


def figure(system, name):
    return system.page.locator(f"[data-figure={name}]")


def test_D4_a_declined_plugin_is_a_bad_figure_with_its_mend(system):
    """D4: what is wrong is a word, not a colour; the list says why and what to do."""
    expect(figure(system, "plugins")).to_contain_text("1 of 4")
    expect(figure(system, "plugins")).to_contain_text("Bad")
    row = system.card("Plugins").get_by_role("listitem").filter(has_text="Kannel")
    expect(row).to_contain_text("Declined")
    expect(row).to_contain_text("Set NO_SUCH_PASSWORD")


def test_D4_the_figures_are_the_servers_own(system, root):
    """D4: sizes, streams, versions, migrations, commits and uptime are shown as the API has them."""
    health = root.expect(200, "GET", "/admin/health")
    expect(figure(system, "streams")).to_contain_text("browser")
    expect(figure(system, "disk")).to_contain_text("B")
    versions = system.card("Versions and uptime")
    expect(versions).to_contain_text(health["versions"]["sqlite"])
    newest = {one["owner"]: one["last"] for one in health["versions"]["migrations"]}
    assert newest["sms"].startswith("sms/0")
    expect(versions).to_contain_text(newest["sms"])
    expect(versions).to_contain_text("transactions")
    expect(versions).to_contain_text("Running since")


def test_D4_the_page_follows_what_happens(system, portal):
    """D4: a message that waits is counted without a reload."""
    expect(figure(system, "outbox")).to_contain_text("0 messages")
    ann = portal.sign_in(ANN)
    assert ann.send(ann.sms_to("+16195550009", FRONT_DESK), "quokka").status == 202
    expect(figure(system, "outbox")).to_contain_text("1 message")


def test_X14_a_domain_that_nears_its_daily_limit_of_sms_is_shown(system, portal, root):
    """X14: the domain, how many of how many, and what to do; the page follows without a reload."""
    ann = portal.sign_in(ANN)
    conversation = ann.sms_to("+16195550142", FRONT_DESK)

    def sent():
        return int(portal.metric("patchbay_sms_segments_within_a_day", domain="harbor.example") or 0)

    while sent() < 4:
        assert ann.send(conversation, "quokka").status == 202
    for limit, word in ((sent() * 5, "Good"), (sent() + 1, "Look at it"), (sent(), "Bad")):
        root.expect(200, "PATCH", "/admin/plugins/sms/settings", {
            "set": {"limitsByDomain": {"harbor.example": {"segmentsPerDay": limit}}}})
        expect(figure(system, "daily")).to_contain_text(f"harbor.example: {sent()} of {limit}")
        expect(figure(system, "daily")).to_contain_text(word)
    expect(figure(system, "daily")).to_contain_text("segmentsPerDay")
    root.expect(200, "PATCH", "/admin/plugins/sms/settings", {"set": {"limitsByDomain": {}}})


def test_D4_the_database_is_looked_through_when_it_is_new_and_on_demand(system, root):
    """D4: a new server's file is sound without anybody's doing; it is looked through again at once when somebody asks."""
    expect(figure(system, "integrity")).to_contain_text("Sound")
    expect(figure(system, "integrity")).to_contain_text("Good")
    before = root.expect(200, "GET", "/admin/health")["store"]["integrity"]["checkedAt"]
    system.page.get_by_role("button", name="Check the database now").click()
    expect(system.page.get_by_text("The whole database was looked through.")).to_be_visible()
    assert root.expect(200, "GET", "/admin/health")["store"]["integrity"]["checkedAt"] > before


@pytest.mark.chromium
@pytest.mark.parametrize("look", [
    {}, {"color_scheme": "dark"},
    {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}],
    ids=["light", "dark", "phone"])
def test_D4_the_page_of_health_is_axe_clean(enter, look):
    """D4: in light and dark and on a phone, without sideways scrolling."""
    system = System(enter(ROOT_ADMIN, **look)).open("health")
    expect(figure(system, "disk")).to_be_visible()
    assert audit(system.page) == []
    width = (look.get("viewport") or {}).get("width")
    assert not width or system.page.evaluate("document.scrollingElement.scrollWidth") <= width
