"""What belongs to a digest's period: by the numbers of mentions where they are known, else by when they were seen."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, func, select

from veille.model.digest import Period
from veille.store import schema

_mention = schema.mention.c

#: Mentions that are news of others: not the client's own, no planned event, not muted.
COUNTED = and_(_mention.own.is_(False), _mention.muted.is_(False), _mention.event == "")


def within(client_id: str, period: Period) -> ColumnElement[bool]:
    """The client's mentions of the period."""
    first = _mention.seen >= period.since if period.after is None else _mention.id > period.after
    last = _mention.seen < period.until if period.up_to is None else _mention.id <= period.up_to
    return and_(_mention.client_id == client_id, first, last)


def mark(conn: Connection, client_id: str) -> int:
    """The number of the client's newest mention (0 = none).

    A page in flight gets higher ones: a client's mentions are numbered in the order of their transactions.
    """
    return conn.execute(select(func.max(_mention.id)).where(_mention.client_id == client_id)).scalar() or 0
