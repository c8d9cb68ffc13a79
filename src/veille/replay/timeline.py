"""The volume of a client over a replay, in equal parts of time, beside what was to be expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from veille.analysis.volume import baseline, tail
from veille.model.watch import Client
from veille.store import Connection, volumes
from veille.timing.hours import local_midnight

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

#: Lengths of a part: the first that makes few enough of them is taken.
_LENGTHS = (_HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 7 * _DAY, 28 * _DAY, 364 * _DAY)
_MOST = 180

#: Chance outside the band, on either side.
_OUTSIDE = 0.025
_HIGHEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """One part: how many mentions were seen in it, and between what chance keeps a usual one."""

    start: datetime
    end: datetime
    observed: int
    expected: float
    low: int
    high: int


def buckets(conn: Connection, client: Client, *, since: datetime, until: datetime) -> tuple[Bucket, ...]:
    """The parts from the local midnight before `since` to `until`."""
    first = local_midnight(since, client.zone)
    length = next((each for each in _LENGTHS if (until - first) / each <= _MOST), _LENGTHS[-1])
    return tuple(_bucket(conn, client, start, start + length) for start in _starts(first, until, length))


def _starts(first: datetime, until: datetime, length: timedelta) -> Iterator[datetime]:
    while first < until:
        yield first
        first += length


def _bucket(conn: Connection, client: Client, start: datetime, end: datetime) -> Bucket:
    usual = [baseline(volumes.past(conn, client.id, watch.id, until=start - _DAY)) for watch in client.watches]
    expected = sum(each.expected(start, end) for each in usual)
    shape = min((each.shape for each in usual), default=1.0)
    return Bucket(
        start=start,
        end=end,
        observed=volumes.seen(conn, client.id, since=start, until=end),
        expected=expected,
        low=_least(expected, shape, 1 - _OUTSIDE),
        high=_least(expected, shape, _OUTSIDE),
    )


def _least(mean: float, shape: float, chance: float) -> int:
    """The largest count that is reached with at least this chance."""
    low, high = 0, _HIGHEST
    while low < high:
        middle = (low + high + 1) // 2
        if tail(middle, mean=mean, shape=shape) >= chance:
            low = middle
        else:
            high = middle - 1
    return low
