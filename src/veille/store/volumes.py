"""How much is said: the counts that spikes and digests are made from."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from veille.model.digest import DayCount, Period
from veille.model.mention import Kinship, Level
from veille.model.volume import BAD_BAND, BANDS, Arrival, Past, Volume, band
from veille.store import schema, spikes
from veille.store.periods import CLIENT, COUNTED, SINCE, UNTIL, bound, of_period
from veille.store.prepared import Prepared
from veille.store.types import MICROSECOND, AnyRow, micros

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
#: What is counted apart by the digest is counted by quarters: every zone's midnight falls on one.
QUARTER = timedelta(minutes=15)

_mention, _entry, _watch = schema.mention.c, schema.entry.c, schema.mention_watch.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A client's mentions of a time, each counted once: what is in another count is not in `mentions`."""

    mentions: int = 0
    copies: int = 0
    planned: int = 0
    own: int = 0
    muted: int = 0


def volume(
    conn: Connection, client_id: str, watch_id: str, *, now: datetime, length: timedelta = timedelta(days=28)
) -> Volume:
    """The watch's arrivals of the last day and its past before them."""
    return Volume(
        client_id=client_id,
        watch_id=watch_id,
        now=now,
        past=past(conn, client_id, watch_id, until=now - DAY, length=length),
        arrivals=arrivals(conn, client_id, watch_id, since=now - DAY, until=now),
    )


def past(
    conn: Connection, client_id: str, watch_id: str, *, until: datetime, length: timedelta = timedelta(days=28)
) -> Past:
    """What the watch got, hour by hour and by band, before `until`, which lies a day or more back.

    It begins `length` before, or when the client began to be watched (or with its first mention, if that is
    earlier). What was published before and seen since is no past, unless it is the backlog of a source just added.
    """
    began = _began(conn, client_id) or until
    hours = max(0, min(int(length / HOUR), math.ceil((until - began) / HOUR)))
    since = until - hours * HOUR
    covered = _covered(spikes.times(conn, client_id, watch_id, since=since), since=since, hours=hours)
    found, bad = _hours(conn, client_id, watch_id, since=since, until=until)
    counted = tuple(found.get(number, _NOTHING) for number in range(hours))
    return Past(until=until, hours=counted, spiked=covered, pairs=_pairs(bad, covered))


_NOTHING = (0,) * BANDS


#: Times as they are stored: thousands are read each time that a past is learnt.
_PUBLISHED = Prepared(
    select(type_coerce(_watch.published, BigInteger), _mention.points, _mention.tone, _mention.story_id)
    .select_from(schema.mention_watch.join(schema.mention, _mention.id == _watch.mention_id))
    .where(_watch.client_id == bindparam("_client"), _watch.watch_id == bindparam("_watch"), _watch.counted.is_(True))
    .where(_watch.published >= SINCE, _watch.published < UNTIL)
    .where(or_(_watch.seen < UNTIL, _watch.backlog.is_(True)))
)


def _hours(
    conn: Connection, client_id: str, watch_id: str, *, since: datetime, until: datetime
) -> tuple[dict[int, tuple[int, ...]], Counter[tuple[int, int]]]:
    """Mentions by band of each hour since then that has any; and the bad ones by hour and story."""
    asked = {"_client": client_id, "_watch": watch_id, "_since": since, "_until": until}
    found: dict[int, list[int]] = {}
    bad: Counter[tuple[int, int]] = Counter()
    begun, hour_long = micros(since), HOUR // MICROSECOND
    for published, points, tone, story_id in _PUBLISHED.rows(conn, asked):
        hour, severe = (published - begun) // hour_long, band(points, tone)
        found.setdefault(hour, [*_NOTHING])[severe] += 1
        if severe >= BAD_BAND:
            bad[hour, story_id] += 1
    return {number: tuple(counts) for number, counts in found.items()}, bad


def _pairs(bad: Counter[tuple[int, int]], covered: frozenset[int]) -> tuple[int, int]:
    """Of the bad mentions of each day outside a spike, two at a time: those that share their story, and all."""
    days: Counter[int] = Counter()
    stories: Counter[tuple[int, int]] = Counter()
    for (hour, story_id), number in bad.items():
        if hour not in covered:
            days[hour // 24] += number
            stories[hour // 24, story_id] += number
    same, every = (sum(n * (n - 1) // 2 for n in found) for found in (stories.values(), days.values()))
    return same, every


def _covered(crises: Sequence[tuple[datetime, datetime]], *, since: datetime, hours: int) -> frozenset[int]:
    """The hours, by number since then, that spikes cover."""
    spans = ((int((begun - since) / HOUR), int((over - since) / HOUR)) for begun, over in crises)
    return frozenset(hour for first, last in spans for hour in range(max(0, first), min(hours, last + 1)))


#: Made once: asked each time that a past is learnt.
_FIRST = Prepared(
    select(_mention.published).where(_mention.client_id == bindparam("_client")).order_by(_mention.published).limit(1)
)
_ASKED = Prepared(
    select(func.min(schema.client_source.c.since)).where(schema.client_source.c.client_id == bindparam("_client"))
)


def _began(conn: Connection, client_id: str) -> datetime | None:
    """When the client's past begins: with its first mention or its first source."""
    found = [question.scalar(conn, {"_client": client_id}) for question in (_FIRST, _ASKED)]
    return min((each for each in found if each is not None), default=None)


def arrivals(
    conn: Connection, client_id: str, watch_id: str, *, since: datetime, until: datetime
) -> tuple[Arrival, ...]:
    """What was seen in [since, until] and published at most two days before, in the order seen; no backlog."""
    bounds = {"_since": since, "_until": until, "_oldest": until - 2 * DAY}
    found = _ARRIVALS.rows(conn, {"_client": client_id, "_watch": watch_id, **bounds})
    return tuple(_arrival(row) for row in found)


_JUDGED = (_mention.id, _mention.story_id, _mention.published, _mention.seen, _mention.points, _mention.tone)
#: Made once: asked with every mention that is judged.
_ARRIVALS = Prepared(
    select(*_JUDGED, _mention.kinship, _entry.author, _entry.site)
    .select_from(schema.mention_watch)
    .join(schema.mention, _mention.id == _watch.mention_id)
    .join(schema.entry, _entry.id == _mention.entry_id)
    .where(_watch.client_id == bindparam("_client"), _watch.watch_id == bindparam("_watch"), _watch.counted.is_(True))
    .where(_watch.seen >= bindparam("_since"), _watch.seen <= bindparam("_until"))
    .where(_watch.published >= bindparam("_oldest"), _watch.backlog.is_(False))
    .order_by(_watch.seen, _mention.id)
)


def last_seen(conn: Connection, client_id: str, watch_id: str) -> datetime | None:
    """When the watch's latest mention was seen, whatever its kind (None = there was none)."""
    mine = select(func.max(_watch.seen)).where(_watch.client_id == client_id, _watch.watch_id == watch_id)
    found: datetime | None = conn.execute(mine).scalar()
    return found


def _arrival(row: AnyRow) -> Arrival:
    return Arrival(
        mention_id=row.id,
        story_id=row.story_id,
        published=row.published,
        seen=row.seen,
        author=row.author,
        site=row.site,
        points=row.points,
        tone=row.tone,
        copy=row.kinship == Kinship.COPY,
    )


_COPY = _mention.kinship == Kinship.COPY.value


def daily(conn: Connection, client_id: str, *, zone: str, until: date, days: int = 14) -> tuple[DayCount, ...]:
    """The local days that end with `until` (included), oldest first, by publication; copies are counted apart."""
    here = ZoneInfo(zone)
    first = until - timedelta(days=days - 1)
    since, end = (datetime.combine(day, time(), here).astimezone(UTC) for day in (first, until + DAY))
    asked = {"_client": client_id, "_since": since, "_until": end, "_start": micros(since)}
    totals: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for number, *counts in _DAILY.rows(conn, asked):
        total = totals[(since + number * QUARTER).astimezone(here).date()]
        total[:] = [before + int(more) for before, more in zip(total, counts, strict=True)]
    return tuple(_day_count(first + timedelta(days=n), totals) for n in range(days))


def _day_count(day: date, totals: dict[date, list[int]]) -> DayCount:
    mentions, copies, urgent = totals[day]
    return DayCount(day=day, mentions=mentions, copies=copies, urgent=urgent)


def _one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


#: Both engines divide integers towards zero; named, as PostgreSQL groups by no expression that holds a parameter.
_QUARTER_OF = (
    (type_coerce(_mention.published, BigInteger) - bindparam("_start", type_=BigInteger))
    // (QUARTER // timedelta(microseconds=1))
).label("bucket")
_DAILY_SUMS: Any = (
    select(
        _QUARTER_OF,
        func.sum(_one(~_COPY)),
        func.sum(_one(_COPY)),
        func.sum(_one(_mention.points >= int(Level.HIGH))),
    )
    .where(_mention.client_id == CLIENT, _mention.published >= SINCE, _mention.published < UNTIL, COUNTED)
    .group_by("bucket")
)
_DAILY = Prepared(_DAILY_SUMS)


def counts(conn: Connection, client_id: str, period: Period) -> Counts:
    """The client's mentions of the period, by kind; what a first poll found is the past, not news."""
    return Counts(**{row[0]: row[1] for row in _COUNTS(period).rows(conn, bound(client_id, period))})


def _by_kind(within: ColumnElement[bool]) -> Select[Any]:
    kind = case((_mention.own.is_(True), "own"), (_mention.event != "", "planned"), (_mention.muted.is_(True), "muted"))
    kind = case((~COUNTED, kind), (_COPY, "copies"), else_="mentions")
    return select(kind.label("kind"), func.count()).where(within, _mention.backlog.is_(False)).group_by("kind")


_COUNTS = of_period(_by_kind)


def usual_per_day(conn: Connection, client_id: str, *, now: datetime, past: timedelta = timedelta(days=28)) -> float:
    """Mentions of a day before the last one, over the client's `past` or what there is of it; no copies (0 = no past).

    Each mention counts once, whatever watches hold it.
    """
    until = now - DAY
    began = max(_began(conn, client_id) or now, until - past)
    days = math.ceil((until - began) / HOUR) / 24
    if days <= 0:
        return 0.0
    asked = {"_client": client_id, "_since": until - timedelta(days=days), "_until": until}
    return int(_USUAL.scalar(conn, asked)) / days


_USUAL = Prepared(
    select(func.count())
    .where(_mention.client_id == CLIENT, _mention.published >= SINCE, _mention.published < UNTIL)
    .where(or_(_mention.seen < UNTIL, _mention.backlog.is_(True)), COUNTED, ~_COPY)
)


def seen(conn: Connection, client_id: str, *, since: datetime, until: datetime) -> int:
    """How many mentions of the client were seen in [since, until), whatever their kind."""
    mine = (_mention.client_id == client_id, _mention.seen >= since, _mention.seen < until)
    return int(conn.execute(select(func.count()).where(*mine)).scalar_one())
