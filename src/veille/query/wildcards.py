"""Words with holes: `*` for any letters, `?` for one; matched in linear time and found in a text by Aho-Corasick."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import ahocorasick


@dataclass(frozen=True, slots=True)
class Glob:
    """A folded word with wildcards."""

    text: str
    #: The runs between the stars, as expressions of fixed length: leftmost first, no backtracking.
    _runs: tuple[re.Pattern[str], ...] = field(init=False, repr=False, compare=False)
    _least: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        runs = [re.compile(_expression(run), re.DOTALL) for run in self.text.split("*")]
        object.__setattr__(self, "_runs", tuple(runs))
        object.__setattr__(self, "_least", len(self.text.replace("*", "")))

    def fits(self, word: str) -> bool:
        """Whether the whole `word` has this shape."""
        if len(word) < self._least:
            return False
        head, *middle = self._runs
        if not middle:
            return head.fullmatch(word) is not None
        tail = middle.pop()
        tail_start = len(word) - _length(tail)
        if not head.match(word) or not tail.match(word, tail_start):
            return False
        place = _length(head)
        for run in middle:
            found = run.search(word, place, tail_start)
            if not found:
                return False
            place = found.end()
        return place <= tail_start

    @property
    def probe(self) -> str:
        """The longest literal run, with a blank where the word must begin or end: what to search a text for."""
        edged = f" {self.text} "
        return max(re.split(r"[*?]", edged), key=lambda run: (len(run.strip()), len(run)))


def _expression(run: str) -> str:
    return "".join("." if sign == "?" else re.escape(sign) for sign in run)


def _length(run: re.Pattern[str]) -> int:
    return len(run.pattern.replace("\\", ""))


class Probes:
    """All the wildcards of many queries, looked for in one pass over a text."""

    def __init__(self, globs: Iterable[Glob]) -> None:
        by_probe: dict[str, list[str]] = {}
        for glob in globs:
            by_probe.setdefault(glob.probe, []).append(key_of(glob))
        self._automaton = ahocorasick.Automaton()
        for probe, keys in by_probe.items():
            self._automaton.add_word(probe, tuple(keys))
        self._empty = not by_probe
        self._automaton.make_automaton()

    def present(self, blanked: str) -> set[str]:
        """Keys of the wildcards whose longest run stands in the text: those that may match. `blanked` is padded."""
        if self._empty:
            return set()
        return {key for _, keys in self._automaton.iter(blanked) for key in keys}


def key_of(glob: Glob) -> str:
    """The wildcard among the words of a text: no word holds a star."""
    return "*" + glob.text
