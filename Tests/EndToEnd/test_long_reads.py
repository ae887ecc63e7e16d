"""F9: another program holds a transaction open while people write; F11: a backup is made meanwhile."""

import os
import sqlite3
import statistics
import time

import pytest

from support.installation import ANN, BEN, MARK, Installation
from support.load import Writer
from support.people import colleague
from support.waiting import until

# How many messages are written while the reader is there; the case asks for ten minutes of load.
MESSAGES = int(os.environ.get("PATCHBAY_LOG_MESSAGES", "1500"))
WANTED = 64 << 20


def begin_load(portal):
    ann, ben = portal.sign_in(ANN), portal.sign_in(BEN)
    chat = ann.chat_with(colleague(ann, "Ben Okafor"))
    return chat, [Writer(ann, chat, "chat"), Writer(ben, chat, "chat"), Writer(ann, ann.sms_to("+16195559009"), "sms")]


def answered(writers):
    return sum(len(writer.answered) for writer in writers)


def end_load(writers):
    for writer in writers:
        writer.stop()
    for writer in writers:
        writer.join()
    return [one for writer in writers for one in writer.refusals if one[1] != 429]


def page_times(client, chat, count=60):
    """How long the pages of a conversation took, in seconds."""
    times = []
    for _ in range(count):
        began = time.monotonic()
        assert client.get(f"/conversations/{chat}/messages").status == 200
        times.append(time.monotonic() - began)
    return sorted(times)


@pytest.mark.timeout(300 + MESSAGES // 10)
def test_F9_the_log_shrinks_when_a_reader_ends_and_pages_stay_quick(installed):
    installation = installed()
    portal = installation.portal
    portal.start()
    log = installation.store_path.with_name(installation.store_path.name + "-wal")
    chat, writers = begin_load(portal)
    until(lambda: answered(writers) > 50, 30, "load")
    usual = page_times(portal.sign_in(BEN), chat)
    reader = sqlite3.connect(f"file:{installation.store_path}?mode=ro", uri=True, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM message").fetchone()
    began = answered(writers)
    until(lambda: answered(writers) > began + MESSAGES, 120 + MESSAGES // 20, "load beside the reader")
    size_beside_reader = log.stat().st_size
    beside = page_times(portal.sign_in(BEN), chat)
    assert portal.metric("patchbay_store_log_bytes") > 0
    reader.execute("COMMIT")
    reader.close()
    before = answered(writers)
    until(lambda: answered(writers) > before + 100, 30, "load after the reader")
    refusals = end_load(writers)

    print(f"\nthe log had {size_beside_reader} bytes beside the reader, {log.stat().st_size} after it; "
          f"median page {statistics.median(usual):.4f} s without, {statistics.median(beside):.4f} s with it")
    assert not refusals, refusals[:3]
    # What is left of the log is used anew from its beginning; it doesn't grow on.
    size = log.stat().st_size
    assert size <= max(WANTED, size_beside_reader)
    ann = portal.sign_in(ANN)
    for turn in range(100):
        assert ann.send(chat, f"{MARK} after {turn}").status == 201
    assert log.stat().st_size <= size
    assert beside[int(len(beside) * 0.9)] <= 3 * max(usual[int(len(usual) * 0.9)], 0.02)
    assert installation.rows.integrity() == ["ok"]


@pytest.mark.timeout(300)
def test_F11_a_backup_under_load_is_a_prefix_of_what_was_accepted(installed, tmp_path, seed_file, finished):
    installation = installed()
    portal = installation.portal
    portal.start()
    chat, writers = begin_load(portal)
    until(lambda: answered(writers) > 100, 30, "load")
    before = {client_id for writer in writers for client_id in list(writer.answered)}
    usual = page_times(portal.sign_in(BEN), chat)
    portal.command("backup", "--store", installation.store_path, tmp_path / "backup.sqlite")
    during = answered(writers)
    beside = page_times(portal.sign_in(BEN), chat)
    until(lambda: answered(writers) > during + 100, 30, "load after the backup")
    refusals = end_load(writers)

    assert not refusals, refusals[:3]
    assert (tmp_path / "backup.sqlite").stat().st_mode & 0o777 == 0o600
    assert beside[int(len(beside) * 0.9)] < 5 * max(usual[int(len(usual) * 0.9)], 0.02)
    restored = Installation(tmp_path / "restored", seed_file)
    restored.portal.command("restore", "--store", restored.store_path, tmp_path / "backup.sqlite")
    restored.portal.start()
    texts = [row[0] for row in restored.rows.rows(
        "SELECT text FROM message WHERE conversationId = ? AND text LIKE ? ORDER BY sequence", chat, f"{MARK} w%")]
    whole = [row[0] for row in installation.rows.rows(
        "SELECT text FROM message WHERE conversationId = ? AND text LIKE ? ORDER BY sequence", chat, f"{MARK} w%")]
    assert texts and texts == whole[:len(texts)], "the backup isn't a prefix of the conversation"
    stored = {row[0] for row in restored.rows.rows("SELECT text FROM message WHERE text LIKE ?", f"{MARK} w%")}
    missing = [client_id for client_id in before if f"{MARK} {client_id}" not in stored]
    assert not missing, f"{len(missing)} of {len(before)} answered before the backup are not in it"
    assert restored.rows.integrity() == ["ok"]
    assert restored.portal.sign_in(BEN).send(chat, f"{MARK} onward").status == 201
    finished(restored)
