"""The mentions that share words with a text, those first that share what says most."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from veille.store.words import Uses

#: The last mentions looked at for a word of a sketch.
PER_WORD = 64
#: The rarest words of a sketch, and the mentions looked at for each: a text cut short shares no rarer ones, and
#: among a million mentions even those come back every hour.
RAREST, PER_RARE = 4, 512
#: A mention that shares less than this share of what the sketch says is not read: one ordinary word of twelve.
LEAST_SHARE = 0.12
#: Among many mentions more share a word or two by chance: so much is added for each doubling past so many of a client,
#: up to two words and a half. A copy cut in half shares twice that.
MANY, MORE_SHARE, MOST_SHARE = 10_000, 0.02, 0.2


def sharing(
    met: Uses, sketch: Sequence[int], rarity: Sequence[float], *, least: int, last: int | None = None
) -> list[int]:
    """Numbers, from `least` to `last`, of the mentions that share enough of a sketch, whose words say `rarity` each.

    The rarest words come first; without a rarity all say the same.
    """
    says = rarity or (1.0,) * len(sketch)
    caps = [PER_RARE] * RAREST + [PER_WORD] * len(says)
    under = [met.latest(token, least=least, last=last, most=cap) for token, cap in zip(sketch, caps, strict=False)]
    enough = sum(says) * _least_share(met.texts)
    # Most share one word, which is seldom enough: sets tell them from the others sooner than sums do.
    seen: set[int] = set()
    shared: set[int] = set()
    for numbers, said in zip(under, says, strict=True):
        shared.update(numbers if said >= enough else seen.intersection(numbers))
        seen.update(numbers)
    sums = dict.fromkeys(shared, 0.0)
    for numbers, said in zip(under, says, strict=True):
        for number in shared.intersection(numbers):
            sums[number] += said
    return sorted((number for number in sums if sums[number] >= enough), key=lambda number: (-sums[number], -number))


def _least_share(texts: int) -> float:
    doublings = log2(texts / MANY) if texts > MANY else 0.0
    return min(MOST_SHARE, LEAST_SHARE + MORE_SHARE * doublings)
