"""Channels that fail for now: since when, what they kept waiting, and what a killed process left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from veille.model.message import Notification, NotificationState, Result
from veille.store import outbox, schema

_note, _receipt = schema.notification.c, schema.receipt.c

#: An attempt that says something of the channel, not of one message alone.
_FAILED = or_(_receipt.result.in_((Result.TEMPORARY.value, Result.UNKNOWN.value)), _receipt.channel_dead)


@dataclass(frozen=True, slots=True)
class Outage:
    """A run of failed attempts with no success after it: its first and its last."""

    first: datetime
    last: datetime


def outage(conn: Connection, channel: tuple[str, str] | None = None) -> Outage | None:
    """The outage under way of one channel, as (person id, channel id), or of all together (None = there is none)."""
    mine = _of(channel)
    sent = and_(mine, _receipt.result == Result.SENT.value)
    joined = schema.receipt.join(schema.notification, _note.id == _receipt.notification_id)
    last_sent = conn.execute(
        select(_receipt.id).select_from(joined).where(sent).order_by(_receipt.id.desc()).limit(1)
    ).scalar()
    since = select(func.min(_receipt.at), func.max(_receipt.at)).select_from(joined)
    first, last = conn.execute(since.where(mine, _FAILED, _receipt.id > (last_sent or 0))).one()
    return Outage(first, last) if first is not None else None


def struggling(conn: Connection, *, before: datetime) -> tuple[tuple[str, str, str], ...]:
    """Channels with something tried, created before then and still waiting: (person id, channel id, last answer)."""
    tried = and_(_note.state.in_(_PENDING), _note.attempts > 0, _note.created <= before)
    joined = schema.receipt.join(schema.notification, _note.id == _receipt.notification_id)
    channel = (_note.person_id, _note.channel_id)
    last = select(func.max(_receipt.id)).select_from(joined).where(tried).group_by(*channel)
    said = select(*channel, _receipt.detail).select_from(joined).where(_receipt.id.in_(last.scalar_subquery()))
    rows = conn.execute(said.order_by(*channel))
    return tuple((row.person_id, row.channel_id, row.detail) for row in rows)


def hold_back(tx: Connection, channel: tuple[str, str], *, until: datetime) -> None:
    """Let what waits for this channel wait at least until then: it would fail as well, and out of order."""
    waits = and_(_of(channel), _note.state == NotificationState.WAITING.value, _note.due < until)
    tx.execute(update(schema.notification).where(waits).values(due=until))


def waiting_for(conn: Connection, channel: tuple[str, str], *, before: datetime) -> tuple[Notification, ...]:
    """What was created before then and still waits for this channel, oldest first."""
    waits = and_(_of(channel), _note.state == NotificationState.WAITING.value, _note.created <= before)
    return _read(conn, waits)


def expired_for(conn: Connection, channel: tuple[str, str], *, since: datetime) -> tuple[Notification, ...]:
    """What this channel could not carry in time since then, oldest first."""
    gone = and_(_of(channel), _note.state == NotificationState.DROPPED.value, _note.dropped == outbox.EXPIRED)
    return _read(conn, and_(gone, _note.expires >= since))


def orphan(tx: Connection, *, now: datetime) -> None:
    """End every lease: whoever claimed is dead. What was in flight comes back as a possible repeat."""
    claimed = _note.state == NotificationState.CLAIMED.value
    tx.execute(update(schema.notification).where(claimed).values(lease_until=now))


_PENDING = (NotificationState.WAITING.value, NotificationState.CLAIMED.value)


def _of(channel: tuple[str, str] | None) -> ColumnElement[bool]:
    if channel is None:
        return _note.id.is_not(None)
    return and_(_note.person_id == channel[0], _note.channel_id == channel[1])


def _read(conn: Connection, which: ColumnElement[bool]) -> tuple[Notification, ...]:
    ids = conn.execute(select(_note.id).where(which).order_by(_note.id)).scalars()
    return outbox.of_ids(conn, list(ids))
