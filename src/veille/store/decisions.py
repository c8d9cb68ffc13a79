"""What was decided of each story, and why: the chain that `veille explain` prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from veille.model.alert import Decision
from veille.store import schema
from veille.store.prepared import Prepared
from veille.store.upsert import chunks
from veille.store.values import decision_columns, decision_of

_decision, _link = schema.decision.c, schema.decision_mention.c

#: Made once: one of each with every mention that is judged.
_ADD = Prepared(insert(schema.decision).returning(_decision.id))
_LINK = Prepared(insert(schema.decision_mention))


def record(
    tx: Connection,
    *,
    client_id: str,
    story_id: int | None,
    mention_ids: Iterable[int],
    decision: Decision,
    at: datetime,
) -> int:
    """Keep a decision and the mentions it was about; its number."""
    row = {"client_id": client_id, "story_id": story_id, "at": at, **decision_columns(decision)}
    number = _ADD.numbered(tx, [row])[0]
    _LINK.run(tx, [{"mention_id": mention, "decision_id": number} for mention in dict.fromkeys(mention_ids)])
    return number


def of_mention(conn: Connection, mention_id: int) -> tuple[tuple[Decision, datetime], ...]:
    """Every decision about a mention, oldest first."""
    joined = select(schema.decision).join(schema.decision_mention, _link.decision_id == _decision.id)
    rows = conn.execute(joined.where(_link.mention_id == mention_id).order_by(_decision.id))
    return tuple((decision_of(row._mapping), row.at) for row in rows)


def latest_of_stories(conn: Connection, story_ids: Sequence[int]) -> dict[int, tuple[Decision, datetime]]:
    """The last decision about each story; stories never judged are left out."""
    found: dict[int, tuple[Decision, datetime]] = {}
    for part in chunks(story_ids):
        for row in _LATEST.rows(conn, {"_ids": part}):
            found[row.story_id] = (decision_of(row._mapping), row.at)
    return found


_LAST = (
    select(func.max(_decision.id))
    .where(_decision.story_id.in_(bindparam("_ids", expanding=True)))
    .group_by(_decision.story_id)
)
_LATEST = Prepared(select(schema.decision).where(_decision.id.in_(_LAST)), "_ids")
