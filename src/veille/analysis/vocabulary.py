"""A text made ready for the search of phrases: its words, its language, and what the lists find in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from veille.analysis import lists, spelling
from veille.analysis.lexicon import Found, Word
from veille.text.fold import Folded, fold_with_map

#: The signs of money are words.
_WORD = re.compile(r"[^\W_]+|[€£$]")
#: What ends a clause: negation does not reach over it.
_BREAK = re.compile(r"[.,;:!?()\n\"«»]| - ")
#: What stands between nearly all words, and ends none.
_JOINTS = frozenset({" ", "'", "-"})
_LISTS = {
    "crisis": lists.crisis,
    "slots": lists.slots,
    "guards": lists.guards,
    "tone": lists.tone,
    "polarity": lists.polarity,
}
_CONJUNCTIONS = frozenset({"mais", "but", "donc", "alors", "because", "car", "however", "pourtant"})


@dataclass(frozen=True, slots=True)
class Told:
    """A text ready to be searched: its words, and the way back to what was written."""

    original: str
    folded: Folded
    words: tuple[Word, ...]

    def written(self, first: int, last: int) -> str:
        """The words [first, last] as the author wrote them."""
        start, end = self.folded.span(self.words[first].start, self.words[last].end)
        return " ".join(self.original[start:end].split())


@lru_cache(maxsize=32)
def read(text: str) -> Told:
    """Prepares a text for the search."""
    folded = fold_with_map(text)
    clause, previous = 0, 0
    words: list[Word] = []
    for match in _WORD.finditer(folded.text):
        start, end = match.span()
        between, word = folded.text[previous:start], match.group()
        if word in _CONJUNCTIONS or (between not in _JOINTS and _BREAK.search(between)):
            clause += 1
        words.append(Word(word, start, end, clause))
        previous = end
    return Told(text, folded, _respelt(words, folded.text))


def _respelt(words: list[Word], folded: str) -> tuple[Word, ...]:
    """The words as they would be spelt with time: several may stand where one was written."""
    table = spelling.table(_lean(word.text for word in words))
    found: list[Word] = []
    for word in words:
        meant = table.get(word.text)
        if meant is None or folded[word.end : word.end + 1] == "'":
            plain = spelling.squeezed(word.text)
            found.append(word if plain == word.text else word._replace(text=plain))
        else:
            found += [word._replace(text=part) for part in meant]
    return tuple(found)


def within(found: Found, others: Iterable[Found]) -> bool:
    """Whether a wider phrase says it already: the "plaintes" of "effacer les plaintes" are no lawsuit."""
    length = found.last - found.first
    return any(o.first <= found.first and o.last >= found.last and o.last - o.first > length for o in others)


def widest(found: Iterable[Found]) -> tuple[Found, ...]:
    """Those that no other holds."""
    everything = tuple(found)
    return tuple(f for f in everything if not within(f, everything))


def longest(found: Iterable[Found]) -> list[Found]:
    """Each word in one phrase: the one of most words, then of most letters, wins."""
    taken: set[int] = set()
    kept: list[Found] = []
    for each in sorted(found, key=_size, reverse=True):
        places = range(each.first, each.last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(each)
    return kept


def _size(found: Found) -> tuple[int, int]:
    return found.last - found.first, sum(len(part.rstrip("*")) for part in found.phrase.parts)


def quote(told: Told, phrases: Iterable[Found]) -> str:
    """Up to three distinct phrases as written, the widest of those that overlap."""
    return ", ".join(list(dict.fromkeys(told.written(f.first, f.last) for f in widest(phrases)))[:3])


@lru_cache(maxsize=128)
def found(name: str, text: str, language: str) -> tuple[Found, ...]:
    """Every phrase of a text in the lists of a kind ("crisis", "slots", "guards", "tone"), searched once."""
    return tuple(_LISTS[name](language).search(read(text).words))


def language_of(told: Told, *, otherwise: str) -> str:
    """ "fr" or "en", by the small words; `otherwise` when they do not tell."""
    leaning = _leaning(told.original)
    if not leaning:
        return otherwise if otherwise in ("fr", "en") else "fr"
    return "fr" if leaning > 0 else "en"


@lru_cache(maxsize=32)
def _leaning(text: str) -> int:
    """Small French words, less the English ones."""
    return _lean(word.text for word in read(text).words)


def _lean(words: Iterable[str]) -> int:
    texts = list(words)
    french, english = (sum(map(lists.common(name).__contains__, texts)) for name in ("fr_small", "en_small"))
    return french - english
