"""Stores new mentions: a page's worth at a time, with their stories, watches and sketches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, insert, select, update

from veille.model.mention import Match, Urgency, Verdict
from veille.store import schema
from veille.store.placing import bump, canonical_hash, turn, writer_hash
from veille.store.upsert import chunks, numbered
from veille.store.values import matches_plain, urgency_columns

_mention, _story = schema.mention.c, schema.story.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMention:
    """A mention to store.

    In `verdict`, a negative `of` or `story_id` names an earlier mention of the same batch: -1 the first, -2 the second.
    Without a `story_id` it opens a story.
    """

    client_id: str
    entry_id: int
    source_id: str
    place: str
    canonical: str
    title_key: int
    sketch: tuple[int, ...]
    published: datetime
    seen: datetime
    verdict: Verdict
    urgency: Urgency
    matches: tuple[Match, ...]
    title: str
    language: str = ""
    own: bool = False
    backlog: bool = False
    event: str = ""
    muted: bool = False
    #: What its story's code opens with ("" = the client id's first letter).
    mark: str = ""
    #: When it was judged already (None = it waits to be).
    assessed: datetime | None = None

    @property
    def counted(self) -> bool:
        """Whether it counts in volumes."""
        return not (self.own or self.muted or self.event)


def add(tx: Connection, mention: NewMention) -> int:
    """Store one mention; its number. One already there keeps what it has."""
    return add_all(tx, [mention])[0]


def add_all(tx: Connection, mentions: Sequence[NewMention]) -> list[int]:
    """Store mentions with their stories; their numbers, in order. Those already there keep what they have."""
    clients = sorted({mention.client_id for mention in mentions})
    turn(tx, clients)
    places = _there(tx, mentions)
    fresh = list({_identity(each): index for index, each in reversed([*enumerate(mentions)])}.values())
    fresh = sorted(index for index in fresh if _identity(mentions[index]) not in places)
    if fresh:
        stories = _stories(tx, mentions, fresh, places)
        ids = _insert(tx, [(mentions[index], stories[index]) for index in fresh])
        places |= {_identity(mentions[index]): (ids[n], stories[index]) for n, index in enumerate(fresh)}
        _link(tx, mentions, fresh, places)
        _attach(tx, [(mentions[index], ids[n]) for n, index in enumerate(fresh)])
        _count(tx, [(mentions[index], stories[index]) for index in fresh])
        for client_id in clients:
            bump(tx, client_id)
    return [places[_identity(mention)][0] for mention in mentions]


_Identity = tuple[str, int]
#: (mention number, story number) of each (client, entry).
_Places = dict[_Identity, tuple[int, int]]


def _identity(mention: NewMention) -> _Identity:
    return mention.client_id, mention.entry_id


def _there(tx: Connection, mentions: Sequence[NewMention]) -> _Places:
    statement = select(_mention.client_id, _mention.entry_id, _mention.id, _mention.story_id)
    parts = chunks(sorted({mention.entry_id for mention in mentions}))
    rows = (row for part in parts for row in tx.execute(statement.where(_mention.entry_id.in_(part))))
    return {(row.client_id, row.entry_id): (row.id, row.story_id) for row in rows}


def _stories(tx: Connection, mentions: Sequence[NewMention], fresh: Sequence[int], places: _Places) -> dict[int, int]:
    """The story of each index: opened, named by number, or that of an earlier one of the batch."""
    opening = [index for index in fresh if mentions[index].verdict.story_id is None]
    opened = dict(zip(opening, _open(tx, [mentions[index] for index in opening]), strict=True))
    stories: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        place, named = places.get(_identity(mention)), mention.verdict.story_id
        if place is not None:
            stories[index] = place[1]
        elif index in opened:
            stories[index] = opened[index]
        elif named is not None:
            stories[index] = named if named > 0 else stories[-named - 1]
    return stories


def _open(tx: Connection, mentions: Sequence[NewMention]) -> Sequence[int]:
    rows = [
        {
            "client_id": mention.client_id,
            "mark": mention.mark or mention.client_id[:1].upper(),
            "title": mention.title,
            "first_seen": mention.seen,
            "last_seen": mention.seen,
        }
        for mention in mentions
    ]
    return numbered(tx, schema.story, rows)


def _insert(tx: Connection, placed: Sequence[tuple[NewMention, int]]) -> Sequence[int]:
    writers = _writers(tx, [mention.entry_id for mention, _ in placed])
    rows = [_columns(mention, story_id) | {"writer_hash": writers[mention.entry_id]} for mention, story_id in placed]
    return numbered(tx, schema.mention, rows)


def _writers(tx: Connection, entry_ids: Sequence[int]) -> dict[int, bytes | None]:
    entry = schema.entry.c
    statement = select(entry.id, entry.author, entry.site)
    rows = (row for part in chunks(entry_ids) for row in tx.execute(statement.where(entry.id.in_(part))))
    return {row.id: writer_hash(row.author, row.site) for row in rows}


def _columns(mention: NewMention, story_id: int) -> dict[str, Any]:
    verdict = mention.verdict
    return {
        **{name: getattr(mention, name) for name in _SAME},
        **urgency_columns(mention.urgency),
        "story_id": story_id,
        "canonical_hash": canonical_hash(mention.canonical),
        "kinship": verdict.kinship.value,
        "of": None if verdict.of is None or verdict.of < 0 else verdict.of,
        "likeness": verdict.likeness,
        "evidence": verdict.evidence,
        "matches": matches_plain(mention.matches),
    }


#: Fields that are columns as they are.
_SAME = (
    "client_id",
    "entry_id",
    "source_id",
    "place",
    "title_key",
    "published",
    "seen",
    "language",
    "own",
    "backlog",
    "event",
    "muted",
    "assessed",
)


def _link(tx: Connection, mentions: Sequence[NewMention], fresh: Sequence[int], places: _Places) -> None:
    """Write the likenesses within the batch, whose numbers are known only now."""
    links = []
    for index in fresh:
        of = mentions[index].verdict.of
        if of is not None and of < 0:
            first = places[_identity(mentions[-of - 1])][0]
            links.append({"_id": places[_identity(mentions[index])][0], "_of": first})
    if links:
        change = update(schema.mention).where(_mention.id == bindparam("_id"))
        tx.execute(change.values(of=bindparam("_of")), links)


def _attach(tx: Connection, numbered: Sequence[tuple[NewMention, int]]) -> None:
    watches = [
        {
            "mention_id": number,
            "watch_id": watch_id,
            "client_id": mention.client_id,
            "published": mention.published,
            "seen": mention.seen,
            "counted": mention.counted,
            "backlog": mention.backlog,
        }
        for mention, number in numbered
        for watch_id in dict.fromkeys(match.watch_id for match in mention.matches)
    ]
    words = [
        {"client_id": mention.client_id, "token": token, "mention_id": number}
        for mention, number in numbered
        for token in dict.fromkeys(mention.sketch)
    ]
    for table, rows in ((schema.mention_watch, watches), (schema.sketch, words)):
        if rows:
            tx.execute(insert(table), rows)


def _count(tx: Connection, placed: Sequence[tuple[NewMention, int]]) -> None:
    """Each story's total and its last mention's time."""
    totals = Counter(story_id for _, story_id in placed)
    seen = max(mention.seen for mention, _ in placed)
    rows = [{"_id": story_id, "_more": more, "_seen": seen} for story_id, more in totals.items()]
    later = case((_story.last_seen < bindparam("_seen"), bindparam("_seen")), else_=_story.last_seen)
    change = update(schema.story).where(_story.id == bindparam("_id"))
    tx.execute(change.values(total=_story.total + bindparam("_more"), last_seen=later), rows)
