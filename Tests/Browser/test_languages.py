"""English, Spanish, German and French; right to left; reduced motion; forced colours."""

import re

import pytest
from playwright.sync_api import expect

from support.attention import prefer
from support.browser import plain
from support.installation import ANN, ANN_DIRECT, BEN, CLEO
from support.people import colleague
from support.server import PASSWORD

WORDS = {
    "es": {"sign-in": "Iniciar sesión", "hello": "Hola, Cleo", "messages": "Mensajes", "new": "Conversación nueva",
           "start": "Iniciar una conversación nueva", "unread": "1 sin leer",
           "phones": "Abrir los teléfonos"},
    "de": {"sign-in": "Anmelden", "hello": "Hallo, Cleo", "messages": "Nachrichten", "new": "Neue Unterhaltung",
           "start": "Neue Unterhaltung beginnen", "unread": "1 ungelesen",
           "phones": "Telefone öffnen"},
    "fr": {"sign-in": "Connexion", "hello": "Bonjour, Cleo", "messages": "Messages", "new": "Nouvelle conversation",
           "start": "Démarrer une nouvelle conversation", "unread": "1 non lu",
           "phones": "Ouvrir les téléphones"},
}
LABELS = {"es": ("Usuario", "Contraseña", "Iniciar sesión"), "de": ("Benutzer", "Passwort", "Anmelden"),
          "fr": ("Utilisateur", "Mot de passe", "Se connecter")}


def enter_in(person, language, login=CLEO):
    page = person.page
    user, password, button = LABELS[language]
    page.goto("/")
    expect(page.get_by_role("heading", name=WORDS[language]["sign-in"])).to_be_visible()
    page.get_by_label(user, exact=True).fill(login)
    page.get_by_label(password, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS[language]["hello"])
    person.is_live()
    return page


@pytest.mark.firefox
@pytest.mark.parametrize("language, locale", [("es", "es-MX"), ("de", "de-DE"), ("fr", "fr-FR")])
def test_the_portal_speaks_the_language_of_the_browser_from_the_sign_in_page_on(visit, portal, language, locale):
    prefer(portal.sign_in(CLEO), language="auto")
    ben = portal.sign_in(BEN)
    ben.send(ben.chat_with(colleague(ben, "Cleo Marchetti")), "Hello Cleo")
    words = WORDS[language]

    page = enter_in(visit(locale=locale), language)

    expect(page.locator("html")).to_have_attribute("lang", locale)
    expect(page.get_by_role("button", name=words["start"])).to_be_visible()
    expect(page.locator("simulator-card")).to_contain_text(words["phones"])
    page.get_by_role("link", name=words["messages"], exact=True).click()
    expect(page.get_by_role("button", name=words["new"], exact=True)).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(re.compile(r"\b(Unread|Search|Conversations?|Filter)\b"))


@pytest.mark.firefox
def test_the_language_is_changed_in_the_settings_without_a_reload_and_kept(enter, portal):
    prefer(portal.sign_in(CLEO), language="auto")
    page = enter(CLEO).page
    page.goto("/settings/appearance")
    page.evaluate("globalThis.isSamePage = true")

    page.get_by_role("combobox", name="Language").focus()
    page.get_by_role("combobox", name="Language").select_option(label="Deutsch")

    expect(page.get_by_role("heading", level=1, name="Darstellung")).to_be_visible()
    expect(page.get_by_role("combobox", name="Sprache")).to_be_focused()
    assert page.evaluate("isSamePage")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hallo, Cleo")
    prefer(portal.sign_in(CLEO), language="auto")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Cleo")


@pytest.mark.parametrize("language, number, weekday", [
    ("de", "1.234", "Sonntag|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag"),
    ("fr", "1 234", "dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi"),
])
def test_dates_and_numbers_follow_the_language(enter, portal, language, number, weekday):
    page = enter(CLEO).page
    prefer(portal.sign_in(CLEO), language=language)
    expect(page.locator("html")).to_have_attribute("lang", language)

    expect(page.locator(".title p").first).to_contain_text(re.compile(weekday))
    shown = page.evaluate("import('/js/i18n/index.js').then((m) => m.t('unread', { n: 1234 }))")
    assert number in re.sub(r"\s", " ", shown)
    prefer(portal.sign_in(CLEO), language="auto")


@pytest.mark.parametrize("language", ["es", "de", "fr"])
@pytest.mark.chromium
def test_longer_words_fit_on_a_phone(visit, portal, language):
    prefer(portal.sign_in(CLEO), language="auto")
    locale = {"es": "es-ES", "de": "de-DE", "fr": "fr-FR"}[language]
    person = visit(locale=locale, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = enter_in(person, language)
    for path in ("/", "/messages", "/settings", "/settings/replies", "/settings/appearance", "/settings/account"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, path


@pytest.mark.firefox
def test_right_to_left_turns_the_page_round_and_leaves_numbers_as_they_are(ann, customer, unknown_number):
    page = ann.page
    customer(unknown_number, "مرحبا", ANN_DIRECT)
    page.evaluate("document.documentElement.dir = 'rtl'")
    contacts = page.get_by_role("region", name="Contacts")

    middle = page.viewport_size["width"] / 2
    expect(contacts).to_be_visible()
    assert contacts.bounding_box()["x"] < middle
    assert page.get_by_role("button", name="account menu").bounding_box()["x"] < middle
    row = page.get_by_role("listitem").filter(has_text=plain(unknown_number)).first
    direction = "(el) => getComputedStyle(el).direction"
    assert row.locator("bdi").first.evaluate(direction) == "ltr"
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.chromium
def test_right_to_left_settings_fit_and_their_switches_move_the_other_way(ann):
    page = ann.page
    page.goto("/settings")
    page.evaluate("document.documentElement.dir = 'rtl'")
    knob = "(el) => getComputedStyle(el.nextElementSibling, '::after').translate"

    switch = page.get_by_role("switch", name="Browser tab")

    expect(switch).to_be_checked()
    assert switch.evaluate(knob).startswith("-")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.chromium
def test_with_reduced_motion_nothing_moves(visit):
    page = visit(reduced_motion="reduce").sign_in(ANN, PASSWORD).page
    durations = "(el) => getComputedStyle(el).transitionDuration"

    moving = page.get_by_role("button", name="Light or dark").evaluate(durations)

    assert set(moving.split(", ")) == {"0s"}


@pytest.mark.chromium
def test_with_forced_colours_switches_and_badges_keep_an_outline(visit):
    page = visit(forced_colors="active").sign_in(ANN, PASSWORD).page
    page.goto("/settings")

    border = page.get_by_role("switch", name="Browser tab").evaluate(
        "(el) => getComputedStyle(el.nextElementSibling).borderTopWidth")

    assert border == "1px"
