"""What became of an alert for one reader: sent, waiting, lost, or meant for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from veille.model.digest import Delivery, Fate, Period
from veille.model.message import NotificationState, Result
from veille.store import schema
from veille.store.periods import CLIENT, SINCE, UNTIL
from veille.store.prepared import Prepared
from veille.store.types import AnyRow
from veille.store.upsert import chunks

_note, _receipt, _alert = schema.notification.c, schema.receipt.c, schema.alert.c
_WAITING = (NotificationState.WAITING.value, NotificationState.CLAIMED.value)
_SENT, _FAILED, _DROPPED = (
    state.value for state in (NotificationState.SENT, NotificationState.FAILED, NotificationState.DROPPED)
)


def deliveries(conn: Connection, alert_ids: Sequence[int], person_id: str, *, now: datetime) -> dict[int, Delivery]:
    """By alert; one whose notifications are forgotten is left out."""
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for part in chunks(list(alert_ids)):
        for row in conn.execute(_notifications().where(_note.alert_id.in_(part))):
            found[row.alert_id].append(row)
    return {
        alert_id: _delivery([row for row in rows if row.person_id == person_id], rows, now)
        for alert_id, rows in found.items()
    }


def lost_stories(conn: Connection, client_id: str, person_id: str, period: Period) -> tuple[int, ...]:
    """The client's stories whose alerts expired, or were refused, in the period, by every channel of this person."""
    asked = {"_client": client_id, "_person": person_id, "_since": period.since, "_until": period.until}
    ids = [row.alert_id for row in _UNSENT.rows(conn, asked)]
    fates = deliveries(conn, ids, person_id, now=period.until)
    lost = [alert_id for alert_id, delivery in fates.items() if delivery.fate is Fate.LOST]
    stories: set[int] = set()
    for part in chunks(lost):
        stories |= set(conn.execute(select(_alert.story_id).where(_alert.id.in_(part))).scalars()) - {None}
    return tuple(sorted(stories))


def _between(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(moment >= SINCE, moment < UNTIL)


_EXPIRED = and_(or_(*(_note.state == state for state in (*_WAITING, _DROPPED))), _between(_note.expires))
_REFUSED = and_(_note.state == _FAILED, _between(_note.due))
_UNSENT = Prepared(
    select(_note.alert_id)
    .distinct()
    .where(_note.client_id == CLIENT, _note.person_id == bindparam("_person"), _note.alert_id.is_not(None))
    .where(or_(_EXPIRED, _REFUSED))
)


def _notifications() -> Select[Any]:
    sent = (
        select(func.min(_receipt.at))
        .where(_receipt.notification_id == _note.id, _receipt.result == Result.SENT.value)
        .scalar_subquery()
    )
    return select(_note.alert_id, _note.person_id, _note.state, _note.due, _note.expires, sent.label("sent"))


def _delivery(mine: Sequence[AnyRow], everyone: Sequence[AnyRow], now: datetime) -> Delivery:
    if not mine:
        return Delivery(Fate.OTHERS, min(row.due for row in everyone))
    if sent := [row.sent or row.due for row in mine if row.state == _SENT]:
        return Delivery(Fate.SENT, min(sent))
    if waiting := [row.due for row in mine if row.state in _WAITING and row.expires > now]:
        return Delivery(Fate.WAITS, min(waiting))
    return Delivery(Fate.LOST, max(row.due for row in mine))
