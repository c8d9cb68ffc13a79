"""What a crowd is: anger against the watch's own past, people and sites, late and lost sources, budgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zlib import crc32

import pytest
from analysis_volumes import counted

from veille.analysis.scan import scan
from veille.analysis.spike import CALM_RARER, detect
from veille.analysis.volume import baseline, silence
from veille.model.volume import BANDS, Arrival, Past, Spike, SpikeState, Volume, band
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
    values = {"mention_id": int(minutes * 10), "story_id": crc32(author.encode()), "site": f"{author[-1:]}.fr", **more}
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
    "a crisis word said gladly is not glad": (40, 0.5, 3),
    "points that no tone bears out": (60, 0.0, 4),
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
    (sight,) = scan(volume(four), baseline(QUIET), most=1.0)
    assert start(four, alarms_per_month=sight.cost * 0.9) is None
    assert start(four, alarms_per_month=sight.cost * 1.1 * CALM_RARER)


def test_what_is_told_counts_the_bad_ones_of_a_busy_brand_and_all_of_a_quiet_one() -> None:
    calm = [said(10 * n + 1, f"c{n}") for n in range(6)]
    bad = [angry(8 * n, f"a{n}") for n in range(6)]
    busy = start([*calm, *bad], BUSY)
    assert busy
    assert (busy.observed, busy.band > 1, busy.negative) == (6, True, True)
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


def cross(*, pairs: tuple[int, int]) -> Past:
    """Six calm mentions an hour and one angry one, as usual."""
    hour = tuple({1: 6, 9: 1}.get(band, 0) for band in range(BANDS))
    return Past(until=UNTIL, hours=(hour,) * HOURS, pairs=pairs)


#: Complaints that seldom share a story, and those that mostly do.
APART, TOGETHER = (5, 8000), (6000, 8000)


def test_a_story_that_grows_is_a_spike_though_the_watch_is_as_usual() -> None:
    one = [angry(12 * n, f"a{n}", story_id=7) for n in range(4)]
    found = start(one, cross(pairs=APART))
    assert found
    assert (found.alone, found.story, found.negative, found.observed) == (True, 7, True, 4)
    assert start([angry(12 * n, f"a{n}") for n in range(4)], cross(pairs=APART)) is None
    assert start(one, cross(pairs=TOGETHER)) is None


def test_one_flooder_or_copies_make_no_story_spike() -> None:
    past = cross(pairs=APART)
    assert start([angry(5 * n, "ana", story_id=7, site=f"{n % 2}.fr") for n in range(9)], past) is None
    assert start([angry(9 * n, f"a{n}", story_id=7, copy=n < 3) for n in range(4)], past) is None


def test_a_story_told_calmly_by_many_is_no_spike_and_is_one_when_its_tone_turns() -> None:
    viral = [said(300 - 4 * n, f"v{n}", story_id=7) for n in range(60)]
    assert start(viral, cross(pairs=APART)) is None
    turned = [angry(5 * n, f"a{n}", story_id=7) for n in range(12)]
    assert start([*viral, *turned], cross(pairs=APART))


def test_an_angry_crowd_within_a_calm_spike_is_a_start() -> None:
    flood = [said(4 * n, f"c{n}") for n in range(30)]
    calm = start(flood)
    assert calm
    assert not calm.negative
    later = volume([*flood, *(angry(-5 * n, f"a{n}") for n in range(1, 6))], now=NOON + 25 * MINUTE)
    turned = detect(later, calm, limits=SpikeLimits())
    assert turned
    assert (turned.state, turned.negative, turned.started) == (SpikeState.STARTED, True, later.now)


@pytest.mark.parametrize("a_day", [0.5, 3, 20, 150])
def test_eighty_contest_entries_do_not_ring_and_fifty_angry_posts_do_at(a_day: float) -> None:
    every = max(1, round(24 / a_day))
    past = counted([round(a_day / 24) if a_day > 24 else int(hour % every == 0) for hour in range(HOURS)], UNTIL)

    def rings(arrivals: list[Arrival]) -> bool:
        looks = (volume([a for a in arrivals if a.seen <= now.seen], past, now.seen) for now in arrivals)
        return any(found.negative for look in looks if (found := detect(look, None, limits=SpikeLimits())))

    assert not rings([said(1430 - 18 * n, f"c{n}") for n in range(80)])
    assert rings([angry(1430 - 28 * n, f"a{n}") for n in range(50)])


def test_a_spike_is_not_over_while_what_was_said_is_rewritten() -> None:
    running = start([angry(30, "ana"), angry(0, "bob")])
    assert running
    later = volume([angry(30, "ana"), angry(0, "bob")], now=NOON + 4 * HOUR)
    edited = Volume(
        **{name: getattr(later, name) for name in later.__slots__} | {"edits": (NOON + 2 * HOUR, NOON + 3 * HOUR)}
    )
    assert detect(edited, running, limits=SpikeLimits()) is None
    over = detect(later, running, limits=SpikeLimits())
    assert over
    assert over.state is SpikeState.OVER
