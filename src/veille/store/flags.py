"""Named marks that outlive the process: sending is paused, a report was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy import delete as delete_from

from veille.store import schema
from veille.store.prepared import Prepared
from veille.store.upsert import upsert

_flag = schema.flag.c
#: Made once: asked with every mention that is judged.
_GET = Prepared(select(_flag.value, _flag.at).where(_flag.name == bindparam("_name")))


def get(conn: Connection, name: str) -> tuple[str, datetime] | None:
    """The flag's text and since when it is set; None when it is not."""
    row = _GET.first(conn, {"_name": name})
    return None if row is None else (row.value, row.at)


def names(conn: Connection, prefix: str) -> frozenset[str]:
    """The flags set whose name begins so."""
    return frozenset(conn.execute(select(_flag.name).where(_flag.name.startswith(prefix, autoescape=True))).scalars())


def put(tx: Connection, name: str, value: str = "", *, at: datetime) -> None:
    """Set the flag."""
    upsert(tx, schema.flag, [{"name": name, "value": value, "at": at}], keys=("name",))


def delete(tx: Connection, name: str) -> bool:
    """Take the flag away; whether it was set."""
    return tx.execute(delete_from(schema.flag).where(_flag.name == name)).rowcount > 0
