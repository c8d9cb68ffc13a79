"""What the engines' errors mean to the rest of the house."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from veille.errors import StoreBusy, StoreDamaged, StoreError

_SQLITE = {
    sqlite3.SQLITE_BUSY: (StoreBusy, "another writer kept the lock too long"),
    sqlite3.SQLITE_LOCKED: (StoreBusy, "another writer kept the lock too long"),
    sqlite3.SQLITE_FULL: (StoreBusy, "the disk is full"),
    sqlite3.SQLITE_CORRUPT: (StoreDamaged, "the file is damaged; `veille restore FILE` puts a backup in its place"),
    sqlite3.SQLITE_NOTADB: (StoreDamaged, "the file is no SQLite database; `veille restore FILE` puts a backup there"),
    sqlite3.SQLITE_READONLY: (StoreError, "the file cannot be written"),
    sqlite3.SQLITE_CANTOPEN: (StoreError, "the file cannot be opened"),
    sqlite3.SQLITE_IOERR: (StoreError, "the disk does not answer"),
}
#: PostgreSQL error codes, by their first characters (Appendix A of its manual).
_POSTGRES = (
    ("53", StoreBusy, "the server has no room left"),
    ("55P03", StoreBusy, "another writer kept the lock too long"),
    ("40", StoreBusy, "another writer was in the way"),
    ("57P", StoreBusy, "the server is stopping"),
    ("08", StoreBusy, "the connection to the server was lost"),
    ("XX00", StoreDamaged, "the server says its data are damaged"),
)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raise our errors in place of SQLAlchemy's; `where` names the database, without its password."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreBusy(f"{where}: no connection became free in time") from error
    except DBAPIError as error:
        kind, sentence = meaning(error)
        raise kind(f"{where}: {sentence}") from error
    except sqlite3.Error as error:
        kind, sentence = _meaning_of_sqlite(error)
        raise kind(f"{where}: {sentence}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{where}: {error}") from error


def meaning(error: DBAPIError) -> tuple[type[StoreError], str]:
    """Which of our errors this one is, and the sentence that says it."""
    if isinstance(error.orig, sqlite3.Error):
        return _meaning_of_sqlite(error.orig)
    state = getattr(error.orig, "sqlstate", None) or ""
    for prefix, kind, sentence in _POSTGRES:
        if state.startswith(prefix):
            return kind, sentence
    if error.connection_invalidated or not state:
        return StoreBusy, f"the server cannot be reached ({_first_line(error)})"
    return StoreError, _first_line(error)


def _meaning_of_sqlite(error: sqlite3.Error) -> tuple[type[StoreError], str]:
    code = getattr(error, "sqlite_errorcode", 0)
    return _SQLITE.get(code & 0xFF, (StoreError, str(error)))


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).partition("\n")[0]
