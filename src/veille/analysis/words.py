"""Words that come with a client's name: what a first look proposes to exclude."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from veille.analysis import fingerprint
from veille.text.fold import words

#: Least texts that hold a word, and least share of them, for it to be worth a line.
LEAST_TEXTS = 3
LEAST_SHARE = 0.05


def cooccurring(texts: Iterable[str], query_terms: Iterable[str], *, limit: int = 8) -> tuple[tuple[str, int], ...]:
    """(word, how many texts hold it), most frequent first: no word of the query, none of everyday.

    `query_terms` may be single terms or whole queries; words are folded.
    """
    asked = {fingerprint.stem(word) for term in query_terms for word in words(term)}
    held = [frozenset(words(text)) for text in texts]
    least = max(LEAST_TEXTS, round(len(held) * LEAST_SHARE))
    count = Counter(word for found in held for word in found if _tells(word, asked))
    ranked = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((word, times) for word, times in ranked if times >= least)[:limit]


def _tells(word: str, asked: set[str]) -> bool:
    return fingerprint.rarity(word) >= 1 and not word.isdigit() and fingerprint.stem(word) not in asked
