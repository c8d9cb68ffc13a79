"""When a volume leaves its own past: one spike started, escalated at each doubling, over; never flapping.

Every arrival is a look. Given that one mention arrives now, chance brings k - 1 others within the window
before it with a known probability; with n arrivals a month, n times that probability is the false alarms of
the month, to be kept within the budget the user set. Simulated streams check it
(tests/analysis/test_analysis_spike.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil, sqrt

from veille.analysis.volume import Baseline, baseline, tail
from veille.model.volume import Arrival, Spike, SpikeState, Volume
from veille.model.watch import SpikeLimits

HOUR = timedelta(hours=1)
WINDOWS = (timedelta(minutes=15), HOUR, 3 * HOUR, 6 * HOUR, 24 * HOUR)
LITTLE_HISTORY_DAYS = 14
MONTH = 30 * 24 * HOUR
#: Independent looks at a long window in its own length: sliding it a little shows the same mentions again.
LOOKS_PER_WINDOW = 4
#: Points from which a mention counts double, once an author: two angry authors are a crowd for a quiet brand.
URGENT, URGENT_WEIGHT = 60, 2.0
#: The share of urgent mentions that is expected at least, however calm the past.
LEAST_URGENT = 0.08
#: Copies show speed, not opinions.
COPY_WEIGHT = 0.5
#: One author counts at most so often: a flooder is not a crowd. A nameless one counts by site.
PER_AUTHOR, PER_NAMELESS_SITE = 2, 5
#: Share of a window's count that its last eighth must hold: a burst that has passed does not start.
MOMENTUM_PART, MOMENTUM_SHARE = 8, 1 / 12
#: Over: the last three hours are usual, and were so half an hour ago already.
CALM_WINDOW, CALM_FOR = 3 * HOUR, HOUR / 2
#: Without a change for so long, what is high is the new usual.
LONGEST = 72 * HOUR
#: From these points on a mention is bad.
BAD = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What one window holds."""

    window: timedelta
    arrivals: tuple[Arrival, ...]
    weight: float
    probability: float
    threshold: float


def detect(volume: Volume, active: Spike | None, *, limits: SpikeLimits) -> Spike | None:
    """The change of state to record now, or None.

    `active` is the last recorded state of the running spike, None when none runs. One that is OVER may be
    passed for a day: what it told already is then left out of the next start.
    """
    usual = baseline(volume.past, volume.recent_from)
    if active is None or active.state is SpikeState.OVER:
        return _start(volume, usual, limits, since=active.at if active else None)
    if _calm(volume, usual) or volume.now - active.at > LONGEST:
        return _over(volume, active)
    return _escalate(volume, active, usual)


def budget(usual: Baseline, window: timedelta, *, alarms_per_month: float) -> float:
    """The probability below which a window rings, so that all windows together keep the budget."""
    arrivals = max(1.0, usual.per_hour * (MONTH / HOUR))
    looks = min(arrivals, LOOKS_PER_WINDOW * (MONTH / window))
    return alarms_per_month / len(WINDOWS) / looks


def _start(volume: Volume, usual: Baseline, limits: SpikeLimits, *, since: datetime | None) -> Spike | None:
    looks = (_look(volume, window, usual, limits, since) for window in WINDOWS)
    found = [look for look in looks if _rings(look, volume.now, limits)]
    if not found:
        return None
    best = min(found, key=lambda look: (look.probability / look.threshold, look.window))
    return _told(volume, best, usual)


def _look(volume: Volume, window: timedelta, usual: Baseline, limits: SpikeLimits, since: datetime | None) -> _Look:
    arrivals = _within(volume, window, since=since)
    weight = _weight(arrivals)
    mean = usual.expected(volume.now - window, volume.now)
    return _Look(
        window=window,
        arrivals=arrivals,
        weight=weight,
        probability=_chance(weight, mean, usual, urgent=volume.urgent_share),
        threshold=budget(usual, window, alarms_per_month=limits.alarms_per_month),
    )


def _chance(weight: float, mean: float, usual: Baseline, *, urgent: float) -> float:
    """Of the weight that the others bring, one of them being given. Double weights are compound Poisson:
    a share q of doubles makes the mean (1 + q) and the variance (1 + 3q) times that of the plain count."""
    share = min(1.0, max(LEAST_URGENT, urgent))
    weighed = mean * (1 + share)
    if weight - 1 <= weighed:
        return 1.0  # not more than usual: no need of the exact figure
    restless = 1 / usual.shape + 2 * share / (1 + share) / weighed
    return tail(weight - 1, mean=weighed, shape=1 / restless)


def _within(volume: Volume, window: timedelta, *, since: datetime | None = None) -> tuple[Arrival, ...]:
    """Seen in the window, not published long before: what a source returns after a failure is not news."""
    start = volume.now - window if since is None else max(volume.now - window, since)
    oldest = volume.now - 2 * window
    return tuple(a for a in volume.arrivals if start < a.seen <= volume.now and a.published >= oldest)


def _weight(arrivals: Iterable[Arrival]) -> float:
    """Mentions, with no author counted beyond measure, urgent ones double, copies half."""
    by_author: defaultdict[str, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        by_author[_author(arrival)].append(arrival)
    return sum(_weight_of(author, said) for author, said in by_author.items())


def _weight_of(author: str, said: Sequence[Arrival]) -> float:
    if len(said) == 1:  # nearly all authors
        return _worth(said[0]) + (URGENT_WEIGHT - 1 if _is_urgent(said[0]) else 0)
    most = PER_NAMELESS_SITE if author.startswith("@@") else PER_AUTHOR
    worth = sorted((_worth(arrival) for arrival in said), reverse=True)[:most]
    return sum(worth) + (URGENT_WEIGHT - 1 if any(map(_is_urgent, said)) else 0)


def _worth(arrival: Arrival) -> float:
    return COPY_WEIGHT if arrival.copy else 1.0


def _is_urgent(arrival: Arrival) -> bool:
    return arrival.points >= URGENT and not arrival.copy


def _author(arrival: Arrival) -> str:
    return arrival.author or f"@@{arrival.site}"


def _authors(arrivals: Iterable[Arrival]) -> int:
    return len({_author(arrival) for arrival in arrivals})


def _sites(arrivals: Iterable[Arrival]) -> int:
    return len({arrival.site for arrival in arrivals})


def _rings(look: _Look, now: datetime, limits: SpikeLimits) -> bool:
    seen = look.arrivals
    crowd = _authors(seen) >= limits.least_authors and _sites(seen) >= limits.least_sites
    enough = look.weight >= limits.least_mentions and look.probability <= look.threshold
    if not (crowd and enough):
        return False
    late = [a for a in seen if a.seen > now - look.window / MOMENTUM_PART]
    return bool(late) and len(late) >= len(seen) * MOMENTUM_SHARE


def _told(volume: Volume, look: _Look, usual: Baseline) -> Spike:
    """The start of a spike, told over the time its mentions really took, to the next quarter of an hour."""
    first = min(a.seen for a in look.arrivals)
    minutes = min(look.window / timedelta(minutes=1), 15 * ceil((volume.now - first) / timedelta(minutes=15)))
    span = timedelta(minutes=max(15, minutes))
    return Spike(
        client_id=volume.client_id,
        watch_id=volume.watch_id,
        state=SpikeState.STARTED,
        at=volume.now,
        started=volume.now,
        observed=len(look.arrivals),
        expected=usual.expected(volume.now - span, volume.now),
        window_minutes=int(span / timedelta(minutes=1)),
        probability=look.probability,
        authors=_authors(look.arrivals),
        sites=_sites(look.arrivals),
        copies=sum(a.copy for a in look.arrivals),
        peak=len(look.arrivals),
        little_history=volume.past_days < LITTLE_HISTORY_DAYS,
        stories=_stories(look.arrivals),
        negative=_negative(look.arrivals),
    )


def _escalate(volume: Volume, active: Spike, usual: Baseline) -> Spike | None:
    """Twice the largest count told, over a window at least as long as the one that told it."""
    least = timedelta(minutes=active.window_minutes)
    window = next((w for w in WINDOWS if w >= max(least, CALM_WINDOW)), WINDOWS[-1])
    arrivals = _within(volume, window)
    if len(arrivals) < 2 * active.peak or _authors(arrivals) <= 1:
        return None
    mean = usual.expected(volume.now - window, volume.now)
    return replace(
        active,
        state=SpikeState.ESCALATED,
        at=volume.now,
        observed=len(arrivals),
        expected=mean,
        window_minutes=int(window / timedelta(minutes=1)),
        probability=_chance(_weight(arrivals), mean, usual, urgent=volume.urgent_share),
        authors=_authors(arrivals),
        sites=_sites(arrivals),
        copies=sum(a.copy for a in arrivals),
        peak=len(arrivals),
        stories=_stories(arrivals),
        negative=_negative(arrivals),
    )


def _calm(volume: Volume, usual: Baseline) -> bool:
    """Whether three hours hold about the usual, and did half an hour ago."""
    ends = (volume.now, volume.now - CALM_FOR)
    return all(_count(volume, end) <= _usual_at_most(usual, end) for end in ends)


def _count(volume: Volume, end: datetime) -> int:
    return sum(end - CALM_WINDOW < a.seen <= end for a in volume.arrivals)


def _usual_at_most(usual: Baseline, end: datetime) -> int:
    mean = usual.expected(end - CALM_WINDOW, end)
    return int(mean + 2 * sqrt(mean))


def _over(volume: Volume, active: Spike) -> Spike:
    """The end, with the counts of the whole spike as far as a day goes back."""
    since = min(active.started, active.at) - timedelta(minutes=active.window_minutes)
    arrivals = tuple(a for a in volume.arrivals if since < a.seen <= volume.now)
    return replace(
        active,
        state=SpikeState.OVER,
        at=volume.now,
        observed=max(len(arrivals), active.observed),
        authors=max(_authors(arrivals), active.authors),
        sites=max(_sites(arrivals), active.sites),
        copies=max(sum(a.copy for a in arrivals), active.copies),
        stories=_stories(arrivals) or active.stories,
    )


def _stories(arrivals: Iterable[Arrival]) -> tuple[int, ...]:
    """Largest first, the earlier of equals."""
    count = Counter(arrival.story_id for arrival in arrivals)
    return tuple(sorted(count, key=lambda story: (-count[story], story)))


def _negative(arrivals: Sequence[Arrival]) -> bool:
    return 2 * sum(a.points >= BAD for a in arrivals) >= len(arrivals)
