"""How much is said: the counts that spikes and digests are made from."""

from __future__ import annotations

import math
from collections import defaultdict
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
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from veille.model.digest import DayCount, Period
from veille.model.mention import Kinship, Level
from veille.model.volume import BANDS, Arrival, Past, Volume, band
from veille.store import schema, spikes
from veille.store.periods import CLIENT, COUNTED, SINCE, UNTIL, bound, of_period
from veille.store.prepared import Prepared
from veille.store.types import AnyRow, micros
from veille.store.upsert import insert

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
#: What is counted apart by the digest is counted by quarters: every zone's midnight falls on one.
QUARTER = timedelta(minutes=15)

_mention, _entry, _watch, _excluded = schema.mention.c, schema.entry.c, schema.mention_watch.c, schema.exclusion.c


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
    found = _hours(conn, client_id, watch_id, since=since, until=until)
    return Past(until=until, hours=tuple(found.get(number, _NOTHING) for number in range(hours)), spiked=covered)


_NOTHING = (0,) * BANDS


_PUBLISHED = Prepared(
    select(_watch.published, _mention.points, _mention.tone)
    .select_from(schema.mention_watch.join(schema.mention, _mention.id == _watch.mention_id))
    .where(_watch.client_id == bindparam("_client"), _watch.watch_id == bindparam("_watch"), _watch.counted.is_(True))
    .where(_watch.published >= SINCE, _watch.published < UNTIL)
    .where(or_(_watch.seen < UNTIL, _watch.backlog.is_(True)))
)


def _hours(
    conn: Connection, client_id: str, watch_id: str, *, since: datetime, until: datetime
) -> dict[int, tuple[int, ...]]:
    """Mentions by band of each hour since then that has any."""
    asked = {"_client": client_id, "_watch": watch_id, "_since": since, "_until": until}
    found: dict[int, list[int]] = {}
    for published, points, tone in _PUBLISHED.rows(conn, asked):
        found.setdefault((published - since) // HOUR, [*_NOTHING])[band(points, tone)] += 1
    return {number: tuple(counts) for number, counts in found.items()}


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


def count_excluded(tx: Connection, client_id: str, number: int, when: date) -> None:
    """So many more entries were turned away by the client's exclusions in this quarter of an hour (aware).

    A date alone counts for the whole of that day.
    """
    if not number:
        return
    quarter = _quarter(when) if isinstance(when, datetime) else when.isoformat()
    statement = insert(tx, schema.exclusion).values(client_id=client_id, day=quarter, number=number)
    more = {"number": _excluded.number + number}
    tx.execute(statement.on_conflict_do_update(index_elements=("client_id", "day"), set_=more))


def excluded(conn: Connection, client_id: str, *, since: datetime, until: datetime) -> int:
    """How many entries the client's exclusions turned away in the quarters that begin in [since, until).

    Both are taken back to their quarter, so that periods that follow one another share none and leave none out.
    """
    days = {"_first": f"{since:%Y-%m-%d}", "_last": f"{until:%Y-%m-%d}"}
    quarters = {"_from": _quarter(since), "_to": _quarter(until)}
    return int(_EXCLUDED.scalar(conn, {"_client": client_id, **days, **quarters}) or 0)


_ALONE = func.length(_excluded.day) == len("2027-02-12")
_DAYS = and_(_ALONE, _excluded.day.between(bindparam("_first"), bindparam("_last")))
_QUARTERS = and_(~_ALONE, _excluded.day >= bindparam("_from"), _excluded.day < bindparam("_to"))
_EXCLUDED = Prepared(select(func.sum(_excluded.number)).where(_excluded.client_id == CLIENT, or_(_DAYS, _QUARTERS)))


def _quarter(when: datetime) -> str:
    """The quarter that holds the moment, as text that sorts by time."""
    utc = when.astimezone(UTC)
    return f"{utc:%Y-%m-%d}T{utc.hour:02}:{utc.minute // 15 * 15:02}"
