"""How far a plain series of counts leaves its own past, row after row, from what came before alone.

A row is looked at over three windows: itself, half an hour, three hours. The logarithm of each sum is compared
with the usual highest of a day: the mean, over about the last week, of the highest sum of the 24 hours before
each moment. The distance is told in strayings, the standard deviation of those highest sums, held near .7 (a
factor of two) until a month has shown another. So a threshold means the same for a brand of two mentions a day
and one of two hundred thousand. An event is told once, and again at each full straying (about a doubling)
above what was told within a day.

No row looks ahead: `judge` is a generator that has read no further than it has answered. Unusual quietness is
not looked for. The figures, beside those of published detectors: bench/series.py.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from math import exp, log1p, sqrt
from statistics import median

#: Seconds that the sums hold; 0 = the row alone. Others within a factor of two measure the same.
WINDOWS = (0.0, 1800.0, 10800.0)
DAY = 86400.0
#: Rows a "day" holds at least: with rows further apart (daily ones) a longer time stands for it, here a week.
DAY_ROWS = 7
#: Days in which the past loses two thirds of its weight. 5 to 8 measure the same.
MEMORY = 6.0
#: The straying of a series that nothing is known of, and the days of a past that weigh as much as this guess.
USUAL_STRAYING, USUAL_DAYS = 0.7, 30.0
#: Strayings from which a row is told, and from which it is an alarm: chance alone reaches that
#: every second month at a mention every second day, more rarely with more of them.
TOLD, ALARM = 0.7, 1.1
#: Strayings above what was told within a day that tell the same event again.
AGAIN = 1.0
#: (moment, height) in falling order of height: the first is the highest since it, the others may become it.
_Highest = deque[tuple[float, float]]
#: Gaps between rows whose median is the step of the series.
_GAPS = 25


@dataclass(frozen=True, slots=True)
class Point:
    """One row: when, and a count (0 to 1e12). The moments of a series are all naive or all aware."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What a row is worth: 0 when it tells nothing new, .5 and above for an alarm, never quite 1."""

    score: float
    alarm: bool


@dataclass(slots=True)
class _Scale:
    """One window: what it holds, the highest sums of the day, and the past of the highest."""

    window: float
    rows: deque[tuple[float, float]] = field(default_factory=deque)
    total: float = 0.0
    peaks: _Highest = field(default_factory=_Highest)
    weight: float = 0.0
    mean: float = 0.0
    variance: float = 0.0


def judge(points: Iterable[Point]) -> Iterator[Judged]:
    """One answer a row, given before the next row is read. Moments must rise; the first day tells nothing."""
    scales = tuple(_Scale(window) for window in WINDOWS)
    told, rung = _Highest(), _Highest()
    for now, value, step in _paced(points):
        day = max(DAY, DAY_ROWS * step)
        odd = max(_look(scale, now, value, step=step, day=day) for scale in scales)
        alarm = _news(rung, now, odd, least=ALARM, day=day)
        news = _news(told, now, odd, least=TOLD, day=day) or alarm
        yield Judged(odd / (odd + ALARM) if news else 0.0, alarm)


def _paced(points: Iterable[Point]) -> Iterator[tuple[float, float, float]]:
    """(seconds since the first row, value, the step known so far in seconds)."""
    first: datetime | None = None
    moments: list[float] = []
    step = 0.0
    for point in points:
        first = first or point.at
        now = (point.at - first).total_seconds()
        if len(moments) <= _GAPS:
            moments.append(now)
            step = median([after - before for before, after in pairwise(moments)] or [0.0])
        yield now, point.value, step


def _look(scale: _Scale, now: float, value: float, *, step: float, day: float) -> float:
    """Strayings above the usual highest of a day; 0 until a day is over. The row itself is not yet the past."""
    before = scale.peaks[0][1] if scale.peaks else 0.0
    height = _height(scale, now, value)
    _raise(scale.peaks, now, height)
    _forget(scale.peaks, now - day)
    if now < day:
        return 0.0
    _learn(scale, before, fade=exp(-step / (MEMORY * day)))
    return _strayings(scale, height, days=scale.weight * step / day)


def _height(scale: _Scale, now: float, value: float) -> float:
    """The logarithm of the window's sum, plus one: an empty window has one too, and the first mention doubles it."""
    scale.rows.append((now, value))
    scale.total += value
    while scale.rows[0][0] < now and scale.rows[0][0] <= now - scale.window:
        scale.total -= scale.rows.popleft()[1]
    return log1p(max(0.0, scale.total))  # fractions added and taken away may leave a little less than nothing


def _raise(highest: _Highest, now: float, height: float) -> None:
    """Adds a moment; those before it that are no higher can never be the highest again."""
    while highest and highest[-1][1] <= height:
        highest.pop()
    highest.append((now, height))


def _forget(highest: _Highest, until: float) -> None:
    while highest and highest[0][0] <= until:
        highest.popleft()


def _learn(scale: _Scale, peak: float, *, fade: float) -> None:
    """One more highest of a day, what came before fading (West 1979, exponentially weighted)."""
    scale.weight = scale.weight * fade + 1
    away = peak - scale.mean
    scale.mean += away / scale.weight
    scale.variance += (away * (peak - scale.mean) - scale.variance) / scale.weight


def _strayings(scale: _Scale, height: float, *, days: float) -> float:
    """The distance from the usual. A mean over few days is itself uncertain, which widens the straying."""
    guess = USUAL_DAYS * USUAL_STRAYING**2
    variance = (days * scale.variance + guess) / (days + USUAL_DAYS)
    return (height - scale.mean) / sqrt(variance * (1 + 1 / (1 + days)))


def _news(told: _Highest, now: float, odd: float, *, least: float, day: float) -> bool:
    """Whether a row tells something new, which is then remembered for a day."""
    _forget(told, now - day)
    if odd < max(least, told[0][1] + AGAIN if told else 0.0):
        return False
    _raise(told, now, odd)
    return True
