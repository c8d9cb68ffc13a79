"""Months of small French brands: texts, authors, sites, nights, contests, flooders, reprints, bad buzzes."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import Any

HOUR = timedelta(hours=1)
START = datetime(2027, 1, 4, tzinfo=UTC)
BRAND = "Maison Orvane"
#: Share of each kind of the calm stream.
CALM = {"praise": 0.29, "question": 0.27, "news": 0.37, "mild": 0.065, "cross": 0.005}
SITES = (
    "facebook.com",
    "x.com",
    "instagram.com",
    "mastodon.social",
    "bsky.app",
    "forum-conso.fr",
    "avis-vrais.fr",
    "reddit.com",
    "journal-ouest.fr",
    "blog-famille.fr",
    "trustville.com",
    "maville.info",
)
SITE_WEIGHTS = (20, 12, 10, 8, 7, 8, 10, 6, 6, 5, 5, 3)
#: Share of a buzz's posts that are hard to read as angry: no strong word in them.
HARD = 0.25
#: A buzz grows for so long at twice the posts each half hour, then halves every so often.
GROWS, HALVES, MOST = 4 * HOUR, 2 * HOUR, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message."""

    at: datetime
    kind: str
    text: str
    author: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Buzz:
    """When the first angry post came, and when the posts came fastest."""

    first: datetime
    peak: datetime


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The parts that messages are made of."""
    with (Path(__file__).parent / "brand_texts.toml").open("rb") as file:
        return tomllib.load(file)


def text(kind: str, rng: random.Random) -> str:
    """A message of this kind (`calm.praise`, `angry.buzz`...)."""
    group, _, name = kind.partition(".")
    parts = words()[group][name]
    said = " ".join(rng.choice(parts[part]) for part in ("open", "core", "close")).strip()
    fill = {"b": BRAND, "p": rng.choice(words()["products"]["words"]), "v": rng.choice(words()["products"]["towns"])}
    for name, word in {**fill, "n": str(rng.randrange(3, 40))}.items():
        said = said.replace("{" + name + "}", word)
    return said[:1].upper() + said[1:]


def message(at: datetime, kind: str, rng: random.Random, *, author: str = "", site: str = "") -> Said:
    """A message by one of many, on one of the sites."""
    who = author or f"{rng.choice(('lea', 'tom', 'ines', 'paul', 'zoe', 'marc'))}_{rng.randrange(100_000)}"
    where = site or rng.choices(SITES, SITE_WEIGHTS)[0]
    return Said(at=at, kind=kind, text=text(kind, rng), author=who, site=where)


def months(
    rate: float, rng: random.Random, *, past: int = 28, days: int = 30, buzzes: int = 3
) -> tuple[list[Said], list[Buzz]]:
    """A past without buzz and a month with some, in order of time, at about `rate` mentions a day."""
    end = START + timedelta(days=past + days)
    found = list(calm(rate, end, rng))
    moments = []
    for number in range(buzzes):
        begins = START + timedelta(days=past + 2 + number * days / max(1, buzzes) + rng.random() * 5)
        posts = list(spread(begins, rng))
        peak = begins + GROWS
        moments.append(Buzz(first=posts[0].at, peak=peak))
        found += posts
    return sorted(found, key=lambda said: said.at), moments


def calm(rate: float, end: datetime, rng: random.Random) -> Iterator[Said]:
    """The usual stream: nights, weekends, days that differ, a contest a week, a flooder, reprints."""
    kinds, weights = [f"calm.{k}" for k in CALM], list(CALM.values())
    at, day, mood = START, -1, 1.0
    while (at := at + timedelta(days=rng.expovariate(rate * 3))) < end:
        if (at - START).days != day:
            day, mood = (at - START).days, rng.gammavariate(6, 1 / 6)
        if rng.random() < mood * shape(at) / 3:
            yield message(at, rng.choices(kinds, weights)[0], rng)
    for week in range((end - START).days // 7):
        yield from _contest(START + timedelta(days=7 * week + 3, hours=17), rate, rng)
        if rng.random() < 0.25:
            yield from _flooder(START + timedelta(days=7 * week + rng.random() * 7), rng)
        if rng.random() < 0.5:
            yield from _reprints(START + timedelta(days=7 * week + rng.randrange(5), hours=7 + rng.random() * 3), rng)


def shape(at: datetime) -> float:
    """How much is said at this hour of the week, about 1 on the whole."""
    hour = 0.15 if at.hour < 6 else 1.5 if 7 <= at.hour < 21 else 0.8
    return hour * (0.75 if at.weekday() > 4 else 1.1)


def _contest(at: datetime, rate: float, rng: random.Random) -> Iterator[Said]:
    for _ in range(rng.randrange(1, 3 + int(rate**0.7))):
        yield message(at + timedelta(hours=rng.expovariate(0.5)), "calm.contest", rng, site="facebook.com")


def _flooder(at: datetime, rng: random.Random) -> Iterator[Said]:
    who, site = f"grincheux_{rng.randrange(1000)}", rng.choice(SITES)
    for number in range(rng.randrange(3, 9)):
        yield message(at + timedelta(minutes=4 * number), "angry.buzz", rng, author=who, site=site)


def _reprints(at: datetime, rng: random.Random) -> Iterator[Said]:
    same = text("calm.news", rng)
    for number in range(rng.randrange(2, 5)):
        said = message(at + timedelta(minutes=7 * number), "calm.news", rng, site=f"gazette-{number}.fr")
        yield Said(at=said.at, kind="copy" if number else "calm.news", text=same, author="", site=said.site)


def spread(first: datetime, rng: random.Random) -> Iterator[Said]:
    """A buzz: the n-th angry post comes when a crowd doubling each half hour reaches n; then it dies away."""
    yield _angry(first, rng)
    count = 1.0
    while True:
        count += rng.gammavariate(4, 1 / 4)
        after = HOUR / 2 * log2(count)
        if after > GROWS or _pace(after) > MOST:
            break
        yield _angry(first + after, rng)
    at = first + after
    while (pace := MOST * 0.5 ** ((at - first - after) / HALVES)) > 0.2:
        at += timedelta(hours=rng.expovariate(pace))
        yield _angry(at, rng)


def _pace(after: timedelta) -> float:
    return 2 * 4 ** (after / HOUR)


def _angry(at: datetime, rng: random.Random) -> Said:
    return message(at, "angry.hard" if rng.random() < HARD else "angry.buzz", rng)
