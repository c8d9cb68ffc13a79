"""The outbox: what has to leave, claimed one at a time for each channel, and the receipt of every attempt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, exists, func, insert, or_, select, update

from veille.model.message import Notification, NotificationState, Outcome, Receipt, Result
from veille.store import locks, schema, upsert
from veille.store.deadchannels import dead_channels, mark_dead, revive
from veille.store.prepared import Prepared
from veille.store.types import AnyRow, UtcDateTime
from veille.store.values import message_of, message_plain, sha

__all__ = [
    "claim",
    "dead_channels",
    "drop",
    "drop_ids",
    "enqueue",
    "expire",
    "find",
    "mark_dead",
    "of_ids",
    "receipts",
    "release",
    "revive",
    "settle",
    "waiting",
]

_note, _receipt, _dead = schema.notification.c, schema.receipt.c, schema.dead_channel.c
_WAITING, _CLAIMED = NotificationState.WAITING.value, NotificationState.CLAIMED.value
_PENDING = _note.state.in_((_WAITING, _CLAIMED))

#: Why it was dropped, when it came too late to be of use.
EXPIRED = "expired"


def enqueue(tx: Connection, notifications: Sequence[Notification]) -> int:
    """Put them in the outbox; how many were not there yet, by their keys."""
    if not notifications:
        return 0
    there = _keys(tx, [sha(each.key) for each in notifications])
    fresh = {sha(each.key): each for each in notifications if sha(each.key) not in there}
    if fresh:
        rows = [_columns(key, each) for key, each in fresh.items()]
        tx.execute(upsert.insert(tx, schema.notification).on_conflict_do_nothing(), rows)
    return len(fresh)


def _keys(conn: Connection, keys: Sequence[bytes]) -> set[bytes]:
    statement = select(_note.key_hash)
    parts = upsert.chunks(keys)
    return {key for part in parts for key in conn.execute(statement.where(_note.key_hash.in_(part))).scalars()}


def _columns(key_hash: bytes, notification: Notification) -> dict[str, Any]:
    same = {name: getattr(notification, name) for name in _SAME}
    return {
        **same,
        "key_hash": key_hash,
        "state": notification.state.value,
        "message": message_plain(notification.message),
    }


#: Fields that are columns as they are; the state and the message are told apart.
_SAME = (
    "key",
    "person_id",
    "channel_id",
    "client_id",
    "created",
    "due",
    "expires",
    "alert_id",
    "attempts",
    "possible_repeat",
)


def claim(tx: Connection, *, now: datetime, owner: str, lease: timedelta, limit: int) -> tuple[Notification, ...]:
    """Take what may leave now, the longest due first, one at most for each channel of each person.

    A channel with one in flight waits, a dead one too. What its owner did not settle before its lease ended comes back
    as a possible repeat: it may have left.
    """
    locks.take(tx, ["outbox"])
    ids = list(tx.execute(_turn(now).limit(limit)).scalars())
    if not ids:
        return ()
    lost = _note.state == _CLAIMED
    values = {
        "state": _CLAIMED,
        "owner": owner,
        "lease_until": now + lease,
        "possible_repeat": or_(_note.possible_repeat, lost),
        "attempts": _note.attempts + case((lost, 1), else_=0),
    }
    tx.execute(update(schema.notification).where(_note.id.in_(ids)).values(values))
    return of_ids(tx, ids)


def _turn(now: datetime) -> Any:
    busy = schema.notification.alias("busy")
    mine = and_(busy.c.person_id == _note.person_id, busy.c.channel_id == _note.channel_id)
    in_flight = exists().where(mine, busy.c.state == _CLAIMED, busy.c.lease_until > now)
    dead = exists().where(_dead.person_id == _note.person_id, _dead.channel_id == _note.channel_id)
    free = or_(_note.state == _WAITING, _note.lease_until <= now)
    place = func.row_number().over(partition_by=(_note.person_id, _note.channel_id), order_by=(_note.due, _note.id))
    queue = (
        select(_note.id, _note.due, place.label("place"))
        .where(_PENDING, free, _note.due <= now, _note.expires > now, ~in_flight, ~dead)
        .subquery()
    )
    return select(queue.c.id).where(queue.c.place == 1).order_by(queue.c.due, queue.c.id)


def settle(
    tx: Connection,
    notification_id: int,
    receipt: Receipt,
    *,
    next_due: datetime | None,
    state: NotificationState,
) -> None:
    """Keep the receipt of an attempt, and what becomes of the notification; `next_due` when it waits again."""
    outcome = receipt.outcome
    row = {
        "notification_id": notification_id,
        "at": receipt.at,
        "attempt": receipt.attempt,
        "result": outcome.result.value,
        "detail": outcome.detail,
        "retry_after": outcome.retry_after,
        "channel_dead": outcome.channel_dead,
        "took": receipt.took,
    }
    _KEEP.run(tx, [row])
    values: dict[str, Any] = {"state": state.value, "attempts": _note.attempts + 1, "owner": "", "lease_until": None}
    if next_due is not None:
        values["due"] = next_due
    if outcome.result is Result.UNKNOWN:
        values["possible_repeat"] = True
    tx.execute(update(schema.notification).where(_note.id == notification_id).values(values))


def release(tx: Connection, owner: str) -> None:
    """Give back what this owner claimed and did not begin to send: it stops."""
    mine = and_(_note.owner == owner, _note.state == _CLAIMED)
    tx.execute(update(schema.notification).where(mine).values(state=_WAITING, owner="", lease_until=None))


def expire(tx: Connection, now: datetime) -> tuple[Notification, ...]:
    """Drop what is of no use any more, unless it is in flight; what was dropped."""
    if _LATE.first(tx, {"_now": now}) is None:
        return ()
    return _drop(tx, _late(now), reason=EXPIRED)


def _late(now: Any) -> ColumnElement[bool]:
    return and_(_note.expires <= now, or_(_note.state == _WAITING, _note.lease_until <= now))


#: Made once: asked at every beat.
_LATE = Prepared(select(_note.id).where(_PENDING, _late(bindparam("_now", type_=UtcDateTime))).limit(1))
_NOT_LEFT = Prepared(select(schema.notification).where(_PENDING).order_by(_note.due, _note.id))
_KEEP = Prepared(insert(schema.receipt))


def drop(
    tx: Connection, *, reason: str, client_id: str | None = None, channel: tuple[str, str] | None = None
) -> tuple[Notification, ...]:
    """Drop what waits for a client, or for a channel as (person id, channel id); what was dropped."""
    conditions: list[ColumnElement[bool]] = [_note.state == _WAITING]
    if client_id is not None:
        conditions.append(_note.client_id == client_id)
    if channel is not None:
        conditions += [_note.person_id == channel[0], _note.channel_id == channel[1]]
    return _drop(tx, and_(*conditions), reason=reason)


def drop_ids(tx: Connection, ids: Sequence[int], *, reason: str) -> tuple[Notification, ...]:
    """Drop these, unless they are in flight or gone; what was dropped."""
    parts = upsert.chunks(ids)
    return tuple(
        one for part in parts for one in _drop(tx, and_(_note.state == _WAITING, _note.id.in_(part)), reason=reason)
    )


def _drop(tx: Connection, which: ColumnElement[bool], *, reason: str) -> tuple[Notification, ...]:
    values = {"state": NotificationState.DROPPED.value, "dropped": reason, "owner": "", "lease_until": None}
    change = update(schema.notification).where(_PENDING, which).values(values).returning(_note.id)
    return of_ids(tx, sorted(tx.execute(change).scalars()))


def waiting(conn: Connection) -> tuple[Notification, ...]:
    """What has not left yet, claimed or not, the soonest due first."""
    return tuple(_of_row(row) for row in _NOT_LEFT.rows(conn, {}))


def find(conn: Connection, key: str) -> Notification:
    """The notification of that key. Raises KeyError."""
    row = conn.execute(select(schema.notification).where(_note.key_hash == sha(key))).first()
    if row is None:
        raise KeyError(key)
    return _of_row(row)


def receipts(conn: Connection, notification_id: int) -> tuple[Receipt, ...]:
    """The record of every attempt, oldest first."""
    mine = select(schema.receipt).where(_receipt.notification_id == notification_id).order_by(_receipt.id)
    return tuple(_receipt_of(row) for row in conn.execute(mine))


def receipts_of_alert(conn: Connection, alert_id: int) -> tuple[tuple[str, str, Receipt], ...]:
    """Every attempt to send an alert, as (person id, channel id, receipt), oldest first."""
    mine = select(schema.receipt, _note.person_id, _note.channel_id).join(
        schema.notification, _note.id == _receipt.notification_id
    )
    rows = conn.execute(mine.where(_note.alert_id == alert_id).order_by(_receipt.id))
    return tuple((row.person_id, row.channel_id, _receipt_of(row)) for row in rows)


def _receipt_of(row: AnyRow) -> Receipt:
    outcome = Outcome(
        result=Result(row.result), detail=row.detail, retry_after=row.retry_after, channel_dead=row.channel_dead
    )
    return Receipt(notification_id=row.notification_id, at=row.at, attempt=row.attempt, outcome=outcome, took=row.took)


def of_ids(conn: Connection, ids: Sequence[int]) -> tuple[Notification, ...]:
    """The notifications of these numbers, in the order given; the unknown are left out."""
    parts = upsert.chunks(ids)
    statement = select(schema.notification)
    rows = {row.id: row for part in parts for row in conn.execute(statement.where(_note.id.in_(part)))}
    return tuple(_of_row(rows[number]) for number in ids if number in rows)


def _of_row(row: AnyRow) -> Notification:
    same = {name: getattr(row, name) for name in _SAME}
    return Notification(id=row.id, state=NotificationState(row.state), message=message_of(row.message), **same)
