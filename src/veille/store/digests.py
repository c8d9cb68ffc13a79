"""Digests told: one row each, so that no clock sends one twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from veille.model.digest import DigestKind
from veille.store import schema
from veille.store.prepared import Prepared
from veille.store.upsert import new

_digest = schema.digest.c


def claim(
    tx: Connection,
    *,
    who: str,
    kind: DigestKind,
    day: date,
    at: datetime,
    marks: Mapping[str, int] | None = None,
) -> bool:
    """Be the one who tells this digest: True once for each (person or client, kind, local date).

    `marks` are, by client, the newest mentions that are in it.
    """
    row = {"who": who, "kind": kind.value, "day": day.isoformat(), "at": at, "marks": dict(marks or {})}
    return _CLAIM[tx.dialect.name].first(tx, row) is not None


_CLAIM = {dialect: Prepared(new(dialect, schema.digest).returning(_digest.at)) for dialect in ("sqlite", "postgresql")}


def last(conn: Connection, who: str, kind: DigestKind) -> tuple[date, datetime] | None:
    """The last digest told to them: its local date, and when it was told. None when there was none."""
    row = _LAST.first(conn, {"_who": who, "_kind": kind.value})
    return None if row is None else (date.fromisoformat(row.day), row.at)


def marks(conn: Connection, who: str, kind: DigestKind) -> Mapping[str, int]:
    """By client, the newest mention that was in the last digest told to them; those not known are left out."""
    row = _LAST.first(conn, {"_who": who, "_kind": kind.value})
    return {} if row is None else dict(row.marks or {})


_LAST = Prepared(
    select(schema.digest)
    .where(_digest.who == bindparam("_who"), _digest.kind == bindparam("_kind"))
    .order_by(_digest.day.desc())
    .limit(1)
)
