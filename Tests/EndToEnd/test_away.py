"""Away messages, templates and preferences through the API."""

import concurrent.futures

import pytest

from support.installation import ANN, BEN, BOB, FRONT_DESK, MARK
from support.people import identity
from support.waiting import until

DIRECT = "+16195550123"
DEFAULTS = {
    "tone": "always", "flashesTitle": True, "showsNotices": True, "hidesText": False, "turnsGreen": True,
    "undoSendSeconds": 0, "away": {"isOn": False, "text": ""}, "letterKeys": True, "language": "auto",
    "density": "comfortable",
}


def write(client, phone, to, text):
    """What a customer writes, by the simulator."""
    path = f"/simulator/phones/%2B{phone[1:]}/messages"
    answer = client.post(path, {"to": to, "text": text})
    assert answer.status < 300, answer


def go_away(client, text=f"{MARK} I am away"):
    client.expect(200, "PUT", "/preferences", {"away": {"isOn": True, "text": text}})


def said(client, conversation):
    return [(one["text"], one["isAutomatic"], one["direction"]) for one in client.messages(conversation)]


def test_S45_preferences_are_kept_with_defaults(ann, ben, reader):
    """Preferences: defaults filled, replaced as a whole, in the session, told to the other tabs, of one user only."""
    assert ann.expect(200, "GET", "/preferences") == DEFAULTS
    stream = reader(ann)
    wanted = {"tone": "hidden", "undoSendSeconds": 10, "away": {"text": "Back soon"}, "language": "de"}
    kept = ann.expect(200, "PUT", "/preferences", wanted)
    assert kept == DEFAULTS | wanted | {"away": {"isOn": False, "text": "Back soon"}}
    assert ann.expect(200, "GET", "/session")["preferences"] == kept
    assert ben.expect(200, "GET", "/preferences") == DEFAULTS
    assert stream.wait_for("preferences.changed") == {}
    for wrong in (
        {"tone": "loud"}, {"undoSendSeconds": 7}, {"surprise": 1}, {"away": {"isOn": True, "text": " "}},
        {"away": {"isOn": True}}, {"away": {"text": "x" * 1001}}, [],
    ):
        assert ann.put("/preferences", wrong).status == 400, wrong
    assert ann.expect(200, "PUT", "/preferences", {}) == DEFAULTS


def test_U14_templates_are_the_callers_and_the_domains(ann, ben, theo, reader):
    """Templates: own and shared, unique names, told; hostile ones are text; another domain sees nothing."""
    stream = reader(ben)
    hostile = f'{MARK} <img src=x onerror="alert(1)">'
    own = ann.expect(201, "POST", "/templates", {"name": hostile, "text": hostile})
    shared = ann.expect(201, "POST", "/templates", {"name": f"{MARK} Ready", "text": "Hi {first-name}", "isShared": True})
    assert own["name"] == hostile and own["isShared"] is False and own["canEdit"] is True
    stream.wait_for("template.changed", lambda data: data["templateId"] == shared["id"])
    assert [one["id"] for one in ben.items("/templates")] == [shared["id"]]
    assert theo.items("/templates") == []
    twice = ben.post("/templates", {"name": f"{MARK} ready", "text": "x", "isShared": True})
    assert (twice.status, twice.id) == (409, "templates.name-taken")
    assert ben.put(f"/templates/{own['id']}", {"name": "x", "text": "x"}).status == 404
    assert theo.delete(f"/templates/{shared['id']}").status == 404
    changed = ben.expect(200, "PUT", f"/templates/{shared['id']}", {"name": "Ready", "text": "Hello", "isShared": True})
    assert changed["text"] == "Hello"
    assert ann.post("/templates", {"name": "long", "text": "x" * 1531}).status == 400
    for one in (own, shared):
        ann.expect(204, "DELETE", f"/templates/{one['id']}")
    assert ann.items("/templates") == []


def test_U14_a_text_to_somebody_away_is_answered_once(portal):
    """Away: the customer's phone gets one answer for several texts; it is no reading and no claim."""
    ann = portal.sign_in(ANN)
    go_away(ann)
    for turn in range(3):
        write(ann, BOB, DIRECT, f"{MARK} hello {turn}")
    conversation = ann.items("/conversations?filter=sms")[0]["id"]
    until(lambda: any(automatic for _, automatic, _ in said(ann, conversation)), 15, "the away message")
    write(ann, BOB, DIRECT, f"{MARK} still there?")
    until(lambda: len(ann.messages(conversation)) == 5, 15, "all messages")
    answers = [one for one in ann.messages(conversation) if one["isAutomatic"]]
    assert [one["text"] for one in answers] == [f"{MARK} I am away"]
    assert answers[0]["authorId"] == identity(ann) and answers[0]["via"] == DIRECT
    view = ann.expect(200, "GET", f"/conversations/{conversation}")
    assert (view["unread"], view["readUpTo"], view["claim"]) == (4, 0, None)


def test_U14_who_has_opted_out_gets_no_away_message(portal):
    """Away: STOP is confirmed and not answered, nor is anything after it."""
    ann = portal.sign_in(ANN)
    go_away(ann)
    write(ann, BOB, DIRECT, "STOP")
    write(ann, BOB, DIRECT, f"{MARK} and another")
    conversation = until(lambda: ann.items("/conversations?filter=sms"), 10, "the conversation")[0]["id"]
    ben = portal.sign_in(BEN)
    chat = ben.chat_with(identity(ann))
    ben.send(chat, f"{MARK} lunch?")
    # The chat's answer is owed later than the text's: when it is there, the text's has been decided.
    until(lambda: len(ben.messages(chat)) == 2, 15, "the away message in the chat")
    assert f"{MARK} I am away" not in [text for text, _, _ in said(ann, conversation)]


def test_U14_chats_of_two_are_answered_and_groups_are_not(portal):
    """Away: a colleague is answered once, a group never, and two who are away don't talk to each other."""
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    cleo = next(one["id"] for one in ann.items("/people") if one["name"] == "Cleo Marchetti")
    for client in (ann, ben):
        go_away(client)
    group = ben.chat_with(identity(ann), cleo)
    ben.send(group, f"{MARK} all?")
    chat = ben.chat_with(identity(ann))
    ben.send(chat, f"{MARK} lunch?")
    until(lambda: len(ben.messages(chat)) == 2, 15, "the away message")
    ben.send(chat, f"{MARK} tomorrow?")
    assert [automatic for _, automatic, _ in said(ben, chat)] == [False, True, False]
    assert len(ben.messages(group)) == 1
    view = next(one for one in ann.items("/conversations") if one["id"] == chat)
    assert (view["unread"], view["readUpTo"]) == (2, 0)


def test_U14_a_shared_number_is_answered_for_when_all_are_away(portal):
    """Away: with one of two people there nothing is said; with both away it is."""
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    go_away(ann)
    write(ann, BOB, FRONT_DESK, f"{MARK} anybody?")
    conversation = until(lambda: ben.items("/conversations?filter=sms"), 10, "the conversation")[0]["id"]
    go_away(ben)
    write(ann, BOB, FRONT_DESK, f"{MARK} really nobody?")
    until(lambda: any(automatic for _, automatic, _ in said(ben, conversation)), 15, "the away message")
    assert [automatic for _, automatic, _ in said(ben, conversation)] == [False, False, True]


@pytest.mark.timeout(120)
def test_U14_many_at_once_get_one_answer_even_over_a_kill(installed):
    """Away: concurrent messages, a kill -9 and a new start: one answer for each sender."""
    installation = installed()
    portal = installation.portal
    portal.start()
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    go_away(ann)
    chat = ben.chat_with(identity(ann))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda turn: ben.send(chat, f"{MARK} {turn}"), range(8)))
    portal.kill()
    portal.start()
    until(lambda: any(automatic for _, automatic, _ in said(ben, chat)), 15, "the away message")
    ben.send(chat, f"{MARK} last")
    assert sum(automatic for _, automatic, _ in said(ben, chat)) == 1
    assert installation.rows.value("SELECT sum(isDue) FROM awayNote") == 0
