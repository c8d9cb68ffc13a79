"""What a watch usually gets: a rate, the shape of its week, how it strays, how bad it is, and how odd a count is.

Counts are Gamma-Poisson: the usual rate is itself uncertain (little past) and restless (days differ more
than chance alone makes them), and both make a large count less surprising.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, zip_longest
from math import exp, inf, lgamma, log, log1p
from statistics import fmean, median, pvariance

from veille.model.volume import BANDS, Past, Volume

HOUR = timedelta(hours=1)
WEEK = 168
#: A Monday at midnight: hours of the week are counted from it.
_MONDAY = datetime(2024, 1, 1, tzinfo=UTC).timestamp()
#: Mentions that the shapes of day, week and hour of the week are shrunk with: a quiet watch has no known hours.
SHRINK_HOURS, SHRINK_DAYS, SHRINK_CELL = 48.0, 84.0, 12.0
MONTH = timedelta(days=30)
#: No watch is steadier than this when it comes to silences: holidays, seasons.
RESTLESS = 8.0
#: The past starts as one day with so many mentions, so that an empty one is not a rate of 0.
PRIOR_MENTIONS = 0.3
PRIOR_DAYS = 1.0
#: A past day beyond so many times the median day is left out: last month's crisis is not the usual.
CAP_TIMES, CAP_PLUS = 4, 5
#: Of so many mentions of a watch without past, this share is at least so severe, by band.
PRIOR_SEVERE = 20.0
SEVERE = (1.0, 0.75, 0.35, 0.2, 0.12, 0.08, 0.055, 0.04, 0.03, 0.02, 0.013)


#: How probably two bad mentions of a day share their story: of so many pairs this share, and never less than that.
PRIOR_PAIRS, ALIKE, LEAST_ALIKE = 20.0, 0.15, 0.03
#: How the mentions of an angry crowd spread over the bands: many are worded mildly, or beside the matter. What lies
#: below the mild band tells nothing.
MILD_BAND = 3
CROWD = (0.05, 0.12, 0.09, 0.13, 0.10, 0.08, 0.07, 0.11, 0.08, 0.07, 0.10)
POWERS = (0.4, 0.55, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The usual of a watch."""

    per_hour: float
    #: Mentions expected from Monday midnight UTC to the beginning of each hour of the week, and of the whole week last.
    week: tuple[float, ...]
    #: The Gamma shape of the rate of a day, and of an hour for what is not glad; infinite = plain Poisson.
    shape: float
    hourly_shape: float
    #: By band: the share of mentions at least so severe, and the mentions that it was learnt from.
    severe: tuple[float, ...]
    behind: tuple[float, ...]
    #: By band: what a mention says for an angry crowd against the usual, the logarithm of the odds, 0 at least.
    tells: tuple[float, ...] = ()
    #: How probably two such mentions of a day are of one story.
    alike: float = 1.0
    #: (power, moment): what the usual mention's odds come to on the whole, raised to a power, less one.
    powers: tuple[tuple[float, float], ...] = ()

    def expected(self, start: datetime, end: datetime) -> float:
        """Mentions to be expected in [start, end)."""
        return self.until(end) - self.until(start)

    def until(self, at: datetime) -> float:
        """Mentions to be expected from a far Monday to this moment."""
        return self.at(at.timestamp())

    def at(self, second: float) -> float:
        """The same for a Unix time."""
        weeks, hours = divmod((second - _MONDAY) / 3600, WEEK)
        place = int(hours)
        begun = self.week[place]
        return weeks * self.week[WEEK] + begun + (hours - place) * (self.week[place + 1] - begun)


def expected(volume: Volume, window: timedelta) -> float:
    """Mentions to be expected in the `window` that ends now."""
    return baseline(volume.past).expected(volume.now - window, volume.now)


@lru_cache(maxsize=1024)
def baseline(past: Past) -> Baseline:
    """The usual, learnt from a past: its calm days, weighed by what is known of them."""
    sums = list(map(sum, past.hours))
    calm = _calm(past, sums)
    totals = [sums[place] for place, _ in calm]
    mentions, days = sum(totals), len(calm) / 24
    per_hour = (mentions + PRIOR_MENTIONS) / (days + PRIOR_DAYS) / 24
    begun = past.until - HOUR * len(past.hours)
    cells = [(begun.weekday() * 24 + begun.hour + place) % WEEK for place, _ in calm]
    factors = _factors(totals, cells, per_hour)
    sober = [total - hour[0] for total, (_, hour) in zip(totals, calm, strict=True)]
    unsure = 1 / (mentions + PRIOR_MENTIONS)
    severe, behind = _severe([hour for _, hour in calm])
    tells, powers = _odds(severe)
    return Baseline(
        per_hour=per_hour,
        week=tuple(accumulate((per_hour * factor for factor in factors), initial=0.0)),
        shape=1 / (1 / _restlessness(_by_day(totals)) + unsure),
        hourly_shape=1 / (1 / _hourly_restlessness(sober, cells, factors) + unsure),
        severe=severe,
        behind=behind,
        tells=tells,
        powers=powers,
        alike=_alike(past),
    )


def silence(usual: Baseline, since: datetime, now: datetime) -> float:
    """How many silences as long as this one a month would bring by chance."""
    mean = usual.expected(since, now)
    shape = min(usual.shape, RESTLESS)
    return MONTH / max(now - since, HOUR) * exp(-shape * log1p(mean / shape))


def tail(count: float, *, mean: float, shape: float = inf) -> float:
    """P(X >= count) of a negative binomial with this mean and Gamma shape; Poisson when it is infinite."""
    least = int(count) + (count > int(count))
    if least <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if least > mean + 1:
        return _upper(least, mean, shape)
    below = sum(exp(_log_mass(k, mean, shape)) for k in range(least))
    return max(0.0, 1 - below)


def least_tail(count: float, *, mean: float, shape: float = inf) -> float:
    """A bound that the tail is never below: its first term."""
    least = int(count) + (count > int(count))
    return exp(_log_mass(least, mean, shape)) if least > 0 else 1.0


def _upper(least: int, mean: float, shape: float) -> float:
    """The tail summed from its first term, which carries nearly all of it."""
    term = total = exp(_log_mass(least, mean, shape))
    k = least
    while term > total * 1e-6 and k < least + 100_000:
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


_Hour = tuple[int, tuple[int, ...]]


def _calm(past: Past, totals: Sequence[int]) -> list[_Hour]:
    """The hours, numbered, of the days that no spike and no storm covers; all of them when few would be left.

    `totals`: the mentions of each hour.
    """
    numbered = list(enumerate(past.hours))
    first = len(numbered) % 24
    days = [numbered[start : start + 24] for start in range(first, len(numbered), 24)]
    quiet = [day for day in days if past.spiked.isdisjoint(place for place, _ in day)]
    quiet = quiet if 2 * len(quiet) >= len(days) else days
    sums = [sum(totals[day[0][0] : day[-1][0] + 1]) for day in quiet]
    cap = CAP_TIMES * median(sums) + CAP_PLUS if sums else inf
    kept = [day for day, total in zip(quiet, sums, strict=True) if total <= cap]
    return [*numbered[:first], *(hour for day in kept for hour in day)]


def _factors(totals: Sequence[int], cells: Sequence[int], rate: float) -> list[float]:
    """A factor an hour of the week: hour of the day by day of the week, and the cell itself where it is well known."""
    by_hour = _shape(totals, [cell % 24 for cell in cells], 24, SHRINK_HOURS, [rate] * len(totals))
    by_day = _shape(totals, [cell // 24 for cell in cells], 7, SHRINK_DAYS, [rate] * len(totals))
    product = [by_day[cell // 24] * by_hour[cell % 24] for cell in range(WEEK)]
    means = [rate * product[cell] for cell in cells]
    own = _shape(totals, cells, WEEK, SHRINK_CELL * WEEK, means)
    return [factor * more for factor, more in zip(product, own, strict=True)]


def _shape(
    totals: Sequence[int], kinds_of: Sequence[int], kinds: int, shrink: float, means: Sequence[float]
) -> list[float]:
    """Observed over expected, a kind of hour each, shrunk towards 1."""
    seen, hoped = [0.0] * kinds, [0.0] * kinds
    for count, kind, mean in zip(totals, kinds_of, means, strict=True):
        seen[kind] += count
        hoped[kind] += mean
    share = shrink / kinds
    return [(seen[k] + share) / (hoped[k] + share) for k in range(kinds)]


def _by_day(totals: Sequence[int]) -> list[int]:
    return [sum(totals[start : start + 24]) for start in range(len(totals) % 24, len(totals), 24)]


def _restlessness(totals: Sequence[float]) -> float:
    """The Gamma shape that makes days differ as they do, by moments; infinite when chance alone would."""
    if len(totals) < 3:
        return inf
    mean = fmean(totals)
    excess = pvariance(totals) - mean
    return mean * mean / excess if excess > 0 else inf


def _hourly_restlessness(counts: Sequence[float], cells: Sequence[int], factors: Sequence[float]) -> float:
    """The same for hours, each against its own mean: sum of squared means over the excess of squared differences."""
    if len(counts) < 3 * 24:
        return inf
    scale = sum(counts) / (sum([factors[cell] for cell in cells]) or 1)
    means = [scale * factors[cell] for cell in cells]
    excess = sum([(count - mean) ** 2 - mean for count, mean in zip(counts, means, strict=True)])
    return sum([mean * mean for mean in means]) / excess if excess > 0 else inf


def _severe(hours: Sequence[tuple[int, ...]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """By band, the share at least so severe and the mentions behind it."""
    found = [sum(band) for band in zip_longest(*hours, (0,) * BANDS, fillvalue=0)]
    above = list(accumulate(reversed(found)))[::-1]
    behind = tuple(PRIOR_SEVERE * share + number for share, number in zip(SEVERE, above, strict=True))
    return tuple(number / behind[0] for number in behind), behind


def _alike(past: Past) -> float:
    """How probably two bad mentions of a day share their story, learnt from the past."""
    same, pairs = past.pairs
    return max(LEAST_ALIKE, (same + PRIOR_PAIRS * ALIKE) / (pairs + PRIOR_PAIRS))


def _odds(severe: Sequence[float]) -> tuple[tuple[float, ...], tuple[tuple[float, float], ...]]:
    """What each band tells, never more than a worse one; and what the usual mention tells, raised to powers."""
    shares = [one - worse for one, worse in zip(severe, (*severe[1:], 0.0), strict=True)]
    odds = [max(0.0, log(angry / share)) for angry, share in zip(CROWD, shares, strict=True)]
    rising = list(accumulate(reversed(odds), min))[::-1]
    tells = tuple(told if band >= MILD_BAND else 0.0 for band, told in enumerate(rising))
    moments = (sum(s * exp(power * told) for s, told in zip(shares, tells, strict=True)) - 1 for power in POWERS)
    return tells, tuple(zip(POWERS, moments, strict=True))
