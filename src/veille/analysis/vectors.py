"""TF-IDF among the texts of a file: rarity, weighed vectors, cosines, the share held, and words that liken nothing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: A text's tokens with their weights; the squares come to 1.
Vector = Mapping[str, float]
#: Texts read of those that hold a word, to see whether they are alike otherwise; and of how many texts at least.
_READ, _LEAST = 24, 3
#: Mean cosine, without the word, of texts that tell of one fact; what remains of a word whose texts are wholly unlike.
_ALIKE, _REMAINS = 0.25, 0.1
#: The share of a word's texts from which another word is its companion ("Star" of "Odet").
_COMPANION = 0.7
#: What a text must say for all of it in another to be proof: added to what it says.
_PROOF = 15.0


@dataclass(frozen=True, slots=True)
class Space:
    """Rarity of each token among the texts."""

    idf: Mapping[str, float]

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], *, imaginary: int = 0) -> Space:
        """Smoothed idf (Sparck Jones, 1972; 1 added to either count and to the result).

        `imaginary`: texts that hold none of the tokens, so that two texts alone are not thought to say nothing.
        """
        held = Counter(token for text in texts for token in set(text))
        return cls({token: math.log((1 + len(texts) + imaginary) / (1 + count)) + 1 for token, count in held.items()})

    def vector(self, tokens: Sequence[str]) -> Vector:
        """With sublinear counts, of length 1 (0 for no token)."""
        return unit(self.weighed(tokens))

    def weighed(self, tokens: Sequence[str]) -> Vector:
        """As `vector`, of whatever length."""
        return {token: (1 + math.log(count)) * self.idf[token] for token, count in Counter(tokens).items()}

    def muffled(self, texts: Sequence[Sequence[str]], plain: Space) -> list[Vector]:
        """The vectors of these texts by a `damped` space, at the lengths that the `plain` one has them of.

        Of a text that says a brand's name and one thing more, little is left, and that thing does not become all of it.
        """
        lengths = [math.sqrt(sum([value * value for value in plain.weighed(text).values()])) or 1.0 for text in texts]
        return [
            {token: value / length for token, value in self.weighed(text).items()}
            for text, length in zip(texts, lengths, strict=True)
        ]

    def damped(self, texts: Sequence[Sequence[str]], vectors: Sequence[Vector] = ()) -> Space:
        """Where a token weighs less the less its texts are alike without it: a brand's name, a town, the season.

        `vectors`: what else of these texts to see their likeness by.
        """
        vectors = vectors or [self.vector(text) for text in texts]
        holders: dict[str, list[Vector]] = {}
        for text, vector in zip(texts, vectors, strict=True):
            for token in dict.fromkeys(text):
                holders.setdefault(token, []).append(vector)
        return Space({token: value * _share(token, holders.get(token, [])) for token, value in self.idf.items()})


def unit(raw: Mapping[str, float]) -> Vector:
    """Scaled to length 1."""
    norm = math.sqrt(sum([value * value for value in raw.values()])) or 1.0
    return {token: value / norm for token, value in raw.items()}


def cosine(left: Vector, right: Vector) -> float:
    """0 to 1."""
    if len(left) > len(right):
        left, right = right, left
    return min(1.0, sum([value * right[token] for token, value in left.items() if token in right]))


def held(left: Sequence[str], right: Sequence[str], damped: Space, plain: Space) -> float:
    """The share of what the text that says less says that the other says too; little text proves little."""
    mine, theirs = (frozenset(tokens) for tokens in (left, right))
    least = min(sum([plain.idf[token] for token in tokens]) for tokens in (mine, theirs))
    return sum([damped.idf[token] for token in sorted(mine & theirs)]) / (least + _PROOF)


def grams(said: Sequence[str]) -> list[str]:
    """Runs of 3 to 5 characters within words, their bounds included."""
    padded = [f" {word} " for word in said]
    return [word[at : at + size] for word in padded for size in (3, 4, 5) for at in range(len(word) - size + 1)]


def _share(token: str, holders: Sequence[Vector]) -> float:
    """What remains of a token: all of it while few texts hold it."""
    if len(holders) < _LEAST:
        return 1.0
    read = holders[:: -(-len(holders) // _READ)]
    companions = _companions(token, read) | {token}
    total: dict[str, float] = {}
    alone = 0
    for vector in read:
        rest = unit({other: value for other, value in vector.items() if other not in companions})
        alone += bool(rest)
        for other, value in rest.items():
            total[other] = total.get(other, 0.0) + value
    pairs = len(read) * (len(read) - 1)
    alike = (sum(value * value for value in total.values()) - alone) / pairs
    return _REMAINS + (1 - _REMAINS) * min(1.0, max(0.0, alike) / _ALIKE)


def _companions(token: str, read: Sequence[Vector]) -> set[str]:
    """The other words of a name, and what goes with it everywhere; none where they are most of what is said."""
    if len(read) <= _LEAST:
        return set()
    in_common = Counter(other for vector in read for other in vector)
    found = {other for other, count in in_common.items() if count >= _COMPANION * len(read)}
    return found if 2 * len(found) * len(read) <= sum(in_common.values()) else set()
