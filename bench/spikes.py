"""Spikes on simulated months of small French brands: caught, delay, false alarms; then the cost of a look.

usage: bench/spikes.py [STREAMS] [--replay]
Texts, authors, sites and buzzes are drawn by bench/brand_months.py and scored by veille. The detector looks at every
arrival, and each half hour while a spike runs; with --replay one month of each rate goes through `veille replay`.
A delay runs from the first angry post; an alarm is true up to 12 hours after the peak. Then counts alone: 50 neutral
mentions over a day on a base of 2 a day. The other products' rules were measured elsewhere, on streams of this kind.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from math import inf
from pathlib import Path
from statistics import fmean, median

from brand_months import BRAND, HOUR, START, Buzz, Said, months, text

from veille.analysis.spike import detect
from veille.analysis.urgency import score
from veille.model.entry import Entry
from veille.model.volume import BAD_BAND, BANDS, Arrival, Past, Spike, SpikeState, Volume
from veille.model.watch import SpikeLimits

DAY = 24 * HOUR
MINUTE = timedelta(minutes=1)
PAST, MONTH = 28, 30
#: Mentions a day: the median delay asked for, and what other products' rules do.
RATES = {
    0.5: (35, "Huginn 60 min, 0 false; Meltwater 48, 0"),
    3: (35, "60, .2; 48, .8"),
    20: (50, "85, 3.6; 69, 17"),
    150: (90, "161, .4; 140, 5"),
}
BUDGETS = (0.1, 1.0, 4.0)
SURGE, BASE = 50, 2.0


@dataclass(slots=True)
class Lived:
    """What a month came to: starts and what the looks cost."""

    starts: list[datetime] = field(default_factory=list)
    #: Those that ring: a calm crowd waits for the digest.
    loud: list[datetime] = field(default_factory=list)
    crises: list[tuple[datetime, datetime]] = field(default_factory=list)
    last: Spike | None = None
    looks: int = 0
    seconds: float = 0.0


def main() -> int:
    """Prints the tables."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    streams = numbers[0] if numbers else 12
    print(f"{'a day':>6} {'caught':>8} {'delay':>6} {'asked':>6} {'false/month':>12} {'µs/look':>8}  other products")
    for rate, (asked, bars) in RATES.items():
        rate_of(rate, asked, bars, count=_fewer(rate, streams))
    print("\nfalse alarms a month at a budget of" + "".join(f"{budget:>7g}" for budget in BUDGETS))
    for rate in RATES:
        every = [fmean(_false(rate, budget, seed) for seed in range(_fewer(rate, streams))) for budget in BUDGETS]
        print(f"{rate:>34} a day" + "".join(f"{false:7.2f}" for false in every), flush=True)
    counts_alone(streams * 8)
    if "--replay" in sys.argv:
        replayed()
    return 0


def _fewer(rate: float, streams: int) -> int:
    return streams if rate < 20 else max(2, streams // 2) if rate < 100 else max(1, streams // 6)


def rate_of(rate: float, asked: int, bars: str, *, count: int) -> None:
    """One line of the first table."""
    delays, false, looks, seconds = [], 0, 0, 0.0
    for seed in range(count):
        said, buzzes = months(rate, random.Random(f"{rate}-{seed}"))
        lived = live(arrivals(said, random.Random(seed)), SpikeLimits())
        delays += delays_of(lived.starts, buzzes)
        false += false_of(lived.starts, buzzes)
        looks, seconds = looks + lived.looks, seconds + lived.seconds
    caught = sum(delay < inf for delay in delays)
    shown = f"{rate:6} {caught:5}/{len(delays):<2} {median(delays):6.0f} {asked:6} {false / count:12.2f}"
    print(f"{shown} {seconds / looks * 1e6:8.0f}  {bars}", flush=True)


def _false(rate: float, budget: float, seed: int) -> int:
    said, buzzes = months(rate, random.Random(f"{rate}-{seed}-b"), buzzes=0)
    return false_of(live(arrivals(said, random.Random(seed)), SpikeLimits(alarms_per_month=budget)).starts, buzzes)


def delays_of(starts: Sequence[datetime], buzzes: Sequence[Buzz]) -> list[float]:
    """Minutes from the first angry post of each buzz to the alarm, infinite when it was missed."""
    found = [min((s - b.first for s in starts if _true(s, b)), default=None) for b in buzzes]
    return [inf if delay is None else delay / MINUTE for delay in found]


def false_of(starts: Sequence[datetime], buzzes: Sequence[Buzz]) -> int:
    """How many starts belong to no buzz."""
    return sum(not any(_true(start, buzz) for buzz in buzzes) for start in starts)


def _true(start: datetime, buzz: Buzz) -> bool:
    return buzz.first <= start <= buzz.peak + 12 * HOUR


def arrivals(said: Sequence[Said], rng: random.Random) -> list[Arrival]:
    """The messages, seen at once, each with the points and tone of one of its kind."""
    return [_arrival(number, one, rng) for number, one in enumerate(said)]


def _arrival(number: int, said: Said, rng: random.Random) -> Arrival:
    copy = said.kind == "copy"
    points, tone = rng.choice(pool("calm.news" if copy else said.kind))
    return Arrival(
        mention_id=number,
        story_id=number,
        published=said.at,
        seen=said.at,
        author=said.author,
        site=said.site,
        points=points,
        tone=tone,
        copy=copy,
    )


@lru_cache
def pool(kind: str, size: int = 300) -> list[tuple[int, float]]:
    """Points and tone of messages of a kind, scored once."""
    rng = random.Random(kind)
    entries = (Entry(key="", text=text(kind, rng), language="fr") for _ in range(size))
    return [(found.points, found.tone) for found in (score(entry, place="social") for entry in entries)]


def live(seen: Sequence[Arrival], limits: SpikeLimits) -> Lived:
    """Looks at every arrival after the past, and each half hour while a spike runs."""
    lived = Lived()
    past: Past | None = None
    times = [arrival.seen for arrival in seen]
    for now in _looks(times, lived):
        active = lived.last
        until = _learnt_until(now)
        if past is None or past.until != until:
            past = learnt(seen, times, until, lived.crises)
        recent = tuple(seen[bisect_right(times, now - DAY) : bisect_right(times, now)])
        volume = Volume(client_id="bench", watch_id="bench", now=now, past=past, arrivals=recent)
        began = time.process_time()
        change = detect(volume, active if active and _remembered(active, now) else None, limits=limits)
        lived.seconds, lived.looks = lived.seconds + time.process_time() - began, lived.looks + 1
        _note(lived, change)
    return lived


def _looks(times: Sequence[datetime], lived: Lived) -> Iterator[datetime]:
    begin, end = START + PAST * DAY, START + (PAST + MONTH) * DAY
    now = begin
    for at in (at for at in times if begin <= at < end):
        while (spike := lived.last) and spike.state is not SpikeState.OVER and now + HOUR / 2 < at:
            yield (now := now + HOUR / 2)
        yield (now := at)


def _learnt_until(now: datetime) -> datetime:
    return now.replace(hour=now.hour // 6 * 6, minute=0, second=0, microsecond=0) - DAY


def _remembered(spike: Spike, now: datetime) -> bool:
    return spike.state is not SpikeState.OVER or now - spike.at <= 2 * DAY


def _note(lived: Lived, change: Spike | None) -> None:
    lived.last = change or lived.last
    if change and change.state is SpikeState.STARTED:
        lived.starts.append(change.at)
        lived.loud += [change.at] * change.negative
    if change and change.state is SpikeState.OVER:
        lived.crises.append((change.started - change.window_minutes * MINUTE, change.at))


def learnt(
    seen: Sequence[Arrival], times: Sequence[datetime], until: datetime, crises: Sequence[tuple[datetime, datetime]]
) -> Past:
    """What the store would keep of them."""
    since = until - PAST * DAY
    hours = [[0] * BANDS for _ in range(PAST * 24)]
    for arrival in seen[bisect_right(times, since) : bisect_right(times, until)]:
        hours[min(len(hours) - 1, (arrival.seen - since) // HOUR)][arrival.band] += 1
    covered = {n for a, b in crises for n in range((a - since) // HOUR, (b - since) // HOUR + 1) if n >= 0}
    told = [a for a in seen[bisect_right(times, since) : bisect_right(times, until)] if a.band >= BAD_BAND]
    return Past(until=until, hours=tuple(map(tuple, hours)), spiked=frozenset(covered), pairs=pairs(told))


def pairs(bad: Sequence[Arrival]) -> tuple[int, int]:
    """Of the bad mentions of each day, two at a time: how many share their story, and how many there are."""
    days: Counter[object] = Counter(a.published.date() for a in bad)
    stories: Counter[object] = Counter((a.published.date(), a.story_id) for a in bad)
    same, every = (sum(n * (n - 1) // 2 for n in found.values()) for found in (stories, days))
    return same, every


def counts_alone(streams: int) -> None:
    """A surge of neutral mentions, at a tenth of an alarm a month; the delay runs from the beginning of the surge."""
    delays, false, end = [], 0, START + (PAST + MONTH) * DAY
    for seed in range(streams):
        rng = random.Random(seed)
        begins = end - (1 + rng.random()) * DAY
        base = (START + rng.random() * (PAST + MONTH) * DAY for _ in range(round(BASE * (PAST + MONTH))))
        surge = (begins + rng.random() * DAY for _ in range(SURGE))
        said = [_neutral(number, at, rng) for number, at in enumerate(sorted([*base, *surge]))]
        starts = live(said, SpikeLimits(alarms_per_month=0.1)).starts
        delays.append(min(((s - begins) / MINUTE for s in starts if s >= begins), default=inf))
        false += sum(start < begins for start in starts)
    print(f"\ncounts alone, {SURGE} over 24 h on {BASE:g} a day, {false / streams:.2f} false a month: ", end="")
    print(f"median {median(delays):.0f} min (asked 105; told the true rates 91; Poisson tail of 3 h 127)")


def _neutral(number: int, at: datetime, rng: random.Random) -> Arrival:
    author, site = f"a{rng.randrange(10**6)}", f"s{rng.randrange(8)}.fr"
    return Arrival(
        mention_id=number, story_id=number, published=at, seen=at, author=author, site=site, points=2, tone=0.0
    )


def replayed() -> None:
    """One month of each rate through the command that users have."""
    print("\nthrough veille replay")
    for rate, (asked, _) in RATES.items():
        said, buzzes = months(rate, random.Random(f"{rate}-replay"), past=14)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "items.jsonl"
            file.write_text("".join(_item(number, one) for number, one in enumerate(said)), encoding="utf-8")
            query = ("--query", f'"{BRAND}"', "--format", "jsonl")
            command = [sys.executable, "-m", "veille", "replay", str(file), *query]
            began = time.perf_counter()
            out = subprocess.run(command, capture_output=True, check=True, text=True).stdout
            took = time.perf_counter() - began
        events = [json.loads(line) for line in out.splitlines()]
        starts = [datetime.fromisoformat(e["at"]) for e in events if e["event"] == "spike" and e["state"] == "started"]
        late = [start for start in starts if start >= said[0].at + 14 * DAY]
        shown = ", ".join(f"{delay:.0f}" for delay in delays_of(late, buzzes))
        print(
            f"{rate:6} delays {shown} (asked {asked}), false {false_of(late, buzzes)}, {len(said) / took:.0f} items/s"
        )


def _item(number: int, said: Said) -> str:
    url = f"https://{said.site}/p/{number}"
    fact = {"published": said.at.isoformat(), "url": url, "title": "", "text": said.text, "author": said.author}
    return json.dumps({**fact, "source": said.site, "lang": "fr"}, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
