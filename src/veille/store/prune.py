"""Forgets what retention says, a little at a time, so that no writer waits long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, select, update

from veille.model.installation import Retention
from veille.model.message import NotificationState
from veille.store import schema
from veille.store.entries import Kept
from veille.store.upsert import chunks

#: What recognises an entry outlives its text: a source that lists it still would make old news new.
KEYS_KEPT = timedelta(days=180)

#: What people taught outlives the mentions it was taught by.
MARKS_KEPT = timedelta(days=365)

_entry, _mention, _story, _note = schema.entry.c, schema.mention.c, schema.story.c, schema.notification.c
_SETTLED = (NotificationState.SENT.value, NotificationState.FAILED.value, NotificationState.DROPPED.value)
#: An entry without its words.
_EMPTIED = {
    "kept": int(Kept.KEY),
    "key": "",
    "link": "",
    "canonical": "",
    "title": "",
    "text": "",
    "author": "",
    "site": "",
    "published_raw": "",
    "tags": (),
    "links": (),
    "rating": None,
    "followers": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How many of each went."""

    unmatched: int = 0
    mentions: int = 0
    stories: int = 0
    entries: int = 0
    keys: int = 0
    decisions: int = 0
    alerts: int = 0
    spikes: int = 0
    notifications: int = 0
    polls: int = 0
    marks: int = 0

    @property
    def total(self) -> int:
        """All together; 0 = nothing is left to prune."""
        return sum(getattr(self, field.name) for field in fields(self))


def prune(
    tx: Connection,
    *,
    now: datetime,
    retention: Retention,
    limit: int = 200,
    clients: Mapping[str, timedelta] | None = None,
) -> Pruned:
    """Forget at most `limit` rows of each kind; call again in a new transaction until `total` is 0.

    `clients` gives the retention of the clients that have their own.
    """
    unmatched = _entries_seen_before(tx, Kept.SHORT, now - retention.unmatched, limit=limit)
    _empty(tx, unmatched)
    mentions = _old_mentions(tx, now=now, default=retention.mentions, own=clients or {}, limit=limit)
    past = now - max([retention.mentions, *(clients or {}).values()])
    told = now - retention.receipts
    return Pruned(
        unmatched=len(unmatched),
        mentions=len(mentions),
        stories=_forget_mentions(tx, mentions),
        entries=_empty_entries(tx, past, limit=limit),
        keys=_delete(tx, schema.entry, _entries_seen_before(tx, Kept.KEY, now - KEYS_KEPT, limit=limit)),
        decisions=_delete_before(tx, schema.decision, schema.decision.c.at < past, limit=limit),
        alerts=_delete_before(tx, schema.alert, schema.alert.c.at < past, limit=limit),
        spikes=_delete_before(tx, schema.spike, schema.spike.c.at < past, limit=limit),
        notifications=_delete_before(
            tx, schema.notification, _note.state.in_(_SETTLED) & (_note.due < told), limit=limit
        ),
        polls=_delete_before(tx, schema.poll, schema.poll.c.at < told, limit=limit),
        marks=_delete_before(tx, schema.feedback, schema.feedback.c.at < now - MARKS_KEPT, limit=limit),
    )


def _entries_seen_before(
    tx: Connection, kept: Kept, at: datetime, *conditions: ColumnElement[bool], limit: int
) -> list[int]:
    old = select(_entry.id).where(_entry.kept == int(kept), _entry.seen < at, *conditions)
    return list(tx.execute(old.order_by(_entry.seen).limit(limit)).scalars())


def _empty(tx: Connection, ids: Sequence[int]) -> int:
    edits = schema.entry_edit
    for part in chunks(ids):
        tx.execute(delete(edits).where(edits.c.entry_id.in_(part)))
        tx.execute(update(schema.entry).where(_entry.id.in_(part)).values(_EMPTIED))
    return len(ids)


def _empty_entries(tx: Connection, past: datetime, *, limit: int) -> int:
    """Empty the entries that concerned clients once, and none now."""
    unused = ~exists().where(_mention.entry_id == _entry.id)
    return _empty(tx, _entries_seen_before(tx, Kept.WHOLE, past, unused, limit=limit))


def _old_mentions(
    tx: Connection, *, now: datetime, default: timedelta, own: Mapping[str, timedelta], limit: int
) -> list[int]:
    found: list[int] = []
    for client_id in tx.execute(select(schema.client_state.c.client_id)).scalars().all():
        before = now - own.get(client_id, default)
        old = select(_mention.id).where(_mention.client_id == client_id, _mention.seen < before)
        found += tx.execute(old.order_by(_mention.seen).limit(limit - len(found))).scalars()
    return found


def _forget_mentions(tx: Connection, ids: Sequence[int]) -> int:
    """Delete mentions with what belongs to them; how many stories that emptied, and deleted."""
    stories = set()
    for part in chunks(ids):
        links = schema.decision_mention
        tx.execute(delete(links).where(links.c.mention_id.in_(part)))
        gone = delete(schema.mention).where(_mention.id.in_(part)).returning(_mention.story_id)
        stories |= set(tx.execute(gone).scalars())
    empty = delete(schema.story).where(~exists().where(_mention.story_id == _story.id))
    return sum(tx.execute(empty.where(_story.id.in_(part))).rowcount for part in chunks(sorted(stories)))


def _delete_before(tx: Connection, table: Table, condition: ColumnElement[bool], *, limit: int) -> int:
    return _delete(tx, table, list(tx.execute(select(table.c.id).where(condition).limit(limit)).scalars()))


def _delete(tx: Connection, table: Table, ids: Sequence[int]) -> int:
    for part in chunks(ids):
        tx.execute(delete(table).where(table.c.id.in_(part)))
    return len(ids)
