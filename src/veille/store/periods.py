"""What belongs to a digest's period: by the numbers of mentions where they are known, else by when they were seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, func, select

from veille.model.digest import Period
from veille.store import schema
from veille.store.prepared import Prepared
from veille.store.types import UtcDateTime

_mention = schema.mention.c

#: Mentions that are news of others: not the client's own, no planned event, not muted.
COUNTED = and_(_mention.own.is_(False), _mention.muted.is_(False), _mention.event == "")


#: A client, as `bound` gives it.
CLIENT: BindParameter[str] = bindparam("_client")
SINCE: BindParameter[datetime] = bindparam("_since", type_=UtcDateTime)
UNTIL: BindParameter[datetime] = bindparam("_until", type_=UtcDateTime)


def bound(client_id: str, period: Period) -> Mapping[str, Any]:
    """What a question about a client's period is asked with."""
    numbers = {"_after": period.after, "_up_to": period.up_to}
    known = {name: number for name, number in numbers.items() if number is not None}
    return {"_client": client_id, "_since": period.since, "_until": period.until, **known}


def of_period(question: Callable[[ColumnElement[bool]], Select[Any]]) -> Callable[[Period], Prepared]:
    """A question about the client's mentions of a period, made once for each way to bound one."""
    made = {(after, up_to): Prepared(question(_within(after, up_to))) for after in (0, 1) for up_to in (0, 1)}
    return lambda period: made[period.after is not None, period.up_to is not None]


def _within(after: int, up_to: int) -> ColumnElement[bool]:
    first = _mention.id > bindparam("_after") if after else _mention.seen >= SINCE
    last = _mention.id <= bindparam("_up_to") if up_to else _mention.seen < UNTIL
    return and_(_mention.client_id == CLIENT, first, last)


def mark(conn: Connection, client_id: str) -> int:
    """The number of the client's newest mention (0 = none).

    A page in flight gets higher ones: a client's mentions are numbered in the order of their transactions.
    """
    return _MARK.scalar(conn, {"_client": client_id}) or 0


_MARK = Prepared(select(func.max(_mention.id)).where(_mention.client_id == CLIENT))
