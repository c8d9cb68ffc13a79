"""What a query would take of what is stored, before it is put live; nothing is written."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from veille.analysis.words import cooccurring
from veille.model.watch import Client, Watch
from veille.pipeline.history import SOURCE as HISTORY
from veille.pipeline.history import with_history
from veille.pipeline.roster import Concern, Excluded, Roster
from veille.store import Connection, past, rewatch, sources
from veille.store.entries import Kept
from veille.store.past import Past
from veille.text.clean import one_line, shorten

#: Entries shown, and entries whose words are counted: the latest.
SAMPLES, TEXTS = 5, 2000
_TITLE = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One entry that would be taken."""

    #: In the client's zone.
    published: datetime
    source_id: str
    site: str
    title: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a watch would take. Days are the client's, by publication."""

    watch: Watch
    since: datetime
    read: int
    taken: int
    #: Of those taken, mentions of this watch already.
    known: int
    #: Mentions of this watch that it would not take.
    lost: int
    #: What the query takes and `exclude` leaves out.
    excluded: int
    by_day: tuple[tuple[date, int], ...]
    by_source: tuple[tuple[str, int], ...]
    samples: tuple[Sample, ...]
    words: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Tally:
    read: int = 0
    known: int = 0
    lost: int = 0
    excluded: int = 0
    by_day: Counter[date] = field(default_factory=Counter)
    by_source: Counter[str] = field(default_factory=Counter)
    latest: deque[tuple[Past, str]] = field(default_factory=lambda: deque(maxlen=TEXTS))


def attempt(conn: Connection, client: Client, watch: Watch, *, since: datetime, public_url: str = "") -> Trial:
    """Tries `watch` on what the client's sources published since then. Raises QueryError, StoreError."""
    client = with_history(client)
    roster = Roster((replace(client, watches=(watch,)),), public_url=public_url)
    tally, zone = _Tally(), ZoneInfo(client.zone)
    keys = {source.id: source.key for source in client.sources}
    rows = {row: name for (_, name), row in sources.rows_of(conn, client.id).items() if name in keys}
    if (taken_in := sources.shelved(conn, keys[HISTORY])) is not None:
        rows[taken_in] = HISTORY
    for found in _pages(conn, rows, since=since):
        stood = rewatch.standings(conn, client.id, [one.id for one in found])
        for one in found:
            standing = stood.get(one.id)
            mine = standing is not None and watch.id in standing.watches
            verdict = next(iter(roster.concerns(one.entry, keys[rows[one.row]], now=one.published)), None)
            _count(tally, one, verdict, source_id=rows[one.row], mine=mine, zone=zone)
    return _summary(tally, watch, since=since, zone=zone)


def _pages(conn: Connection, rows: Mapping[int, str], *, since: datetime) -> Iterator[tuple[Past, ...]]:
    for kept in (Kept.SHORT, Kept.WHOLE):
        for found in past.pages(conn, rows, kept, since=since):
            yield tuple(one for one in found if one.published >= since)


def _count(
    tally: _Tally, one: Past, verdict: Concern | Excluded | None, *, source_id: str, mine: bool, zone: ZoneInfo
) -> None:
    tally.read += 1
    tally.excluded += isinstance(verdict, Excluded)
    if isinstance(verdict, Concern):
        tally.known += mine
        tally.by_day[one.published.astimezone(zone).date()] += 1
        tally.by_source[source_id] += 1
        tally.latest.append((one, source_id))
    else:
        tally.lost += mine


def _summary(tally: _Tally, watch: Watch, *, since: datetime, zone: ZoneInfo) -> Trial:
    latest = sorted(tally.latest, key=lambda pair: pair[0].published, reverse=True)
    texts = (f"{one.entry.title} {one.entry.text}" for one, _ in latest)
    return Trial(
        watch=watch,
        since=since,
        read=tally.read,
        taken=tally.by_source.total(),
        known=tally.known,
        lost=tally.lost,
        excluded=tally.excluded,
        by_day=tuple(sorted(tally.by_day.items())),
        by_source=tuple(tally.by_source.most_common()),
        samples=tuple(_sample(one, source_id, zone) for one, source_id in latest[:SAMPLES]),
        words=cooccurring(texts, [watch.query]),
    )


def _sample(one: Past, source_id: str, zone: ZoneInfo) -> Sample:
    entry = one.entry
    return Sample(
        published=one.published.astimezone(zone),
        source_id=source_id,
        site=entry.site,
        title=shorten(one_line(entry.title or entry.text), _TITLE),
        link=entry.link,
    )
