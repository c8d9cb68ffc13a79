"""The oddest crowd that ends now: so many people, at least so angry, within so short a time.

Every arrival is a look. Given that a mention at least this severe arrives now, chance brings k - 1 others as severe
within the time that they took with a known probability; times the arrivals of such mentions in a month, it is
the alarms a month that this very sight would give: its *cost*. The scan takes the cheapest over all severities,
numbers and times up to a day, so that two furious people within the hour and sixty calm ones in a day are weighed
on one scale. Simulated months calibrate what the many sights cost together (bench/spikes.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from operator import itemgetter

from veille.analysis.volume import Baseline, least_tail, tail
from veille.model.volume import BAD_BAND, BANDS, Arrival, Volume

MONTH_HOURS = 30 * 24
#: Independent looks at a long time in its own length: sliding it a little shows the same mentions again.
LOOKS_PER_WINDOW = 4
#: Copies show speed, not opinions.
COPY_WEIGHT = 0.3
#: A site whose mentions name no author is so many authors at most.
NAMELESS = 5
#: What a sight costs more for being one of many, by the least severe that it counts: all, not glad, bad.
GLAD_TIMES, CALM_TIMES, BAD_TIMES = 12.0, 1.2, 5.0
#: Of so many a month and more there are more kinds of crowds that chance can bring.
MANY = 3
#: Rates and shares change from hour to hour more than the past shows: no count is surer than this.
CALM_SHAPE, BAD_SHAPE = 3.0, 2.0
#: Beyond this time the shape of the days says how counts stray, below it that of the hours.
SHORT_SECONDS = 8 * 3600
#: No crowd is looked at within less: two mentions of one minute are no more than two of one quarter.
LEAST_SECONDS = 15 * 60
#: Such mentions come so often a month at least, however calm the past.
LEAST_LOOKS = 0.1
#: Fewer people than this are a crowd within such a time only: a rumour that takes longer is no rumour yet.
FEW, FEW_SECONDS = 4, 3 * 3600
DAY_SECONDS = 24 * 3600
#: Seconds as fractions and as microseconds differ by so much at most.
ROUNDING = timedelta(milliseconds=1)
#: Below this number each one is looked at, above it one in so many.
EACH, ONE_IN = 12, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A crowd and how odd it is."""

    #: How long it took.
    span: timedelta
    #: Only mentions from this band on are in it.
    band: int
    #: Alarms a month that sights as odd as this would give.
    cost: float
    #: Of so many others by chance.
    probability: float
    #: Mentions that were to be expected in the span.
    expected: float


def scan(
    volume: Volume, usual: Baseline, *, most: float, since: datetime | None = None, echo: float = 1.0
) -> Sight | None:
    """The oddest sight that ends now and costs at most `most` alarms a month; None when there is none.

    What was seen up to `since` is left out; `echo` times the usual is expected.
    """
    best: Sight | None = None
    counts = [0.0] * BANDS
    heard: dict[object, int] = {}
    now, oldest, until = volume.now.timestamp(), float(LEAST_SECONDS), usual.until(volume.now)
    for seconds, arrival in spans(volume, since=since):
        oldest = max(oldest, now - arrival.second + arrival.late)
        author, band = _author(arrival, heard), arrival.band
        known = heard.get(author, -1)
        if band <= known:
            continue
        heard[author] = band
        weight = COPY_WEIGHT if arrival.copy else 1.0
        mean = echo * (until - usual.at(now - oldest))
        for severe in range(known + 1, band + 1):
            count = counts[severe] = counts[severe] + weight
            if count >= 2 and count - 1 > mean * usual.severe[severe] and (count < EACH or not int(count) % ONE_IN):
                span = max(seconds, LEAST_SECONDS)
                sight = _sight(usual, severe, count, mean=mean, seconds=span, most=best.cost if best else most)
                best = sight or best
    return best


def _sight(usual: Baseline, band: int, count: float, *, mean: float, seconds: float, most: float) -> Sight | None:
    """So many in so long, if they cost at most so much."""
    mean *= usual.severe[band]
    others = count - 1
    if count < FEW and seconds > FEW_SECONDS:
        return None
    arrivals = max(LEAST_LOOKS, usual.severe[band] * usual.per_hour * MONTH_HOURS)
    times = BAD_TIMES if band >= BAD_BAND else CALM_TIMES if band else GLAD_TIMES
    times *= 1 + sqrt(arrivals / MANY)
    looks = times * min(arrivals, LOOKS_PER_WINDOW * MONTH_HOURS * 3600 / seconds)
    shape = _shape(usual, band, seconds)
    if looks * least_tail(others, mean=mean, shape=shape) > most:
        return None
    chance = tail(others, mean=mean, shape=shape)
    if looks * chance > most:
        return None
    span = timedelta(seconds=seconds) + ROUNDING
    return Sight(span=span, band=band, cost=looks * chance, probability=chance, expected=mean)


def _shape(usual: Baseline, band: int, seconds: float) -> float:
    """How the counts of such mentions stray, as a Gamma shape."""
    if band >= BAD_BAND:
        return 1 / (1 / usual.behind[band] + 1 / BAD_SHAPE)
    strays = usual.hourly_shape if seconds <= SHORT_SECONDS else usual.shape
    return min(strays, CALM_SHAPE) if band else min(usual.shape, usual.hourly_shape, CALM_SHAPE)


def spans(volume: Volume, *, since: datetime | None = None) -> list[tuple[float, Arrival]]:
    """The arrivals of a day with the shortest time that holds each, in seconds, the shortest first.

    That is: seen within it, published within twice it. What was a day old when it was seen is no news.
    """
    now = volume.now.timestamp()
    after = now - DAY_SECONDS if since is None else max(now - DAY_SECONDS, since.timestamp())
    ages = [(now - a.second, a) for a in volume.arrivals if after < a.second <= now and a.late < DAY_SECONDS]
    found = [(age if age > a.late else (age + a.late) / 2, a) for age, a in ages]
    return sorted((pair for pair in found if pair[0] < DAY_SECONDS), key=itemgetter(0))


def people(arrivals: Iterable[Arrival]) -> int:
    """How many wrote them; a site that names none is a few at most."""
    heard: dict[object, int] = {}
    for arrival in arrivals:
        heard.setdefault(_author(arrival, heard), 0)
    return len(heard)


def _author(arrival: Arrival, heard: dict[object, int]) -> object:
    if arrival.author:
        return arrival.author
    site = arrival.site
    place = next((n for n in range(NAMELESS) if (site, n) not in heard), NAMELESS - 1)
    return site, place
