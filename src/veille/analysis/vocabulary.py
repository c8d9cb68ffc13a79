"""A text made ready for the search of phrases: its words, its language, and what the lists find in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from veille.analysis import lists, spelling
from veille.analysis.lexicon import Found
from veille.text.fold import Folded, fold_with_map

#: The signs of money are words.
_WORD = re.compile(r"([^\W_]+|[€£$])")
#: What ends a clause: negation does not reach over it.
_BREAK = re.compile(r"[.,;:!?()\n\"«»]| - ")
#: What stands between nearly all words, and ends none.
_JOINTS = frozenset({" ", "'", "-"})
_CONJUNCTIONS = frozenset({"mais", "but", "donc", "alors", "because", "car", "however", "pourtant"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text ready to be searched: its folded words as they would be spelt with time, and the way back to it."""

    original: str
    folded: Folded
    words: tuple[str, ...]
    #: What stands before each word and after the last.
    between: Sequence[str]
    #: Where each word is in the folded text: words that were written as one have one place.
    starts: Sequence[int]
    ends: Sequence[int]
    #: The clause of the sentence that each belongs to.
    clauses: Sequence[int]
    #: Small French words, less the English ones.
    leaning: int

    def written(self, first: int, last: int) -> str:
        """The words [first, last] as the author wrote them."""
        start, end = self.folded.span(self.starts[first], self.ends[last])
        return " ".join(self.original[start:end].split())


@lru_cache(maxsize=32)
def read(text: str) -> Told:
    """Prepares a text for the search."""
    folded = fold_with_map(text)
    pieces = _WORD.split(folded.text)  # what is between, a word, what is between...
    words, between, bounds = pieces[1::2], pieces[::2], [*accumulate(map(len, pieces))]
    said = zip(between, words, strict=False)
    parted = [(before not in _JOINTS and _parts(before)) or word in _CONJUNCTIONS for before, word in said]
    told = Told(
        original=text,
        folded=folded,
        words=tuple(words),
        between=between,
        starts=bounds[:-1:2],
        ends=bounds[1::2],
        clauses=[*accumulate(parted)],
        leaning=_lean(words),
    )
    return _respelt(told)


@lru_cache(maxsize=4_096)
def _parts(between: str) -> bool:
    """Whether what stands between two words ends a clause."""
    return _BREAK.search(between) is not None


def _respelt(told: Told) -> Told:
    """The words as they would be spelt with time: several may stand where one was written."""
    table = spelling.table(told.leaning)
    plain = tuple(map(spelling.squeezed, told.words))
    hurried = {place for place, word in enumerate(told.words) if word in table and not _elided(told, place)}
    if not hurried and plain == told.words:
        return told
    meant = [table[told.words[place]] if place in hurried else (word,) for place, word in enumerate(plain)]
    spelt = [(part, place) for place, parts in enumerate(meant) for part in parts]
    places = [place for _, place in spelt]
    between = [told.between[place] if place != before else "" for before, place in pairwise([-1, *places])]
    return replace(
        told,
        words=tuple(part for part, _ in spelt),
        between=[*between, told.between[-1]],
        starts=[told.starts[place] for place in places],
        ends=[told.ends[place] for place in places],
        clauses=[told.clauses[place] for place in places],
        leaning=_lean([part for part, _ in spelt]),
    )


def _elided(told: Told, place: int) -> bool:
    """The "j" of "j'ai" is no hurried "je"."""
    end = told.ends[place]
    return told.folded.text[end : end + 1] == "'"


def within(found: Found, others: Iterable[Found]) -> bool:
    """Whether a wider phrase says it already: the "plaintes" of "effacer les plaintes" are no lawsuit."""
    length = found.last - found.first
    return any(o.first <= found.first and o.last >= found.last and o.last - o.first > length for o in others)


def widest(found: Iterable[Found]) -> tuple[Found, ...]:
    """Those that no other holds."""
    everything = tuple(found)
    if len(everything) < 2:
        return everything
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


@lru_cache(maxsize=64)
def found(text: str, language: str) -> Mapping[str, Sequence[Found]]:
    """Every phrase of a text, by the list that it is of ("crisis", "slots", "guards", "tone"...), searched once."""
    return lists.everything(language).search(read(text).words)


def language_of(told: Told, *, otherwise: str) -> str:
    """ "fr" or "en", by the small words; `otherwise` when they do not tell."""
    if not told.leaning:
        return otherwise if otherwise in ("fr", "en") else "fr"
    return "fr" if told.leaning > 0 else "en"


def _lean(words: Sequence[str]) -> int:
    """Small French words, less the English ones."""
    french, english = (sum(map(lists.common(name).__contains__, words)) for name in ("fr_small", "en_small"))
    return french - english
