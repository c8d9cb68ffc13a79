"""When a volume leaves its own past: one spike started, escalated at each doubling, over; never flapping.

A start is a sight (analysis/scan.py) that costs less than the budget of alarms a month that the user set, by
enough people on enough sites, and still going on. What a spike counts, from then on, is what its start counted:
all mentions, or only those at least so bad.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil, sqrt

from veille.analysis.scan import COPY_WEIGHT, Sight, people, scan, spans
from veille.analysis.volume import Baseline, baseline
from veille.model.volume import BAD_BAND, Arrival, Spike, SpikeState, Volume
from veille.model.watch import SpikeLimits

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LITTLE_HISTORY_DAYS = 14
#: Bad mentions, and angry ones from a band on, count so many times towards the least number: two angry people are a
#: crowd for a quiet brand.
BAD_WEIGHT, ANGRY_WEIGHT, ANGRY_BAND = 1.5, 2.0, 7
#: On one site alone a crowd must be so many times rarer.
ONE_SITE = 5.0
#: Share of a crowd that its last eighth must hold: a burst that has passed does not start.
MOMENTUM_PART, MOMENTUM_SHARE = 8, 1 / 12
#: After a spike so many times the usual is expected for a day, half as much the day after.
ECHO = 4.0
#: For a day after its end a spike starts again only with more than this part of its peak.
ECHO_PART = 4
#: Over: the last three hours are usual, and were so half an hour ago already.
CALM_WINDOW, CALM_FOR = 3 * HOUR, HOUR / 2
#: Without a change for so long, what is high is the new usual.
LONGEST = 72 * HOUR
#: Where fewer mentions than this are expected, all of them are told, not only the bad ones.
FEW = 1.0
QUARTER = timedelta(minutes=15)


def detect(volume: Volume, active: Spike | None, *, limits: SpikeLimits) -> Spike | None:
    """The change of state to record now, or None.

    `active` is the last recorded state of the running spike, None when none runs. One that is OVER may be
    passed for two days: what it told already is then left out of the next start, and its echo expected.
    """
    usual = baseline(volume.past)
    if active is None or active.state is SpikeState.OVER:
        return _start(volume, usual, limits, before=active)
    if _calm(volume, usual, active.band) or volume.now - active.at > LONGEST:
        return _over(volume, active)
    return _escalate(volume, active, usual)


def calm_at(volume: Volume, active: Spike) -> datetime:
    """The next moment after now when a running spike may be over, should nothing more arrive."""
    moments = (a.seen + CALM_WINDOW + CALM_FOR for a in volume.arrivals if a.band >= active.band)
    return min((at for at in moments if at > volume.now), default=volume.now + CALM_FOR)


def _start(volume: Volume, usual: Baseline, limits: SpikeLimits, *, before: Spike | None) -> Spike | None:
    times = _unknown(volume.past.days)
    if before is not None:
        times = max(times, ECHO / 2 ** ((volume.now - before.at) // DAY))
    since = before.at if before else None
    sight = scan(volume, usual, most=limits.alarms_per_month, since=since, echo=times)
    if sight is None:
        return None
    seen = _within(volume, sight.span, sight.band, since=since)
    if not _is_crowd(seen, sight, limits) or not _goes_on(seen, sight, volume.now):
        return None
    begun = _told(volume, sight, usual, since=since)
    return None if before is not None and _is_echo(begun, before) else begun


def _unknown(days: float) -> float:
    """How many times the usual may be what a past of so many days shows: the first days know little."""
    return 1.0 if days >= LITTLE_HISTORY_DAYS else 1 + LITTLE_HISTORY_DAYS / (1 + days)


def _is_echo(begun: Spike, before: Spike) -> bool:
    """Whether it is the last words of the spike just over: for a day, less than a part of its peak says nothing new."""
    return begun.at - before.at <= DAY and begun.observed * ECHO_PART <= before.peak


def _is_crowd(seen: Sequence[Arrival], sight: Sight, limits: SpikeLimits) -> bool:
    weight = sum(map(_weight, seen))
    if weight < limits.least_mentions or people(seen) < limits.least_authors:
        return False
    if len({a.site for a in seen}) >= limits.least_sites:
        return True
    return sight.band >= BAD_BAND and sight.cost * ONE_SITE <= limits.alarms_per_month


def _weight(arrival: Arrival) -> float:
    angry = ANGRY_WEIGHT if arrival.band >= ANGRY_BAND else BAD_WEIGHT if arrival.band >= BAD_BAND else 1.0
    return angry * (COPY_WEIGHT if arrival.copy else 1.0)


def _goes_on(seen: Sequence[Arrival], sight: Sight, now: datetime) -> bool:
    late = sum(a.seen > now - max(QUARTER, sight.span / MOMENTUM_PART) for a in seen)
    return late > 0 and late >= len(seen) * MOMENTUM_SHARE


def _within(volume: Volume, window: timedelta, band: int, *, since: datetime | None = None) -> list[Arrival]:
    """What is at least so severe, seen in the window and published within twice it; oldest first."""
    longest = window.total_seconds()
    found = [arrival for span, arrival in spans(volume, since=since) if span <= longest and arrival.band >= band]
    return sorted(found, key=lambda arrival: arrival.seen)


def _told(volume: Volume, sight: Sight, usual: Baseline, *, since: datetime | None) -> Spike:
    """The start of a spike, told over the time its mentions really took, to the next quarter of an hour."""
    span = _whole(volume, sight, since=since)
    usually = usual.expected(volume.now - span, volume.now)
    band = 0 if usually < FEW else sight.band
    arrivals = _within(volume, span, band, since=since)
    begun = Spike(
        client_id=volume.client_id,
        watch_id=volume.watch_id,
        watches=(volume.watch_id,),
        state=SpikeState.STARTED,
        at=volume.now,
        started=volume.now,
        observed=len(arrivals),
        expected=usual.severe[band] * usually,
        window_minutes=span // timedelta(minutes=1),
        probability=sight.probability,
        authors=0,
        sites=0,
        peak=len(arrivals),
        little_history=volume.past.days < LITTLE_HISTORY_DAYS,
        band=band,
    )
    return _filled(begun, arrivals)


def _whole(volume: Volume, sight: Sight, *, since: datetime | None) -> timedelta:
    """The time of the crowd, and of what was said of its stories in the three hours before now, in quarters."""
    found = {arrival.story_id for arrival in _within(volume, sight.span, sight.band, since=since)}
    lately = (a for a in _within(volume, CALM_WINDOW, 0, since=since) if a.story_id in found)
    first = max((volume.now - a.seen for a in lately), default=sight.span)
    return max(QUARTER, QUARTER * ceil(max(first, sight.span) / QUARTER))


def _filled(spike: Spike, arrivals: Sequence[Arrival]) -> Spike:
    """With who said it, and what it is about."""
    stories = _stories(arrivals)
    return replace(
        spike,
        observed=len(arrivals),
        authors=people(arrivals),
        sites=len({a.site for a in arrivals}),
        copies=sum(a.copy for a in arrivals),
        stories=stories,
        story=stories[0] if len(stories) == 1 else None,
        negative=2 * sum(a.band >= BAD_BAND for a in arrivals) >= len(arrivals),
    )


def _escalate(volume: Volume, active: Spike, usual: Baseline) -> Spike | None:
    """Twice the largest count told, over a window at least as long as the one that told it."""
    window = max(timedelta(minutes=active.window_minutes), CALM_WINDOW)
    arrivals = _within(volume, window, active.band)
    if len(arrivals) < 2 * active.peak or people(arrivals) <= 1:
        return None
    grown = replace(
        active,
        state=SpikeState.ESCALATED,
        at=volume.now,
        expected=usual.severe[active.band] * usual.expected(volume.now - window, volume.now),
        window_minutes=window // timedelta(minutes=1),
        peak=len(arrivals),
    )
    return _filled(grown, arrivals)


def _calm(volume: Volume, usual: Baseline, band: int) -> bool:
    """Whether three hours hold about the usual, and did half an hour ago."""
    ends = (volume.now, volume.now - CALM_FOR)
    return all(_count(volume, end, band) <= _usual_at_most(usual, end, band) for end in ends)


def _count(volume: Volume, end: datetime, band: int) -> int:
    return sum(end - CALM_WINDOW < a.seen <= end and a.band >= band for a in volume.arrivals)


def _usual_at_most(usual: Baseline, end: datetime, band: int) -> int:
    mean = usual.severe[band] * usual.expected(end - CALM_WINDOW, end)
    return int(mean + 2 * sqrt(mean))


def _over(volume: Volume, active: Spike) -> Spike:
    """The end, with the counts of the whole spike as far as a day goes back."""
    since = min(active.started, active.at) - timedelta(minutes=active.window_minutes)
    seen = [a for a in volume.arrivals if since < a.seen <= volume.now and a.band >= active.band]
    ended = replace(active, state=SpikeState.OVER, at=volume.now)
    if len(seen) < active.observed:
        return ended
    return replace(_filled(ended, seen), negative=active.negative)


def _stories(arrivals: Iterable[Arrival]) -> tuple[int, ...]:
    """Largest first, the earlier of equals."""
    count = Counter(arrival.story_id for arrival in arrivals)
    return tuple(sorted(count, key=lambda story: (-count[story], story)))
