"""Copies of a database: taken while the daemon writes, checked, put back."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from veille.errors import StoreDamaged, StoreError, StoreTooNew
from veille.store import migrations, schema
from veille.store.lock import held

#: The database and what SQLite may keep beside it.
_TOGETHER = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupCheck:
    """What a backup holds, found whole."""

    #: Revision of its schema.
    revision: str
    #: Rows of each table.
    counts: tuple[tuple[str, int], ...]


def backup(url: str, file: Path) -> BackupCheck:
    """Copy the database into `file`, whole or not at all, while others read and write it.

    Only an earlier backup is written over. Raises StoreError: PostgreSQL (use pg_dump), a file that cannot be
    written or is something else; StoreDamaged.
    """
    database = _sqlite_file(url, instead="pg_dump --format=custom --file=FILE DATABASE")
    with _sqlite_errors(database):
        if not database.is_file():
            raise StoreError(f"{database}: there is no database to back up")
    with _sqlite_errors(file):
        _check_target(file, database)
        _copy(database, file)
    return check_backup(file)


def _check_target(file: Path, database: Path) -> None:
    """Nothing but a backup may be replaced: never a folder, a device, a link, or the database itself."""
    if not file.name:
        raise StoreError("a backup needs the name of a file")
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise StoreError(f"{file}: is a folder; write the name of a file in it")
    if not stat.S_ISREG(mode):
        raise StoreError(f"{file}: is not a regular file; write another name")
    if file.samefile(database):
        raise StoreError(f"{file}: is the database itself; write another name")
    if os.path.lexists(file.with_name(file.name + "-wal")):
        raise StoreError(f"{file}: is a database in use; write another name")
    try:
        # Its schema may be that of an older veille, and its end may be missing: it is a backup all the same.
        with _sqlite_errors(file), closing(_read_only(file)) as connection:
            _revision(connection, file)
    except StoreTooNew:
        raise
    except StoreError as error:
        raise StoreError(f"{file}: is there already and is no backup of veille; write another name") from error


def check_backup(file: Path) -> BackupCheck:
    """What is in a backup. Raises StoreDamaged (no database, cut short, no veille), StoreTooNew, StoreError."""
    with _sqlite_errors(file):
        if not file.is_file():
            raise StoreError(f"{file}: {'not a regular file' if file.exists() else 'no such file'}")
    with _sqlite_errors(file), closing(_read_only(file)) as connection:
        for (answer,) in connection.execute("PRAGMA integrity_check(1)"):
            if answer != "ok":
                raise StoreDamaged(f"{file}: {answer}")
        revision = _revision(connection, file)
        counts = tuple((name, _count(connection, name)) for name in _tables(connection, file))
    return BackupCheck(revision=revision, counts=counts)


def restore(file: Path, url: str) -> BackupCheck:
    """Put a checked backup in the database's place; the one there before is kept beside it, as `.before-restore`.

    What an earlier restore kept stays: the next is `.before-restore-2`. Raises StoreTaken while a daemon runs,
    StoreError when the database is a link or no regular file, and what `check_backup` raises.
    """
    database = _sqlite_file(url, instead="pg_restore --clean --dbname=DATABASE FILE")
    found = check_backup(file)
    with _sqlite_errors(database):
        _check_place(database)
        with held(database):
            fresh = database.with_name(database.name + ".restoring")
            _copy(file, fresh)
            _set_aside(database)
            os.replace(fresh, database)
    return found


def _check_place(database: Path) -> None:
    if not database.parent.is_dir():
        raise StoreError(f"{database}: the folder {database.parent} does not exist")
    try:
        mode = database.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise StoreError(f"{database}: is not a regular file: nothing is put in its place")


def _set_aside(database: Path) -> None:
    kept = _free_name(database)
    # The log belongs to the file it was written for: left there, it would be played into the restored one.
    for suffix in _TOGETHER:
        old = database.with_name(database.name + suffix)
        if old.exists():
            os.replace(old, database.with_name(kept + suffix))


def _free_name(database: Path) -> str:
    """The first name under which none of the files is kept yet: a log of another database never stands beside one."""
    names = (f"{database.name}.before-restore" + (f"-{n}" if n > 1 else "") for n in count(1))
    return next(
        name for name in names if not any(os.path.lexists(database.with_name(name + suffix)) for suffix in _TOGETHER)
    )


def _copy(source: Path, target: Path) -> None:
    """SQLite's own copy, under another name until it is whole and on the disk."""
    descriptor, name = tempfile.mkstemp(prefix=target.name + ".", suffix=".partial", dir=target.parent)
    os.close(descriptor)
    partial = Path(name)
    try:
        with (
            _sqlite_errors(target),
            closing(sqlite3.connect(source)) as reader,
            closing(sqlite3.connect(partial)) as writer,
        ):
            reader.backup(writer)
            # A copy travels as one file, without a log beside it.
            writer.execute("PRAGMA journal_mode=DELETE").fetchall()
        _flush(partial)
        os.replace(partial, target)
        _flush(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _revision(connection: sqlite3.Connection, file: Path) -> str:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        row = None
    if row is None:
        raise StoreDamaged(f"{file}: this is no database of veille")
    if row[0] not in migrations.known_revisions():
        raise StoreTooNew(f"{file}: a newer veille wrote it (schema {row[0]})")
    return str(row[0])


def _tables(connection: sqlite3.Connection, file: Path) -> list[str]:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = sorted(schema.metadata.tables.keys() - there)
    if missing:
        raise StoreDamaged(f"{file}: its tables are missing: {', '.join(missing)}")
    return sorted(schema.metadata.tables)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def _sqlite_file(url: str, *, instead: str) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("the database URL cannot be read; write sqlite:////var/lib/veille/veille.db") from error
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(f"veille copies SQLite databases only; for PostgreSQL use: {instead}")
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError("a database in memory is nowhere; write sqlite:////path/to/veille.db")
    return Path(parsed.database)


@contextmanager
def _sqlite_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(f"{file}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(f"{file}: {error}") from error
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror or error}") from error
