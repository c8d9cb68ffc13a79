"""Inserts that meet a row already there: the two engines agree on the words, SQLAlchemy wants them twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

T = TypeVar("T")
Insert = postgresql.Insert | sqlite.Insert

#: Values a statement may carry on the oldest SQLite we take are 32,766; plans stay readable well below.
CHUNK = 500


def insert(connection: Connection, table: Table) -> Insert:
    """An INSERT that knows ON CONFLICT."""
    return insert_into(connection.dialect.name, table)


@cache
def insert_into(dialect: str, table: Table) -> Insert:
    """The same, for an engine by its name; made once: what is added to it makes another."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def new(dialect: str, table: Table) -> Insert:
    """An INSERT that passes over the rows that are there, for an engine by its name."""
    return insert_into(dialect, table).on_conflict_do_nothing()


def upsert(tx: Connection, table: Table, rows: Sequence[dict[str, Any]], *, keys: tuple[str, ...]) -> None:
    """Insert the rows; where `keys` are already there, the other given columns take the new values."""
    if not rows:
        return
    statement = insert(tx, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    tx.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def numbered(tx: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert the rows into a table with an `id`; their numbers, in order."""
    if not rows:
        return []
    if tx.dialect.name == "sqlite":
        # SQLite inserts the rows of VALUES one after the other and counts up; asked for the order, SQLAlchemy
        # would send them one statement each.
        return sorted(tx.execute(_insert_numbered(table), rows).scalars())
    statement = postgresql.insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(tx.execute(statement, rows).scalars())


@cache
def _insert_numbered(table: Table) -> ReturningInsert[int]:
    return sqlite.insert(table).returning(table.c.id)


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most `size`."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def padded(count: int) -> int:
    """The next power of two: statements of a few sizes are prepared once, the rest of their values is null."""
    return 1 << max(0, count - 1).bit_length()
