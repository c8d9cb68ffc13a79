"""A database that ends with whoever opened it: one connection, no file that has a name, nothing to wait for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from veille.store import schema

#: Kibibytes of pages kept in memory; the rest goes to a file that the system removes by itself.
_CACHE = 262_144
_PRAGMAS = ("foreign_keys=OFF", "journal_mode=MEMORY", "synchronous=OFF", f"cache_size=-{_CACHE}", "temp_store=MEMORY")

#: Indexes that only retention, pages and polls need: nobody asks for these here.
_UNASKED = (
    "ix_entry_kept",
    "ix_mention_link_mention_id",
    "ix_permalink_due",
    "ix_permalink_host",
    "ix_story_last_seen",
)


def engine() -> Engine:
    """An engine of one connection to a private temporary database (sqlite.org/inmemorydb.html, the empty name)."""
    return create_engine(make_url("sqlite+pysqlite://"), creator=_connect, poolclass=StaticPool)


def prepare(made: Engine) -> Connection:
    """The connection, its tables made, in a transaction that is never kept."""
    connection = made.connect()
    schema.metadata.create_all(connection)
    for name in _UNASKED:
        _driver(connection).execute(f"DROP INDEX IF EXISTS {name}")
    _driver(connection).execute("BEGIN")
    return connection


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """Takes back what the block wrote when it raises, as the end of a transaction would."""
    driver = _driver(connection)
    driver.execute("SAVEPOINT writing")
    try:
        yield
    except BaseException:
        driver.execute("ROLLBACK TO writing")
        driver.execute("RELEASE writing")
        raise
    driver.execute("RELEASE writing")


def _connect() -> sqlite3.Connection:
    connection = sqlite3.connect("", check_same_thread=False, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
