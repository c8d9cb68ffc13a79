"""Places and scores fresh entries for one client: copy, same story or new, and how urgent.

Entries are taken oldest first; each may repeat a stored mention or an earlier one of the same batch.
A verdict that points into the batch says so with a negative number: -(position + 1) in the result.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from veille.analysis import dedup, urgency
from veille.analysis.corpus import Corpus
from veille.analysis.likeness import Likening
from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.model.mention import Candidate, Urgency, Verdict
from veille.model.watch import Client
from veille.pipeline import authors, feedback
from veille.pipeline.roster import Concern
from veille.store import Connection, placing, words
from veille.text.dates import OLDEST
from veille.text.url import canonical, is_front

#: How far back a mention may belong to a story.
STORY_WINDOW = timedelta(hours=72)

#: What else finds a mention of the same batch, beside words that say from 0 to 10 each.
_SAME_ADDRESS, _SAME_TITLE, _SAME_AUTHOR = 1000, 100, 5
#: Neighbours of the same batch that one entry is compared with.
_NEIGHBOURS = 32
#: Links of a text that are looked up, the first ones.
_LINKS = 12


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
    #: Whether another tool found it, at any time before now.
    past: bool = False


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
    client = ordered[0][1].subscription.client
    kin = verdicts(conn, client, [fresh for fresh, _ in ordered])
    taught = feedback.lessons(conn, client_id)
    speakers = authors.of_batch(conn, client, [(fresh.entry, fresh.published) for fresh, _ in ordered])
    placed: list[Placed] = []
    for (fresh, concern), (lookup, verdict) in zip(ordered, kin, strict=True):
        judged = feedback.moved(score(fresh.entry, concern), fresh.entry, taught)
        judged = speakers.judged(judged, fresh.entry, verdict, published=fresh.published)
        placed.append(Placed(fresh=fresh, concern=concern, lookup=lookup, verdict=verdict, urgency=judged))
    return placed


def verdicts(conn: Connection, client: Client, ordered: Sequence[Fresh]) -> list[tuple[placing.Lookup, Verdict]]:
    """What each of these repeats, stored or earlier in the list; and what finds it from now on."""
    said = [dedup.tokens(fresh.entry.title, fresh.entry.text) for fresh in ordered]
    met = words.uses(conn, client.id, {token for tokens in said for token in tokens})
    likening = Likening(_corpus(met, client, said))
    lookups = [_lookup(fresh, tokens, likening) for fresh, tokens in zip(ordered, said, strict=True)]
    since = min(fresh.seen for fresh in ordered) - STORY_WINDOW
    stored = placing.candidates(conn, client.id, lookups, since=since, met=met)
    batch = _BatchIndex()
    found: list[tuple[placing.Lookup, Verdict]] = []
    for fresh, lookup, candidates in zip(ordered, lookups, stored, strict=True):
        near = _in_time(fresh, (*candidates, *batch.like(lookup)))
        verdict = dedup.place(_placing(fresh, lookup), near, now=fresh.seen, likening=likening)
        found.append((lookup, verdict))
        if len(found) < len(ordered):
            batch.add(lookup, _as_candidate(fresh, verdict, len(found) - 1))
    return found


def _in_time(fresh: Fresh, near: Sequence[Candidate]) -> Sequence[Candidate]:
    """What is taken from another tool is all seen at once: its stories are parted by when it was published.

    No other is told with one of them that is older than what a source is believed.
    """
    longest = STORY_WINDOW if fresh.past else STORY_WINDOW + OLDEST
    return [each for each in near if abs(each.published - fresh.published) <= longest]


def score(entry: Entry, concern: Concern) -> Urgency:
    """How urgent an entry is for the client it concerns."""
    if concern.urgency is not None:
        return concern.urgency
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
        self._by_key: defaultdict[Hashable, list[int]] = defaultdict(list)
        self._candidates: list[Candidate] = []

    def add(self, lookup: placing.Lookup, candidate: Candidate) -> None:
        for key in (*(key for key, _ in _keys(lookup)), *(("link", address) for address in lookup.links)):
            self._by_key[key].append(len(self._candidates))
        self._candidates.append(candidate)

    def like(self, lookup: placing.Lookup) -> tuple[Candidate, ...]:
        shared: defaultdict[int, float] = defaultdict(float)
        linked = ((address, _SAME_ADDRESS) for address in lookup.links)
        for key, says in (*_keys(lookup), *linked):
            for place in self._by_key.get(key, ())[-_NEIGHBOURS:]:
                shared[place] += says
        linking = self._by_key.get(("link", lookup.canonical), ()) if lookup.canonical else ()
        for place in linking[-_NEIGHBOURS:]:
            shared[place] += _SAME_ADDRESS
        best = sorted(shared, key=lambda place: -shared[place])[:_NEIGHBOURS]
        return tuple(
            replace(self._candidates[p], links_here=True) if p in linking else self._candidates[p] for p in best
        )


def _keys(lookup: placing.Lookup) -> Iterable[tuple[Hashable, float]]:
    """What finds a mention, and how much that says."""
    yield from zip(lookup.sketch, lookup.rarity, strict=True)
    if lookup.title_key:
        yield ("title", lookup.title_key), _SAME_TITLE
    if lookup.canonical:
        yield lookup.canonical, _SAME_ADDRESS
    if lookup.author:
        yield (lookup.author, lookup.site), _SAME_AUTHOR


def _corpus(met: words.Uses, client: Client, said: Sequence[Collection[int]]) -> Corpus:
    """How many of the client's mentions hold the words of these entries, the entries themselves among them."""
    counts = met.counts
    if len(said) > 1:
        here = Counter(token for tokens in said for token in tokens)
        counts = {token: count + here[token] for token, count in counts.items()}
    return dedup.named(Corpus(met.texts + len(said), counts), (client.name,))


def _lookup(fresh: Fresh, tokens: tuple[int, ...], likening: Likening) -> placing.Lookup:
    entry = fresh.entry
    sketch = dedup.weighed_sketch(entry.title, entry.text, likening)
    return placing.Lookup(
        canonical=fresh.canonical,
        title_key=dedup.title_key(entry.title),
        sketch=tuple(sketch),
        rarity=tuple(sketch.values()),
        author=entry.author,
        site=entry.site,
        links=_links(fresh),
        tokens=tokens,
    )


def _links(fresh: Fresh) -> tuple[str, ...]:
    """The addresses that the text points to, each in its one form; a site's front page says nothing of a story."""
    found = dict.fromkeys(canonical(link) for link in fresh.entry.links[:_LINKS])
    return tuple(each for each in found if each and each != fresh.canonical and not is_front(each))


def _placing(fresh: Fresh, lookup: placing.Lookup) -> dedup.Placing:
    entry = fresh.entry
    return dedup.Placing(
        canonical=fresh.canonical,
        title=entry.title,
        text=entry.text,
        author=entry.author,
        site=entry.site,
        published=fresh.published,
        seen=fresh.seen,
        links=lookup.links,
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
