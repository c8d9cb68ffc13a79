"""Spikes: the story's day, quiet brands left in peace, crowds told from flooders, one life without flapping."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest
from analysis_volumes import counted, learnt

from veille.analysis.spike import detect
from veille.model.volume import Arrival, Past, Spike, SpikeState, Volume
from veille.model.watch import SpikeLimits

HOUR = timedelta(hours=1)
#: Friday of the story, midnight UTC; its clock below is UTC for simplicity.
FRIDAY = datetime(2027, 2, 12, tzinfo=UTC)
#: 1.2 mentions a day for 28 days.
QUIET = tuple(int(hour % 20 == 9) for hour in range(28 * 24))


def arrival(
    at: str | datetime, author: str, site: str, *, points: int = 20, copy: bool = False, tone: float = 0.0
) -> Arrival:
    """What someone says, each a story of its own."""
    seen = FRIDAY + _clock(at) if isinstance(at, str) else at
    return Arrival(
        mention_id=int(seen.timestamp()),
        story_id=int(seen.timestamp()),
        tone=tone,
        published=seen - timedelta(minutes=1),
        seen=seen,
        author=author,
        site=site,
        points=points,
        copy=copy,
    )


def _clock(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def volume(at: str | datetime, arrivals: Sequence[Arrival], *, past: tuple[int, ...] = QUIET) -> Volume:
    now = FRIDAY + _clock(at) if isinstance(at, str) else at
    seen = tuple(a for a in arrivals if now - 24 * HOUR < a.seen <= now)
    return Volume(
        client_id="floreal",
        watch_id="name",
        now=now,
        past=_counted(past, now.replace(minute=0, second=0, microsecond=0) - 24 * HOUR),
        arrivals=seen,
    )


STORY = (
    arrival(FRIDAY - _clock("5:30"), "claire_r", "forum-conso.fr", points=69),
    arrival("10:52", "Claire Roux", "facebook.com", points=98),
    arrival("11:41", "Claire Roux", "facebook.com", points=27),
    arrival("12:19", "jul_nantes", "mastodon.social", points=76),
    arrival("12:24", "lea-conso", "bsky.app", points=76, copy=True),
    *(arrival(f"12:{31 + 5 * n}", f"boost{n}", "mastodon.social", points=76, copy=True) for n in range(5)),
    *(arrival(f"13:1{n}", f"forum{n}", "forum-conso.fr", points=44) for n in range(5)),
    *(arrival(f"15:{20 + 3 * n}", "", f"regional{n}.fr", points=75, copy=n > 0) for n in range(12)),
    arrival("15:52", "", "grand-quotidien.fr", points=100),
    arrival("17:45", "claire_roux", "mastodon.social", points=0),
    arrival("18:09", "", "blog.fr", points=10),
)


@lru_cache
def _counted(past: tuple[int, ...], until: datetime) -> Past:
    return counted(past, until)


def live(arrivals: Sequence[Arrival], nows: Sequence[datetime], *, past: tuple[int, ...] = QUIET) -> list[Spike]:
    """Every change of state that a daemon looking at these moments would record."""
    told: list[Spike] = []
    for now in nows:
        change = detect(volume(now, arrivals, past=past), told[-1] if told else None, limits=SpikeLimits())
        told += [change] if change else []
    return told


def minutes(start: str, end: str) -> list[datetime]:
    first, last = FRIDAY + _clock(start), FRIDAY + _clock(end)
    return [first + timedelta(minutes=n) for n in range(int((last - first) / timedelta(minutes=1)) + 1)]


def test_the_day_of_floreal_starts_at_the_second_author_escalates_and_ends_in_the_evening() -> None:
    told = live(STORY, minutes("9:00", "23:00"))
    states = [spike.state for spike in told]
    assert states[0] is SpikeState.STARTED
    assert states[-1] is SpikeState.OVER
    assert set(states[1:-1]) == {SpikeState.ESCALATED}
    start, end = told[0], told[-1]
    assert FRIDAY + _clock("12:19") <= start.at <= FRIDAY + _clock("12:20")
    assert (start.observed, start.authors, start.sites, start.window_minutes) == (3, 2, 2, 90)
    assert start.negative
    assert start.expected < 0.2
    assert FRIDAY + _clock("21:05") <= end.at <= FRIDAY + _clock("21:45")
    assert [s.peak for s in told[1:-1]] == sorted(s.peak for s in told[1:-1])


PATIENCE = {
    "one flooder": [arrival(f"12:{n:02}", "ana", "forum.fr", points=70) for n in range(30)],
    "one flooder on two sites": [arrival(f"12:{n:02}", "ana", f"s{n % 2}.fr", points=70) for n in range(30)],
    "two calm people": [arrival("12:00", "ana", "a.fr"), arrival("12:10", "bob", "b.fr")],
    "a crowd on one site": [arrival(f"12:{n:02}", f"a{n}", "forum.fr") for n in range(20)],
    "three people in a day": [arrival(f"{8 + 6 * n}:00", f"a{n}", f"s{n}.fr") for n in range(3)],
    "an outage of a source ends": [
        replace(arrival("12:00", f"a{n}", f"s{n}.fr"), published=FRIDAY - (30 + n) * HOUR) for n in range(9)
    ],
}


@pytest.mark.parametrize("arrivals", PATIENCE.values(), ids=PATIENCE)
def test_no_spike_for(arrivals: list[Arrival]) -> None:
    assert live(arrivals, sorted({a.seen for a in arrivals})) == []


CROWDS = {
    "two angry people on two sites": [
        arrival("12:00", "ana", "a.fr", points=70),
        arrival("13:40", "bob", "b.fr", points=70),
    ],
    "four people in an hour": [arrival(f"12:{10 * n:02}", f"a{n}", f"s{n % 3}.fr") for n in range(5)],
    "a slow day": [arrival(f"{n}:30", f"a{n}", f"s{n % 4}.fr") for n in range(8, 20)],
    "press copies": [arrival(f"12:{n:02}", "", f"regional{n}.fr", copy=n > 0) for n in range(12)],
}


@pytest.mark.parametrize("arrivals", CROWDS.values(), ids=CROWDS)
def test_a_quiet_brand_has_a_spike_for(arrivals: list[Arrival]) -> None:
    told = live(arrivals, [a.seen for a in arrivals])
    assert told
    assert told[0].state is SpikeState.STARTED


def test_a_watch_without_past_says_so() -> None:
    found = live(CROWDS["four people in an hour"] * 2, minutes("12:40", "12:41"), past=(0,) * 24)
    assert not found or found[0].little_history
    many = [arrival(f"12:{n:02}", f"a{n}", f"s{n % 5}.fr", points=70) for n in range(30)]
    assert live(many, minutes("12:29", "12:30"), past=(0,) * 48)[0].little_history


LATE = {"one word": ("23:00",), "at once": ("21:50",), "two, far apart": ("21:50", "23:10")}


@pytest.mark.parametrize("times", LATE.values(), ids=LATE)
def test_a_spike_told_over_does_not_start_again_on_late_words(times: tuple[str, ...]) -> None:
    late = [arrival(at, f"late{at}", f"late{number % 2}.fr") for number, at in enumerate(times)]
    told = live((*STORY, *late), minutes("12:00", "23:30")[::2])
    assert sum(spike.state is SpikeState.STARTED for spike in told) == 1


def test_the_same_facts_give_the_same_answer_once_told() -> None:
    first = detect(volume("12:20", STORY), None, limits=SpikeLimits())
    assert first is not None
    assert detect(volume("12:20", STORY), first, limits=SpikeLimits()) is None


#: (mentions a day, streams): bounded so that the whole table takes about a second.
STREAMS = {"a hamlet": (0.3, 20), "a shop": (3.0, 6), "a chain": (30.0, 1), "a brand of the nation": (300.0, 1)}
DAYS_OF = {0.3: 60, 3.0: 60, 30.0: 60, 300.0: 2}


@pytest.mark.parametrize(("rate", "streams"), STREAMS.values(), ids=STREAMS)
def test_false_alarms_stay_within_one_a_month_for(rate: float, streams: int) -> None:
    days = DAYS_OF[rate]
    alarms = sum(_alarms(rate, days, random.Random(seed)) for seed in range(streams))
    assert alarms / streams * 30 / days <= 1


@pytest.mark.parametrize("rate", [0.3, 3.0, 30.0, 300.0])
def test_a_planted_burst_is_caught_at(rate: float) -> None:
    rng = random.Random(7)
    calm = _stream(rate, 29, rng)
    start = FRIDAY + 12 * HOUR
    burst = [_said(start + timedelta(minutes=240 * n**0.5 / 10), rng, points=75) for n in range(max(20, int(rate)))]
    arrivals = sorted([*calm, *burst], key=lambda a: a.seen)
    looks = [a.seen for a in arrivals if a.seen >= start][:600]
    recent = [a for a in arrivals if a.seen > start - 24 * HOUR]
    past = learnt(calm, FRIDAY - 24 * HOUR)
    found = (detect(_volume(look, recent, past), None, limits=SpikeLimits()) for look in looks)
    first = next((spike for spike in found if spike), None)
    assert first is not None
    assert first.at <= start + 4 * HOUR


def _alarms(rate: float, days: int, rng: random.Random) -> int:
    arrivals = _stream(rate, 28 + days, rng)
    seen = [a.seen for a in arrivals]
    active: Spike | None = None
    starts = 0
    for day in range(days):
        midnight = FRIDAY - (days - day - 1) * 24 * HOUR
        today = arrivals[bisect_right(seen, midnight) : bisect_right(seen, midnight + 24 * HOUR)]
        if not today:
            continue
        past = learnt(arrivals, midnight - 24 * HOUR)
        for look in today:
            recent = arrivals[bisect_right(seen, look.seen - 24 * HOUR) : bisect_right(seen, look.seen)]
            active = detect(_volume(look.seen, recent, past), active, limits=SpikeLimits()) or active
            starts += active is not None and active.state is SpikeState.STARTED and active.at == look.seen
    return starts


def _volume(now: datetime, recent: Sequence[Arrival], past: Past) -> Volume:
    return Volume(client_id="c", watch_id="w", now=now, past=past, arrivals=tuple(recent))


def _stream(rate: float, days: int, rng: random.Random) -> list[Arrival]:
    """A Poisson stream that ends a day after Friday midnight, half as dense at night."""
    at, end = FRIDAY + 24 * HOUR - timedelta(days=days), FRIDAY + 24 * HOUR
    found = []
    while (at := at + timedelta(days=rng.expovariate(rate * 1.2))) < end:
        if 7 <= at.hour < 23 or rng.random() < 0.5:
            found.append(_said(at, rng))
    return found


def _said(at: datetime, rng: random.Random, *, points: int | None = None) -> Arrival:
    drawn = rng.choices((5, 20, 40, 65, 88), weights=(50, 25, 17, 6, 2))[0]
    name, site = f"a{rng.randrange(10_000)}", f"s{rng.randrange(12)}.fr"
    return arrival(at, name, site, points=drawn if points is None else points)
