"""C1: calls that come to nothing, through a real Asterisk: each ending has its own words."""

import pytest

from support.asterisk import REFUSER, why_not
from support.phonesystem import PhoneSystem
from support.ports import free_port
from support.refusingphone import RefusingPhone
from support.waiting import until
from test_asterisk_setup import settings

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))

BUSY, GONE, DECLINED, SILENT = "busy", "can't be reached", "declined", "Nobody answered"


@pytest.fixture(scope="module")
def system(tmp_path_factory, seed_file, finished):
    one = PhoneSystem(tmp_path_factory.mktemp("pbx"), seed_file)
    yield one
    finished(one.installation)
    one.stop()


@pytest.fixture(autouse=True)
def quiet(system):
    system.is_quiet()


def fails(system, call, failure, words):
    """The call has failed so, and the caller is told in a sentence of these words."""
    system.comes_to(system.ann, call, "failed", failure)
    reason = system.ann.expect(200, "GET", f"/calls/{call}")["reason"]
    assert words in reason and reason.endswith("."), reason


def answered_here(system, to):
    """Ann calls, and answers her own phone; gives the call."""
    call = system.call(system.ann, to)
    system.anns.rings()
    system.anns.answer()
    return call


@pytest.fixture(scope="module")
def refuser(system):
    phone = RefusingPhone(system.asterisk.refusing)
    yield phone
    phone.stop()


@pytest.mark.parametrize("status, failure, sentence", [
    ("603 Decline", "destinationRefused", DECLINED), ("403 Forbidden", "destinationRefused", DECLINED),
    ("486 Busy Here", "destinationBusy", BUSY), ("600 Busy Everywhere", "destinationBusy", BUSY),
    ("404 Not Found", "destinationUnavailable", GONE), ("484 Address Incomplete", "destinationUnavailable", GONE),
    ("503 Service Unavailable", "destinationUnavailable", GONE), ("480 Temporarily Unavailable", "destinationNoAnswer", SILENT),
])
def test_C1_what_the_other_phone_says_is_told_in_words(system, refuser, status, failure, sentence):
    refuser.status = status
    fails(system, answered_here(system, REFUSER), failure, sentence)


@pytest.mark.parametrize("cause, failure, sentence", [
    (17, "destinationBusy", BUSY), (21, "destinationRefused", DECLINED), (1, "destinationUnavailable", GONE),
    (3, "destinationUnavailable", GONE), (18, "destinationNoAnswer", SILENT), (19, "destinationNoAnswer", SILENT),
    (27, "destinationUnavailable", GONE), (34, "destinationUnavailable", GONE), (38, "destinationUnavailable", GONE),
    (42, "destinationUnavailable", GONE),
])
def test_C1_what_a_trunk_says_is_told_in_words(system, cause, failure, sentence):
    """The dial plan hangs up with a cause of Q.850, as trunks do."""
    fails(system, answered_here(system, f"+161955503{cause:02}"), failure, sentence)


def is_refused_at_once(system, to):
    """Asterisk doesn't take the order: no phone rings, and the answer says why, as does the record."""
    answer = system.place(system.ann, to)
    assert (answer.status, answer.id) == (403, "asterisk.order-refused"), answer
    assert "no way to that number" in answer.json()["detail"]
    record = system.ann.expect(200, "GET", "/calls")["items"][0]
    assert record["state"] == "failed" and record["reason"].endswith(".")
    assert not system.anns.has("CALL_INCOMING") and not system.bens.has("CALL_INCOMING")


def test_C1_an_extension_that_the_dial_plan_does_not_know_is_refused_at_once(system):
    is_refused_at_once(system, "1000")


def test_C1_a_phone_that_is_not_registered_cannot_be_reached(system):
    call = answered_here(system, "1003")
    fails(system, call, "destinationUnavailable", GONE)


def test_C1_a_context_that_is_not_there_is_told_at_once(system):
    with settings(system, domains={"harbor.example": {"context": "nowhere"}}):
        system.shows(system.cleo, "1001", "idle", 20)
        is_refused_at_once(system, "1002")


def test_C1_a_pbx_that_is_away_is_told_at_once(system):
    with settings(system, url=f"ami://127.0.0.1:{free_port()}"):
        answer = system.place(system.ann, "1002")
        assert answer.status == 503
        record = system.ann.expect(200, "GET", "/calls")["items"][0]
        assert record["failure"] == "pbxUnreachable"
        assert "phone system can't be reached" in record["reason"]
