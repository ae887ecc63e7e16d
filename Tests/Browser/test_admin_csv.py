"""Many at once: CSV files are looked through, imported as a whole or not at all, and exported safely."""

import re

import pytest
from playwright.sync_api import expect

from support.administration import LOOKS, open_section, said, user_id
from support.browser import audit
from support.installation import CLEO, OLGA, ROOT_ADMIN
from support.waiting import until

BAD = "extension,name,email\r\n1001,Ann Again,\r\n12x,Ben Again,\r\n1071,Ida Berg,not an address\r\n1072,Jon Lund,\r\n"
GOOD = "extension,name,email,scope\r\n1071,Ida Berg,ida@harbor.example,site-manager\r\n1072,\"Lund, Jon\",,\r\n"


def choose(page, text, name="people.csv"):
    raw = text if isinstance(text, bytes) else text.encode()
    page.get_by_label("Choose a CSV file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": raw})


def saved(page, folder):
    """The file that the page gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the CSV file").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_P5_a_faulty_file_is_told_line_by_line_and_nothing_of_it_is_stored(olga, root):
    page = open_section(olga, "Import and export")

    choose(page, BAD)

    expect(page.get_by_role("alert")).to_contain_text("Nothing was imported. 3 lines have to be mended:")
    faults = page.locator("ol.faults").get_by_role("listitem")
    expect(faults).to_have_text([
        "Line 2Extension 1001 of harbor.example belongs to somebody else already.",
        "Line 3An extension has 1 to 10 digits.", "Line 4“not an address” is not an e-mail address."])
    expect(page.get_by_role("region", name="The beginning of people.csv")).to_contain_text("Jon Lund")
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    assert "Jon Lund" not in [one["name"] for one in root.items("/admin/domains/harbor.example/users")]


@pytest.mark.firefox
def test_P5_a_sound_file_is_shown_first_and_imported_when_its_owner_says_so(olga, enter, root):
    other = open_section(enter(OLGA), "Users")
    page = open_section(olga, "Import and export")
    choose(page, GOOD)
    expect(page.get_by_text("Nothing is wrong with it")).to_be_visible()
    assert "Ida Berg" not in [one["name"] for one in root.items("/admin/domains/harbor.example/users")]

    page.get_by_role("button", name="Import 2 users").click()

    said(page, "2 users imported")
    expect(page.get_by_role("button", name="Import 2 users")).to_have_count(0)
    # Another administrator sees them at once.
    expect(other.get_by_role("link", name="Lund, Jon")).to_be_visible()
    made = next(one for one in root.items("/admin/domains/harbor.example/users") if one["name"] == "Ida Berg")
    assert (made["extension"], made["scope"], made["email"]) == ("1071", "site-manager", "ida@harbor.example")


def test_P5_an_import_gives_nobody_more_rights_than_the_importer_has(olga):
    page = open_section(olga, "Import and export")

    choose(page, "extension,name,scope\n1091,Eve,super-user\n")

    expect(page.get_by_text("needs the scope super-user, which is more than yours")).to_be_visible()


@pytest.mark.parametrize("file,words", [
    ("name\nx", "“extension” is missing"), ("extension,name\n1,\"open", "never closed"),
    (b"extension,name\n1095,M\xfcller\n", "isn't UTF-8")])
def test_P5_what_cannot_be_read_is_said_in_words(olga, file, words):
    page = open_section(olga, "Import and export")

    choose(page, file)

    expect(page.locator(".result")).to_contain_text(words)
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    olga.errors.clear()


@pytest.mark.chromium
def test_P5_an_import_is_sent_once_however_often_it_is_pressed(olga):
    page, sent = open_section(olga, "Import and export"), []
    page.route(re.compile("/import/users$"), lambda route: sent.append(route))
    choose(page, "extension,name\n1093,Uma Reed\n")

    page.get_by_role("button", name="Import 1 user").dblclick()

    expect(page.locator(".result")).to_contain_text("Importing people.csv…")
    expect(page.get_by_role("button", name="Import 1 user")).to_have_count(0)
    # Evaluating lets the driver hand over what it holds.
    until(lambda: page.evaluate("1") and sent, 10, "the import being sent")
    assert len(sent) == 1
    sent[0].continue_()
    said(page, "1 user imported")


@pytest.mark.chromium
def test_P5_an_import_whose_answer_is_lost_is_looked_through_again_and_stores_nothing_twice(olga, portal):
    page = open_section(olga, "Import and export")
    page.get_by_role("button", name="Contacts", exact=True).click()
    desk, lost = portal.sign_in(OLGA), []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    page.route(re.compile("/import/contacts$"), lose)
    text = "name,number:Mobile\nWanda Quist,619 555 0191\n"
    choose(page, text, "friends.csv")
    page.get_by_role("button", name="Import 1 contact").click()

    expect(page.locator(".result")).to_contain_text("1 contact is there already")
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    assert lost == [200]
    page.unroute(re.compile("/import/contacts$"))
    choose(page, text + "Wanda Quist,619 555 0192\n", "friends.csv")
    page.get_by_role("button", name="Import 1 contact").click()
    said(page, "1 contact imported")
    numbers = [one["numbers"][0]["value"] for one in desk.items("/contacts?query=Wanda")]
    assert sorted(numbers) == ["+16195550191", "+16195550192"]
    olga.errors.clear()  # the request that was cut


def test_P5_a_file_that_was_refused_can_be_chosen_again_when_it_is_mended(olga):
    page = open_section(olga, "Import and export")

    choose(page, b"extension,name\n1095,M\xfcller\n")

    expect(page.locator(".result")).to_contain_text("isn't UTF-8")
    # A browser says nothing of a choice that is the same as before.
    expect(page.get_by_label("Choose a CSV file")).to_have_value("")
    olga.errors.clear()


@pytest.mark.chromium
def test_P5_an_earlier_files_late_answer_does_not_replace_a_newer_one(olga):
    page, held = open_section(olga, "Import and export"), []
    page.route("**/import/users?dryRun=true", lambda route: route.continue_() if held else held.append(route))
    choose(page, "extension,name\n1094,Una Late\n", "early.csv")
    until(lambda: page.evaluate("1") and held, 10, "the early question")
    choose(page, "extension,name\n12x,Ben Again\n", "late.csv")
    expect(page.get_by_role("alert")).to_contain_text("1 line has to be mended")

    with page.expect_response("**/import/users?dryRun=true") as early:
        held[0].continue_()
    early.value.finished()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    expect(page.get_by_role("region", name="The beginning of late.csv")).to_be_visible()
    expect(page.get_by_role("button", name="Import")).to_have_count(0)


def test_P5_a_file_is_dropped_on_the_page(olga):
    page = open_section(olga, "Import and export")
    page.get_by_role("button", name="Numbers", exact=True).click()
    data = page.evaluate_handle("""() => {
        const data = new DataTransfer();
        data.items.add(new File(['number;label;users\\n619 555 0161;Yard;1001 1002\\n'], 'n.csv', { type: 'text/csv' }));
        return data;
    }""")

    page.locator(".drop").dispatch_event("drop", {"dataTransfer": data})

    page.get_by_role("button", name="Import 1 number").click()
    said(page, "1 number imported")
    page.get_by_role("link", name="Numbers", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="Yard")).to_contain_text("(619) 555-0161")


def test_P5_an_export_has_a_mark_runs_no_formula_and_comes_back_as_it_was(enter, root, tmp_path):
    who = user_id(root, "Cleo Marchetti")
    root.expect(200, "PATCH", f"/admin/users/{who}", {"name": "=HYPERLINK(\"//evil.example\",\"Cléo\")"})
    page = open_section(enter(ROOT_ADMIN), "Import and export")
    try:
        path = saved(page, tmp_path)
    finally:
        root.expect(200, "PATCH", f"/admin/users/{who}", {"name": "Cleo Marchetti"})

    raw = path.read_bytes()
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert path.name == "users-harbor.example.csv" and raw.startswith(b"\xef\xbb\xbf")
    assert lines[0] == "extension,name,email,scope"
    cell = next(line for line in lines if line.startswith("1003,"))
    assert cell.startswith("1003,\"'=HYPERLINK(\"\"//evil.example\"\",\"\"Cléo\"\")\",cleo")
    assert "password" not in raw.decode().lower()
    root.expect(201, "POST", "/admin/domains", {
        "id": "copy.example", "name": "Copy", "region": "US", "timeZone": "America/Los_Angeles"})
    copied = raw.decode("utf-8-sig").replace("@harbor.example", "@copy.example").encode()
    done = root.request("POST", "/admin/domains/copy.example/import/users", copied, {"Content-Type": "text/csv"}).json()
    assert done["faults"] == []
    assert user_id(root, "=HYPERLINK(\"//evil.example\",\"Cléo\")", "copy.example")
    root.expect(204, "DELETE", "/admin/domains/copy.example")


def test_P5_the_export_of_contacts_leaves_personal_ones_with_their_people(olga, portal, tmp_path):
    number = [{"label": "Mobile", "value": "(619) 555-0177"}]
    portal.sign_in(CLEO).expect(201, "POST", "/contacts", {
        "name": "Cleo's dentist", "isShared": False, "numbers": number, "emails": []})
    page = open_section(olga, "Import and export")
    page.get_by_role("button", name="Contacts", exact=True).click()

    text = saved(page, tmp_path).read_text(encoding="utf-8-sig")

    assert "Bob Smith" in text and "'+16195550142" in text and "dentist" not in text


def test_P5_the_command_line_exports_the_same_file(olga, portal, tmp_path):
    page = open_section(olga, "Import and export")
    page.get_by_role("button", name="Numbers", exact=True).click()
    expected = saved(page, tmp_path).read_bytes()
    store = portal.folder / "store" / "patchbay.sqlite"

    portal.command("export", "numbers", tmp_path / "numbers.csv", "--domain", "harbor.example", "--store", store)

    assert (tmp_path / "numbers.csv").read_bytes() == expected


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.chromium
def test_P5_axe_finds_nothing_on_import_and_export(enter, look):
    page = enter(OLGA, **LOOKS[look]).page
    page.goto("/admin/transfer")
    choose(page, BAD)
    expect(page.get_by_role("alert")).to_be_visible()
    assert audit(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]
