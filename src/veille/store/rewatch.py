"""Mentions whose watches change because their queries did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from veille.model.mention import Match, Urgency
from veille.store import schema
from veille.store.newmention import counts
from veille.store.types import AnyRow
from veille.store.upsert import chunks
from veille.store.values import matches_of, matches_plain

_mention, _watch = schema.mention.c, schema.mention_watch.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a mention stands with its client's queries."""

    mention_id: int
    #: Empty = detached: no watch's query holds any more.
    matches: tuple[Match, ...]
    muted: bool = False
    own: bool = False
    event: str = ""

    @property
    def watches(self) -> frozenset[str]:
        """The watches whose queries hold."""
        return frozenset(match.watch_id for match in self.matches)


def standings(conn: Connection, client_id: str, entry_ids: Sequence[int]) -> dict[int, Standing]:
    """How the client's mentions of these entries stand, by entry."""
    columns = (_mention.entry_id, _mention.id, _mention.matches, _mention.muted, _mention.own, _mention.event)
    mine = select(*columns).where(_mention.client_id == client_id)
    rows = (row for part in chunks(entry_ids) for row in conn.execute(mine.where(_mention.entry_id.in_(part))))
    return {
        row.entry_id: Standing(
            mention_id=row.id, matches=matches_of(row.matches), muted=row.muted, own=row.own, event=row.event
        )
        for row in rows
    }


def rewatch(tx: Connection, changes: Sequence[Standing]) -> None:
    """Make these mentions stand so; nothing is judged again."""
    by_id = {change.mention_id: change for change in changes}
    for part in chunks(list(by_id)):
        tx.execute(delete(schema.mention_watch).where(_watch.mention_id.in_(part)))
        tx.execute(_CHANGE, [_columns(by_id[number]) for number in part])
        found = tx.execute(_MEASURES.where(_mention.id.in_(part))).all()
        watches = [row for mention in found for row in _watches(mention, by_id[mention.id])]
        if watches:
            tx.execute(insert(schema.mention_watch), watches)


_MEASURES = select(
    *(_mention.id, _mention.client_id, _mention.published, _mention.seen, _mention.backlog),
    *(_mention.points, _mention.tone),
)
_CHANGE = (
    update(schema.mention)
    .where(_mention.id == bindparam("_id"))
    .values({name: bindparam(name) for name in ("matches", "muted", "own", "event")})
)


def detach(tx: Connection, mention_ids: Sequence[int], *, at: datetime) -> None:
    """No watch holds these mentions any more: they are kept with their stories, counted nowhere, and never alert."""
    rewatch(tx, [Standing(mention_id=number, matches=(), muted=True) for number in mention_ids])
    settled = {"assessed": func.coalesce(_mention.assessed, bindparam("_at", at, _mention.assessed.type))}
    for part in chunks(mention_ids):
        change = update(schema.mention).where(_mention.id.in_(part))
        tx.execute(change.values(settled | {"owner": "", "lease_until": None}))


def _columns(change: Standing) -> dict[str, Any]:
    return {
        "_id": change.mention_id,
        "matches": matches_plain(change.matches),
        "muted": change.muted,
        "own": change.own,
        "event": change.event,
    }


def _watches(mention: AnyRow, change: Standing) -> list[dict[str, Any]]:
    """Its rows in the table that volumes are counted from."""
    urgency = Urgency(mention.points, tone=mention.tone)
    counted = counts(urgency, own=change.own, muted=change.muted, event=change.event)
    same = {name: getattr(mention, name) for name in ("client_id", "published", "seen", "backlog")}
    return [
        {"mention_id": mention.id, "watch_id": watch_id, "counted": counted, **same}
        for watch_id in sorted(change.watches)
    ]
