"""Backups: taken while others write, checked, put back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from kit_store import NOW, mentioned, synced

from veille.errors import StoreDamaged, StoreError, StoreTaken, StoreTooNew
from veille.store import flags, lock, mentions
from veille.store.backup import backup, check_backup, restore
from veille.store.engine import Store


def url_of(store: Store) -> str:
    """As an operator would write it."""
    return store.url.render_as_string(hide_password=False)


def test_a_journey_backup_loss_restore(sqlite_store: Store, tmp_path: Path) -> None:
    """A backup taken while a thread writes; the database is lost; it comes back, and veille goes on."""
    row = synced(sqlite_store, "press")["press"]
    with sqlite_store.writing() as tx:
        numbers = mentioned(tx, row, 50)
    stop, started = Event(), Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with sqlite_store.writing() as tx:
                flags.put(tx, str(number), at=NOW)
            started.set()

    writer = Thread(target=write)
    writer.start()
    started.wait()
    found = backup(url_of(sqlite_store), tmp_path / "copy.backup")
    stop.set()
    writer.join()
    assert dict(found.counts)["mention"] == 50
    assert dict(found.counts)["flag"] >= 1
    sqlite_store.close()
    database = sqlite_store.file
    assert database is not None
    database.write_bytes(b"lost")
    assert restore(tmp_path / "copy.backup", url_of(sqlite_store)) == found
    again = Store.open(url_of(sqlite_store))
    with again.writing() as tx:
        assert [m.id for m in mentions.of_ids(tx, numbers)] == numbers
        flags.put(tx, "after", at=NOW)
    again.close()
    assert (tmp_path / "veille.db.before-restore").read_bytes() == b"lost"
    assert not list(tmp_path.glob("*.partial")) + list(tmp_path.glob("*.restoring"))


def test_a_backup_is_for_its_owner_only_and_needs_no_log(sqlite_store: Store, tmp_path: Path) -> None:
    """One file that can be carried away."""
    file = tmp_path / "copy.backup"
    backup(url_of(sqlite_store), file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.glob("copy*")] == ["copy.backup"]


def cut(file: Path) -> None:
    """Lose its end."""
    file.write_bytes(file.read_bytes()[:-9000])


def damage(file: Path) -> None:
    """Lose its middle."""
    raw = bytearray(file.read_bytes())
    raw[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    file.write_bytes(raw)


def run_sql(sql: str) -> Callable[[Path], None]:
    """Change a backup by SQL."""

    def change(file: Path) -> None:
        connection = sqlite3.connect(file)
        connection.executescript(sql)
        connection.close()

    return change


@pytest.mark.parametrize(
    ("spoil", "error", "message"),
    [
        pytest.param(cut, StoreDamaged, "copy", id="cut short"),
        pytest.param(damage, StoreDamaged, "copy", id="pages overwritten"),
        pytest.param(lambda file: file.write_bytes(b""), StoreDamaged, "no database of veille", id="empty"),
        pytest.param(lambda file: file.write_text("hello " * 2000), StoreDamaged, "copy", id="a text file"),
        pytest.param(run_sql("DROP TABLE word_use"), StoreDamaged, "tables are missing: word_use", id="a table less"),
        pytest.param(
            run_sql("UPDATE alembic_version SET version_num = '9'"), StoreTooNew, "newer veille", id="a later schema"
        ),
        pytest.param(lambda file: file.unlink(), StoreError, "no such file", id="no file"),
    ],
)
def test_a_bad_backup_is_never_put_back(
    sqlite_store: Store, tmp_path: Path, spoil: Callable[[Path], object], error: type[StoreError], message: str
) -> None:
    """Checked first; the database stays as it is."""
    file = tmp_path / "copy.backup"
    backup(url_of(sqlite_store), file)
    spoil(file)
    with pytest.raises(error, match=message):
        check_backup(file)
    with pytest.raises(error, match=message):
        restore(file, url_of(sqlite_store))
    with sqlite_store.writing() as tx:
        flags.put(tx, "alive", at=NOW)


def test_a_copied_file_without_its_log_is_seen_to_be_bad(tmp_path: Path) -> None:
    """What `cp veille.db` gives while the daemon runs: tables that are still in the log are missing."""
    store = Store.open(f"sqlite:///{tmp_path / 'live.db'}")
    (tmp_path / "copied.db").write_bytes((tmp_path / "live.db").read_bytes()[:4096])
    store.close()
    with pytest.raises(StoreDamaged):
        check_backup(tmp_path / "copied.db")


def test_a_running_daemon_s_database_is_not_replaced(sqlite_store: Store, tmp_path: Path) -> None:
    """Stop it first."""
    file = tmp_path / "copy.backup"
    backup(url_of(sqlite_store), file)
    with lock.hold(sqlite_store), pytest.raises(StoreTaken):
        restore(file, url_of(sqlite_store))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("postgresql://localhost/veille", "pg_dump", id="postgresql has its own tools"),
        pytest.param("sqlite:////nowhere/veille.db", "no database to back up", id="no database"),
    ],
)
def test_what_cannot_be_backed_up_says_so(tmp_path: Path, url: str, message: str) -> None:
    """With what to do."""
    with pytest.raises(StoreError, match=message):
        backup(url, tmp_path / "copy.backup")


def test_a_backup_into_a_folder_that_does_not_exist(sqlite_store: Store, tmp_path: Path) -> None:
    """Said, and nothing left behind."""
    with pytest.raises(StoreError, match="No such file or directory"):
        backup(url_of(sqlite_store), tmp_path / "none" / "copy.backup")


def test_a_backup_never_takes_the_place_of_something_else(sqlite_store: Store, tmp_path: Path) -> None:
    """Only an earlier backup is written over: the rest stays as it was."""
    url = url_of(sqlite_store)
    notes = tmp_path / "notes.txt"
    notes.write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(notes)
    os.mkfifo(tmp_path / "pipe")
    for name in ("notes.txt", "link", "pipe"):
        with pytest.raises(StoreError, match="write another name"):
            backup(url, tmp_path / name)
    assert notes.read_text(encoding="utf-8") == "mine"
    assert sqlite_store.file
    with pytest.raises(StoreError, match="is the database itself"):
        backup(url, sqlite_store.file)
    backup(url, tmp_path / "copy.backup")
    backup(url, tmp_path / "copy.backup")
    assert not list(tmp_path.glob("*.partial"))
    (tmp_path / "copy.backup-wal").write_bytes(b"log")
    with pytest.raises(StoreError, match="is a database in use"):
        backup(url, tmp_path / "copy.backup")


def test_a_backup_into_a_folder_or_without_a_name_is_refused(sqlite_store: Store, tmp_path: Path) -> None:
    """With a sentence, and nothing left behind."""
    for target, said in ((tmp_path, "is a folder"), (Path(""), "needs the name"), (tmp_path / "no" / "x", "No such")):
        with pytest.raises(StoreError, match=said):
            backup(url_of(sqlite_store), target)


def test_a_file_beside_the_backup_is_not_its_draft(sqlite_store: Store, tmp_path: Path) -> None:
    """A file named as the draft was once is left alone."""
    (tmp_path / "copy.backup.partial").write_text("mine", encoding="utf-8")
    backup(url_of(sqlite_store), tmp_path / "copy.backup")
    assert (tmp_path / "copy.backup.partial").read_text(encoding="utf-8") == "mine"


def test_two_restores_in_a_row_keep_both_databases(sqlite_store: Store, tmp_path: Path) -> None:
    """The first one put aside is not lost, and no log stands beside a database that is not its own."""
    url, database = url_of(sqlite_store), sqlite_store.file
    assert database
    backup(url, tmp_path / "copy.backup")
    sqlite_store.close()
    database.write_bytes(b"first")
    database.with_name("veille.db-wal").write_bytes(b"log of the first")
    restore(tmp_path / "copy.backup", url)
    database.write_bytes(b"second")
    restore(tmp_path / "copy.backup", url)
    kept = {each.name: each.read_bytes() for each in tmp_path.glob("*.before-restore*")}
    assert kept == {
        "veille.db.before-restore": b"first",
        "veille.db.before-restore-wal": b"log of the first",
        "veille.db.before-restore-2": b"second",
    }


def test_nothing_is_restored_over_a_link_or_a_folder(sqlite_store: Store, tmp_path: Path) -> None:
    """What is no regular file stays where it is."""
    backup(url_of(sqlite_store), tmp_path / "copy.backup")
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "copy.backup")
    for name in ("folder.db", "link.db"):
        with pytest.raises(StoreError, match="not a regular file"):
            restore(tmp_path / "copy.backup", f"sqlite:///{tmp_path / name}")
    assert (tmp_path / "link.db").is_symlink()


def test_a_lock_file_that_cannot_be_opened_is_a_store_error(sqlite_store: Store, tmp_path: Path) -> None:
    """Not a traceback."""
    backup(url_of(sqlite_store), tmp_path / "copy.backup")
    (tmp_path / "veille.db.lock").mkdir()
    with pytest.raises(StoreError, match="lock file cannot be opened"):
        restore(tmp_path / "copy.backup", url_of(sqlite_store))
