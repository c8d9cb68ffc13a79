"""How many items a second `veille replay` plays: a fixed set of items of a few sentences, at three rates.

usage: bench/replay.py [ITEMS]   (default 20,000 at each rate; CPU seconds of this process, start not counted)
Words are drawn from a vocabulary of 6,000 made-up ones beside common French ones, so that stories stay small as they
are in life; one item in twelve complains; authors and sites vary. The bar is 1,000 items a second.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from veille.replay.items import Item, item_of
from veille.replay.run import run
from veille.replay.scene import of_query

RATES = (1, 20, 150)
BAR = 1000
BEGINS = datetime(2026, 1, 5, tzinfo=UTC)

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


def main() -> int:
    """Prints a line a rate."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{'a day':>6} {'items':>7} {'CPU s':>7} {'items/s':>8}  bar {BAR:,}/s")
    for rate in RATES:
        items = tuple(made(rate, number))
        scene = of_query("Floréal", items)
        began = time.process_time()
        run(scene, items, tell=lambda event: None)
        took = time.process_time() - began
        print(f"{rate:6} {number:7} {took:7.1f} {number / took:8.0f}", flush=True)
    return 0


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
    return "Floréal : " + ". ".join(parts) + "."


if __name__ == "__main__":
    raise SystemExit(main())
