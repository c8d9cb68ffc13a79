"""Stores new mentions: a page's worth at a time, with their stories, watches and sketches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, case, insert, select, update
from sqlalchemy.dialects import postgresql

from veille.model.mention import Match, Urgency, Verdict
from veille.model.volume import BAD_BAND, band
from veille.store import schema, words
from veille.store.placing import bump, canonical_hash, turn, writer_hash
from veille.store.prepared import Prepared
from veille.store.types import UtcDateTime
from veille.store.upsert import chunks
from veille.store.values import matches_plain, urgency_columns

_mention, _story, _entry = schema.mention.c, schema.story.c, schema.entry.c

#: Statements made once: with one mention a page, their making would cost more than what they do.
_IDS: BindParameter[int] = bindparam("_ids", expanding=True)
_THERE = Prepared(
    select(_entry.id, _entry.author, _entry.site, _mention.client_id, _mention.id, _mention.story_id)
    .select_from(schema.entry.outerjoin(schema.mention, _mention.entry_id == _entry.id))
    .where(_entry.id.in_(_IDS)),
    "_ids",
)
_OPEN, _ADD = (
    Prepared(postgresql.insert(table).returning(table.c.id, sort_by_parameter_order=True))
    for table in (schema.story, schema.mention)
)
_WATCHED, _LINKED = Prepared(insert(schema.mention_watch)), Prepared(insert(schema.mention_link))
_SEEN: BindParameter[datetime] = bindparam("_seen", type_=UtcDateTime)
_LATER = case((_story.last_seen < _SEEN, _SEEN), else_=_story.last_seen)
_GROW = Prepared(
    update(schema.story)
    .where(_story.id == bindparam("_id"))
    .values(total=_story.total + bindparam("_more"), last_seen=_LATER)
)
_LINK = Prepared(update(schema.mention).where(_mention.id == bindparam("_id")).values(of=bindparam("_of")))


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
    #: All that it is likened by, hashed: counted for the client.
    tokens: tuple[int, ...] = ()
    #: Canonical addresses that the text points to.
    links: tuple[str, ...] = ()
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
        return counts(self.urgency, own=self.own, muted=self.muted, event=self.event)


def counts(urgency: Urgency, *, own: bool, muted: bool, event: str) -> bool:
    """Whether a mention counts in volumes: one of a planned event does where the tone turns."""
    turned = band(urgency.points, urgency.tone) >= BAD_BAND
    return not (own or muted) and (not event or turned)


def add(tx: Connection, mention: NewMention) -> int:
    """Store one mention; its number. One already there keeps what it has."""
    return add_all(tx, [mention])[0]


def add_all(tx: Connection, mentions: Sequence[NewMention]) -> list[int]:
    """Store mentions with their stories; their numbers, in order. Those already there keep what they have."""
    return [number for number, _ in place_all(tx, mentions)]


def place_all(tx: Connection, mentions: Sequence[NewMention]) -> list[tuple[int, int]]:
    """As `add_all`; the number of each mention, and that of its story."""
    clients = sorted({mention.client_id for mention in mentions})
    turn(tx, clients)
    places, writers = _there(tx, mentions)
    fresh = list({_identity(each): index for index, each in reversed([*enumerate(mentions)])}.values())
    fresh = sorted(index for index in fresh if _identity(mentions[index]) not in places)
    if fresh:
        stories = _stories(tx, mentions, fresh, places)
        ids = _insert(tx, [(mentions[index], stories[index]) for index in fresh], writers)
        places |= {_identity(mentions[index]): (ids[n], stories[index]) for n, index in enumerate(fresh)}
        _link(tx, mentions, fresh, places)
        _attach(tx, [(mentions[index], ids[n]) for n, index in enumerate(fresh)])
        words.count(tx, [_told(mentions[index], ids[n]) for n, index in enumerate(fresh)])
        _count(tx, [(mentions[index], stories[index]) for index in fresh])
        for client_id in clients:
            bump(tx, client_id)
    return [places[_identity(mention)] for mention in mentions]


_Identity = tuple[str, int]
#: (mention number, story number) of each (client, entry).
_Places = dict[_Identity, tuple[int, int]]


def _identity(mention: NewMention) -> _Identity:
    return mention.client_id, mention.entry_id


def _there(tx: Connection, mentions: Sequence[NewMention]) -> tuple[_Places, dict[int, bytes | None]]:
    """Where mentions of these entries are already; and who wrote each entry."""
    places: _Places = {}
    writers: dict[int, bytes | None] = {}
    for part in chunks(sorted({mention.entry_id for mention in mentions})):
        for entry_id, author, site, client_id, number, story_id in _THERE.rows(tx, {"_ids": part}):
            writers[entry_id] = writer_hash(author, site)
            if number is not None:
                places[client_id, entry_id] = number, story_id
    return places, writers


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
    return _OPEN.numbered(tx, rows)


def _insert(
    tx: Connection, placed: Sequence[tuple[NewMention, int]], writers: Mapping[int, bytes | None]
) -> Sequence[int]:
    rows = [_columns(mention, story_id) | {"writer_hash": writers[mention.entry_id]} for mention, story_id in placed]
    return _ADD.numbered(tx, rows)


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
    _LINK.run(tx, links)


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
    links = [
        {"client_id": mention.client_id, "address_hash": canonical_hash(link), "mention_id": number}
        for mention, number in numbered
        for link in dict.fromkeys(mention.links)
    ]
    _WATCHED.run(tx, watches)
    _LINKED.run(tx, links)


def _told(mention: NewMention, number: int) -> words.Told:
    return words.Told(client_id=mention.client_id, number=number, tokens=mention.tokens, sketch=mention.sketch)


def _count(tx: Connection, placed: Sequence[tuple[NewMention, int]]) -> None:
    """Each story's total and its last mention's time."""
    totals = Counter(story_id for _, story_id in placed)
    seen = max(mention.seen for mention, _ in placed)
    rows = [{"_id": story_id, "_more": more, "_seen": seen} for story_id, more in totals.items()]
    _GROW.run(tx, rows)
