"""How many items a second `veille replay` plays: made items of a few sentences, at three rates and as a whole feed.

usage: bench/replay.py [ITEMS] [JOBS]   (default 5,000 of each kind; as many processes as cores)
Words are drawn from a vocabulary of 6,000 made-up ones beside common French ones, so that stories stay small as they
are in life; one item in twelve complains; authors and sites vary. Of the feed, nine items in ten concern nobody.
The bar is 1,000 items a second. `alone`: CPU seconds of one process that does all; `main`: those of the process that
holds the clock, when others read ahead; `wall`: by the clock on the wall, their start included. Starting is told apart.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from veille.replay.ahead import cores
from veille.replay.items import Item, item_of
from veille.replay.run import run
from veille.replay.scene import of_query

RATES = (1, 20, 150)
#: Items of the feed for each that concerns the client, and how many do so a day.
FEED, FEED_RATE = 10, 20
BAR = 1000
BEGINS = datetime(2026, 1, 5, tzinfo=UTC)
QUERY = "Floréal"

_SYLLABLES = [first + second for first in ("b", "ch", "d", "f", "gr", "l", "m", "pl", "tr", "v") for second in "aeio"]
_COMMON = (
    *("la", "le", "les", "un", "une", "des", "et", "à", "en", "pour", "avec", "sur", "est", "sont", "pas", "plus"),
    *("très", "bien", "livraison", "commande", "bouquet", "fleurs", "magasin", "service", "client", "merci", "hier"),
)
_ANGRY = (
    "Toujours rien reçu et personne ne répond, c'est honteux",
    "Les fleurs sont arrivées fanées, je demande un remboursement",
    "Débité deux fois : une arnaque",
)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one replay: of this process's CPU, and on the wall."""

    cpu: float
    wall: float


def main() -> int:
    """Prints a line a kind of items."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    jobs = int(sys.argv[2]) if len(sys.argv) > 2 else cores()
    first = tuple(made(1, 1))
    begun = timed(first, jobs=1)
    print(f"start: {time.process_time():.1f} s of CPU before the first item is played, imports included;")
    print(f"       {begun.cpu:.2f} s of it for the parts of a replay. {number:,} items of each kind, {jobs} processes.")
    print(f"{'items a second':<34} {'alone':>7} {'main':>7} {'wall':>7}   bar {BAR:,}")
    for name, items in kinds(number):
        alone, together = timed(items, jobs=1), timed(items, jobs=jobs)
        rates = (number / alone.cpu, number / together.cpu, number / together.wall)
        print(f"{name:<34} " + " ".join(f"{rate:7.0f}" for rate in rates), flush=True)
    return 0


def timed(items: Sequence[Item], *, jobs: int) -> Took:
    """One replay of these items; its events go nowhere."""
    scene = of_query(QUERY, items)
    cpu, wall = time.process_time(), time.perf_counter()
    run(scene, items, tell=lambda event: None, jobs=jobs)
    return Took(time.process_time() - cpu, time.perf_counter() - wall)


def kinds(number: int) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Items of each kind, with its name."""
    for rate in RATES:
        yield f"all mentions, {rate} a day", tuple(made(rate, number))
    yield f"a feed: one in {FEED} a mention, {FEED_RATE} a day", tuple(feed(number))


def feed(number: int) -> Iterator[Item]:
    """Items of which few concern the client."""
    for n, item in enumerate(made(FEED * FEED_RATE, number)):
        others = item.entry.text.replace(QUERY, "Avis")
        yield item if n % FEED == 0 else replace(item, entry=replace(item.entry, text=others))


def made(rate: float, number: int) -> Iterator[Item]:
    """Items in order, the same in each run."""
    rng = random.Random(f"replay {rate}")
    words = ["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(6000)]
    at = BEGINS
    for n in range(number):
        at += timedelta(days=rng.expovariate(rate))
        yield item_of(
            {
                "published": at.isoformat(),
                "url": f"https://site{rng.randrange(12)}.example/{n}",
                "text": said(rng, words),
                "author": f"auteur {rng.randrange(10_000)}",
            }
        )


def said(rng: random.Random, words: list[str]) -> str:
    """Three sentences."""
    drawn = [rng.choice(_COMMON if rng.random() < 0.5 else words) for _ in range(rng.randint(18, 48))]
    third = len(drawn) // 3
    parts = [" ".join(drawn[start : start + third]).capitalize() for start in range(0, 3 * third, third)]
    if rng.random() < 1 / 12:
        parts.insert(0, rng.choice(_ANGRY))
    return f"{QUERY} : " + ". ".join(parts) + "."


if __name__ == "__main__":
    raise SystemExit(main())
