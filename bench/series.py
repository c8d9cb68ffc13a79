"""The scores of `veille replay --counts` on brands of the Numenta Anomaly Benchmark, beside those published.

usage: bench/series.py             data from $VEILLE_DATA (default ../shared/data)
Counts of mentions on Twitter every five minutes, five brands, 17 labelled windows; nab_score.py, of the same
folder, gives each profile its best threshold over all series. Then the same without one brand at a time, on
thinned and roughened counts, and backwards, where no setting was chosen; and rows a second. Last, the alarm
column on simulated counts every five minutes: two mentions a day, then fifty over 24 hours.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from types import ModuleType

from veille.analysis.series import Point, judge

DATA = Path(os.environ.get("VEILLE_DATA", "../shared/data")) / "spikes"
PROFILES = ("standard", "low_fp", "low_fn")
GOAL = (87, 81, 91)
PUBLISHED = {
    "ARTime": (86.6, 80.1, 91.1),
    "Numenta HTM": (80.3, 77.2, 83.0),
    "contextOSE": (76.8, 76.2, 78.6),
    "earthgecko Skyline": (71.9, 48.3, 81.3),
    "relative entropy": (65.3, 59.7, 69.0),
    "Twitter ADVec": (51.8, 25.1, 62.0),
    "windowed Gaussian": (47.9, 0.3, 65.3),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """One series with the windows that its labels name."""

    times: tuple[datetime, ...]
    values: tuple[float, ...]
    windows: tuple[tuple[datetime, datetime], ...]


def main() -> int:
    """Prints every table; 1 when a goal is missed, 2 when the data are absent."""
    if not DATA.is_dir():
        print(f"no data in {DATA.resolve()}: set VEILLE_DATA", file=sys.stderr)
        return 2
    judged = load(DATA / "nab_score.py")
    brands = read(judged)
    began = time.process_time()
    scored = told(brands)
    rate = sum(len(brand.values) for brand in brands.values()) / (time.process_time() - began)
    ours = [judged.best(scored, profile) for profile in PROFILES]
    print(f"{'':24}" + "".join(f"{profile:>10}" for profile in PROFILES))
    line("veille --counts", [found[0] for found in ours])
    line("goal: more than", GOAL)
    for name, figures in PUBLISHED.items():
        line(name, figures)
    for profile, (_, threshold, false, hit, of) in zip(PROFILES, ours, strict=True):
        print(f"{profile}: best threshold {threshold:.2f}, {false} false rows, {hit} of {of} windows")
    alarms(brands)
    print(f"{rate:,.0f} rows a second of CPU")
    left_out(judged, brands)
    changed(judged, brands)
    surge()
    return int(any(found[0] <= goal for found, goal in zip(ours, GOAL, strict=True)))


def line(name: str, figures: Sequence[float]) -> None:
    """One row of the table."""
    print(f"{name:24}" + "".join(f"{figure:10.1f}" for figure in figures), flush=True)


def alarms(brands: Mapping[str, Brand]) -> None:
    """What the alarm column says: how often it rings, and within labelled windows."""
    rung = days = inside = 0
    for brand in brands.values():
        rows = [at for at, row in zip(brand.times, judge(points(brand)), strict=True) if row.alarm]
        rung += len(rows)
        inside += sum(any(a <= at <= b for a, b in brand.windows) for at in rows)
        days += (brand.times[-1] - brand.times[0]).days
    print(f"alarm column: {rung} alarms in {days} days of brands, {inside} of them in labelled windows")


def left_out(judged: ModuleType, brands: Mapping[str, Brand]) -> None:
    """The score without each brand."""
    for name in brands:
        rest = told({other: brand for other, brand in brands.items() if other != name})
        line(f"without {name.removeprefix('Twitter_volume_').removesuffix('.csv')}", scores(judged, rest))


def changed(judged: ModuleType, brands: Mapping[str, Brand]) -> None:
    """The score when the same series come otherwise."""
    rng = random.Random(1)
    ways: dict[str, Callable[[float], float]] = {
        "three in ten counted": lambda value: float(sum(rng.random() < 0.3 for _ in range(int(value)))),
        "each row times .5 to 2": lambda value: float(round(value * 2 ** rng.uniform(-1, 1))),
        "heavier tails (^1.15)": lambda value: float(round(value**1.15)),
        "lighter tails (^.85)": lambda value: float(round(value**0.85)),
        "hundredfold": lambda value: value * 100,
    }
    for name, way in ways.items():
        line(name, scores(judged, told({n: shaped(brand, way) for n, brand in brands.items()})))
    line("backwards", scores(judged, told({n: backwards(brand) for n, brand in brands.items()})))


def surge(streams: int = 60) -> None:
    """From the start of fifty mentions over a day to the alarm; alarms at any other time after a fortnight."""
    delays, false = [], 0
    for seed in range(streams):
        rng = random.Random(seed)
        start = 288 * 40 + rng.randrange(288)
        rates = ((52 if start <= row < start + 288 else 2) / 288 for row in range(288 * 60))
        counts = [float(sum(rng.random() < rate / 3 for _ in range(3))) for rate in rates]
        rung = [row for row, answer in enumerate(judge(evenly(counts))) if answer.alarm]
        delays.append(min((row + 1 - start for row in rung if start <= row < start + 288), default=10**6) * 5)
        false += sum(row >= 288 * 14 and not start <= row < start + 288 * 1.5 for row in rung)
    a_month = false / streams / (60 - 14 - 1.5) * 30
    print(f"50 over 24 h on 2 a day: median {median(delays):.0f} min, {a_month:.2f} false a month, {streams} streams")
    print("  goal 105 min at .1; told the true rates 91; a 3 h Poisson tail 127")


def evenly(counts: Sequence[float]) -> list[Point]:
    """One row every five minutes."""
    first = datetime(2027, 1, 4)
    return [Point(first + timedelta(minutes=5) * row, count) for row, count in enumerate(counts)]


def shaped(brand: Brand, way: Callable[[float], float]) -> Brand:
    """The brand with each value changed."""
    return Brand(times=brand.times, values=tuple(way(value) for value in brand.values), windows=brand.windows)


def backwards(brand: Brand) -> Brand:
    """The last row first, the moments kept."""
    there = dict(zip(brand.times, reversed(brand.times), strict=True))
    return Brand(
        times=brand.times,
        values=brand.values[::-1],
        windows=tuple((there[b], there[a]) for a, b in reversed(brand.windows)),
    )


Scored = dict[str, tuple[Sequence[datetime], list[float], Sequence[tuple[datetime, datetime]]]]


def told(brands: Mapping[str, Brand]) -> Scored:
    """The scores as the benchmark wants them."""
    return {
        name: (brand.times, [row.score for row in judge(points(brand))], brand.windows)
        for name, brand in brands.items()
    }


def scores(judged: ModuleType, series: Scored) -> list[float]:
    """Of the three profiles."""
    return [judged.best(series, profile)[0] for profile in PROFILES]


def points(brand: Brand) -> list[Point]:
    """As the detector reads them."""
    return [Point(at, value) for at, value in zip(brand.times, brand.values, strict=True)]


def read(judged: ModuleType) -> dict[str, Brand]:
    """Every series that has labels."""
    return {
        name: brand_of(DATA / name, judged, spans)
        for name, spans in json.loads((DATA / "windows.json").read_text()).items()
    }


def brand_of(path: Path, judged: ModuleType, spans: Sequence[Sequence[str]]) -> Brand:
    """One series of the folder."""
    with path.open() as file:
        rows = list(csv.DictReader(file))
    return Brand(
        times=tuple(judged.when(row["timestamp"]) for row in rows),
        values=tuple(float(row["value"]) for row in rows),
        windows=tuple((judged.when(a), judged.when(b)) for a, b in spans),
    )


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
