"""Web Push: addresses that lead inside, keys that are none, and browsers that are somebody else's now (D3, X1, X7)."""

import os
import stat

from support.installation import ANN, BEN, CLEO, MARK
from support.people import identity
from support.pushportal import ann, ben, chat, phone, portal, pushing, service  # noqa: F401
from support.waiting import until


def test_X1_a_browser_is_one_users_at_a_time(portal, ann, ben, phone, chat):
    cleo = portal.sign_in(CLEO, again=True)
    taken = cleo.expect(201, "POST", "/push/subscriptions", phone.subscription)
    assert taken["isCurrent"] and ben.items("/push/subscriptions") == []
    assert ben.delete(f"/push/subscriptions/{taken['id']}").status == 404

    assert ann.send(chat, f"{MARK} for Ben").status == 201
    other = ann.chat_with(identity(cleo))
    assert ann.send(other, f"{MARK} for Cleo").status == 201

    assert phone.read(phone.waits_for())["text"] == f"{MARK} for Cleo"
    assert len(phone.pushes) == 1


def test_X1_signing_out_or_revoking_the_session_ends_it(portal, ann, ben, phone, chat, service):
    other = portal.sign_in(BEN, again=True)
    second = service.browser()
    made = other.expect(201, "POST", "/push/subscriptions", second.subscription)
    # The same again is the same; another address of the same browser takes the place of the first.
    assert other.expect(201, "POST", "/push/subscriptions", second.subscription)["id"] == made["id"]
    assert len(ben.items("/push/subscriptions")) == 2
    current = next(one for one in other.items("/sessions") if one["isCurrent"])
    ben.expect(204, "DELETE", f"/sessions/{current['id']}")
    assert [one["isCurrent"] for one in ben.items("/push/subscriptions")] == [True]
    ben.expect(204, "DELETE", "/session")

    fresh = portal.sign_in(BEN, again=True)
    third = service.browser()
    fresh.expect(201, "POST", "/push/subscriptions", third.subscription)
    assert ann.send(chat, f"{MARK} to the third").status == 201

    third.waits_for()
    assert phone.pushes == [] and second.pushes == []


def test_D3_X7_addresses_that_lead_inside_are_refused(portal, ben, service):
    keys = service.browser().subscription["keys"]
    for endpoint in [
        "http://push.example/1", "https://127.0.0.1/1", "https://localhost/1", "https://[::1]/1", "https://10.0.0.7/1",
        "https://169.254.169.254/latest/meta-data", "https://2130706433/1", "https://0x7f.0.0.1/1", "https://0177.1/1",
        "https://127.1/1", "https://push.example:8443/1", "https://user@push.example/1", "https://push.example#@x.example",
        "https://push.example\\@127.0.0.1/1", "https://127.0.0.1%2f@push.example/", "https://PUSH.example/1",
        "file:///etc/passwd", "gopher://push.example/1", "https://", "//push.example/1", "https://push.localhost/1",
        f"http://127.0.0.1:{portal.port}/api/v1/session", f"{service.origin}@evil.example/1",
        f"http://127.0.0.1:{service.port}0/1", "https://no-such-name.invalid/1",
    ]:
        answer = ben.post("/push/subscriptions", {"endpoint": endpoint, "keys": keys})
        assert (answer.status, answer.id) == (400, "push.endpoint-refused"), (endpoint, answer)
    assert ben.items("/push/subscriptions") == []


def test_D3_X7_a_redirect_of_a_push_service_is_not_followed(portal, ann, phone, chat):
    phone.service.answer_next((307, {"Location": f"{portal.url}/api/v1/session"}), (201, {}))
    failed = portal.metric("patchbay_push_total", outcome="failed")

    assert ann.send(chat, f"{MARK} elsewhere").status == 201

    until(lambda: portal.metric("patchbay_push_total", outcome="failed") == failed + 1, 15, "the count")
    assert len(phone.service.pushes) == 1


def test_D3_keys_that_are_no_keys_are_refused(portal, ben, service):
    good = service.browser().subscription
    off_curve = "BA" + "A" * 85
    for keys in [{**good["keys"], "p256dh": off_curve}, {**good["keys"], "p256dh": "C" + good["keys"]["p256dh"][1:]}]:
        answer = ben.post("/push/subscriptions", {"endpoint": good["endpoint"], "keys": keys})
        assert (answer.status, answer.id) == (400, "push.keys-invalid"), answer
    assert ben.post("/push/subscriptions", {**good, "keys": {"p256dh": "x", "auth": "y"}}).status == 400


def test_D3_only_a_browser_subscribes_and_the_key_is_its_owners(pushing, portal, ann, service):
    robot = portal.token(ann, ["portal.use"])
    answer = robot.post("/push/subscriptions", service.browser().subscription)
    assert (answer.status, answer.id) == (403, "session.browser-only")
    key = str(pushing.store_path) + ".vapid"
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600
    before = ann.expect(200, "GET", "/push/key")["publicKey"]
    portal.terminate()
    portal.start()
    assert ann.expect(200, "GET", "/push/key")["publicKey"] == before
