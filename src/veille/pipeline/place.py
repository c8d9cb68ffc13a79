"""Places and scores fresh entries for one client: copy, same story or new, and how urgent.

Entries are taken oldest first; each may repeat a stored mention or an earlier one of the same batch.
A verdict that points into the batch says so with a negative number: -(position + 1) in the result.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from veille.analysis import dedup, urgency
from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.model.mention import Candidate, Urgency, Verdict
from veille.pipeline.roster import Concern
from veille.store import Connection, placing

#: How far back a mention may belong to a story.
STORY_WINDOW = timedelta(hours=72)

#: Neighbours of the same batch that one entry is compared with.
_NEIGHBOURS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """An entry not stored yet, with its identity worked out once for all clients."""

    #: Where it was found, and the row of that place.
    source: Source
    row: int
    #: When.
    seen: datetime
    #: Whether it was there before the source was first asked.
    backlog: bool
    entry: Entry
    canonical: str
    published: datetime
    content: bytes
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry judged for one client, ready to be saved."""

    fresh: Fresh
    concern: Concern
    lookup: placing.Lookup
    verdict: Verdict
    urgency: Urgency


def place_all(conn: Connection, client_id: str, concerned: Sequence[tuple[Fresh, Concern]]) -> list[Placed]:
    """Judges these entries for this client, oldest publication first."""
    ordered = sorted(concerned, key=lambda pair: pair[0].published)
    lookups = [_lookup(fresh) for fresh, _ in ordered]
    since = min(fresh.seen for fresh, _ in ordered) - STORY_WINDOW
    stored = placing.candidates(conn, client_id, lookups, since=since)
    batch = _BatchIndex()
    placed: list[Placed] = []
    for (fresh, concern), lookup, candidates in zip(ordered, lookups, stored, strict=True):
        near = (*candidates, *batch.like(lookup))
        verdict = dedup.place(_placing(fresh), near, now=fresh.seen, names=(concern.subscription.client.name,))
        batch.add(lookup, _as_candidate(fresh, verdict, len(placed)))
        placed.append(_scored(fresh, concern, lookup, verdict))
    return placed


def score(entry: Entry, concern: Concern) -> Urgency:
    """How urgent an entry is for the client it concerns."""
    client = concern.subscription.client
    return urgency.score(
        entry,
        place=place_of(concern, entry),
        language=entry.language or client.language,
        client=client,
        own=concern.own,
    )


def place_of(concern: Concern, entry: Entry) -> str:
    """Where an entry was said, for urgency: as the client says of the site, else as the source says."""
    subscription = concern.subscription
    return dict(subscription.client.places).get(entry.site, subscription.source.place)


class _BatchIndex:
    """The mentions of the batch placed so far, found by what they share."""

    def __init__(self) -> None:
        self._by_key: defaultdict[object, list[int]] = defaultdict(list)
        self._candidates: list[Candidate] = []

    def add(self, lookup: placing.Lookup, candidate: Candidate) -> None:
        for key in _keys(lookup):
            self._by_key[key].append(len(self._candidates))
        self._candidates.append(candidate)

    def like(self, lookup: placing.Lookup) -> tuple[Candidate, ...]:
        shared = Counter(i for key in _keys(lookup) for i in self._by_key.get(key, ())[-_NEIGHBOURS:])
        return tuple(self._candidates[i] for i, _ in shared.most_common(_NEIGHBOURS))


def _keys(lookup: placing.Lookup) -> Iterable[object]:
    yield from lookup.sketch
    yield ("title", lookup.title_key)
    if lookup.canonical:
        yield lookup.canonical
    if lookup.author:
        yield (lookup.author, lookup.site)


def _lookup(fresh: Fresh) -> placing.Lookup:
    entry = fresh.entry
    return placing.Lookup(
        canonical=fresh.canonical,
        title_key=dedup.title_key(entry.title),
        sketch=dedup.sketch(entry.title, entry.text),
        author=entry.author,
        site=entry.site,
    )


def _placing(fresh: Fresh) -> dedup.Placing:
    entry = fresh.entry
    return dedup.Placing(
        canonical=fresh.canonical,
        title=entry.title,
        text=entry.text,
        author=entry.author,
        site=entry.site,
        published=fresh.published,
        seen=fresh.seen,
    )


def _as_candidate(fresh: Fresh, verdict: Verdict, position: int) -> Candidate:
    entry, number = fresh.entry, -(position + 1)
    return Candidate(
        mention_id=number,
        story_id=verdict.story_id if verdict.story_id is not None else number,
        canonical=fresh.canonical,
        title=entry.title,
        text=entry.text,
        author=entry.author,
        site=entry.site,
        published=fresh.published,
        seen=fresh.seen,
        copy_of=verdict.of if verdict.kinship == "copy" else None,
    )


def _scored(fresh: Fresh, concern: Concern, lookup: placing.Lookup, verdict: Verdict) -> Placed:
    return Placed(fresh=fresh, concern=concern, lookup=lookup, verdict=verdict, urgency=score(fresh.entry, concern))
