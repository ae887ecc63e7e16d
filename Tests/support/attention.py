"""What calls for somebody's attention, as a test sees it: tones, titles, notifications; and whether they are there."""

# Counts the notes that are really started, records notifications, and lets a test say whether the page has the focus
# (Playwright makes every page believe that it has). Prepared before any script of the page.
LISTEN = """(() => {
    globalThis.heardNotes = 0;
    globalThis.shownNotices = [];
    globalThis.seenTitles = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
        globalThis.heardNotes += 1;
        return start.apply(this, when);
    };
    const show = globalThis.ServiceWorkerRegistration?.prototype.showNotification;
    if (show) ServiceWorkerRegistration.prototype.showNotification = function (title, options) {
        globalThis.shownNotices.push({ title, body: options.body, tag: options.tag });
        return show.call(this, title, options);
    };
    const isAway = () => { try { return sessionStorage.getItem('test.away') === '1'; } catch { return false; } };
    const hasFocus = Document.prototype.hasFocus;
    Document.prototype.hasFocus = function () { return !isAway() && hasFocus.call(this); };
    const see = () => globalThis.seenTitles.at(-1) !== document.title && globalThis.seenTitles.push(document.title);
    document.addEventListener('DOMContentLoaded', () => {
        see();
        new MutationObserver(see).observe(document.head, { childList: true, subtree: true, characterData: true });
    });
})()"""


def prepare(person):
    """Before the first page of the person is opened."""
    person.context.add_init_script(LISTEN)
    return person


# A tab tells the others how it stands in a task after the event; what comes before that meets a tab in use.
_TOLD = "new Promise((told) => setTimeout(told))"


def go_away(*pages):
    """The reader works in another program: no tab of theirs has the focus, and the tabs have told each other."""
    for page in pages:
        page.evaluate(f"sessionStorage.setItem('test.away', '1'); dispatchEvent(new Event('blur')); {_TOLD}")


def come_back(page):
    page.evaluate(f"sessionStorage.removeItem('test.away'); dispatchEvent(new Event('focus')); {_TOLD}")


def tones(*pages):
    """How often it has rung, in all those tabs: a tone has two notes."""
    return sum(page.evaluate("heardNotes") for page in pages) / 2


def notices(*pages):
    """What the browser was asked to show, by all those tabs."""
    return [one for page in pages for one in page.evaluate("shownNotices")]


def titles(page):
    """Every title that the tab has had, in order."""
    return page.evaluate("seenTitles")


def new_burst(page):
    """As if the last tone were long ago: tones of one burst are one."""
    page.evaluate("localStorage.removeItem('patchbay.tone')")


def prefer(client, **fields):
    """Changes some of the user's preferences, by the API."""
    now = client.expect(200, "GET", "/preferences")
    client.expect((200, 204), "PUT", "/preferences", {**now, **fields})
