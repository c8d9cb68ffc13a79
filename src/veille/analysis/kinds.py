"""Tables of words by kind, `word*` with any ending and a space written "-": kindred words, and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from veille.analysis import lists
from veille.text.fold import words

#: Letters of the shortest beginning, and words of the longest phrase.
_LEAST, _LONGEST = 3, 4


@dataclass(frozen=True, slots=True)
class Kinds:
    """Whole words or phrases ("cote-d-or") and beginnings of words, each with the kinds that it names."""

    whole: Mapping[str, tuple[str, ...]]
    beginnings: Mapping[str, tuple[str, ...]]
    names: frozenset[str]
    #: Of each kind, those that share a word with it: towns of one department or region.
    kin: Mapping[str, frozenset[str]]

    def of_word(self, word: str) -> tuple[str, ...]:
        """What a folded word names, whatever its ending."""
        found = list(self.whole.get(word, ()))
        for size in range(_LEAST, len(word) + 1):
            found += self.beginnings.get(word[:size], ())
        return tuple(dict.fromkeys(found))

    def of_phrase(self, said: Sequence[str], at: int) -> tuple[str, ...]:
        """What the phrase of two words or more that begins there names, the longest first."""
        for size in range(min(_LONGEST, len(said) - at), 1, -1):
            phrase = "-".join(said[at : at + size])
            if found := self.whole.get(phrase) or self.beginnings.get(phrase) or self.beginnings.get(phrase[:-1]):
                return found
        return ()


@cache
def kinds(name: str) -> Kinds:
    """The table of data/NAME.toml: a kind, and its words parted by spaces."""
    whole: dict[str, tuple[str, ...]] = {}
    beginnings: dict[str, tuple[str, ...]] = {}
    for kind, said in lists.load(name).items():
        for listed in said.split():
            table = beginnings if listed.endswith("*") else whole
            key = "-".join(words(listed))
            table[key] = (*table.get(key, ()), kind)
    named = [frozenset(kinds) for table in (whole, beginnings) for kinds in table.values()]
    kin = {kind: frozenset().union(*(kinds for kinds in named if kind in kinds)) for kind in lists.load(name)}
    return Kinds(whole, beginnings, frozenset(kin), kin)
