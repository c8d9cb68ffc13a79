"""What a watch usually gets: a rate, its daily and weekly shape, how it strays, and how odd a count is.

Counts are Gamma-Poisson: the usual rate is itself uncertain (little past) and restless (days differ more
than chance alone makes them), and both make a large count less surprising.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import exp, inf, lgamma, log, log1p
from statistics import fmean, median, pvariance

from veille.model.volume import Volume

HOUR = timedelta(hours=1)
#: Mentions that the shape of day and week is shrunk with: a quiet watch has no known hours.
SHRINK_HOURS = 48.0
SHRINK_DAYS = 84.0
#: The past starts as one day with so many mentions, so that an empty one is not a rate of 0.
PRIOR_MENTIONS = 0.3
PRIOR_DAYS = 1.0
#: A past day counts at most so many times the median day: last month's crisis is not the usual.
CAP_TIMES, CAP_PLUS = 4, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The usual of a watch."""

    per_hour: float
    #: Factors for the hours of a UTC day and for the days of a week (Monday first), mean about 1.
    hours: tuple[float, ...]
    days: tuple[float, ...]
    #: The Gamma shape of the rate; infinite = plain Poisson.
    shape: float

    def expected(self, start: datetime, end: datetime) -> float:
        """Mentions to be expected in [start, end)."""
        total, at = 0.0, start
        while at < end:
            upto = min(end, at.replace(minute=0, second=0, microsecond=0) + HOUR)
            total += (upto - at) / HOUR * self.hours[at.hour] * self.days[at.weekday()]
            at = upto
        return total * self.per_hour


def expected(volume: Volume, window: timedelta) -> float:
    """Mentions to be expected in the `window` that ends now."""
    return baseline(volume.past, volume.recent_from).expected(volume.now - window, volume.now)


@lru_cache(maxsize=256)
def baseline(past: tuple[int, ...], until: datetime) -> Baseline:
    """The usual, learnt from hourly counts, oldest first; the last hour ends at `until` (aware UTC)."""
    calm = _calm(past)
    mentions, days = sum(calm), len(calm) / 24
    per_hour = (mentions + PRIOR_MENTIONS) / (days + PRIOR_DAYS) / 24
    starts = [until - HOUR * (len(calm) - place) for place in range(len(calm))]
    return Baseline(
        per_hour=per_hour,
        hours=_shape(calm, [start.hour for start in starts], kinds=24, shrink=SHRINK_HOURS, rate=per_hour),
        days=_shape(calm, [start.weekday() for start in starts], kinds=7, shrink=SHRINK_DAYS, rate=per_hour),
        shape=1 / (1 / _restlessness(calm) + 1 / (mentions + PRIOR_MENTIONS)),
    )


def tail(count: float, *, mean: float, shape: float = inf) -> float:
    """P(X >= count) of a negative binomial with this mean and Gamma shape; Poisson when it is infinite."""
    least = int(count) + (count > int(count))
    if least <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    below = sum(exp(_log_mass(k, mean, shape)) for k in range(least))
    if below < 0.99:
        return max(0.0, 1 - below)
    return _upper(least, mean, shape)  # 1 - below would be rounding


def _upper(least: int, mean: float, shape: float) -> float:
    """The tail summed from its first term, which carries nearly all of it."""
    term = total = exp(_log_mass(least, mean, shape))
    k = least
    while term > total * 1e-12 and k < least + 100_000:
        ratio = mean / (k + 1) if shape == inf else (k + shape) / (k + 1) * mean / (mean + shape)
        term *= ratio
        total += term
        k += 1
    return min(1.0, total)


def _log_mass(k: int, mean: float, shape: float) -> float:
    if shape == inf:
        return k * log(mean) - mean - lgamma(k + 1)
    stretch = lgamma(k + shape) - lgamma(shape) - lgamma(k + 1)
    return stretch - shape * log1p(mean / shape) + k * (log(mean) - log(mean + shape))


def _calm(past: Sequence[int]) -> list[float]:
    """The past with its wildest days scaled down to the cap."""
    days = [past[start : start + 24] for start in range(len(past) % 24, len(past), 24)]
    cap = CAP_TIMES * median([sum(day) for day in days]) + CAP_PLUS if days else inf
    calm: list[float] = list(past[: len(past) % 24])
    for day in days:
        scale = min(1.0, cap / (sum(day) or 1))
        calm += [hour * scale for hour in day]
    return calm


def _shape(
    past: Sequence[float], kinds_of: Sequence[int], *, kinds: int, shrink: float, rate: float
) -> tuple[float, ...]:
    """Observed over expected, a kind of hour each, shrunk towards 1."""
    seen, hours = [0.0] * kinds, [0] * kinds
    for count, kind in zip(past, kinds_of, strict=True):
        seen[kind] += count
        hours[kind] += 1
    share = shrink / kinds
    return tuple((seen[k] + share) / (hours[k] * rate + share) for k in range(kinds))


def _restlessness(past: Sequence[float]) -> float:
    """The Gamma shape that makes days differ as they do, by moments; infinite when chance alone would."""
    totals = [sum(past[start : start + 24]) for start in range(len(past) % 24, len(past), 24)]
    if len(totals) < 3:
        return inf
    mean = fmean(totals)
    excess = pvariance(totals) - mean
    return mean * mean / excess if excess > 0 else inf
