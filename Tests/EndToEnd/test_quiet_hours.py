"""U11: quiet hours by the recipient's time zone, with a clock that the test moves."""

import datetime
import secrets
import time
import urllib.parse
import zoneinfo

import pytest

from support.installation import ANN, BEN, MARK, OLGA, ROOT_ADMIN
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, plugins
from support.waiting import until

# In San Diego, where the domain is as well; and in New York, three hours ahead of it.
HERE, EAST, TOLL_FREE = "+16195559001", "+12125559001", "+18005559001"
CALIFORNIA, NEW_YORK = zoneinfo.ZoneInfo("America/Los_Angeles"), zoneinfo.ZoneInfo("America/New_York")


@pytest.fixture
def installation(installed, carrier, clock):
    one = installed(plugins=plugins(carrier.url), environment={**ENVIRONMENT, **clock.environment})
    one.entry("sms")["settings"] = {**one.entry("sms")["settings"], "quietHours": True}
    one.save()
    at(clock, 12)
    one.portal.start()
    return one


def at(clock, hour, days=1):
    """Lets it be so late in California, tomorrow or after so many days; gives the moment."""
    day = datetime.datetime.now(CALIFORNIA).date() + datetime.timedelta(days=days)
    moment = datetime.datetime.combine(day, datetime.time(hour), CALIFORNIA)
    clock.set(int(moment.timestamp() - time.time()))
    return moment


def hold_of(message):
    return datetime.datetime.fromisoformat(message["hold"]["until"]), message["hold"]["timeZone"]


def sent(client, conversation, **more):
    answer = client.send(conversation, f"{MARK} {secrets.token_hex(4)}", **more)
    assert answer.status == 202, answer
    return answer.json()["message"]


def now(client, message):
    return next(one for one in client.messages(message["conversationId"]) if one["id"] == message["id"])


def is_with_carrier(client, message):
    return lambda: now(client, message)["state"] == "accepted"


def test_U11_a_message_at_night_waits_for_the_morning_there_and_goes_once(installation, carrier, clock, reader):
    """The composer knows, the answer says until when, a repeat is the same message, and a kill -9 loses nothing."""
    portal = installation.portal
    ann = add_number(portal)
    east, here = ann.sms_to(EAST, NUMBER), ann.sms_to(HERE, NUMBER)
    assert ann.expect(200, "GET", f"/conversations/{east}")["compose"]["hold"] is None

    evening = at(clock, 19)  # ten in the evening in New York
    next_day = evening.astimezone(NEW_YORK).date() + datetime.timedelta(days=1)
    morning = datetime.datetime.combine(next_day, datetime.time(8), NEW_YORK)
    hold = ann.expect(200, "GET", f"/conversations/{east}")["compose"]["hold"]
    assert hold["timeZone"] == "America/New_York"
    assert ann.expect(200, "GET", f"/conversations/{here}")["compose"]["hold"] is None
    held = sent(ann, east, client_id="at-night")
    assert (held["state"], hold_of(held)) == ("pending", (morning, "America/New_York"))
    again = ann.send(east, "another text", client_id="at-night")
    assert (again.status, again.json()["message"]["id"]) == (200, held["id"])
    until(is_with_carrier(ann, sent(ann, here)), 20, "a text to somebody who is awake")
    assert len(carrier.submits) == 1

    portal.kill()
    portal.start()
    ann = portal.sign_in(ANN)
    stream = reader(ann)
    assert hold_of(now(ann, held)) == (morning, "America/New_York")
    at(clock, 5, days=2)
    # The worker notices at its next look; something to send wakes it.
    sent(ann, east, quietHours="send")
    until(is_with_carrier(ann, held), 20, "the message going in the morning")
    assert now(ann, held)["hold"] is None
    stream.wait_for("message.changed", lambda data: data["message"]["id"] == held["id"] and not data["message"]["hold"])
    assert len(carrier.submits) == 3


def test_U11_who_decides_can_send_now_or_take_back(installation, carrier, clock):
    portal = installation.portal
    ann = add_number(portal)
    east = ann.sms_to(EAST, NUMBER)
    at(clock, 19)
    assert ann.send(east, "x", quietHours="maybe").status == 400

    until(is_with_carrier(ann, sent(ann, east, quietHours="send")), 20, "a text that is sent all the same")
    first, second = sent(ann, east), sent(ann, east)
    ben = portal.sign_in(BEN)
    for deed in ("send-now", "take-back"):
        assert ben.post(f"/sms/messages/{first['id']}/{deed}", {}).status == 404
    answer = ann.expect(202, "POST", f"/sms/messages/{first['id']}/send-now", {})
    assert answer["message"]["hold"] is None
    until(is_with_carrier(ann, first), 20, "the message that is sent now")
    gone = ann.expect(202, "POST", f"/sms/messages/{second['id']}/take-back", {})["message"]
    assert (gone["state"], gone["hold"]) == ("failed", None)
    for message, deed in ((first, "take-back"), (second, "send-now")):
        assert ann.post(f"/sms/messages/{message['id']}/{deed}", {}).id == "sms.not-held"
    assert len(carrier.submits) == 2


def test_U11_schedules_and_numbers_of_many_zones_wait_and_an_opt_out_meanwhile_blocks(installation, carrier, clock):
    portal = installation.portal
    ann = add_number(portal)
    east, anywhere = ann.sms_to(EAST, NUMBER), ann.sms_to(TOLL_FREE, NUMBER)
    # Noon in California is quiet for somebody with a toll-free number: it may be the middle of the night on Guam.
    assert sent(ann, anywhere)["hold"]["timeZone"] is None
    at(clock, 19)
    made = ann.expect(201, "POST", f"/conversations/{east}/scheduled", {
        "clientId": "later", "text": f"{MARK} later", "inSeconds": 1})
    until(lambda: ann.messages(east), 20, "the scheduled message being taken")
    scheduled = ann.messages(east)[0]
    assert scheduled["clientId"] == made["scheduled"]["clientId"]
    assert scheduled["hold"]["timeZone"] == "America/New_York"

    olga = portal.sign_in(OLGA)
    olga.expect(204, "PUT", f"/sms/opt-outs/{urllib.parse.quote(EAST)}", {"reason": "By telephone"})
    at(clock, 5, days=2)
    sent(ann, ann.sms_to("+12125559002", NUMBER), quietHours="send")
    until(lambda: now(ann, scheduled)["state"] == "failed", 20, "the opt-out blocking what waits")
    assert "no more messages" in now(ann, scheduled)["reason"]


def test_U11_settings_that_leave_no_hour_are_refused_with_a_sentence(installation):
    root = installation.portal.sign_in(ROOT_ADMIN)
    for wrong in ({"quietFrom": "08:00"}, {"quietUntil": "25:00"}):
        answer = root.patch("/admin/plugins/sms/settings", {"set": wrong})
        assert answer.status == 400, answer
        assert "quiet" in str(answer.json()), answer
