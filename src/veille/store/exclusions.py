"""What a client's exclusions turned away, counted by quarters: every zone's midnight falls on one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from veille.store import schema
from veille.store.periods import CLIENT
from veille.store.prepared import Prepared
from veille.store.upsert import insert

_excluded = schema.exclusion.c


def add(tx: Connection, client_id: str, number: int, when: date) -> None:
    """So many more entries were turned away by the client's exclusions in this quarter of an hour (aware).

    A date alone counts for the whole of that day.
    """
    if not number:
        return
    quarter = _quarter(when) if isinstance(when, datetime) else when.isoformat()
    statement = insert(tx, schema.exclusion).values(client_id=client_id, day=quarter, number=number)
    more = {"number": _excluded.number + number}
    tx.execute(statement.on_conflict_do_update(index_elements=("client_id", "day"), set_=more))


def count(conn: Connection, client_id: str, *, since: datetime, until: datetime) -> int:
    """How many entries the client's exclusions turned away in the quarters that begin in [since, until).

    Both are taken back to their quarter, so that periods that follow one another share none and leave none out.
    """
    days = {"_first": f"{since:%Y-%m-%d}", "_last": f"{until:%Y-%m-%d}"}
    quarters = {"_from": _quarter(since), "_to": _quarter(until)}
    return int(_EXCLUDED.scalar(conn, {"_client": client_id, **days, **quarters}) or 0)


_ALONE = func.length(_excluded.day) == len("2027-02-12")
_DAYS = and_(_ALONE, _excluded.day.between(bindparam("_first"), bindparam("_last")))
_QUARTERS = and_(~_ALONE, _excluded.day >= bindparam("_from"), _excluded.day < bindparam("_to"))
_EXCLUDED = Prepared(select(func.sum(_excluded.number)).where(_excluded.client_id == CLIENT, or_(_DAYS, _QUARTERS)))


def _quarter(when: datetime) -> str:
    """The quarter that holds the moment, as text that sorts by time."""
    utc = when.astimezone(UTC)
    return f"{utc:%Y-%m-%d}T{utc.hour:02}:{utc.minute // 15 * 15:02}"
