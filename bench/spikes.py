"""Spikes on simulated months of brands, and the same statistics on the brand series of the Numenta benchmark.

usage: bench/spikes.py [STREAMS]   data from $VEILLE_DATA (default ../shared/data); without it, the simulation alone.
Simulated: a Poisson stream half as dense at night, 8 % urgent mentions, three bad buzzes a month whose
posts double every 30 minutes, half of them angry. The delay runs from the first angry post. A false alarm
is a start within no buzz. The other products' rules were measured elsewhere, on other streams of this kind.
Numenta: counts every 5 minutes, hourly sums against the same hour of the days before, one row an alarm.
Indication only: `detect` needs authors and sites, which these series do not have.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import random
import sys
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from math import inf, log10
from pathlib import Path
from statistics import fmean, median
from types import ModuleType

from veille.analysis.spike import detect
from veille.analysis.volume import tail
from veille.model.volume import Arrival, Spike, SpikeState, Volume
from veille.model.watch import SpikeLimits

DATA = Path(os.environ.get("VEILLE_DATA", "../shared/data"))
HOUR = timedelta(hours=1)
START = datetime(2027, 1, 4, tzinfo=UTC)
PAST, MONTH = 28, 30
RATES = {
    0.5: "60 min, 0 false (Huginn); 48, 0 (Meltwater)",
    3: "60, .2; 48, .8",
    20: "85, 3.6; 69, 17",
    150: "161, .4; 140, 5",
}
#: Rows of five minutes in which an alarm silences lesser ones.
REST = 288
Look = tuple[datetime, int | None]


def main() -> int:
    """Prints both tables."""
    streams = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    print(f"{'a day':>6} {'caught':>8} {'delay':>7} {'false/month':>12}  other products: delay, false a month")
    for rate, bars in RATES.items():
        runs = [
            month(rate, random.Random(f"{rate}-{seed}"))
            for seed in range(streams if rate < 100 else max(1, streams // 3))
        ]
        delays = [delay for found, _ in runs for delay in found if delay < inf]
        asked = 3 * len(runs)
        false = fmean(wrong for _, wrong in runs)
        print(f"{rate:6} {len(delays):5}/{asked:<2} {median(delays):7.0f} {false:12.2f}  {bars}", flush=True)
    if (DATA / "spikes").is_dir():
        numenta()
    return 0


def month(rate: float, rng: random.Random) -> tuple[list[float], int]:
    """(minutes from the first angry post to the alarm, infinite when missed; false alarms) of one month."""
    buzzes = [START + timedelta(days=PAST + 3 + 9 * n + rng.random() * 4) for n in range(3)]
    looks = sorted([*calm(rate, rng), *(post for buzz in buzzes for post in spread(buzz, rng))], key=lambda p: p[0])
    starts = live([said(at, points, rng) for at, points in looks])
    found = [min((s - b for s in starts if b <= s <= b + 18 * HOUR), default=None) for b in buzzes]
    wrong = sum(not any(b <= s <= b + 18 * HOUR for b in buzzes) for s in starts)
    return [inf if d is None else d / timedelta(minutes=1) for d in found], wrong


def calm(rate: float, rng: random.Random) -> Iterator[Look]:
    """The usual stream."""
    at = START
    while (at := at + timedelta(days=rng.expovariate(rate * 1.2))) < START + timedelta(days=PAST + MONTH):
        if 7 <= at.hour < 23 or rng.random() < 0.5:
            yield at, 70 if rng.random() < 0.08 else 15


def spread(start: datetime, rng: random.Random) -> Iterator[Look]:
    """A buzz of six hours: the first angry post, then twice as many every half hour, up to 40 an hour."""
    yield start, 75
    hours = 0.0
    while (hours := hours + rng.expovariate(min(2 * 4**hours, 40.0))) < 6:
        yield start + hours * HOUR, rng.choice((75, 25))


def said(at: datetime, points: int | None, rng: random.Random) -> Arrival:
    """One mention among 10,000 authors and 12 sites, seen at once."""
    return Arrival(
        mention_id=0,
        story_id=0,
        published=at,
        seen=at,
        author=f"a{rng.randrange(10_000)}",
        site=f"s{rng.randrange(12)}",
        points=points or 0,
    )


def live(arrivals: Sequence[Arrival]) -> list[datetime]:
    """When spikes start, looking at every arrival and every half hour after the past."""
    seen = [arrival.seen for arrival in arrivals]
    beats = [START + timedelta(days=PAST) + HOUR / 2 * n for n in range(MONTH * 48)]
    looks = sorted({*beats, *(at for at in seen if at >= beats[0])})
    active: Spike | None = None
    starts = []
    for now in looks:
        recent = arrivals[bisect_right(seen, now - 24 * HOUR) : bisect_right(seen, now)]
        change = detect(volume(arrivals, recent, now), active, limits=SpikeLimits())
        active = change or active
        if change and change.state is SpikeState.STARTED:
            starts.append(now)
    return starts


def volume(arrivals: Sequence[Arrival], recent: Sequence[Arrival], now: datetime) -> Volume:
    """As the store would count it, the past moving on at midnight."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) - 24 * HOUR
    key = (id(arrivals), midnight)
    if key not in _PASTS:
        _PASTS.clear()
        _PASTS[key] = hours_of(arrivals, midnight)
    return Volume(
        client_id="bench",
        watch_id="bench",
        now=now,
        past=_PASTS[key],
        recent_from=midnight,
        arrivals=tuple(recent),
        urgent_share=0.08,
    )


_PASTS: dict[tuple[int, datetime], tuple[int, ...]] = {}


def hours_of(arrivals: Sequence[Arrival], until: datetime) -> tuple[int, ...]:
    """Mentions an hour over the 28 days before."""
    counts = [0] * (PAST * 24)
    first = until - PAST * 24 * HOUR
    for arrival in arrivals:
        place = (arrival.published - first) // HOUR
        if 0 <= place < len(counts):
            counts[place] += 1
    return tuple(counts)


def numenta() -> None:
    """The three profiles on the five series."""
    judge = load(DATA / "spikes" / "nab_score.py")
    windows = json.loads((DATA / "spikes" / "windows.json").read_text())
    series = {}
    for name, spans in windows.items():
        with (DATA / "spikes" / name).open() as file:
            rows = list(csv.DictReader(file))
        times = [judge.when(row["timestamp"]) for row in rows]
        scores = scored(times, [float(row["value"]) for row in rows])
        series[name] = times, scores, [(judge.when(a), judge.when(b)) for a, b in spans]
    for profile, bar in (("standard", 86.6), ("low_fp", 80.1), ("low_fn", 91.1)):
        score, threshold, false, hit, of = judge.best(series, profile)
        detail = f"threshold {threshold:.3f}, false rows {false}, hit {hit}/{of}"
        print(f"NAB {profile:9} {score:5.1f}  ARTime {bar}  ({detail})")


def scored(times: Sequence[datetime], values: Sequence[float]) -> list[float]:
    """0-1 a row, online: how odd the last hour is; a row no odder than those of the last day gets nothing."""
    past: defaultdict[int, deque[float]] = defaultdict(lambda: deque(maxlen=14 * 12))
    every = Moments(14 * 288)
    hour: deque[float] = deque(maxlen=12)
    recent: deque[float] = deque(maxlen=REST)
    scores = []
    for at, value in zip(times, values, strict=True):
        hour.append(value)
        total = sum(hour)
        odd = oddity(total, list(past[at.hour]), every)
        scores.append(odd / (odd + 10) if odd > max(recent, default=0.0) else 0.0)
        recent.append(odd)
        past[at.hour].append(total)
        every.add(total)
    return scores


class Moments:
    """Mean and variance of the last values, kept up as they come."""

    def __init__(self, size: int) -> None:
        self.values: deque[float] = deque(maxlen=size)
        self._sum = self._squares = 0.0

    def add(self, value: float) -> None:
        """One more, the oldest forgotten when full."""
        if len(self.values) == self.values.maxlen:
            self._sum -= self.values[0]
            self._squares -= self.values[0] ** 2
        self.values.append(value)
        self._sum += value
        self._squares += value * value

    @property
    def mean(self) -> float:
        """Of the values held."""
        return self._sum / len(self.values)

    @property
    def variance(self) -> float:
        """Of the values held, as a whole population."""
        return max(0.0, self._squares / len(self.values) - self.mean**2)


def oddity(total: float, same_hour: Sequence[float], every: Moments) -> float:
    """-log10 of the chance of so much in an hour."""
    if len(every.values) < 288:
        return 0.0
    mean = (sum(same_hour) + every.mean * 12) / (len(same_hour) + 12)
    excess = every.variance - every.mean
    chance = tail(total, mean=max(mean, 0.5), shape=mean * mean / excess if excess > 0 else inf)
    return -log10(max(chance, 1e-300))


def load(path: Path) -> ModuleType:
    """The benchmark's own scoring."""
    spec = importlib.util.spec_from_file_location("nab_score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    raise SystemExit(main())
