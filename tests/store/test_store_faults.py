"""What breaks: threads at once, killed writers, full disks, damaged files, a second daemon."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from kit_store import HOUR, MINUTE, NOW, a_notification, mentioned, synced

from veille.errors import StoreBusy, StoreDamaged, StoreError, StoreTaken
from veille.store import budgets, entries, flags, lock, outbox, placing, sources
from veille.store.engine import Store, check

TESTS = Path(__file__).parent


def test_eight_threads_lose_no_update(store: Store) -> None:
    """100 read-modify-writes each: 800."""

    def count(_: int) -> None:
        for _ in range(100):
            with store.writing() as tx:
                placing.turn(tx, ["floreal"])
                value, _since = flags.get(tx, "count") or ("0", NOW)
                flags.put(tx, "count", str(int(value) + 1), at=NOW)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(8)))
    with store.reading() as conn:
        assert flags.get(conn, "count") == ("800", NOW)


def test_threads_share_sources_notifications_and_budgets(store: Store) -> None:
    """Four claim at once: nothing is taken twice, nothing is left."""
    synced(store, *(f"s{n}" for n in range(40)))
    with store.writing() as tx:
        outbox.enqueue(tx, [a_notification(str(n), channel=f"c{n}") for n in range(40)])

    def take(n: int) -> tuple[list[int], list[int], bool]:
        due, sent = [], []
        for _ in range(10):
            with store.writing() as tx:
                due += [d.row for d in sources.claim_due(tx, now=NOW, owner=str(n), lease=MINUTE, limit=3)]
                sent += [x.id for x in outbox.claim(tx, now=NOW, owner=str(n), lease=MINUTE, limit=3)]
        with store.writing() as tx:
            return due, sent, budgets.take(tx, service="x", credential="", window=HOUR, limit=3, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take, range(4)))
    for rows in ([n for due, _, _ in taken for n in due], [n for _, sent, _ in taken for n in sent]):
        assert len(rows) == len(set(rows)) == 40
    assert sorted(each[2] for each in taken) == [False, True, True, True]


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    """The second look is the same as the first."""
    with store.reading() as conn:
        assert flags.get(conn, "x") is None
        with store.writing() as tx:
            flags.put(tx, "x", at=NOW)
        assert flags.get(conn, "x") is None
    with store.reading() as conn:
        assert flags.get(conn, "x") is not None


def test_a_block_that_raises_keeps_nothing(store: Store) -> None:
    """And its own exception comes out as it was."""

    def fail() -> None:
        with store.writing() as tx:
            flags.put(tx, "x", at=NOW)
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        fail()
    with store.reading() as conn:
        assert flags.get(conn, "x") is None


def test_a_naive_date_is_refused(store: Store) -> None:
    """Rather than stored as somebody's local time."""
    with pytest.raises(StoreError, match="naive"), store.writing() as tx:
        flags.put(tx, "x", at=NOW.replace(tzinfo=None))


def test_the_watchdog_s_check_writes_and_reads(store: Store) -> None:
    """Twice, at two times."""
    check(store, now=NOW)
    check(store, now=NOW + timedelta(microseconds=1))


def test_a_killed_writer_loses_nothing_it_acknowledged(sqlite_store: Store) -> None:
    """kill -9 in the middle of its transactions, three times."""
    url = sqlite_store.url.render_as_string()
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    said = 0
    for _ in range(3):
        command = [sys.executable, str(TESTS / "store_processes.py"), url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(20):
                said = max(said, int(writer.stdout.readline()))
            writer.send_signal(signal.SIGKILL)
            said = max([said, *(int(line) for line in writer.stdout.read().split("\n")[:-1] if line)])
    reopened = Store.open(url)
    with reopened.reading() as conn:
        kept = {note.key for note in outbox.waiting(conn)}
        assert {str(number) for number in range(1, said + 1)} <= kept
        assert all(flags.get(conn, f"row {key}") for key in kept)
    reopened.close()


def test_a_writer_that_never_ends_makes_the_others_say_so(sqlite_store: Store) -> None:
    """The wait is bounded, the error clear, and the next try works."""
    other = Store.open(sqlite_store.url.render_as_string(), migrate=False, patience=timedelta(milliseconds=50))
    with sqlite_store.writing(), pytest.raises(StoreBusy, match="another writer kept the lock"), other.writing():
        pass
    with other.writing() as tx:
        flags.put(tx, "x", at=NOW)
    other.close()


def test_threads_of_one_process_wait_for_their_turn_too(sqlite_template: Path) -> None:
    """The one writing connection is taken."""
    store = Store.open(f"sqlite:///{sqlite_template}", migrate=False, patience=timedelta(milliseconds=50))

    def write() -> None:
        with store.writing():
            pass

    with store.writing(), ThreadPoolExecutor(1) as pool:
        assert isinstance(pool.submit(write).exception(), StoreBusy)
    store.close()


def test_a_full_disk_is_said_and_reads_go_on(sqlite_store: Store) -> None:
    """And everything works again when there is room."""
    row = synced(sqlite_store, "press")["press"]

    def fill() -> None:
        with sqlite_store.writing() as tx:
            mentioned(tx, row, 2000)

    def pages(number: int) -> None:
        with sqlite_store.writing() as tx:
            tx.exec_driver_sql(f"PRAGMA max_page_count={number}")

    pages(100)
    with pytest.raises(StoreBusy, match="the disk is full"):
        fill()
    with sqlite_store.reading() as conn:
        assert sources.next_due(conn) == NOW
        assert entries.known(conn, row, ["k1-0"]) == {}
    pages(1_000_000)
    fill()


def test_a_second_daemon_on_the_same_file_is_refused(sqlite_store: Store) -> None:
    """And is told which process has it; afterwards the place is free."""
    with (
        lock.hold(sqlite_store),
        pytest.raises(StoreTaken, match=f"another veille daemon holds it.*{os.getpid()}"),
        lock.hold(sqlite_store),
    ):
        pass
    with lock.hold(sqlite_store):
        pass


def test_on_postgresql_several_daemons_share_the_work(postgres_store: Store) -> None:
    """Leases do it; nothing is held."""
    with lock.hold(postgres_store), lock.hold(postgres_store):
        pass


def damage_page(file: Path) -> None:
    """Overwrite the middle of a database."""
    with file.open("r+b") as raw:
        raw.seek(4096 * 3)
        raw.write(b"\xde\xad" * 4096)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(damage_page, id="pages overwritten"),
        pytest.param(lambda file: file.write_bytes(b"This is a text file, no database.\n" * 200), id="a text file"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:9000]), id="cut short"),
    ],
)
def test_a_damaged_file_is_refused_at_start(sqlite_store: Store, spoil: Callable[[Path], object]) -> None:
    """The error names the file and the way out."""
    url, file = str(sqlite_store.url), sqlite_store.file
    sqlite_store.close()
    assert file is not None
    spoil(file)
    with pytest.raises(StoreDamaged, match=f"{file.name}.*veille restore"):
        Store.open(url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param(
            "sqlite:////nowhere/at/all/veille.db", "the folder /nowhere/at/all does not exist", id="no folder"
        ),
        pytest.param("sqlite://", "in memory", id="in memory"),
        pytest.param("mysql://localhost/veille", "sqlite or postgresql, not in mysql", id="another engine"),
        pytest.param("veille.db", "cannot be read", id="a bare path"),
    ],
)
def test_a_wrong_url_is_refused(url: str, message: str) -> None:
    """With what would be right."""
    with pytest.raises(StoreError, match=message):
        Store.open(url)


def test_a_server_that_is_away_is_said_without_its_password() -> None:
    """Nothing listens there."""
    with pytest.raises(StoreBusy, match="cannot be reached") as caught:
        Store.open("postgresql://veille:s3cret@127.0.0.1:9/veille")
    assert "s3cret" not in str(caught.value)


def test_a_postgresql_that_cuts_every_connection_is_found_again(postgres_store: Store) -> None:
    """As after its restart: the next transaction works."""
    with postgres_store.writing() as tx:
        flags.put(tx, "x", at=NOW)
    with pytest.raises(StoreBusy), postgres_store.writing() as tx:
        tx.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
    with postgres_store.reading() as conn:
        assert flags.get(conn, "x") is not None


def test_writing_through_a_reader_is_refused_on_postgresql(postgres_store: Store) -> None:
    """Readers change nothing."""
    with pytest.raises(StoreError, match="read-only"), postgres_store.reading() as conn:
        flags.put(conn, "x", at=NOW)


def test_the_file_is_for_its_owner_and_keeps_nothing_deleted(sqlite_store: Store) -> None:
    """Mode 0600, and deleted text is overwritten."""
    with sqlite_store.writing() as tx:
        flags.put(tx, "x", "NAME-42", at=NOW)
        flags.delete(tx, "x")
    file = sqlite_store.file
    assert file is not None
    sqlite_store.close()
    with sqlite3.connect(file) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    made = Store.open(f"sqlite:///{file.parent / 'made.db'}")
    assert (file.parent / "made.db").stat().st_mode & 0o777 == 0o600
    made.close()
    assert b"NAME-42" not in file.read_bytes()


def test_years_at_both_ends_of_time_are_stored(store: Store) -> None:
    """What a feed may claim: 1 and 9999."""
    ends = [NOW.replace(year=1), NOW.replace(year=9999, microsecond=999_999)]
    with store.writing() as tx:
        for n, at in enumerate(ends):
            flags.put(tx, str(n), at=at)
        assert [flags.get(tx, str(n)) for n in range(2)] == [("", at) for at in ends]


@pytest.mark.parametrize("change", ["moved", "replaced"])
def test_a_database_moved_or_replaced_under_the_daemon_is_noticed(tmp_path: Path, change: str) -> None:
    """What is written into a file without a name is lost: the watchdog is told."""
    file = tmp_path / "veille.db"
    store = Store.open(f"sqlite:///{file}")
    check(store, now=NOW)
    file.rename(tmp_path / "away.db")
    if change == "replaced":
        file.write_bytes((tmp_path / "away.db").read_bytes())
    with pytest.raises(StoreError, match="moved or replaced"):
        check(store, now=NOW)
    store.close()


def test_a_database_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    """With a sentence that says what to write."""
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(f"sqlite:///{tmp_path}")
