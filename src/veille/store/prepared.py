"""Statements asked with every mention: compiled once, then run by the driver itself.

What SQLAlchemy does around each execution costs sixteen times what SQLite takes to answer from an index. On
PostgreSQL, where the way to the server costs more than either, they go through SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from veille.store.upsert import padded

_SQLITE = SQLiteDialect_pysqlite(paramstyle="qmark")

Statement = Select[Any] | Insert | Update | Delete
Bound = Mapping[str, Any]


class Prepared:
    """A statement with named parameters; `lists` are those of its IN (...).

    Lists are filled up with nulls to a power of two, so that a few sizes are prepared: none may stand in a NOT IN.
    """

    def __init__(self, statement: Statement, *lists: str) -> None:
        self._statement = statement
        self._lists = lists
        self._forms: dict[tuple[int, ...], _Form] = {}

    def rows(self, conn: Connection, bound: Bound) -> Sequence[Any]:
        """What it brings: tuples whose fields are named after the columns. Lists must not be empty."""
        if conn.dialect.name != "sqlite":
            return conn.execute(self._statement, bound).all()
        form = self._form(bound)
        found = execute(conn, form.sql, form.values(self._filled(bound))).fetchall()
        return form.read(found)

    def first(self, conn: Connection, bound: Bound) -> Any:
        """Its first row, or None."""
        found = self.rows(conn, bound)
        return found[0] if found else None

    def scalar(self, conn: Connection, bound: Bound) -> Any:
        """The first value of its first row, or None."""
        found = self.first(conn, bound)
        return None if found is None else found[0]

    def run(self, tx: Connection, rows: Sequence[Bound]) -> None:
        """Once for each of these; nothing for none."""
        if not rows:
            return
        if tx.dialect.name != "sqlite":
            tx.execute(self._statement, list(rows))
            return
        form = self._form(rows[0])
        execute_many(tx, form.sql, [form.values(self._filled(row)) for row in rows])

    def numbered(self, tx: Connection, rows: Sequence[Bound]) -> list[int]:
        """Once for each of these; the number that each returns, in order."""
        if rows and tx.dialect.name != "sqlite":
            return list(tx.execute(self._statement, list(rows)).scalars())
        form = self._form(rows[0]) if rows else None
        return [execute(tx, form.sql, form.values(row)).fetchone()[0] for row in rows] if form else []

    def tried(self, tx: Connection, rows: Sequence[Bound]) -> list[int | None]:
        """On SQLite, once for each of these; the number that each returns, None for one that was there."""
        form = self._form(rows[0]) if rows else None
        found = [execute(tx, form.sql, form.values(row)).fetchone() for row in rows] if form else []
        return [None if row is None else row[0] for row in found]

    def _form(self, bound: Bound) -> _Form:
        sizes = tuple([padded(len(bound[name])) for name in self._lists]) if self._lists else ()
        form = self._forms.get(sizes)
        if form is None:
            form = self._forms[sizes] = _Form(self._statement, dict(zip(self._lists, sizes, strict=True)), bound)
        return form

    def _filled(self, bound: Bound) -> Bound:
        """With the values of lists under their own names, and nothing in the places left over."""
        if not self._lists:
            return bound
        whole = dict(bound)
        for name in self._lists:
            values = bound[name]
            names = _places(name, padded(len(values)))
            whole.update(zip_longest(names, values))
        return whole


@cache
def _places(name: str, size: int) -> tuple[str, ...]:
    return tuple(f"{name}_{place}" for place in range(1, size + 1))


class _Form:
    """A statement for lists of so many values, as the driver takes it, and how values go in and out."""

    def __init__(self, statement: Statement, sizes: Mapping[str, int], bound: Bound) -> None:
        given = {name for name in bound if not name.startswith("_")}
        compiled: Any = statement.compile(dialect=_SQLITE, column_keys=sorted(given) if statement.is_insert else None)
        lists = {name: [None] * size for name, size in sizes.items()}
        state = compiled.construct_expanded_state({**bound, **lists}, escape_names=False)
        parents = {each: name for name, every in state.parameter_expansion.items() for each in every}
        self.sql: str = state.statement
        names: list[str] = list(state.positiontup or ())
        #: Values that stand in the statement itself, and those that columns have when nothing is given.
        fixed = {name: value for name, value in state.parameters.items() if name not in bound} | {
            column.key: column.default.arg for column in compiled.insert_prefetch if column.default.is_scalar
        }
        types = [compiled.binds[parents.get(name, name)].type for name in names]
        readers = [each.dialect_impl(_SQLITE).bind_processor(_SQLITE) for each in types]
        whole = [(place, name, read) for place, (name, read) in enumerate(zip(names, readers, strict=True))]
        own = [each for each in whole if each[1] in bound or parents.get(each[1]) in sizes]
        self._fixed = [None] * len(names)
        for place, name, read in (each for each in whole if each not in own):
            self._fixed[place] = read(fixed[name]) if read else fixed[name]
        self._plain = [(place, name) for place, name, read in own if read is None]
        self._in = [(place, name, read) for place, name, read in own if read is not None]
        columns = statement.exported_columns
        out = [column.type.dialect_impl(_SQLITE).result_processor(_SQLITE, None) for column in columns]
        self._out = [(place, read) for place, read in enumerate(out) if read]
        self._row = _row([str(column.key) for column in columns])

    def values(self, bound: Bound) -> tuple[Any, ...]:
        """In the order of its question marks."""
        values = self._fixed.copy()
        for place, name in self._plain:
            values[place] = bound[name]
        for place, name, process in self._in:
            values[place] = process(bound[name])
        return tuple(values)

    def read(self, found: Iterable[tuple[Any, ...]]) -> list[Any]:
        """Rows of the driver as rows of the statement."""
        out, made = self._out, self._row._make
        if not out:
            return [made(raw) for raw in found]
        rows = []
        for raw in found:
            values = list(raw)
            for place, process in out:
                values[place] = process(values[place])
            rows.append(made(values))
        return rows


def _row(names: Sequence[str]) -> Any:
    """A tuple whose fields have these names, and that is a mapping where SQLAlchemy's rows are one."""
    plain: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    return type("Row", (plain,), {"__slots__": (), "_mapping": property(plain._asdict)})


def asking(conn: Connection) -> Callable[[str, Sequence[Any]], sqlite3.Cursor]:
    """Runs statements as `execute` does, many in a row."""
    if conn.dispatch.before_cursor_execute:
        return partial(execute, conn)
    ask: Callable[[str, Sequence[Any]], sqlite3.Cursor] = driver(conn).execute
    return ask


def execute(conn: Connection, sql: str, values: Sequence[Any]) -> sqlite3.Cursor:
    """Runs a statement on SQLite's driver; who listens to the connection's statements hears it."""
    _tell(conn, sql, values, many=False)
    cursor: sqlite3.Cursor = driver(conn).execute(sql, values)
    return cursor


def execute_many(conn: Connection, sql: str, values: Sequence[Sequence[Any]]) -> None:
    """Runs a statement on SQLite's driver, once for each of these."""
    _tell(conn, sql, values, many=True)
    driver(conn).executemany(sql, values)


def driver(conn: Connection) -> Any:
    """SQLite's own connection."""
    return conn.connection.driver_connection


def _tell(conn: Connection, sql: str, values: Sequence[Any], *, many: bool) -> None:
    if heard := conn.dispatch.before_cursor_execute:
        for listener in heard:
            listener(conn, None, sql, values, None, many)
