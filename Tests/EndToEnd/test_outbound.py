"""X7: nobody but the operator's files names an address that the server connects to; X14: what may be sent at all."""

import ipaddress
import json
import socket
import threading

import pytest

from support.carrier import BadCarrier
from support.installation import MARK, ROOT_ADMIN
from support.kannelportal import ENVIRONMENT, NUMBER, add_number, plugins
from support.ports import free_port
from support.waiting import until


class Trap:
    """A listener that nobody has a reason to connect to."""

    def __init__(self):
        self.port, self.visits = free_port(), []
        self._socket = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, address = self._socket.accept()
            except OSError:
                return
            self.visits.append(address)
            connection.close()

    def stop(self):
        self._socket.close()


@pytest.fixture
def trap():
    one = Trap()
    yield one
    one.stop()


def test_X7_addresses_that_people_write_are_text(installed, carrier, trap):
    """In messages, names, notes, file names and templates: the server connects to none of them."""
    installation = installed(plugins=plugins(carrier.url), environment=ENVIRONMENT)
    portal = installation.portal
    portal.start()
    ann = add_number(portal)
    conversation = ann.sms_to("+16195559001", NUMBER)
    for host in ("127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]", "localhost"):
        url = f"http://{host}:{trap.port}/{MARK}"
        assert ann.send(conversation, f"Look: {url}").status == 202
        ann.expect(201, "POST", "/contacts", {"name": url[:200], "notes": url, "numbers": [], "emails": []})
        made = ann.request("POST", f"/attachments?name={host}.txt", url.encode(), {"Content-Type": "text/plain"})
        assert made.status == 201
    until(lambda: len(carrier.submits) == 6, 20, "all of them having gone out")
    assert trap.visits == []


def test_X7_a_carrier_that_redirects_is_not_followed(installed, carrier, trap):
    installation = installed(plugins=plugins(carrier.url), environment=ENVIRONMENT)
    carrier.redirect_to = f"http://127.0.0.1:{trap.port}/"
    carrier.manner = "redirect"
    portal = installation.portal
    portal.start()
    ann = add_number(portal)
    ann.send(ann.sms_to("+16195559001", NUMBER), f"{MARK} redirect")
    until(lambda: carrier.submits, 20, "the carrier being asked")
    until(lambda: carrier.answers >= 1, 20, "the carrier having answered")
    carrier.manner = "ok"
    until(lambda: len(carrier.submits) >= 2, 20, "the next attempt, at the same address")
    assert trap.visits == []


def test_X7_a_name_that_leads_inside_needs_a_grant_and_the_refusal_says_which(installed):
    """The machine's own name leads to the machine itself, whatever the network is like."""
    name = socket.gethostname().lower()
    try:
        address = socket.gethostbyname(name)
    except OSError:
        pytest.skip("this machine's name leads nowhere")
    if ipaddress.ip_address(address).is_global:
        pytest.skip("this machine's name leads to the internet")
    gateway = BadCarrier(free_port(), "ok", host=address)
    try:
        installation = installed(plugins=plugins(gateway.url.replace(address, name)), environment=ENVIRONMENT)
        portal = installation.portal
        portal.start()
        ann, root = add_number(portal), portal.sign_in(ROOT_ADMIN)
        ann.send(ann.sms_to("+16195559001", NUMBER), f"{MARK} inside")

        def reason():
            waiting = root.expect(200, "GET", "/sms/outbox")["items"]
            return (waiting[0]["reason"] if waiting else None) or ""

        until(lambda: f"“{name}”" in reason() and "privateHosts" in reason(), 20, "the refusal saying what to do")
        assert gateway.submits == []

        installation.entry("kannel")["privateHosts"] = [name]
        installation.save()
        root.expect(200, "POST", "/admin/plugins/reload")
        until(lambda: gateway.submits, 30, "the message that waited going out")
    finally:
        gateway.stop()


def test_X7_no_request_takes_an_address_to_connect_to(shared):
    """A member of a request that is an address needs a case here first."""
    document = json.loads(shared.sign_in(ROOT_ADMIN).get("//api/v1/openapi.json").body)
    found = []

    def look(part, path):
        if isinstance(part, dict):
            if part.get("format") in ("uri", "uri-reference", "url", "hostname", "ipv4", "ipv6"):
                found.append(path)
            for name, more in part.items():
                look(more, f"{path}/{name}")
        elif isinstance(part, list):
            for place, more in enumerate(part):
                look(more, f"{path}/{place}")

    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if isinstance(operation, dict):
                look(operation.get("requestBody", {}), f"{method} {path}")
    assert found == []


def test_X14_the_carrier_never_sees_what_the_limits_refuse(installed, carrier):
    installation = installed(plugins=plugins(carrier.url), environment=ENVIRONMENT)
    installation.entry("sms")["settings"] |= {
        "destinations": ["+1"], "limitsByDomain": {"harbor.example": {"segmentsPerDay": 3}}}
    installation.save()
    portal = installation.portal
    portal.start()
    ann = add_number(portal)

    def send(number):
        return ann.send(ann.sms_to(number, NUMBER), f"{MARK} {number}")

    for number, refusal in (("+19005550142", "sms.destination-premium"), ("+3725550142", "sms.destination-not-allowed")):
        answer = send(number)
        assert (answer.status, answer.id) == (403, refusal), answer
    assert [send(f"+1619555900{turn}").status for turn in range(3)] == [202] * 3
    over = send("+16195559009")
    assert (over.status, over.id) == (429, "sms.daily-limit") and "retry-after" in over.headers
    until(lambda: len(carrier.submits) >= 3, 20, "what was allowed having gone out")
    assert portal.metric("patchbay_sms_segments_within_a_day", domain="harbor.example") == 3
    assert "nears its daily limit" in portal.log()
    assert {one["to"] for one in carrier.submits} == {f"+1619555900{turn}" for turn in range(3)}
