"""B5: what the portal may cost in a browser, measured and printed.

What doesn't depend on the machine (bytes, requests, nodes, listeners, memory) is held to its budget. Times are held to
several times theirs: that finds what is broken, not who else works on the machine. Exact figures of a quiet run are in
Performance.md.
"""

import sqlite3

import pytest
from playwright.sync_api import expect
from support.browser import Person
from support.installation import ANN, ANN_DIRECT, BEN, Installation
from support.people import colleague
from support.server import PASSWORD

pytestmark = pytest.mark.chromium

MESSAGES, CONVERSATIONS, WARM_UP = 10_000, 200, 20
BYTES, USABLE, SHOWN, FRAME = 200_000, 1000, 100, 50
# How much more time than its budget something may take before a test fails.
LOAD = 5
# What a conversation that was opened and closed may leave behind, in bytes.
LEFT = 8_000

FILL = """
WITH RECURSIVE count(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM count WHERE n < :last)
INSERT INTO message (conversationId, sequence, id, domainId, authorId, via, text, attachments, clientId, state, reason,
        segments, createdAt)
    SELECT :room, n, printf('%08x-0000-7000-8000-00000000b5b5', n), :domain, CASE n % 3 WHEN 0 THEN :ann ELSE :ben END,
        NULL, 'Message ' || n || substr(' with a few more words that make it break into lines, as people write', 1, n % 70),
        NULL, NULL, 'sent', NULL, 1, 1700000000000 + 60000 * n FROM count;
INSERT INTO messageKey (id, conversationId, sequence)
    SELECT id, conversationId, sequence FROM message WHERE id LIKE '%-00000000b5b5' ORDER BY sequence;
UPDATE conversation SET lastSequence = :last WHERE id = :room;
UPDATE member SET unread = 0, readUpTo = :last, lastSequence = :last,
    activity = (SELECT max(key) FROM messageKey) WHERE conversationId = :room;
WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < :customers)
INSERT INTO conversation (id, domainId, kind, key, remote, title, lastSequence, createdAt)
    SELECT printf('%08x-0000-7000-8000-00000000c0de', n), :domain, 'sms', printf('+1415%07d', 2000000 + n),
        printf('+1415%07d', 2000000 + n), NULL, 1, 1700000000000 FROM count;
INSERT INTO message (conversationId, sequence, id, domainId, authorId, via, text, attachments, clientId, state, reason,
        segments, createdAt)
    SELECT id, 1, printf('%s9%s', substr(id, 1, 19), substr(id, 21)), domainId, NULL, :via, 'Is my order ready?',
        NULL, NULL, 'received', NULL, 1, createdAt FROM conversation WHERE id LIKE '%-00000000c0de';
INSERT INTO messageKey (id, conversationId, sequence)
    SELECT id, conversationId, sequence FROM message WHERE conversationId LIKE '%-00000000c0de';
INSERT INTO member (conversationId, userId, domainId, unread, readUpTo, lastSequence, activity)
    SELECT conversationId, :ann, :domain, 0, 1, 1, key FROM messageKey WHERE conversationId LIKE '%-00000000c0de';
INSERT INTO conversationNumber (conversationId, number, lastSequence, activity)
    SELECT conversationId, :via, 1, key FROM messageKey WHERE conversationId LIKE '%-00000000c0de';
INSERT INTO meta SELECT 'searchIndexedUpTo', max(key) FROM messageKey WHERE true
    ON CONFLICT DO UPDATE SET value = excluded.value;
"""

# The dock is there, with its people, and hears events.
IS_USABLE = """() => new Promise((done) => {
    const look = () => {
        const dock = document.querySelector('pbx-contact-dock');
        const isThere = dock?.shadowRoot.querySelector('[data-key]') && document.documentElement.dataset.link === 'live';
        if (isThere) done(performance.now());
        else requestAnimationFrame(look);
    };
    look();
})"""

# The page's own stream, so that the moment is known at which an event comes.
WATCH_EVENTS = """
    delete globalThis.SharedWorker;
    const Plain = EventSource;
    globalThis.EventSource = class extends Plain {
        constructor(url) {
            super(url);
            this.addEventListener('message.created', ({ data }) => {
                const { text } = JSON.parse(data).message;
                const came = performance.now();
                const log = () => document.querySelector('pbx-chat-box')?.shadowRoot.querySelector('[role=log]');
                const look = () => requestAnimationFrame(() => {
                    if (!log()?.textContent.includes(text)) return look();
                    (globalThis.delays ??= []).push(performance.now() - came);
                });
                look();
            });
        }
    };
"""

# Scrolls a log by a screen a frame and gives every frame's time.
SCROLL = """([log, by, frames]) => new Promise((done) => {
    const times = [];
    let before;
    const frame = (now) => {
        if (before !== undefined) times.push(now - before);
        before = now;
        if (times.length >= frames) return done(times);
        log.scrollTop += by;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
})"""


class Figures:
    """Lines for the summary of the run; a report takes them along, also from a worker."""

    def __init__(self, item):
        self.item = item

    def append(self, line):
        self.item.user_properties.append(("B5", line))


@pytest.fixture
def figures(request):
    return Figures(request.node)


@pytest.fixture(scope="module")
def portal(tmp_path_factory, seed_file):
    """Ann and Ben have written 10,000 messages to each other."""
    one = Installation(tmp_path_factory.mktemp("budgets") / "portal", seed_file)
    one.portal.start()
    ann = one.portal.sign_in(ANN)
    room = ann.chat_with(colleague(ann, "Ben Okafor"))
    ann.send(room, "The first")
    one.portal.stop()
    one.portal.clients.clear()
    with sqlite3.connect(one.store_path) as connection:
        domain, user = connection.execute("SELECT domainId, id FROM user WHERE extension = '1001'").fetchone()
        other, = connection.execute("SELECT id FROM user WHERE extension = '1002' AND domainId = ?", (domain,)).fetchone()
        first, = connection.execute("SELECT lastSequence + 1 FROM conversation WHERE id = ?", (room,)).fetchone()
        values = {"room": room, "domain": domain, "ann": user, "ben": other, "first": first, "last": MESSAGES,
                  "via": ANN_DIRECT, "customers": CONVERSATIONS + WARM_UP}
        for statement in FILL.split(";\n"):
            if statement.strip():
                connection.execute(statement, {name: one for name, one in values.items() if f":{name}" in statement})
    one.portal.start()
    one.portal.room = room
    yield one.portal
    one.portal.stop()


@pytest.fixture
def ann(enter):
    return enter(ANN)


def test_B5_the_first_load_is_small_and_the_dock_soon_usable(browser, portal, ann, figures):
    kept, usable, sizes = ann.context.storage_state(), [], []
    for _ in range(5):
        person = Person(browser, portal.url, storage_state=kept)
        asked = []
        person.page.on("requestfinished", lambda request, to=asked: to.append(request))
        person.page.goto("/")
        usable.append(person.page.evaluate(IS_USABLE))
        files = [one for one in asked if "/api/" not in one.url]
        sizes.append((sum(one.sizes()["responseBodySize"] for one in files), len(files), len(asked) - len(files)))
        assert person.errors == []
        person.context.close()

    most, files, calls = max(sizes)
    figures.append(f"first load: {most:,} bytes in {files} files, {calls} requests of the API; a usable dock after "
                   f"{min(usable):.0f} ms (best of 5)")
    assert most < BYTES
    assert calls <= 12
    assert min(usable) < LOAD * USABLE


def test_B5_a_message_is_on_screen_soon_after_its_event(visit, portal, figures):
    person = visit()
    person.context.add_init_script(WATCH_EVENTS)
    person.sign_in(ANN, PASSWORD)
    box = person.start("ben", "chat", "Ben Okafor")
    ben = portal.sign_in(BEN)
    for number in range(10):
        ben.send(portal.room, f"quokka {number} of ten")
        box.says(f"quokka {number} of ten")

    person.page.wait_for_function("globalThis.delays?.length === 10")
    delays = sorted(person.page.evaluate("delays"))

    figures.append(f"a message on screen after its event: {delays[0]:.0f} ms, the middle of ten {delays[5]:.0f} ms")
    assert delays[5] < LOAD * SHOWN


def test_B5_ten_thousand_messages_scroll_without_a_hitch(ann, portal, figures):
    box = ann.start("ben", "chat", "Ben Okafor")
    log = box.log.element_handle()
    pages, loading = 0, []
    expect(box.log.get_by_role("button", name="earlier")).to_be_visible()
    while box.log.locator("button:visible", has_text="earlier").count():
        pages += 1
        assert pages <= MESSAGES // 50 + 5
        loading += ann.page.evaluate(SCROLL, [log, -100_000, 4])
        ann.page.wait_for_function("log => log.scrollTop > 100 || log.querySelector('.older').hidden", arg=log)
    count = box.log.locator(".m").count()

    frames = []
    for by in (400, -400):
        best = min((ann.page.evaluate(SCROLL, [log, by, 200]) for _ in range(5)), key=max)
        frames += best

    figures.append(f"{MESSAGES:,} messages: worst frame {max(frames):.0f} ms in {len(frames)} of scrolling, "
                   f"{sum(t > FRAME for t in loading)} of {len(loading)} over {FRAME} ms while {pages} pages were fetched "
                   f"(worst {max(loading):.0f} ms); {count:,} messages in the document")
    # A frame that the machine gave to somebody else is not ours: what fails is a log that is slow all along.
    assert sorted(frames)[len(frames) * 19 // 20] < LOAD * FRAME


def test_B5_memory_is_flat_after_two_hundred_conversations(ann, figures):
    ids = [f"{n:08x}-0000-7000-8000-00000000c0de" for n in range(1, CONVERSATIONS + WARM_UP + 1)]
    cdp = ann.context.new_cdp_session(ann.page)
    cdp.send("Performance.enable")
    open_and_close(ann.page, ids[:WARM_UP])
    before = standing(cdp)

    open_and_close(ann.page, ids[WARM_UP:])

    after = standing(cdp)
    nodes, listeners, heap = (after[name] - before[name] for name in ("Nodes", "JSEventListeners", "JSHeapUsedSize"))
    figures.append(f"after {CONVERSATIONS} conversations opened and closed: {heap / CONVERSATIONS:,.0f} bytes of heap each, "
                   f"{nodes} nodes and {listeners} listeners in all")
    assert nodes <= 200
    assert listeners <= 50
    assert heap < LEFT * CONVERSATIONS


def open_and_close(page, ids):
    """Opens each conversation's box until its messages are there, and closes it."""
    page.evaluate("""async (ids) => {
        const { app } = document.querySelector('pbx-dock-row');
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        const box = (id) => [...document.querySelectorAll('pbx-chat-box')].find((one) => one.conversationId === id);
        const until = async (is) => {
            while (!is()) await frame();
        };
        for (const id of ids) {
            await app.openBox(id);
            await until(() => box(id)?.shadowRoot.querySelector('.m'));
            app.closeBox(id);
            await until(() => !box(id));
        }
    }""", ids)


def standing(cdp):
    """What the page holds after everything was thrown away that can be."""
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    return {one["name"]: one["value"] for one in cdp.send("Performance.getMetrics")["metrics"]}
