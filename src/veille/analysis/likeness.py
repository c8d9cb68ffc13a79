"""How much two texts tell of one fact: the rare tokens they share, among all that they say.

A sum over shared tokens of rarity times both weights, divided by what each text says in all; a short text held by a
longer one is liker than a cosine would have it, and a text of three words is never wholly like another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from veille.analysis.corpus import CONCEPT_MARK, Corpus
from veille.analysis.fingerprint import NARROW, Print

#: Added to what each text says: little text proves little.
SHRINK = 8.0
#: 0 = the cosine, .5 = the share of the shorter text that the longer holds.
HOLDS = 0.15
#: Of several tellings of a story, the likest count most: each .7 of the one before (bench/stories.py).
DECAY, TELLINGS = 0.7, 6
#: What the tellings of a story must come to together.
SUPPORT = 0.32
#: Words, numbers and concepts in common that a likeness needs; a narrow fact such as a bereavement says enough alone.
LEAST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """0 to 1, and the tokens in common, those that say most first."""

    score: float
    shared: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether what is shared can carry a story at all."""
        return len(self.shared) >= LEAST_SHARED or not NARROW.isdisjoint(self.shared)


class Likening:
    """Likens prints within one corpus; what each print says in all is worked out once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._rarity: dict[str, float] = {}
        self._usual, self._usual_concept = corpus.usual("word"), corpus.usual("~concept")
        self._says: tuple[Print | None, float] = (None, 0.0)

    def rarity(self, token: str) -> float:
        """As the corpus has it, remembered."""
        found = self._rarity.get(token)
        if found is None:
            found = self._rarity[token] = self._corpus.rarity(token)
        return found

    def says(self, found: Print) -> float:
        """What a text says in all; that of the last one is remembered."""
        if self._says[0] is not found:
            told = sum([weight * weight * self.rarity(token) for token, weight in found.weights.items()])
            self._says = found, told + SHRINK
        return self._says[1]

    def _says_beside(self, found: Print, shared: Iterable[str]) -> float:
        """As `says`, where only the tokens shared with the text in question were counted: the others are usual."""
        if self._corpus.whole:
            return sum([w * w * self.rarity(token) for token, w in found.weights.items()]) + SHRINK
        told = found.plain * self._usual + found.told * self._usual_concept + SHRINK
        for token in shared:
            usual = self._usual_concept if token[0] == CONCEPT_MARK else self._usual
            told += found.weights[token] ** 2 * (self.rarity(token) - usual)
        return told

    def score(self, left: Print, right: Print) -> Likeness:
        """How much both tell of one fact; `left` is the text in question."""
        mine, theirs = left.weights, right.weights
        shared = {token: mine[token] * theirs[token] * self.rarity(token) for token in mine.keys() & theirs.keys()}
        if not shared:
            return Likeness(0.0, ())
        less, more = sorted((self.says(left), self._says_beside(right, shared)))
        score = sum(shared.values()) / sqrt(less * more) * (more / less) ** HOLDS
        told = sorted((t for t in shared if not t.endswith("*")), key=lambda t: (-shared[t], t))
        return Likeness(min(1.0, score), tuple(told))


def rarest(found: Print, likening: Likening, *, most: int) -> tuple[str, ...]:
    """Up to `most` tokens of a print that say most in this corpus, for an index."""
    weights: Mapping[str, float] = found.weights
    told = sorted([(-weight * likening.rarity(token), token) for token, weight in weights.items() if token[-1] != "*"])
    return tuple([token for _, token in told[:most]])


def support(scores: Iterable[float]) -> float:
    """What the tellings of one story say together of a text that is so like each of them."""
    best: Sequence[float] = sorted(scores, reverse=True)[:TELLINGS]
    return sum(score * DECAY**place for place, score in enumerate(best))
