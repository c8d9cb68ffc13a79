"""The database: one writer, readers apart, our errors at the border."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, Connection, Engine, make_url, select
from sqlalchemy.exc import ArgumentError

from veille.errors import StoreDamaged, StoreError
from veille.store import migrations, passing, postgres, schema, sqlite
from veille.store.failures import translated
from veille.store.upsert import upsert

#: RETURNING and UPSERT on one statement (sqlite.org/lang_returning.html).
LEAST_SQLITE = (3, 35, 0)
#: How long a writer waits for another before it gives up.
PATIENCE = timedelta(seconds=30)

Dialect = Literal["sqlite", "postgresql"]


@dataclass(frozen=True, slots=True)
class Store:
    """An open database. Threads share it; each asks for its own transactions."""

    url: URL
    dialect: Dialect
    _reader: Engine
    _writer: Engine
    #: Device and inode of the SQLite file as it was opened.
    _opened: tuple[int, int] | None = None
    #: The one connection of a passing database: its transactions are steps of one that is never kept.
    _held: Connection | None = None

    @classmethod
    def passing(cls) -> Store:
        """A database of one's own, empty, for one thread at a time; gone when it is closed or the process ends."""
        made = passing.engine()
        return cls(made.url, sqlite.DIALECT, made, made, _held=passing.prepare(made))

    @classmethod
    def open(cls, url: str, *, migrate: bool = True, patience: timedelta = PATIENCE) -> Store:
        """Open the database of this SQLAlchemy URL; `migrate` also checks it and brings its schema up to date.

        Raises StoreError (a bad URL, a folder that does not exist, a schema that `migrate` would change),
        StoreDamaged, StoreTooNew, StoreBusy.
        """
        parsed = _parse(url)
        make = sqlite if parsed.get_backend_name() == "sqlite" else postgres
        reader, writer = make.engines(parsed, patience=patience)
        store = cls(parsed, make.DIALECT, reader, writer)
        try:
            store._prepare(migrate=migrate)
        except BaseException:
            store.close()
            raise
        return replace(store, _opened=store._identity())

    @property
    def name(self) -> str:
        """The database as people may see it: its file, or its URL without the password."""
        return self.url.database or "" if self.dialect == "sqlite" else self.url.render_as_string()

    @property
    def alone(self) -> bool:
        """Whether nobody else can change it: what was read stays true until this thread writes."""
        return self._held is not None

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return Path(self.url.database or "") if self.dialect == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one snapshot and changes nothing. Raises StoreError and its kin."""
        if self._held is not None:
            with translated(self.name):
                yield self._held
            return
        with translated(self.name), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is kept, or nothing when the block raises. Raises StoreBusy and kin."""
        if self._held is not None:
            with translated(self.name), passing.undone(self._held):
                yield self._held
            return
        with translated(self.name), self._writer.begin() as connection:
            yield connection

    def check_place(self) -> None:
        """Raises StoreError when another file, or none, now stands where the SQLite file was opened."""
        if self._identity() != self._opened:
            raise StoreError(f"{self.name}: the file was moved or replaced while it was open; restart the daemon")

    def close(self) -> None:
        """Give every connection back."""
        if self._held is not None:
            self._held.close()
        self._reader.dispose()
        self._writer.dispose()

    def _identity(self) -> tuple[int, int] | None:
        if self.file is None:
            return None
        try:
            found = self.file.stat()
        except OSError:
            return (0, 0)
        return found.st_dev, found.st_ino

    def _prepare(self, *, migrate: bool) -> None:
        if self.file is not None and not os.path.exists(self.file):
            self._create(allowed=migrate)
        with translated(self.name):
            if migrate:
                self._quick_check()
                with self._writer.connect() as connection:
                    migrations.upgrade(connection)
            else:
                with self._reader.connect() as connection:
                    migrations.require_current(connection)

    def _create(self, *, allowed: bool) -> None:
        if not allowed:
            raise StoreError(f"{self.name}: there is no database yet: `veille run` makes it")
        try:
            # It holds what people wrote, with their names: for its owner only, the log beside it too.
            os.close(os.open(self.name, os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            raise StoreError(f"{self.name}: {error.strerror}") from error

    def _quick_check(self) -> None:
        if self.dialect == "sqlite":
            with self._reader.connect() as connection:
                answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if answer != "ok":
                found = " ".join(str(answer).split())
                raise StoreDamaged(f"{self.name}: {found}; `veille restore FILE` puts a backup in its place")


def check(store: Store, *, now: datetime) -> None:
    """Write and read one row back, as the watchdog wants, in the file that has the name. Raises StoreError, kin."""
    store.check_place()
    with store.writing() as tx:
        upsert(tx, schema.beat, [{"name": "store", "at": now}], keys=("name",))
        found = tx.execute(select(schema.beat.c.at).where(schema.beat.c.name == "store")).scalar_one()
    if found != now:
        raise StoreDamaged(f"{store.name}: wrote {now}, read {found}")


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("the database URL cannot be read; write sqlite:////var/lib/veille/veille.db") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        _check_sqlite(parsed)
        return parsed.set(drivername="sqlite+pysqlite")
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise StoreError(f"veille keeps its data in sqlite or postgresql, not in {backend}")


def _check_sqlite(url: URL) -> None:
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old: veille needs 3.35 or later")
    if not url.database or url.database == ":memory:":
        raise StoreError("a database in memory cannot be shared; write sqlite:////path/to/veille.db")
    folder = Path(url.database).absolute().parent
    if not os.path.isdir(folder):  # a folder that may not be looked into is none
        raise StoreError(f"{url.database}: the folder {folder} does not exist")
    if os.path.isdir(url.database):
        raise StoreError(f"{url.database}: is a folder; write the name of a file")
