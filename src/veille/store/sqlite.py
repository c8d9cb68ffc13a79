"""How SQLite is opened: write-ahead log, one writer at a time, a snapshot for each reader."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event

DIALECT: Literal["sqlite"] = "sqlite"


def engines(url: URL, *, patience: timedelta) -> tuple[Engine, Engine]:
    """The readers and the one writer. Nothing is opened yet."""
    seconds = patience.total_seconds()
    reader = create_engine(url, pool_size=8, max_overflow=24, connect_args={"timeout": seconds})
    # One connection: threads of this process queue for it fairly instead of polling the file's lock.
    writer = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=seconds, connect_args={"timeout": seconds})
    for engine, begin in ((reader, "BEGIN"), (writer, "BEGIN IMMEDIATE")):
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _beginner(begin))
    return reader, writer


#: Two gigabytes of the file, the most that SQLite maps, are read where the system has them, not copied page by page:
#: among a million mentions a word's page is seldom cached, and the copy costs more than the search in it.
#: The log is copied back after 32 MB, not 4: a page of mentions changes a thousand pages, mostly the same ones.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "wal_autocheckpoint=8000",
    "cache_size=-16384",
    "mmap_size=2147418112",
)


def _set_up(connection: Any, _record: object) -> None:
    # The driver's own transactions start too late (none for SELECT) and lose updates: 102 of 800 kept, measured.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _beginner(statement: str) -> Any:
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.execute(statement)

    return begin
