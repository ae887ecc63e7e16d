"""F12: kill -9 before each system call that writes while tables are brought up to date; old databases in new programs."""

import os
import pathlib
import re
import sqlite3

import pytest

from support.installation import ANN, MARK
from support.preloaded import Countdown
from support.waiting import until

# A start on an empty file takes some thousand such calls; by default some of them are the end, at uneven distances.
STRIDE = int(os.environ.get("PATCHBAY_MIGRATION_STRIDE", "29"))
OLD = sorted((pathlib.Path(__file__).resolve().parents[1] / "Fixtures/Stores").glob("*.sql"))


def applied(path):
    """The migrations that a file has, and its tables as SQLite describes them."""
    connection = sqlite3.connect(path)
    try:
        names = [row[0] for row in connection.execute("SELECT identifier FROM grdb_migrations ORDER BY identifier")]
        tables = sorted(
            (name, re.sub(r"\s+", " ", sql)) for name, sql in connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"))
        return names, tables
    finally:
        connection.close()


def start_until_ready(portal, countdown, first):
    """Starts again and again, each time killed later, until a start gets through; gives how often it was killed."""
    steps, kills = first, 0
    while True:
        countdown.start(steps)
        portal.start(until_ready=False)
        until(lambda: portal.process.poll() is not None or portal.is_ready(), 60, f"an end after {steps} steps", every=0.01)
        if portal.process.poll() is None:
            countdown.start(0)
            return kills
        assert portal.process.returncode == -9, portal.log()[-2000:]
        portal.process.wait()
        kills += 1
        steps += STRIDE


def fresh(path):
    """No file at all: what a first start finds."""
    for one in path.parent.glob(path.name + "*"):
        one.unlink()


def load(dump, path):
    fresh(path)
    connection = sqlite3.connect(path)
    connection.executescript(dump.read_text())
    connection.close()


def finished_tables(installed):
    """What an undisturbed start makes of an empty file."""
    one = installed()
    fresh(one.store_path)
    one.portal.start()
    one.portal.stop()
    return applied(one.store_path)


@pytest.mark.timeout(900)
def test_F12_kill_9_in_the_middle_of_each_migration_of_a_new_file(installed, tmp_path):
    whole = finished_tables(installed)
    countdown = Countdown(tmp_path)
    installation = installed(environment=countdown.environment)
    fresh(installation.store_path)

    kills = start_until_ready(installation.portal, countdown, 1)

    assert kills >= 3, "the start was hardly ever killed: nothing was tested"
    installation.portal.stop()
    assert applied(installation.store_path) == whole
    assert installation.rows.integrity() == ["ok"]
    assert not installation.rows.rows("PRAGMA foreign_key_check")
    print(f"\n{kills} kills, {len(whole[0])} migrations")


@pytest.mark.parametrize("dump", OLD, ids=lambda dump: dump.stem)
@pytest.mark.timeout(900)
def test_F12_an_old_database_is_brought_up_to_date_whatever_interrupts_it(installed, tmp_path, dump):
    whole = finished_tables(installed)
    countdown = Countdown(tmp_path)
    installation = installed(environment=countdown.environment)
    load(dump, installation.store_path)
    before = installation.rows.rows("SELECT id, conversationId, sequence, text FROM message ORDER BY id")
    missing = set(whole[0]) - set(applied(installation.store_path)[0])
    assert missing, f"{dump.name} is not older than the program"

    kills = start_until_ready(installation.portal, countdown, 1)

    assert kills >= 3
    names, tables = applied(installation.store_path)
    assert (names, [name for name, _ in tables]) == (whole[0], [name for name, _ in whole[1]])
    assert installation.rows.rows("SELECT id, conversationId, sequence, text FROM message ORDER BY id") == before
    assert installation.rows.integrity() == ["ok"]
    assert not installation.rows.rows("PRAGMA foreign_key_check")
    ann = installation.portal.sign_in(ANN)
    chat = next(one["id"] for one in ann.items("/conversations?filter=chat"))
    assert ann.send(chat, f"{MARK} after the upgrade").status == 201


def test_F12_a_newer_database_is_refused_and_left_alone(installed):
    installation = installed()
    with sqlite3.connect(installation.store_path) as connection:
        connection.execute("INSERT INTO grdb_migrations VALUES ('core/999-from-the-future')")
    installation.portal.start(until_ready=False)
    until(lambda: installation.portal.process.poll() is not None, 30, "the server giving up")

    assert installation.portal.process.returncode not in (0, -6, -11)
    assert "newer version" in installation.portal.log()
    assert "core/999-from-the-future" in applied(installation.store_path)[0]
