"""The oddest crowd that ends now: so many people, or people who tell so much, within so short a time.

Every arrival is a look. Three crowds are looked for, over every time from a quarter of an hour to a day:

*Many* people who are not glad, whatever they say. Given that one arrives now, chance brings k - 1 others within the
time that they took with a known probability.

*Angry* people. What a mention tells is the logarithm of its band's odds, in an angry crowd against the watch's own
past; what chance tells within a time has a known law (Chernoff's bound of a compound count). Two furious
people within the hour and sixty annoyed ones in a day are weighed on one scale.

*One story* that angry people tell. Chance seldom brings several of them with the same story, however usual the sum of
all is; how seldom is learnt from the watch's own past.

The probability times the looks of a month is the alarms a month that this very sight would give: its *cost*. The
scan takes the cheapest of each kind. Simulated months calibrate what the many sights cost together (bench/spikes.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log1p, sqrt
from operator import itemgetter

from veille.analysis.volume import Baseline, least_tail, tail
from veille.model.volume import BAD_BAND, Arrival, Volume

MONTH_HOURS = 30 * 24
#: Independent looks at a long time in its own length: sliding it a little shows the same mentions again.
LOOKS_PER_WINDOW = 4
#: Copies show speed, not opinions.
COPY_WEIGHT = 0.3
#: A site whose mentions name no author is so many authors at most, and a story that is told calmly so many people.
NAMELESS, TOLD_BY = 5, 2
#: What a sight costs more for being one of many; an angry one this part of the square root of a month's arrivals (of
#: few arrivals still less: they bring few kinds of crowds, and the least numbers keep them calm).
MANY_TIMES, ANGRY_PARTS, SEVERAL_ANGRY, LEAST_TIMES = 1.2, 200.0, 25.0, 0.018
#: Of so many a month and more there are more kinds of crowds that chance can bring.
SEVERAL = 3
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
#: The bound is worth nothing where so much of the usual's own straying would be needed.
NEARLY = 0.95

#: A story is a crowd from so many people on, and costs so much more for being one of many.
STORY_PEOPLE, STORY_TIMES = 3, 2.0

Timed = tuple[float, Arrival]


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
    #: The one story that grows (None = the watch as a whole).
    story: int | None = None

    @property
    def angry(self) -> bool:
        """Whether it is odd by what is said in it, not only by how many say something."""
        return self.band >= BAD_BAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is left out of a scan and what is expected beside the usual, for what was told already."""

    #: What was seen up to these moments is left out: of all, and of what is counted whatever it says.
    since: datetime | None = None
    many_since: datetime | None = None
    #: So many times the usual is expected: of what is angry, and of all.
    echo: float = 1.0
    many_echo: float = 1.0


NOTHING = Known()


def scan(volume: Volume, usual: Baseline, *, most: float, known: Known = NOTHING) -> Sequence[Sight]:
    """The oddest sights of each kind that end now and cost at most `most` alarms a month: angry ones first."""
    loudest = _loudest(volume)
    if not loudest:
        return ()
    timed = spans(volume, since=known.since)
    found = [_many(timed, volume, usual, most=most, known=known)]
    if usual.tells[loudest] > 0:
        found.append(_angry(timed, volume, usual, most=most, echo=known.echo))
    if loudest >= BAD_BAND:
        for story, told in _growing(timed):
            found.append(_told_of(story, told, volume, usual, most=most, echo=known.echo))
    return sorted((sight for sight in found if sight), key=lambda sight: (not sight.angry, sight.cost))


def _loudest(volume: Volume) -> int:
    """The worst band of the last quarter of an hour: a crowd of worse ones was looked at before."""
    after, worst = volume.now.timestamp() - LEAST_SECONDS, 0
    for arrival in reversed(volume.arrivals):
        if arrival.second < after:
            break
        worst = max(worst, arrival.band)
    return worst


def _many(timed: Sequence[Timed], volume: Volume, usual: Baseline, *, most: float, known: Known) -> Sight | None:
    """The oddest number of people who are not glad."""
    best: Sight | None = None
    heard: set[object] = set()
    told: Counter[int] = Counter()
    after = known.many_since.timestamp() if known.many_since else 0.0
    count, oldest = 0.0, float(LEAST_SECONDS)
    now, until = volume.now.timestamp(), usual.until(volume.now)
    for seconds, arrival in timed:
        oldest = max(oldest, now - arrival.second + arrival.late)
        if not arrival.band or arrival.second <= after:
            continue
        author = _author(arrival, heard)
        calm = arrival.band < BAD_BAND
        if author in heard or (calm and told[arrival.story_id] >= TOLD_BY):
            continue
        heard.add(author)
        told[arrival.story_id] += calm
        count += COPY_WEIGHT if arrival.copy else 1.0
        if count < 2 or (count >= EACH and int(count) % ONE_IN):
            continue
        mean = known.many_echo * usual.severe[1] * (until - usual.at(now - oldest))
        if count - 1 > mean:
            best = _crowded(usual, count, mean=mean, seconds=seconds, most=best.cost if best else most) or best
    return best


def _crowded(usual: Baseline, count: float, *, mean: float, seconds: float, most: float) -> Sight | None:
    """So many in so long, if they cost at most so much."""
    seconds = max(seconds, LEAST_SECONDS)
    if count < FEW and seconds > FEW_SECONDS:
        return None
    shape = min(usual.hourly_shape if seconds <= SHORT_SECONDS else usual.shape, CALM_SHAPE)
    arrivals = max(LEAST_LOOKS, usual.severe[1] * usual.per_hour * MONTH_HOURS)
    looks = MANY_TIMES * (1 + sqrt(arrivals / SEVERAL)) * _looks(arrivals, seconds)
    if looks * least_tail(count - 1, mean=mean, shape=shape) > most:
        return None
    chance = tail(count - 1, mean=mean, shape=shape)
    return _sight(seconds, 1, looks, chance) if looks * chance <= most else None


def _angry(timed: Iterable[Timed], volume: Volume, usual: Baseline, *, most: float, echo: float) -> Sight | None:
    """The oddest sum of what people tell."""
    best: Sight | None = None
    heard: dict[object, float] = {}
    told, number, calm, oldest = 0.0, 0, 0.0, float(LEAST_SECONDS)
    now, until = volume.now.timestamp(), usual.until(volume.now)
    for seconds, arrival in timed:
        oldest = max(oldest, now - arrival.second + arrival.late)
        author = _author(arrival, heard)
        before, tells = heard.get(author, -1.0), usual.tells[arrival.band]
        if tells <= before:
            continue
        heard[author] = tells
        weight = COPY_WEIGHT if arrival.copy else 1.0
        calm += weight * ((tells == 0) - (before == 0))
        told += weight * (tells - max(0.0, before))
        number += tells > 0 >= before
        if tells > 0 and number >= 2:
            mean = max(echo * (until - usual.at(now - oldest)), calm)
            best = _telling(usual, told, number, mean=mean, seconds=seconds, most=best.cost if best else most) or best
    return best


def _telling(usual: Baseline, told: float, number: int, *, mean: float, seconds: float, most: float) -> Sight | None:
    """So much told by so many in so long, if they cost at most so much."""
    seconds = max(seconds, LEAST_SECONDS)
    if number < FEW and seconds > FEW_SECONDS:
        return None
    arrivals = max(LEAST_LOOKS, usual.per_hour * MONTH_HOURS)
    times = max(LEAST_TIMES, min(arrivals / SEVERAL_ANGRY, sqrt(arrivals)) / ANGRY_PARTS)
    looks = times * _looks(arrivals, seconds)
    shape = 1 / (1 / usual.behind[BAD_BAND] + 1 / BAD_SHAPE)
    if looks * exp(-usual.powers[-1][0] * told) > most:
        return None
    chance = 1.0
    for power, moment in usual.powers:
        grown = mean * moment / shape
        if grown < NEARLY:
            chance = min(chance, (1 + moment) * exp(-power * told - shape * log1p(-grown)))
    return _sight(seconds, BAD_BAND, looks, chance) if looks * chance <= most else None


def _told_of(
    story: int, timed: Sequence[Timed], volume: Volume, usual: Baseline, *, most: float, echo: float
) -> Sight | None:
    """The oddest number of people who tell one story badly; more of them than tell it calmly."""
    best: Sight | None = None
    bad: set[object] = set()
    calm: set[object] = set()
    count, oldest = 0.0, float(LEAST_SECONDS)
    now, until = volume.now.timestamp(), usual.until(volume.now)
    arrivals = max(LEAST_LOOKS, usual.severe[BAD_BAND] * usual.per_hour * MONTH_HOURS)
    shape = 1 / (1 / usual.behind[BAD_BAND] + 1 / BAD_SHAPE)
    for seconds, arrival in timed:
        oldest = max(oldest, now - arrival.second + arrival.late)
        heard = bad if arrival.band >= BAD_BAND else calm
        author = _author(arrival, heard)
        if author in heard:
            continue
        heard.add(author)
        count += (COPY_WEIGHT if arrival.copy else 1.0) * (heard is bad)
        if heard is calm or len(bad) < STORY_PEOPLE or count <= len(calm):
            continue
        span = max(seconds, LEAST_SECONDS)
        mean = echo * (until - usual.at(now - oldest)) * usual.severe[BAD_BAND] * usual.alike
        chance, looks = tail(count - 1, mean=mean, shape=shape), STORY_TIMES * _looks(arrivals, span)
        if looks * chance <= (best.cost if best else most):
            best = _sight(span, BAD_BAND, looks, chance, story=story)
    return best


def _looks(arrivals: float, seconds: float) -> float:
    """Looks of a month at such times, of a watch with so many arrivals a month."""
    return min(arrivals, LOOKS_PER_WINDOW * MONTH_HOURS * 3600 / seconds)


def _sight(seconds: float, band: int, looks: float, chance: float, *, story: int | None = None) -> Sight:
    span = timedelta(seconds=seconds) + ROUNDING
    return Sight(span=span, band=band, cost=looks * chance, probability=chance, story=story)


def _growing(timed: Sequence[Timed]) -> Iterator[tuple[int, list[Timed]]]:
    """The stories that someone told badly within the last quarter of an hour, each with its arrivals."""
    lately = {a.story_id for seconds, a in timed if seconds <= LEAST_SECONDS and a.band >= BAD_BAND}
    for story in sorted(lately):
        found = [pair for pair in timed if pair[1].story_id == story]
        if len(found) >= STORY_PEOPLE:
            yield story, found


def spans(volume: Volume, *, since: datetime | None = None) -> list[Timed]:
    """The arrivals of a day with the shortest time that holds each, in seconds, the shortest first.

    That is: seen within it, published within twice it. What was a day old when it was seen is no news.
    """
    now = volume.now.timestamp()
    after = now - DAY_SECONDS if since is None else max(now - DAY_SECONDS, since.timestamp())
    ages = [(now - a.second, a) for a in reversed(volume.arrivals) if after < a.second <= now and a.late < DAY_SECONDS]
    found = [(age if age > a.late else (age + a.late) / 2, a) for age, a in ages]
    return sorted((pair for pair in found if pair[0] < DAY_SECONDS), key=itemgetter(0))


def people(arrivals: Iterable[Arrival]) -> int:
    """How many wrote them; a site that names none is a few at most."""
    heard: set[object] = set()
    for arrival in arrivals:
        heard.add(_author(arrival, heard))
    return len(heard)


def _author(arrival: Arrival, heard: Iterable[object]) -> object:
    """Who wrote it; of a site that names none, one not `heard` yet, while they are few."""
    if arrival.author:
        return arrival.author
    site = arrival.site
    place = next((n for n in range(NAMELESS) if (site, n) not in heard), NAMELESS - 1)
    return site, place
