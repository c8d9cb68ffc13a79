"""What was told at once: looked at before telling again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from veille.model.alert import Decision, Reason, Stage, Told
from veille.model.mention import Level
from veille.store import schema
from veille.store.prepared import Prepared
from veille.store.types import AnyRow
from veille.store.upsert import chunks
from veille.store.values import decision_columns, decision_of

_alert = schema.alert.c
#: Told at once, and yet no urgent alert of its own.
_NOT_URGENT = (Reason.SPIKE_OVER.value, Reason.OVER_BUDGET_SUMMARY.value)


#: Made once: asked with every mention that is judged.
_OF_STORIES = Prepared(
    select(schema.alert).where(_alert.story_id.in_(bindparam("_ids", expanding=True))).order_by(_alert.id), "_ids"
)
_OF_SPIKES = Prepared(
    select(schema.alert).where(_alert.spike_id.in_(bindparam("_ids", expanding=True))).order_by(_alert.id), "_ids"
)
_SINCE = Prepared(
    select(schema.alert)
    .where(_alert.client_id == bindparam("_client"), _alert.at >= bindparam("_at"))
    .order_by(_alert.at, _alert.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """An alert to store. `code` is short and unguessable: links carry it."""

    client_id: str
    story_id: int | None
    decision: Decision
    at: datetime
    watches: tuple[str, ...]
    code: str
    spike_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAlert(NewAlert):
    """An alert as stored."""

    id: int


def add(tx: Connection, alert: NewAlert) -> int:
    """Store an alert; its number. A code already used raises StoreError when the block ends."""
    row = {
        "client_id": alert.client_id,
        "story_id": alert.story_id,
        "spike_id": alert.spike_id,
        "at": alert.at,
        "watches": alert.watches,
        "code": alert.code,
        **decision_columns(alert.decision),
    }
    return int(tx.execute(insert(schema.alert).values(row).returning(_alert.id)).scalar_one())


def told_of_story(conn: Connection, story_id: int) -> tuple[Told, ...]:
    """What was told of a story, oldest first."""
    return told_of_stories(conn, [story_id]).get(story_id, ())


def told_of_stories(conn: Connection, story_ids: Sequence[int]) -> dict[int, tuple[Told, ...]]:
    """What was told of each story, oldest first; the untold are left out."""
    told: dict[int, tuple[Told, ...]] = {}
    for part in chunks(story_ids):
        for row in _OF_STORIES.rows(conn, {"_ids": part}):
            told[row.story_id] = (*told.get(row.story_id, ()), _told(row))
    return told


def told_of_spikes(conn: Connection, spike_ids: Sequence[int]) -> tuple[Told, ...]:
    """What was told of these spikes, oldest first."""
    return tuple(_told(row) for row in _OF_SPIKES.rows(conn, {"_ids": spike_ids})) if spike_ids else ()


def urgent_since(conn: Connection, client_id: str, watches: Sequence[str], since: datetime) -> int:
    """How many urgent alerts these watches had since then; ends of spikes and summaries do not count."""
    rows = (row for row in _since(conn, client_id, since) if row.reason not in _NOT_URGENT)
    return sum(not set(watches).isdisjoint(row.watches) for row in rows)


def summary_since(conn: Connection, client_id: str, watches: Sequence[str], since: datetime) -> bool:
    """Whether the one summary that follows the last urgent alert was sent since then for any of these watches."""
    rows = (row for row in _since(conn, client_id, since) if row.reason == Reason.OVER_BUDGET_SUMMARY.value)
    return any(not set(watches).isdisjoint(row.watches) for row in rows)


def since(conn: Connection, client_id: str, at: datetime) -> tuple[StoredAlert, ...]:
    """The client's alerts since then, oldest first."""
    return tuple(_stored(row) for row in _since(conn, client_id, at))


def find(conn: Connection, which: str | int) -> StoredAlert:
    """The alert of that code, or of that number. Raises KeyError."""
    same = _alert.code == which if isinstance(which, str) else _alert.id == which
    row = conn.execute(select(schema.alert).where(same)).first()
    if row is None:
        raise KeyError(which)
    return _stored(row)


def _since(conn: Connection, client_id: str, at: datetime) -> Sequence[AnyRow]:
    return _SINCE.rows(conn, {"_client": client_id, "_at": at})


def _told(row: AnyRow) -> Told:
    return Told(alert_id=row.id, at=row.at, stage=Stage(row.stage), level=Level(row.level), reason=Reason(row.reason))


def _stored(row: AnyRow) -> StoredAlert:
    return StoredAlert(
        id=row.id,
        client_id=row.client_id,
        story_id=row.story_id,
        spike_id=row.spike_id,
        decision=decision_of(row._mapping),
        at=row.at,
        watches=row.watches,
        code=row.code,
    )
