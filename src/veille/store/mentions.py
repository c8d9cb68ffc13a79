"""Mentions: an entry that concerns a client, one per (client, entry)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, null, select, update

from veille.model.mention import Kinship, Mention, Urgency, Verdict
from veille.store import schema
from veille.store.newmention import NewMention, add, add_all
from veille.store.placing import Lookup, bump, candidates, placement, turn
from veille.store.prepared import Prepared
from veille.store.types import AnyRow
from veille.store.upsert import chunks
from veille.store.values import matches_of, urgency_columns, urgency_from

__all__ = [
    "Lookup",
    "NewMention",
    "add",
    "add_all",
    "are_unassessed",
    "bump",
    "candidates",
    "get",
    "mark_assessed",
    "matches",
    "of_entries",
    "of_ids",
    "opening",
    "own",
    "placement",
    "recent",
    "rescore",
    "turn",
    "unassessed",
]

_mention, _entry, _watch = schema.mention.c, schema.entry.c, schema.mention_watch.c

_SAID = (_entry.link, _entry.canonical, _entry.title, _entry.text, _entry.author, _entry.site)


#: Statements made once: their making and their recognition would cost more than what they ask.
_STATEMENT = select(*_mention, *_SAID).join(schema.entry, _entry.id == _mention.entry_id)
_UNASSESSED = Prepared(_STATEMENT.where(_mention.assessed.is_(None)).order_by(_mention.id).limit(bindparam("_most")))
_IDS = _mention.id.in_(bindparam("_ids", expanding=True))
_OWN = Prepared(
    _STATEMENT.where(_mention.client_id == bindparam("_client"), _mention.seen >= bindparam("_since"))
    .where(_mention.own.is_(True))
    .order_by(_mention.published, _mention.id)
)
_OPENED = select(schema.story.c.first_seen).where(schema.story.c.id == bindparam("_story")).scalar_subquery()
_OPENING = Prepared(
    _STATEMENT.where(_mention.story_id == bindparam("_story"), _mention.seen == _OPENED).order_by(_mention.id)
)
_JUDGED = Prepared(select(func.count()).where(_mention.assessed.is_not(None), _IDS), "_ids")
_ASSESS = Prepared(
    update(schema.mention).where(_IDS).values(assessed=bindparam("_at"), owner="", lease_until=null()), "_ids"
)


def statement() -> Select[Any]:
    """Mentions with what their entries say."""
    return _STATEMENT


def of_row(row: AnyRow) -> Mention:
    """The mention that a row of `statement` holds."""
    verdict = Verdict(
        kinship=Kinship(row.kinship), of=row.of, story_id=row.story_id, likeness=row.likeness, evidence=row.evidence
    )
    return Mention(
        verdict=verdict,
        urgency=urgency_from(row.points, row.signals, row.category, row.tone),
        watches=tuple([watch for watch, _ in row.matches]),
        **dict(zip(_SAME, _same(row), strict=True)),
    )


#: Fields of a mention that are columns as they are.
_SAME = (
    "id",
    "client_id",
    "entry_id",
    "story_id",
    "link",
    "canonical",
    "title",
    "text",
    "author",
    "site",
    "source_id",
    "place",
    "published",
    "seen",
    "language",
    "own",
    "backlog",
    "event",
    "muted",
)


_same: Callable[[AnyRow], tuple[Any, ...]] = attrgetter(*_SAME)


def get(conn: Connection, mention_id: int) -> Mention:
    """The mention of that number. Raises KeyError."""
    found = of_ids(conn, [mention_id])
    if not found:
        raise KeyError(mention_id)
    return found[0]


def matches(conn: Connection, mention_id: int) -> Any:
    """Where its watches' queries hold, as Match values. Raises KeyError."""
    plain = conn.execute(select(_mention.matches).where(_mention.id == mention_id)).scalar()
    if plain is None:
        raise KeyError(mention_id)
    return matches_of(plain)


def of_ids(conn: Connection, ids: Sequence[int]) -> tuple[Mention, ...]:
    """The mentions of these numbers, in the order of the numbers; the unknown are left out."""
    parts = chunks(sorted(set(ids)))
    rows = (
        row for part in parts for row in conn.execute(statement().where(_mention.id.in_(part)).order_by(_mention.id))
    )
    return tuple(of_row(row) for row in rows)


def of_entries(conn: Connection, client_id: str, entry_ids: Sequence[int]) -> tuple[Mention, ...]:
    """The client's mentions of these entries."""
    mine = statement().where(_mention.client_id == client_id)
    parts = chunks(entry_ids)
    return tuple(of_row(row) for part in parts for row in conn.execute(mine.where(_mention.entry_id.in_(part))))


def recent(
    conn: Connection,
    client_id: str,
    *,
    since: datetime,
    until: datetime | None = None,
    limit: int = 200,
    watch: str | None = None,
) -> tuple[Mention, ...]:
    """What was seen in [since, until), the latest first; of one watch when it is named."""
    asked = statement().where(_mention.client_id == client_id, _mention.seen >= since)
    if until is not None:
        asked = asked.where(_mention.seen < until)
    if watch is not None:
        asked = asked.where(exists().where(_watch.mention_id == _mention.id, _watch.watch_id == watch))
    return tuple(
        of_row(row) for row in conn.execute(asked.order_by(_mention.seen.desc(), _mention.id.desc()).limit(limit))
    )


def own(conn: Connection, client_id: str, *, since: datetime) -> tuple[Mention, ...]:
    """What the client itself published and veille saw since then, the oldest first."""
    return tuple(of_row(row) for row in _OWN.rows(conn, {"_client": client_id, "_since": since}))


def unassessed(conn: Connection, *, limit: int) -> tuple[Mention, ...]:
    """Mentions that nobody judged yet, the oldest first."""
    return tuple(of_row(row) for row in _UNASSESSED.rows(conn, {"_most": limit}))


def opening(conn: Connection, story_id: int) -> tuple[Mention, ...]:
    """The mentions of a story that were seen as it was opened, in the order of their numbers."""
    return tuple(of_row(row) for row in _OPENING.rows(conn, {"_story": story_id}))


def mark_assessed(tx: Connection, ids: Iterable[int], *, at: datetime) -> None:
    """These mentions are judged."""
    for part in chunks(list(ids)):
        _ASSESS.run(tx, [{"_ids": part, "_at": at}])


def are_unassessed(conn: Connection, ids: Iterable[int]) -> bool:
    """Whether none of these was judged meanwhile."""
    return not any(_JUDGED.scalar(conn, {"_ids": part}) for part in chunks(list(ids)))


def rescore(tx: Connection, mention_id: int, urgency: Urgency, *, again: bool = True) -> None:
    """Give a mention another urgency; `again`: have it judged again."""
    change = update(schema.mention).where(_mention.id == bindparam("_id"))
    judged = {"assessed": None} if again else {}
    tx.execute(change.values(**judged, **urgency_columns(urgency)), {"_id": mention_id})
