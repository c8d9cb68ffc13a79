"""How much is said: the counts that spikes and digests are made from."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, case, func, or_, select, type_coerce

from veille.model.digest import DayCount, Period
from veille.model.mention import Kinship, Level
from veille.model.volume import Arrival, Volume
from veille.store import schema
from veille.store.periods import COUNTED, within
from veille.store.types import moment
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
    conn: Connection, client_id: str, watch_id: str, *, now: datetime, past: timedelta = timedelta(days=28)
) -> Volume:
    """The watch's arrivals of the last day and its past before them, hour by hour.

    The past begins `past` before the arrivals, or when the client began to be watched (or with its first mention, if
    that is earlier). What was published before and seen in the last day is an arrival only, unless it is the backlog
    of a source just added: that is past.
    """
    recent_from = now - DAY
    mine = and_(_watch.client_id == client_id, _watch.watch_id == watch_id, _watch.counted.is_(True))
    began = _began(conn, client_id) or now
    hours = max(0, min(int(past / HOUR), math.ceil((recent_from - began) / HOUR)))
    return Volume(
        client_id=client_id,
        watch_id=watch_id,
        now=now,
        past=_past(conn, mine, recent_from=recent_from, hours=hours),
        recent_from=recent_from,
        arrivals=_arrivals(conn, mine, recent_from=recent_from, now=now),
    )


def _past(conn: Connection, mine: ColumnElement[bool], *, recent_from: datetime, hours: int) -> tuple[int, ...]:
    since = recent_from - hours * HOUR
    old = and_(_watch.published >= since, _watch.published < recent_from)
    settled = or_(_watch.seen < recent_from, _watch.backlog.is_(True))
    hour = _bucket(_watch.published, since, HOUR)
    found = conn.execute(select(hour, func.count()).where(mine, old, settled).group_by("bucket"))
    hourly = {row[0]: row[1] for row in found}
    return tuple(hourly.get(number, 0) for number in range(hours))


def _began(conn: Connection, client_id: str) -> datetime | None:
    """When the client's past begins: with its first mention or its first source."""
    mention = select(_mention.published).where(_mention.client_id == client_id).order_by(_mention.published).limit(1)
    asked = select(func.min(schema.client_source.c.since)).where(schema.client_source.c.client_id == client_id)
    found = [conn.execute(question).scalar() for question in (mention, asked)]
    return min((each for each in found if each is not None), default=None)


def _bucket(column: ColumnElement[Any], since: datetime, width: timedelta) -> ColumnElement[int]:
    """How many whole widths after `since`; both engines divide integers towards zero."""
    elapsed = type_coerce(column, BigInteger) - (since - moment(0)) // timedelta(microseconds=1)
    # Named, because PostgreSQL does not take two parameters of equal value for the same expression.
    return (elapsed // (width // timedelta(microseconds=1))).label("bucket")


def _arrivals(
    conn: Connection, mine: ColumnElement[bool], *, recent_from: datetime, now: datetime
) -> tuple[Arrival, ...]:
    fresh = and_(_watch.seen >= recent_from, _watch.published >= now - 2 * DAY, _watch.backlog.is_(False))
    judged = (_mention.id, _mention.story_id, _mention.published, _mention.seen, _mention.points, _mention.kinship)
    statement = (
        select(*judged, _entry.author, _entry.site)
        .select_from(schema.mention_watch)
        .join(schema.mention, _mention.id == _watch.mention_id)
        .join(schema.entry, _entry.id == _mention.entry_id)
        .where(mine, fresh, _watch.seen <= now)
        .order_by(_watch.seen, _mention.id)
    )
    return tuple(
        Arrival(
            mention_id=row.id,
            story_id=row.story_id,
            published=row.published,
            seen=row.seen,
            author=row.author,
            site=row.site,
            points=row.points,
            copy=row.kinship == Kinship.COPY,
        )
        for row in conn.execute(statement)
    )


_COPY = _mention.kinship == Kinship.COPY.value


def daily(conn: Connection, client_id: str, *, zone: str, until: date, days: int = 14) -> tuple[DayCount, ...]:
    """The local days that end with `until` (included), oldest first, by publication; copies are counted apart."""
    here = ZoneInfo(zone)
    first = until - timedelta(days=days - 1)
    since, end = (datetime.combine(day, time(), here).astimezone(UTC) for day in (first, until + DAY))
    quarter = _bucket(_mention.published, since, QUARTER)
    urgent = _mention.points >= int(Level.HIGH)
    statement = (
        select(quarter, func.sum(_one(~_COPY)), func.sum(_one(_COPY)), func.sum(_one(urgent)))
        .where(_mention.client_id == client_id, _mention.published >= since, _mention.published < end, COUNTED)
        .group_by("bucket")
    )
    totals: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for number, *counts in conn.execute(statement):
        total = totals[(since + number * QUARTER).astimezone(here).date()]
        total[:] = [before + int(more) for before, more in zip(total, counts, strict=True)]
    return tuple(_day_count(first + timedelta(days=n), totals) for n in range(days))


def _day_count(day: date, totals: dict[date, list[int]]) -> DayCount:
    mentions, copies, urgent = totals[day]
    return DayCount(day=day, mentions=mentions, copies=copies, urgent=urgent)


def _one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def counts(conn: Connection, client_id: str, period: Period) -> Counts:
    """The client's mentions of the period, by kind; what a first poll found is the past, not news."""
    seen = (within(client_id, period), _mention.backlog.is_(False))
    kind = case((_mention.own.is_(True), "own"), (_mention.event != "", "planned"), (_mention.muted.is_(True), "muted"))
    kind = case((~COUNTED, kind), (_COPY, "copies"), else_="mentions")
    statement = select(kind.label("kind"), func.count()).where(*seen).group_by("kind")
    return Counts(**{row[0]: row[1] for row in conn.execute(statement)})


def usual_per_day(conn: Connection, client_id: str, *, now: datetime, past: timedelta = timedelta(days=28)) -> float:
    """Mentions of a day before the last one, over the client's `past` or what there is of it; no copies (0 = no past).

    Each mention counts once, whatever watches hold it.
    """
    until = now - DAY
    began = max(_began(conn, client_id) or now, until - past)
    days = math.ceil((until - began) / HOUR) / 24
    if days <= 0:
        return 0.0
    settled = or_(_mention.seen < until, _mention.backlog.is_(True))
    old = (_mention.published >= until - timedelta(days=days), _mention.published < until, settled)
    mine = select(func.count()).where(_mention.client_id == client_id, *old, COUNTED, ~_COPY)
    return int(conn.execute(mine).scalar_one()) / days


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
    alone = func.length(_excluded.day) == len("2027-02-12")
    days = and_(alone, _excluded.day.between(f"{since:%Y-%m-%d}", f"{until:%Y-%m-%d}"))
    quarters = and_(~alone, _excluded.day >= _quarter(since), _excluded.day < _quarter(until))
    mine = select(func.sum(_excluded.number)).where(_excluded.client_id == client_id, or_(days, quarters))
    return int(conn.execute(mine).scalar() or 0)


def _quarter(when: datetime) -> str:
    """The quarter that holds the moment, as text that sorts by time."""
    utc = when.astimezone(UTC)
    return f"{utc:%Y-%m-%d}T{utc.hour:02}:{utc.minute // 15 * 15:02}"
