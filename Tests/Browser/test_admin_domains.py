"""Domains and features in the administration, for super users, resellers and office managers."""

import pytest
from playwright.sync_api import expect

from support.administration import LOOKS, add_user, dialog, open_section, row, said, switch
from support.browser import audit
from support.installation import ANN, OLGA, ROOT_ADMIN


@pytest.fixture(scope="module")
def reseller(portal):
    """A reseller of Timber & Sons, who also administers Client Co."""
    root = portal.sign_in(ROOT_ADMIN)
    body = {"id": "client.example", "name": "Client Co", "region": "CH", "timeZone": "Europe/Zurich",
            "resellerId": "timber.example"}
    root.expect(201, "POST", "/admin/domains", body)
    return add_user(root, "2090", "Rosa Reseller", "reseller", "timber.example")


@pytest.mark.firefox
def test_P5_a_super_user_adds_a_domain_and_removes_it_by_typing_its_name(enter, root):
    page = open_section(enter(ROOT_ADMIN), "Domains")
    page.get_by_role("button", name="Add domain").click()
    form = dialog(page, "Add domain")
    form.get_by_label("Domain").fill("maple.example")
    form.get_by_label("Name").fill("Maple Works")
    form.get_by_label("Country").select_option("CA")
    form.get_by_label("Time zone").select_option("America/Toronto")
    form.get_by_role("button", name="Add domain").click()
    said(page, "Maple Works has been added")
    expect(row(page, "maple.example")).to_contain_text("Canada (CA)")

    page.get_by_role("button", name="More for Maple Works").click()
    page.get_by_role("menuitem", name="Remove domain").click()
    question = dialog(page, "Remove Maple Works?")
    question.get_by_role("button", name="Remove domain").click()
    expect(question.get_by_label("Type “maple.example” to confirm")).to_be_focused()
    question.get_by_label("Type “maple.example” to confirm").fill("maple.example")
    question.get_by_role("button", name="Remove domain").click()

    said(page, "Maple Works has been removed")
    expect(row(page, "maple.example")).to_have_count(0)
    assert "maple.example" not in [one["id"] for one in root.items("/admin/domains")]


def test_P5_a_reseller_administers_their_domains_and_sees_no_others(enter, portal, root, reseller):
    page = open_section(enter(reseller), "Domains")
    expect(page.get_by_role("row")).to_have_count(3)
    expect(row(page, "Harbor & Pine")).to_have_count(0)

    page.get_by_role("button", name="More for Client Co").click()
    page.get_by_role("menuitem", name="Administer it").click()

    expect(page.get_by_role("heading", level=1, name="Users")).to_be_visible()
    expect(page.get_by_text("Nobody works here yet")).to_be_visible()
    expect(page.get_by_role("combobox", name="Domain")).to_have_value("client.example")
    page.get_by_role("button", name="Add user").click()
    form = dialog(page, "Add user")
    assert "Super user" not in form.get_by_label("Scope").locator("option").all_inner_texts()
    form.get_by_label("Name").fill("Urs Meier")
    form.get_by_label("Extension").fill("10")
    form.get_by_role("button", name="Add user").click()
    expect(row(page, "Urs Meier")).to_be_visible()
    page.get_by_role("link", name="Numbers", exact=True).click()
    page.get_by_role("button", name="Add number").click()
    form = dialog(page, "Add number")
    form.get_by_label("Number").fill("044 668 18 00")
    form.get_by_label("Name").fill("Empfang")
    form.get_by_role("button", name="Add number").click()
    expect(row(page, "044 668 18 00")).to_be_visible()
    assert [one["number"] for one in root.items("/admin/domains/client.example/numbers")] == ["+41446681800"]
    page.get_by_role("combobox", name="Domain").select_option("timber.example")
    expect(row(page, "044 668 18 00")).to_have_count(0)


def test_P5_a_domain_out_of_reach_is_not_there_at_all(enter, portal, reseller):
    person = enter(reseller)
    person.page.goto("/admin/domains/harbor.example")

    expect(person.page.get_by_role("status").filter(has_text="There is no such domain")).to_be_visible()
    expect(person.page.get_by_text("Harbor & Pine")).to_have_count(0)
    client = portal.sign_in(reseller)
    for path in ("", "/users", "/numbers", "/export/users"):
        assert client.get(f"/admin/domains/harbor.example{path}").status == 404
    person.errors.clear()


@pytest.mark.parametrize("login", [OLGA, "reseller"])
def test_P5_only_a_super_user_sees_whose_a_domain_is(enter, reseller, login):
    page = open_section(enter(reseller if login == "reseller" else login), "Domains")
    if login == "reseller":
        page.get_by_role("link", name="Client Co").click()
    expect(page.get_by_label("Time zone")).to_be_visible()
    expect(page.get_by_label("Reseller", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Add domain")).to_have_count(0)


def test_P5_an_office_manager_changes_the_settings_of_their_own_domain(olga, root):
    page = open_section(olga, "Domains")
    expect(page.get_by_role("heading", level=2, name="Harbor & Pine")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
    page.get_by_label("Minutes a shared conversation").fill("0")
    page.get_by_label("What may not be called").fill("premium-rate\n+1900*\n70*")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Minutes a shared conversation")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Minutes a shared conversation").fill("30")
    page.get_by_label("What may not be called").fill("premium-rate\nnonsense!")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("What may not be called")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("What may not be called").fill("premium-rate\n+1900*\n70*")

    page.get_by_role("button", name="Save").click()

    said(page, "The settings have been saved")
    now = root.expect(200, "GET", "/admin/domains/harbor.example")
    assert (now["claimMinutes"], now["deniedCalls"]) == (30, ["premium-rate", "+1900*", "70*"])
    expect(page.get_by_label("What may not be called")).to_have_value("premium-rate\n+1900*\n70*")
    page.get_by_label("What may not be called").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("What may not be called")).to_have_value("premium-rate")
    root.expect(200, "PATCH", "/admin/domains/harbor.example", {"claimMinutes": 15})
    olga.errors.clear()     # the browser logs the refusals


def test_P5_what_somebody_types_is_kept_when_another_administrator_saves(olga, root):
    page = open_section(olga, "Domains")
    page.get_by_label("Name").fill("Harbor & Pine & Oak")

    root.expect(200, "PATCH", "/admin/domains/harbor.example", {"claimMinutes": 20})

    expect(page.get_by_text("Another administrator has changed this domain meanwhile.")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Harbor & Pine & Oak")
    page.get_by_role("button", name="Show the new settings").click()
    expect(page.get_by_label("Minutes a shared conversation")).to_have_value("20")
    expect(page.get_by_label("Name")).to_have_value("Harbor & Pine")
    root.expect(200, "PATCH", "/admin/domains/harbor.example", {"claimMinutes": 15})


def test_S4_P5_a_super_user_switches_a_feature_for_the_system_and_everybody_loses_it(enter, ann, portal):
    page = open_section(enter(ROOT_ADMIN), "Features")
    toggle = page.get_by_role("switch", name="SMS for Whole system")
    closed = ann.page.locator("main").get_by_text("SMS is switched off for the whole system.")
    expect(closed).to_have_count(0)

    toggle.click()

    expect(closed).to_be_visible()
    features = portal.sign_in(ANN).expect(200, "GET", "/session")["features"]
    assert features["sms"]["closedGate"] == "system" and features["chat"]["isOpen"]
    toggle.click()
    expect(closed).to_have_count(0)


def test_P5_an_office_manager_switches_for_their_company_and_only_sees_the_system(olga, portal, root):
    page = open_section(olga, "Features")
    toggle = page.get_by_role("switch", name="Video invitations for Harbor & Pine")
    expect(toggle).to_be_checked()
    expect(page.get_by_role("switch", name="for Whole system")).to_have_count(0)
    refused = portal.sign_in(OLGA).put("/admin/switches/video/system/system", {"isOn": False})
    assert (refused.status, refused.id) == (403, "permission.missing")

    toggle.uncheck()

    expect(toggle).not_to_be_checked()
    ann = portal.sign_in(ANN)
    assert ann.expect(200, "GET", "/session")["features"]["video"]["closedGate"] == "domain"
    switch(root, "video", "domain", "harbor.example", True)
    # By another administrator: it is seen at once.
    expect(toggle).to_be_checked()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.chromium
def test_P5_axe_finds_nothing_on_domains_and_features(enter, look):
    page = enter(ROOT_ADMIN, **LOOKS[look]).page
    pages = {"/admin/domains": row(page, "Timber & Sons"), "/admin/domains/harbor.example": page.get_by_label("Time zone"),
             "/admin/features": page.get_by_role("switch", name="SMS for Whole system")}
    for path, there in pages.items():
        page.goto(path)
        expect(there).to_be_attached()
        assert audit(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]
