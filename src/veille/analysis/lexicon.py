"""The search for phrases in the words of a text, indexed by their first words.

A phrase is words separated by spaces: `word*` takes any ending, `~` stands for up to three words, `#` for a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from veille.analysis import spelling
from veille.text.fold import fold

GAP = "~"
NUMBER = "#"
#: Words that `~` may stand for.
LONGEST_GAP = 3


class Word(NamedTuple):  # hundreds are made for each text: a third of a dataclass's time
    """A folded word, where it is in the folded text, and the clause it belongs to."""

    text: str
    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of a list: what it belongs to (`fraud`, `positive`...) and whether it counts in full."""

    parts: tuple[str, ...]
    name: str
    strong: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A phrase found: words [first, last] of the text."""

    phrase: Phrase
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The phrases that one word may open."""

    phrases: tuple[Phrase, ...]
    #: Those that need no second word, or any.
    alone: tuple[Phrase, ...]
    #: First letters, so many, of the second words of the others.
    seconds: frozenset[str]
    letters: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases indexed by their first word, whole or by its beginning."""

    opened_by: Callable[[str], Opened]
    #: First letters, so many, of every first word: most words of a text are done with at this look.
    openings: frozenset[str]
    letters: int

    def search(self, words: Sequence[Word]) -> Iterator[Found]:
        """Every phrase, wherever it starts; one may lie within another."""
        openings, letters, opened_by = self.openings, self.letters, self.opened_by
        for place, word in enumerate(words):
            if word.text[:letters] not in openings and word.text[0] not in openings:
                continue
            opened = opened_by(word.text)
            following = words[place + 1].text if place + 1 < len(words) else ""
            fitting = following[: opened.letters] in opened.seconds
            for phrase in opened.phrases if fitting else opened.alone:
                last = _reach(phrase.parts, words, place)
                if last is not None:
                    yield Found(phrase=phrase, first=place, last=last)


def lexicon(phrases: Iterable[Phrase], *, slips: bool = True) -> Lexicon:
    """Indexes phrases; their words are folded already. `slips`: long words with one wrong letter are found too."""
    phrases = tuple(phrases)
    corrected = spelling.corrector(each.parts[0] for each in phrases if slips and len(each.parts) == 1)
    whole: defaultdict[str, tuple[Phrase, ...]] = defaultdict(tuple)
    stems: defaultdict[str, tuple[Phrase, ...]] = defaultdict(tuple)
    for phrase in phrases:
        head = phrase.parts[0]
        if head.endswith("*"):
            stems[head[:-1]] += (phrase,)
        else:
            whole[head] += (phrase,)
    lengths = sorted({len(head) for head in stems})

    # The words of a language come back: nearly every look is at one looked at before.
    @lru_cache(maxsize=20_000)
    def opened_by(word: str) -> Opened:
        by_stem = (stems.get(word[:length], ()) for length in lengths if length <= len(word))
        numbered = whole.get(NUMBER, ()) if spelling.is_number(word) else ()
        opening = sum(by_stem, whole.get(word, ())) + numbered
        if not opening and (meant := corrected(word)):
            return opened_by(meant)
        return _opened(opening)

    letters = min((3, *lengths))
    openings = {head[:letters] for head in (*whole, *stems)}
    if NUMBER in whole:
        openings |= {number[:letters] for number in spelling.numbers()} | set(map(str, range(10)))
    return Lexicon(opened_by, frozenset(openings), letters)


def _opened(phrases: tuple[Phrase, ...]) -> Opened:
    alone = tuple(each for each in phrases if len(each.parts) == 1 or each.parts[1] in (GAP, NUMBER))
    seconds = [each.parts[1] for each in phrases if len(each.parts) > 1 and each.parts[1] not in (GAP, NUMBER)]
    letters = min((3, *(len(second) - 1 for second in seconds if second.endswith("*"))))
    return Opened(phrases, alone, frozenset(second.rstrip("*")[:letters] for second in seconds), letters)


def phrase(text: str, name: str, *, strong: bool = True) -> Phrase:
    """Reads one entry of a list."""
    parts = re.findall(r"[^\W_]+\*?|[~#€£$]", fold(text))
    return Phrase(tuple(parts), name, strong)


def _reach(parts: tuple[str, ...], words: Sequence[Word], place: int) -> int | None:
    """The last word of the phrase whose first part fits here; None when the rest does not."""
    if len(parts) == 1:
        return place
    if parts[1] != GAP and (place + 1 >= len(words) or not _fits(parts[1], words[place + 1].text)):
        return None  # nearly always
    last, slack = place, 0
    for part in parts[1:]:
        if part == GAP:
            slack = LONGEST_GAP
            continue
        following = range(last + 1, min(last + 2 + slack, len(words)))
        found = next((at for at in following if _fits(part, words[at].text)), None)
        if found is None:
            return None
        last, slack = found, 0
    return last


def _fits(part: str, word: str) -> bool:
    if part == NUMBER:
        return spelling.is_number(word)
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
