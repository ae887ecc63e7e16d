"""D2: the figures equal a recount from the messages, after random operations and kill -9 in the midst of them."""

import collections
import contextlib
import os
import random
import sqlite3
import threading
import time

import pytest

from support.api import Unanswered
from support.installation import ANN, BOB, FRONT_DESK, OLGA, ROOT_ADMIN
from support.people import colleague
from support.waiting import until

OPERATIONS = int(os.environ.get("PATCHBAY_USAGE_OPERATIONS", "1000"))
KILLS = int(os.environ.get("PATCHBAY_USAGE_KILLS", "20"))
SEED = int(os.environ.get("PATCHBAY_USAGE_SEED", "20261128"))


def counted(rows):
    """What the table of messages says, by column."""
    sums = collections.Counter()
    query = """SELECT kind, state, segments FROM message JOIN conversation ON conversation.id = conversationId
        WHERE message.domainId = 'harbor.example'"""
    for kind, state, segments in rows.rows(query):
        if kind == "chat":
            sums["chats"] += 1
        elif state == "received":
            sums["received"] += 1
        else:
            sums["sent"] += 1
            sums["segments"] += segments
            sums[state] += state in ("delivered", "failed")
    return {name: sums[name] for name in ("received", "sent", "segments", "delivered", "failed", "chats")}


class Office:
    """People at work until all operations are done, whatever happens to the server."""

    def __init__(self, portal):
        self.portal = portal
        self.chance = random.Random(SEED)
        self.left = OPERATIONS
        self.thread = threading.Thread(target=self.work)

    def work(self):
        ann = self.portal.sign_in(ANN)
        text, chat = ann.sms_to(BOB, FRONT_DESK), ann.chat_with(colleague(ann, "Ben Okafor"))
        failing = ann.sms_to("+16195550002", FRONT_DESK)
        while self.left > 0:
            try:
                self.once(ann, text, failing, chat)
            except Unanswered:
                time.sleep(0.01)  # it is being killed or started; the loop waits for neither
                continue
            self.left -= 1

    def once(self, ann, text, failing, chat):
        deed = self.chance.randrange(5)
        if deed == 0:
            ann.post(f"/simulator/phones/{BOB}/messages", {"to": FRONT_DESK, "text": "In"})
        elif deed == 1:
            ann.send(chat, "Chat")
        else:
            ann.send(failing if deed == 2 else text, "Out " * self.chance.randrange(1, 90), **{"from": FRONT_DESK})


@pytest.mark.timeout(120 + 15 * KILLS + OPERATIONS)
def test_D2_the_figures_equal_a_recount_after_kills(installed):
    """D2: kill -9 under work; then figures, messages and a recount from nothing agree to the last message."""
    installation = installed()
    portal = installation.portal
    portal.start()
    olga = portal.sign_in(OLGA)
    office = Office(portal)
    office.thread.start()
    for kill in range(KILLS):
        share = OPERATIONS * (kill + 1) // (KILLS + 1)
        until(lambda: office.left <= OPERATIONS - share, 120, "the next share of the work")
        portal.kill()
        portal.start()
    office.thread.join()

    # A receipt that was on its way in a killed simulator never comes: quiet is when nothing has moved for a while.
    seen = {"states": None, "since": 0.0}

    def is_quiet():
        states = collections.Counter(installation.rows.rows("SELECT state FROM message"))
        if states != seen["states"]:
            seen.update(states=states, since=time.monotonic())
        return ("pending",) not in states and time.monotonic() - seen["since"] > 3

    until(is_quiet, 90, "the carrier having nothing more to say", every=0.2)
    figures = olga.expect(200, "GET", "/usage/summary?days=2")
    assert figures["totals"] == counted(installation.rows)
    assert figures["totals"]["sent"] and figures["totals"]["received"] and figures["totals"]["chats"]

    assert portal.sign_in(ROOT_ADMIN).post("/usage/recount").status == 202

    def again():
        now = olga.expect(200, "GET", "/usage/summary?days=2")
        return not now["isCounting"] and now

    anew = until(again, 60, "the recount's end", every=0.1)
    assert {key: anew[key] for key in ("totals", "days", "numbers", "people", "reasons", "replies")} == {
        key: figures[key] for key in ("totals", "days", "numbers", "people", "reasons", "replies")}


def test_D2_a_page_reads_figures_and_no_messages(installed):
    """D2: the page costs the same whatever the number of messages: it is the same when there are none left."""
    installation = installed()
    installation.portal.start()
    ann, olga = installation.portal.sign_in(ANN), installation.portal.sign_in(OLGA)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    for turn in range(5):
        assert ann.send(chat, f"Turn {turn}").status == 201
    before = olga.expect(200, "GET", "/usage/summary")

    with contextlib.closing(sqlite3.connect(installation.store_path)) as store:
        store.execute("DELETE FROM message")
        store.commit()

    assert before["totals"]["chats"] == 5
    assert olga.expect(200, "GET", "/usage/summary") == before
