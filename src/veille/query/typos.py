"""Words with slips, found by a deletion table: two words are near when they share what is left after a few deletions.

A text is not compared with each term: the few deletions of each of its words are looked up in a table, and only those
that meet a term are measured (optimal string alignment: a swap of neighbours is one slip).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from veille.text.similarity import within_slips

#: Longer words are no words: they are left out, their deletions would cost their length squared.
LONGEST = 40
#: Letters of a word that are looked up: two words within so many slips have heads within as many deletions each.
_HEAD = 8
#: Words whose answer is remembered; texts repeat their words, and a hostile one must not fill the memory.
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Slips:
    """A folded word and how many slips it may be written with."""

    text: str
    distance: int

    @property
    def lengths(self) -> range:
        """How long a word with so many slips may be."""
        return range(len(self.text) - self.distance, len(self.text) + self.distance + 1)

    def fits(self, word: str) -> bool:
        """Whether `word` is this one with at most so many slips."""
        if abs(len(word) - len(self.text)) > self.distance or len(word) > LONGEST:
            return False
        return within_slips(self.text, word, self.distance)


class SlipTable:
    """All the words with slips of many queries."""

    def __init__(self, slips: Iterable[Slips]) -> None:
        self._slips = [slip for slip in slips if len(slip.text) <= LONGEST]
        self._keys = [key_of(slip) for slip in self._slips]
        self._table: dict[str, list[int]] = {}
        for number, slip in enumerate(self._slips):
            for rest in deletions(slip.text[:_HEAD], slip.distance):
                self._table.setdefault(rest, []).append(number)
        self._lengths = frozenset(length for slip in self._slips for length in slip.lengths)
        self._depth = max((slip.distance for slip in self._slips), default=0)
        self._known: dict[str, tuple[str, ...]] = {}

    def present(self, words: Iterable[str]) -> set[str]:
        """Keys of the slips that some word of a text is."""
        found: set[str] = set()
        if not self._table:
            return found
        known = self._known
        for word in words:
            keys = known.get(word)
            if keys is None:
                keys = self._look_up(word)
            if keys:
                found.update(keys)
        return found

    def _look_up(self, word: str) -> tuple[str, ...]:
        keys: tuple[str, ...] = ()
        if len(word) in self._lengths:
            table, slips = self._table, self._slips
            near = {number for rest in deletions(word[:_HEAD], self._depth) if rest in table for number in table[rest]}
            keys = tuple(self._keys[number] for number in near if slips[number].fits(word))
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = keys
        return keys


def deletions(word: str, depth: int) -> set[str]:
    """`word` and all that is left of it after at most `depth` deletions."""
    found = {word}
    for left in range(max(len(word) - depth, 0), len(word)):
        found.update(map("".join, combinations(word, left)))
    return found


def key_of(slip: Slips) -> str:
    """The word with slips among the words of a text: no word holds a tilde."""
    return f"~{slip.distance}{slip.text}"
