"""How rare each token is among the texts at hand, blended with what is rare in general.

The texts at hand are those that a client's mentions hold, or those of a file. While they are few, a hundred imaginary
texts of everyday speak louder.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

#: Imaginary texts, and the share of them that holds a token: a word, a number, a concept or the client's own name.
IMAGINARY = 100
_SHARE, _SHARE_CONCEPT, _SHARE_NAME = 0.01, 0.03, 0.5
#: Rarity of a token whose count nobody asked for: between a word of the season and one never seen.
UNKNOWN = 4.5
#: What the tokens of concepts begin with.
CONCEPT_MARK = "~"


@lru_cache(maxsize=100_000)
def hashed(token: str) -> int:
    """A signed 64-bit hash that is the same in every process."""
    return int.from_bytes(blake2b(token.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


@dataclass(frozen=True, slots=True)
class Corpus:
    """How many texts there are, and how many of them hold a token, by its hash."""

    texts: int = 0
    counts: Mapping[int, int] = field(default_factory=dict)
    #: Tokens of the client's own names: in all it gets.
    names: frozenset[str] = frozenset()
    #: Whether the counts hold every token of every text, not those of the text in question alone.
    whole: bool = False

    @classmethod
    def of(cls, texts: Iterable[Iterable[str]]) -> Corpus:
        """The corpus of these texts, each given as its tokens."""
        held = [frozenset(tokens) for tokens in texts]
        counts = Counter(hashed(token) for tokens in held for token in tokens)
        return cls(len(held), counts, whole=True)

    def rarity(self, token: str) -> float:
        """ln of the inverse share of texts that hold the token (Sparck Jones, 1972), at least .05."""
        count = self.counts.get(hashed(token))
        if token in self.names:
            return self._rarity(count, _SHARE_NAME)
        if count is None:
            return self.usual(token)
        return self._rarity(count, _SHARE_CONCEPT if token[0] == CONCEPT_MARK else _SHARE)

    def usual(self, token: str) -> float:
        """As `rarity`, of a token of that kind whose count nobody asked for."""
        return min(self._rarity(None, _SHARE_CONCEPT if token[0] == CONCEPT_MARK else _SHARE), UNKNOWN)

    def _rarity(self, count: int | None, share: float) -> float:
        return max(0.05, math.log((self.texts + IMAGINARY + 1) / ((count or 0) + IMAGINARY * share + 0.5)))
