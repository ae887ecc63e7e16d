"""The search on the page of all conversations: by words, names and numbers, and the jump to what was found."""

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.installation import ANN, ANN_DIRECT
from support.people import colleague
from support.waiting import until

LONG = 260


@pytest.fixture(scope="module")
def desk(portal):
    """Ann by the API."""
    return portal.sign_in(ANN)


@pytest.fixture(scope="module")
def talked(desk):
    """A long conversation with Olga; its 40th message has a word that no other has. Gives the conversation."""
    room = desk.chat_with(colleague(desk, "Olga Lindqvist"))
    for number in range(1, LONG + 1):
        word = "the pomegranate crate" if number == 40 else "another crate"
        desk.send(room, f"Line {number}: {word}")
    until(lambda: desk.items("/search?query=pomegranate"), 60, "the search index")
    return room


class Search:
    def __init__(self, page):
        self.page = page
        self.field = page.get_by_role("searchbox", name="Search messages, names or numbers")
        self.people = page.get_by_role("list", name="Conversations").get_by_role("listitem")
        self.texts = page.get_by_role("list", name="Messages").get_by_role("listitem")

    def open(self):
        self.page.goto("/messages")
        expect(self.page.locator("html")).to_have_attribute("data-link", "live")
        return self


@pytest.fixture
def search(ann):
    return Search(ann.page).open()


def log(page):
    return page.get_by_role("log")


def is_in_view(bubble):
    return bubble.evaluate("""node => {
        const [it, log] = [node, node.closest('.log')].map((el) => el.getBoundingClientRect());
        return it.top >= log.top && it.bottom <= log.bottom;
    }""")


def numbers(page):
    """Which lines the log shows, in its order."""
    return [int(text.split(":")[0][5:]) for text in log(page).locator(".m .b").all_text_contents()]


def test_S51_a_word_is_found_and_marked(search, talked):
    search.field.fill("pomegran")

    expect(search.texts).to_have_count(1)
    expect(search.texts.first).to_contain_text("Olga Lindqvist")
    expect(search.texts.first).to_contain_text("Line 40: the pomegranate crate")
    expect(search.texts.locator("mark")).to_have_text("pomegran")
    expect(search.page.get_by_role("status").filter(has_text="1 result")).to_be_visible()


def test_S51_a_hit_jumps_to_its_message_deep_in_the_conversation(search, talked):
    search.field.fill("pomegranate")
    search.texts.first.get_by_role("link").click()

    hit = log(search.page).locator(".m").filter(has_text="Line 40:")
    expect(hit).to_have_attribute("data-hit", "")
    until(lambda: is_in_view(hit), what="the hit being in view")
    expect(search.page.get_by_text("You are reading older messages.")).to_be_visible()
    shown = numbers(search.page)
    assert shown == list(range(shown[0], shown[-1] + 1)) and shown[0] < 40 < shown[-1] < LONG


def test_S29_from_a_hit_one_scrolls_up_and_down_without_a_gap_or_a_jump(search, talked):
    search.page.goto(f"/messages/{talked}/40")
    page = search.page
    hit = log(page).locator(".m").filter(has_text="Line 40:")
    expect(hit).to_have_attribute("data-hit", "")

    def scroll(to):
        log(page).evaluate(f"log => log.scrollTo(0, {to})")
        return numbers(page)

    until(lambda: scroll(0)[0] == 1, 30, "the first message", every=0.1)
    until(lambda: scroll("log.scrollHeight")[-1] == LONG, 60, "the newest message", every=0.1)
    assert numbers(page) == list(range(1, LONG + 1))
    expect(page.get_by_text("You are reading older messages.")).to_be_hidden()


def test_S30_from_a_hit_one_goes_to_the_newest_and_writing_goes_there_too(search, talked):
    page = search.page
    page.goto(f"/messages/{talked}/40")
    page.get_by_role("button", name="Go to the newest").click()
    newest = log(page).locator(".m").filter(has_text=f"Line {LONG}:")
    expect(newest).to_be_in_viewport()
    expect(page.get_by_role("textbox", name="Message Olga")).to_be_focused()

    page.goto(f"/messages/{talked}/40")
    expect(page.get_by_text("You are reading older messages.")).to_be_visible()
    page.get_by_role("textbox", name="Message Olga").fill("Seen it")
    page.keyboard.press("Enter")

    expect(log(page).locator(".m").filter(has_text="Seen it")).to_be_in_viewport()
    expect(page.get_by_text("You are reading older messages.")).to_be_hidden()


def test_a_hit_near_the_end_needs_no_other_part(search, talked):
    search.page.goto(f"/messages/{talked}/{LONG - 20}")

    hit = log(search.page).locator(".m").filter(has_text=f"Line {LONG - 20}:")

    expect(hit).to_have_attribute("data-hit", "")
    until(lambda: is_in_view(hit), what="the hit being in view")
    expect(search.page.get_by_text("You are reading older messages.")).to_be_hidden()


@pytest.mark.parametrize(("typed", "title"), [
    ("bob", "Bob Smith – Mobile"), ("SMITH", "Bob Smith – Mobile"), ("619 555-0142", "Bob Smith – Mobile"),
    ("0142", "Bob Smith – Mobile"), ("lindq", "Olga Lindqvist"), ("1004", "Olga Lindqvist"),
])
def test_S51_names_numbers_and_extensions_find_conversations(search, customer, talked, typed, title):
    customer("+16195550142", "Hello from Bob", ANN_DIRECT)

    search.field.fill(typed)

    expect(search.people.filter(has_text=title)).to_have_count(1)
    search.people.filter(has_text=title).get_by_role("link").click()
    expect(search.page.get_by_role("heading", level=1)).to_contain_text(title)


def test_S51_an_unknown_number_is_found_in_any_spelling(search, customer, unknown_number):
    customer(unknown_number, "Who am I?", ANN_DIRECT)

    search.field.fill(plain(unknown_number))

    expect(search.people).to_have_count(1)
    expect(search.people).to_contain_text(plain(unknown_number))


def test_S51_what_is_not_there_says_so_and_clearing_brings_the_list_back(search, talked):
    search.field.fill("xylophone quartet")
    expect(search.page.get_by_text("Nothing found")).to_be_visible()

    search.field.fill("")

    rows = search.page.get_by_role("list", name="Conversations").get_by_role("listitem")
    expect(rows.filter(has_text="Olga Lindqvist")).to_be_visible()


def test_S51_more_hits_come_by_a_button_and_a_filter_holds_for_hits_too(search, talked):
    search.field.fill("crate")
    expect(search.texts).to_have_count(30)

    search.page.get_by_role("button", name="More messages").click()

    expect(search.texts).to_have_count(60)
    expect(search.texts.nth(30).get_by_role("link")).to_be_focused()
    search.page.get_by_role("button", name="SMS", exact=True).click()
    expect(search.texts).to_have_count(0)


def test_S51_going_back_from_a_hit_shows_what_was_searched(search, talked):
    search.field.fill("pomegranate")
    search.texts.first.get_by_role("link").click()
    expect(log(search.page)).to_contain_text("Line 40:")

    search.page.go_back()

    expect(search.field).to_have_value("pomegranate")
    expect(search.texts).to_have_count(1)


def test_S51_only_keys_search_and_open_a_hit(search, talked):
    search.field.focus()
    search.page.keyboard.type("pomegranate")
    expect(search.texts).to_have_count(1)
    for _ in range(6):
        search.page.keyboard.press("Tab")
        if search.texts.first.get_by_role("link").evaluate("el => document.activeElement === el"):
            break
    search.page.keyboard.press("Enter")

    hit = log(search.page).locator(".m").filter(has_text="Line 40:")
    expect(hit).to_be_focused()


def test_hostile_words_are_found_as_words(search, customer, unknown_number, desk):
    customer(unknown_number, "<img src=x onerror=alert(1)> zeppelin", ANN_DIRECT)
    until(lambda: desk.items("/search?query=zeppelin"), 30, "the search index")

    search.field.fill("<img zeppelin")

    expect(search.texts.first).to_contain_text("<img src=x onerror=alert(1)> zeppelin")
    expect(search.texts.locator("img")).to_have_count(0)
