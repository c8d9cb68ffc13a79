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

from veille.analysis.scan import COPY_WEIGHT, TOLD_BY, Known, Sight, people, scan, spans
from veille.analysis.volume import MILD_BAND, Baseline, baseline
from veille.model.volume import BAD_BAND, BANDS, Arrival, Spike, SpikeState, Volume
from veille.model.watch import SpikeLimits

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LITTLE_HISTORY_DAYS = 14
#: By band, towards the least number: two angry people are a crowd for a quiet brand.
WEIGHTS = (1.0, 1.0, 1.0, 1.25, 1.75) + (2.0,) * (BANDS - 5)
#: A crowd that is not angry must be so many times rarer, though it only waits for the digest.
CALM_RARER = 1.4
#: From so many mentions on a story is calm or not by what most of them say.
SEVERAL = 4
#: On one site alone a crowd must be so many times rarer.
ONE_SITE = 5.0
#: Share of a crowd that its last eighth must hold: a burst that has passed does not start.
MOMENTUM_PART, MOMENTUM_SHARE = 8, 1 / 12
#: After a spike so many times the usual is expected for a day, half as much the day after.
ECHO = 4.0
#: For a day after its end a spike starts again only with more than this part of its peak.
ECHO_PART = 4
#: Over: the last three hours are usual, edits of what was said counted in, and were so half an hour ago already.
CALM_WINDOW, CALM_FOR = 3 * HOUR, HOUR / 2
#: Without a change for so long, what is high is the new usual.
LONGEST = 72 * HOUR
#: Where fewer mentions than this are expected, all of them are told, not only the bad ones.
FEW = 1.0
QUARTER = timedelta(minutes=15)


def detect(volume: Volume, active: Spike | None, *, limits: SpikeLimits) -> Spike | None:
    """The change of state to record now, or None.

    `active` is the last recorded state of the running spike, None when none runs. One that is OVER may be
    passed for two days: what it told already is then left out of the next start, and its echo expected. A calm one
    that runs is followed by a start when its tone turns: the calm one is then over.
    """
    usual = baseline(volume.past)
    if active is None or active.state is SpikeState.OVER:
        return _start(volume, usual, limits, before=active)
    counted = _of_story(volume, active.story if active.alone else None)
    if not active.negative and (turned := _turn(volume, usual, limits)):
        return turned
    if _calm(counted, usual, active) or volume.now - active.at > LONGEST:
        return _over(counted, active)
    return _escalate(volume, active, usual)


def may_start(arrivals: Sequence[Arrival], *, limits: SpikeLimits) -> bool:
    """Whether a day's arrivals are enough for any crowd, whatever the past: if not, no spike starts."""
    return _weight(arrivals) >= limits.least_mentions and people(arrivals) >= limits.least_authors


def _weight(arrivals: Iterable[Arrival]) -> float:
    return sum(WEIGHTS[a.band] * (COPY_WEIGHT if a.copy else 1.0) for a in arrivals)


def _start(volume: Volume, usual: Baseline, limits: SpikeLimits, *, before: Spike | None) -> Spike | None:
    known = _known(volume, before)
    for sight in scan(volume, usual, most=limits.alarms_per_month, known=known):
        begun = _begun(volume, sight, usual, limits, since=known.since if sight.angry else known.many_since)
        if begun and not (before and _is_echo(begun, before)):
            return begun
    return None


def _turn(volume: Volume, usual: Baseline, limits: SpikeLimits) -> Spike | None:
    """The start of an angry spike within a calm one."""
    known = Known(echo=_unknown(volume.past.days), many_since=volume.now)
    sights = scan(volume, usual, most=limits.alarms_per_month, known=known)
    begun = (_begun(volume, sight, usual, limits, since=None) for sight in sights)
    return next((spike for spike in begun if spike), None)


def _known(volume: Volume, before: Spike | None) -> Known:
    """What a spike just over told is not told again, and its echo expected; a calm one hides nothing angry."""
    times = _unknown(volume.past.days)
    if before is None:
        return Known(echo=times, many_echo=times)
    echo = max(times, ECHO / 2 ** ((volume.now - before.at) // DAY))
    if before.negative:
        return Known(since=before.at, many_since=before.at, echo=echo, many_echo=echo)
    return Known(many_since=before.at, echo=times, many_echo=echo)


def _begun(
    volume: Volume, sight: Sight, usual: Baseline, limits: SpikeLimits, *, since: datetime | None
) -> Spike | None:
    """The start that a sight is, if it is a crowd that still grows."""
    volume = _of_story(volume, sight.story)
    seen = _within(volume, sight.span, _counted(sight, usual), since=since)
    if sight.angry:
        calm = _mostly_calm(_within(volume, sight.span, 0, since=since))
        seen = [arrival for arrival in seen if arrival.story_id not in calm]
    if not _is_crowd(seen, sight, limits) or not _goes_on(seen, sight, volume.now):
        return None
    begun = _told(volume, sight, usual, since=since)
    rare = begun.negative or sight.cost * CALM_RARER <= limits.alarms_per_month
    return begun if rare else None


def _mostly_calm(seen: Iterable[Arrival]) -> set[int]:
    """The stories that more people tell calmly than badly: what looks bad in them is misread more often than meant."""
    weight: Counter[int] = Counter()
    told: Counter[int] = Counter()
    for arrival in seen:
        told[arrival.story_id] += 1
        weight[arrival.story_id] += 1 if arrival.band >= MILD_BAND else -1
    return {story for story, number in told.items() if number >= SEVERAL and weight[story] < 0}


def _of_story(volume: Volume, story: int | None) -> Volume:
    """The arrivals of one story, or all of them."""
    return (
        volume if story is None else replace(volume, arrivals=tuple(a for a in volume.arrivals if a.story_id == story))
    )


def _counted(sight: Sight, usual: Baseline) -> int:
    """The band from which a sight's mentions are in its crowd: of an angry one, all that tell something."""
    if not sight.angry or sight.story is not None:
        return sight.band
    return next((band for band, tells in enumerate(usual.tells) if tells > 0), BAD_BAND)


def _unknown(days: float) -> float:
    """How many times the usual may be what a past of so many days shows: the first days know little."""
    return 1.0 if days >= LITTLE_HISTORY_DAYS else 1 + LITTLE_HISTORY_DAYS / (1 + days)


def _is_echo(begun: Spike, before: Spike) -> bool:
    """Whether it is the last words of the spike just over: for a day, less than a part of its peak says nothing new."""
    if begun.negative > before.negative:
        return False
    return begun.at - before.at <= DAY and begun.observed * ECHO_PART <= before.peak


def _is_crowd(seen: Sequence[Arrival], sight: Sight, limits: SpikeLimits) -> bool:
    """Whether enough people said enough on enough sites; an angry crowd has someone who is so without doubt."""
    angry = any(a.band >= BAD_BAND for a in seen)
    counted = seen if sight.angry else _once(seen)
    if not may_start(counted, limits=limits):
        return False
    if (sight.angry and not angry) or 2 * len(counted) < len(seen):
        return False
    if len({a.site for a in counted}) >= limits.least_sites:
        return True
    return sight.angry and sight.cost * ONE_SITE <= limits.alarms_per_month


def _once(seen: Sequence[Arrival]) -> list[Arrival]:
    """A story told calmly by many is the news of a few: contests, animals, prizes."""
    told: Counter[int] = Counter()
    found = []
    for arrival in seen:
        told[arrival.story_id] += arrival.band < BAD_BAND
        found += [arrival] * (arrival.band >= BAD_BAND or told[arrival.story_id] <= TOLD_BY)
    return found


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
    counted, alone = _counted(sight, usual), sight.story is not None
    span = _whole(volume, sight.span, counted, since=since)
    usually = usual.expected(volume.now - span, volume.now) * (usual.alike if alone else 1.0)
    band = 0 if usually < FEW else counted
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
        negative=sight.angry,
        band=band,
        alone=alone,
    )
    return _filled(begun, arrivals)


def _whole(volume: Volume, span: timedelta, band: int, *, since: datetime | None) -> timedelta:
    """The time of the crowd, and of what was said of its stories in the three hours before now, in quarters."""
    found = {arrival.story_id for arrival in _within(volume, span, band, since=since)}
    lately = (a for a in _within(volume, CALM_WINDOW, 0, since=since) if a.story_id in found)
    first = max((volume.now - a.seen for a in lately), default=span)
    return max(QUARTER, QUARTER * ceil(max(first, span) / QUARTER))


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
        negative=spike.negative or 2 * sum(a.band >= BAD_BAND for a in arrivals) >= len(arrivals),
    )


def _escalate(volume: Volume, active: Spike, usual: Baseline) -> Spike | None:
    """Twice the largest count told, over a window at least as long as the one that told it.

    What one story told may become the matter of the whole watch: then all that is as bad counts.
    """
    window = max(timedelta(minutes=active.window_minutes), CALM_WINDOW)
    alone = _within(_of_story(volume, active.story), window, active.band) if active.alone else []
    whole = _within(volume, window, max(active.band, BAD_BAND) if active.alone else active.band)
    arrivals = max(whole, alone, key=len)
    if len(arrivals) < 2 * active.peak or people(arrivals) <= 1:
        return None
    grown = replace(
        active,
        state=SpikeState.ESCALATED,
        at=volume.now,
        expected=usual.severe[active.band] * usual.expected(volume.now - window, volume.now),
        window_minutes=window // timedelta(minutes=1),
        peak=len(arrivals),
        alone=arrivals is alone,
        band=active.band if arrivals is alone or not active.alone else max(active.band, BAD_BAND),
    )
    return _filled(grown, arrivals)


def _calm(volume: Volume, usual: Baseline, active: Spike) -> bool:
    """Whether three hours hold about the usual, and did half an hour ago."""
    times = usual.severe[active.band] * (usual.alike if active.alone else 1.0)
    return all(_count(volume, end, active.band) <= _usual_at_most(usual, end, times) for end in _ends(volume.now))


def _ends(now: datetime) -> tuple[datetime, datetime]:
    return now, now - CALM_FOR


def _count(volume: Volume, end: datetime, band: int) -> int:
    """What was said, or said otherwise, in the last hours."""
    moments = (*(a.seen for a in volume.arrivals if a.band >= band), *volume.edits)
    return sum(end - CALM_WINDOW < at <= end for at in moments)


def _usual_at_most(usual: Baseline, end: datetime, times: float) -> int:
    mean = times * usual.expected(end - CALM_WINDOW, end)
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
