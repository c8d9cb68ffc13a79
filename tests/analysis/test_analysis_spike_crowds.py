"""What a crowd is: anger against the watch's own past, people and sites, late and lost sources, budgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from analysis_volumes import counted

from veille.analysis.scan import scan
from veille.analysis.spike import calm_at, detect
from veille.analysis.volume import baseline, silence
from veille.model.volume import BAD_BAND, BANDS, Arrival, Past, Spike, SpikeState, Volume, band
from veille.model.watch import SpikeLimits

NOON = datetime(2027, 2, 12, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOURS = 28 * 24
UNTIL = NOON - 24 * HOUR
QUIET = counted([int(hour % 20 == 9) for hour in range(HOURS)], UNTIL)
BUSY = counted([6] * HOURS, UNTIL)
#: As many mentions as QUIET, all of the worst.
ANGRY_ALWAYS = counted([int(hour % 20 == 9) for hour in range(HOURS)], UNTIL, band=10)


def said(
    minutes: float, author: str, *, points: int = 5, tone: float = 0.0, late: float = 0, **more: object
) -> Arrival:
    """So many minutes before noon, published so many before that."""
    seen = NOON - minutes * MINUTE
    values = {"mention_id": int(minutes * 10), "story_id": 1, "site": f"{author[-1:]}.fr", **more}
    return Arrival(published=seen - late * MINUTE, seen=seen, author=author, points=points, tone=tone, **values)  # type: ignore[arg-type]


def angry(minutes: float, author: str, **more: object) -> Arrival:
    return said(minutes, author, points=60, tone=-0.8, **more)  # type: ignore[arg-type]


def volume(arrivals: Sequence[Arrival], past: Past = QUIET, now: datetime = NOON) -> Volume:
    ordered = tuple(sorted(arrivals, key=lambda arrival: arrival.seen))
    return Volume(client_id="c", watch_id="w", now=now, past=past, arrivals=ordered)


def start(arrivals: Sequence[Arrival], past: Past = QUIET, **limits: float) -> Spike | None:
    return detect(volume(arrivals, past), None, limits=SpikeLimits(**limits))  # type: ignore[arg-type]


BAND_OF = {
    "glad": (0, 0.6, 0),
    "neutral": (5, 0.0, 1),
    "a crisis word said gladly is not glad": (40, 0.5, 5),
    "mild": (14, -0.4, 3),
    "angry": (60, -0.9, 9),
    "the worst": (100, -1.0, BANDS - 1),
}


@pytest.mark.parametrize(("points", "tone", "expected"), BAND_OF.values(), ids=BAND_OF)
def test_band(points: int, tone: float, expected: int) -> None:
    assert band(points, tone) == expected


RINGS = {
    "two angry people in half an hour": [angry(30, "ana"), angry(0, "bob")],
    "two angry people on one site": [angry(30, "ana", site="x.com"), angry(0, "bob", site="x.com")],
    "four calm people in an hour": [said(20 * n, f"a{n}") for n in range(4)],
}
STAYS_CALM = {
    "one angry person twice": [angry(30, "ana"), angry(0, "ana", site="b.fr")],
    "two calm people": [said(30, "ana"), said(0, "bob")],
    "two angry people in a day": [angry(900, "ana"), angry(0, "bob")],
    "twenty contest entries on one site": [said(n, f"a{n}", tone=0.7, site="x.com") for n in range(20)],
    "a reprint and its copies": [said(20, "", site="p.fr"), *(said(n, "", site=f"{n}.fr", copy=True) for n in (0, 5))],
    "a crowd that has passed": [angry(400 + n, f"a{n}") for n in range(5)],
}


@pytest.mark.parametrize("arrivals", RINGS.values(), ids=RINGS)
def test_a_quiet_brand_rings_for(arrivals: list[Arrival]) -> None:
    assert start(arrivals)


@pytest.mark.parametrize("arrivals", STAYS_CALM.values(), ids=STAYS_CALM)
def test_a_quiet_brand_stays_calm_for(arrivals: list[Arrival]) -> None:
    assert start(arrivals) is None


def test_anger_is_news_only_to_a_watch_that_is_not_always_angry() -> None:
    two = [angry(170, "ana"), angry(0, "bob")]
    assert start(two)
    assert start(two, ANGRY_ALWAYS) is None


def test_a_source_that_was_down_returns_with_what_is_usual_for_its_absence() -> None:
    """Five hours at six an hour, seen in one minute; the same number published in that quarter is a crowd."""
    returned = [said(0, f"a{n}", late=10 * n) for n in range(30)]
    assert start(returned, BUSY) is None
    assert start([said(0, f"a{n}", late=n / 3) for n in range(30)], BUSY)


def test_a_late_entry_counts_when_it_is_seen() -> None:
    assert start([angry(30, "ana"), angry(0, "bob", late=40)])


def test_a_smaller_budget_needs_an_odder_crowd() -> None:
    four = [said(20 * n, f"a{n}") for n in range(4)]
    sight = scan(volume(four), baseline(QUIET), most=1.0)
    assert sight
    assert start(four, alarms_per_month=sight.cost * 0.9) is None
    assert start(four, alarms_per_month=sight.cost * 1.1)


def test_what_is_told_counts_the_bad_ones_of_a_busy_brand_and_all_of_a_quiet_one() -> None:
    calm = [said(10 * n + 1, f"c{n}") for n in range(6)]
    bad = [angry(8 * n, f"a{n}") for n in range(6)]
    busy = start([*calm, *bad], BUSY)
    assert busy
    assert (busy.observed, busy.band >= BAD_BAND, busy.negative) == (6, True, True)
    quiet = start([said(1, "c"), *bad[:2]])
    assert quiet
    assert (quiet.observed, quiet.band) == (3, 0)


def test_for_a_day_after_its_end_less_than_a_quarter_of_its_peak_is_an_echo() -> None:
    first = start([angry(5 * n, f"a{n}") for n in range(4)])
    assert first
    ended = Spike(**{name: getattr(first, name) for name in first.__slots__} | {"state": SpikeState.OVER, "peak": 40})
    later = NOON + 5 * HOUR
    echo = volume([angry(-290, "eva"), angry(-299, "tom"), angry(-295, "leo")], now=later)
    assert detect(echo, ended, limits=SpikeLimits()) is None
    assert detect(echo, None, limits=SpikeLimits())


def test_days_of_a_recorded_spike_are_not_the_usual() -> None:
    stormy = [0] * 480 + [1] * 5 + [0] * (HOURS - 485)
    plain, told = counted(stormy, UNTIL), counted(stormy, UNTIL)
    known = Past(until=told.until, hours=told.hours, spiked=frozenset(range(480, 504)))
    assert baseline(known).per_hour < baseline(plain).per_hour / 2


def test_a_silence_is_odd_only_for_who_speaks_often() -> None:
    busy, quiet = baseline(BUSY), baseline(QUIET)
    assert silence(busy, NOON - 24 * HOUR, NOON) < 0.01
    assert silence(quiet, NOON - 48 * HOUR, NOON) > 0.05


def test_the_next_moment_when_a_running_spike_may_be_over_is_known() -> None:
    arrivals = [angry(30, "ana"), angry(0, "bob")]
    running = start(arrivals)
    assert running
    assert calm_at(volume(arrivals), running) == NOON + 3 * HOUR
