"""X6: what somebody puts into texts, names, numbers, files and templates is text wherever it is shown."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from support.browser import plain
from support.hostile import CANARY, HOSTILE
from support.installation import ANN, ANN_DIRECT, BEN, FRONT_DESK
from support.people import colleague, identity

# Every element of the page and of its shadow roots that somebody else could have made, and what runs.
FOREIGN = """() => {
    const tags = new Set(['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'STYLE', 'BASE', 'VIDEO', 'AUDIO', 'MARQUEE', 'MATH',
        'TEMPLATE', 'NOSCRIPT', 'DETAILS', 'ANIMATE', 'FOREIGNOBJECT']);
    const found = [];
    const walk = (root) => {
        for (const el of root.querySelectorAll('*')) {
            if (el.shadowRoot) walk(el.shadowRoot);
            if (el.closest('head') || el.matches('body > noscript, svg.mark')) continue;
            const name = el.tagName.toUpperCase();
            const link = el.getAttribute('href') ?? '';
            const source = el.getAttribute('src') ?? '';
            if (tags.has(name) && !(name === 'SCRIPT' && source.startsWith('/js/'))) found.push(el.outerHTML);
            if (name === 'SVG' && !el.classList.contains('icon')) found.push(el.outerHTML);
            if (name === 'FORM' && el.hasAttribute('action')) found.push(el.outerHTML);
            const isOurs = source.startsWith('/api/v1/attachments/') || source.startsWith('blob:');
            if (name === 'IMG' && !isOurs) found.push(el.outerHTML);
            if (link && !/^(#|\\/(?!\\/)|https?:\\/\\/|mailto:|tel:)/.test(link)) found.push(el.outerHTML);
            if ([...el.attributes].some((a) => a.name.startsWith('on'))) found.push(el.outerHTML);
        }
    };
    walk(document);
    return found;
}"""


class Watch:
    """What must not happen in a page: a dialog, a request to somebody else, a new window."""

    def __init__(self, person):
        self.person = person
        self.happened = []
        page = person.page
        page.on("dialog", lambda dialog: (self.happened.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.happened.append(request.url) if CANARY in request.url else None)
        page.on("popup", lambda popup: self.happened.append(popup.url))

    def saw_nothing(self):
        assert self.person.page.evaluate(FOREIGN) == []
        assert self.happened == []
        assert self.person.errors == []


@pytest.fixture
def watch(ann):
    return Watch(ann)


def said(box):
    return box.log.locator(".m .b").evaluate_all("all => all.map((b) => b.textContent)")


def test_X6_texts_of_customers_are_texts(ann, watch, customer, unknown_number):
    box = ann.start(unknown_number, "sms", plain(unknown_number))

    for text in HOSTILE:
        customer(unknown_number, text, ANN_DIRECT)

    box.says(HOSTILE[-1].strip())
    assert said(box) == HOSTILE
    watch.saw_nothing()
    links = [link.get_attribute("href") for link in box.log.get_by_role("link").all()]
    assert not [link for link in links if "@canary" in link]
    for path in ("/", "/messages"):
        ann.page.goto(path)
        expect(ann.page.get_by_text(plain(unknown_number)).first).to_be_visible()
        watch.saw_nothing()


def test_X6_texts_of_colleagues_and_names_of_files_are_texts(ann, watch, portal):
    ben = portal.sign_in(BEN)
    room = ben.expect(201, "POST", "/conversations", {
        "kind": "chat", "users": [identity(portal.sign_in(ANN))], "title": "<img src=x onerror=alert(1)>"})["id"]
    files = []
    for text in HOSTILE:
        assert ben.send(room, text).status == 201
    for name in HOSTILE[:40]:
        kept = "".join(c for c in name if c.isprintable())
        answer = ben.request("POST", "/attachments?name=" + quote(kept, safe=""), b"x", {
            "Content-Type": "text/plain"})
        if answer.status == 201:
            files.append(answer.json())
    for begin in range(0, len(files), 10):
        ids = [file["id"] for file in files[begin:begin + 10]]
        assert ben.send(room, "", attachments=ids).status == 201
    assert len(files) > 20

    ann.page.locator("pbx-chat-box").locator("button.go").first.click()

    box = ann.box("chat", "<img src=x onerror=alert(1)>")
    expect(box.log.get_by_role("link", name=files[-1]["name"]).last).to_be_attached()
    watch.saw_nothing()
    assert box.log.locator(".b.file").count() == len(files)


@pytest.fixture
def named(portal, root):
    """Hostile names of contacts, a colleague, a number; all are taken back."""
    desk = portal.sign_in(ANN)
    contacts = []
    for number, name in enumerate(HOSTILE):
        numbers = [{"label": "<b onclick=alert(1)>"[:20], "value": f"+1858555{7000 + number:04d}"}]
        body = {"name": name.strip()[:100], "company": name[:100], "notes": name, "isShared": False,
                "numbers": numbers, "emails": []}
        answer = desk.post("/contacts", body)
        if answer.status == 201:
            contacts.append(answer.json())
    ben = colleague(root, "Ben Okafor")
    root.expect(200, "PATCH", f"/admin/users/{ben}", {"name": "<img src=x onerror=alert(60)>"})
    root.expect(200, "PATCH", f"/admin/numbers/{FRONT_DESK}", {"label": "<svg onload=alert(61)>"})
    yield contacts
    root.expect(200, "PATCH", f"/admin/users/{ben}", {"name": "Ben Okafor"})
    root.expect(200, "PATCH", f"/admin/numbers/{FRONT_DESK}", {"label": "Front desk"})
    for contact in contacts:
        desk.delete(f"/contacts/{contact['id']}")


def test_X6_names_of_contacts_colleagues_and_numbers_are_texts(named, ann, watch, customer):
    page = ann.page
    assert len(named) > 60
    dock = page.get_by_role("region", name="Contacts")
    dock.get_by_role("button", name="Contacts", exact=True).click()
    expect(dock.get_by_text("<script>alert(1)</script>").first).to_be_visible()
    watch.saw_nothing()
    page.get_by_role("button", name="Start a New Conversation").click()
    page.get_by_role("combobox", name="To").fill("alert")
    expect(page.get_by_role("option").first).to_be_visible()
    watch.saw_nothing()
    page.get_by_role("option").filter(has_text="Send SMS…").first.click()
    expect(page.get_by_label("Send from")).to_contain_text("<svg onload=alert(61)>")
    watch.saw_nothing()
    for contact in named[:6]:
        customer(contact["numbers"][0]["value"], "Hello from " + contact["name"][:40], FRONT_DESK)
    page.goto("/messages")
    expect(page.get_by_text("Hello from <").first).to_be_visible()
    watch.saw_nothing()


def test_X6_templates_are_texts(ann, watch, portal, unknown_number):
    desk = portal.sign_in(ANN)
    made = []
    for text in HOSTILE:
        answer = desk.post("/templates", {"name": text.strip()[:80], "text": text, "isShared": False})
        if answer.status == 201:
            made.append(answer.json())
    assert len(made) > 60
    box = ann.start(unknown_number, "sms", plain(unknown_number))
    box.button("Templates").click()
    rows = box.region.get_by_role("dialog", name="Templates").get_by_role("listitem")
    expect(rows).to_have_count(len(made))
    watch.saw_nothing()

    rows.filter(has_text="<svg onload=alert(9)>").first.get_by_role("button").click()

    expect(box.entry).to_have_value("<svg onload=alert(9)>")
    box.button("Templates").click()
    box.region.get_by_role("button", name="Manage templates…").click()
    expect(box.region.get_by_role("dialog", name="Templates").get_by_role("listitem")).to_have_count(len(made))
    watch.saw_nothing()
    for template in made:
        desk.delete(f"/templates/{template['id']}")


def test_X6_what_is_written_here_comes_back_as_text(ann, watch):
    box = ann.start("cleo", "chat", "Cleo Marchetti")
    for text in HOSTILE[:12]:
        box.write(text)
    ann.page.reload()
    ann.is_live()

    box.says(HOSTILE[11])

    assert said(box) == [text.strip() for text in HOSTILE[:12]]
    watch.saw_nothing()
