"""The search for phrases in the words of a text: several lists at once, by what each word may open or go on.

A phrase is words separated by spaces: `word*` takes any ending, `~` stands for up to three words, `#` for a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from veille.analysis import spelling
from veille.text.fold import fold

GAP = "~"
NUMBER = "#"
#: Words that `~` may stand for.
LONGEST_GAP = 3
#: The words of a language come back: nearly every look is at one looked at before.
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of a list: what it belongs to (`fraud`, `positive`...) and whether it counts in full."""

    parts: tuple[str, ...]
    name: str
    strong: bool = True


class Found(NamedTuple):  # dozens are made for each text: a third of a dataclass's time
    """A phrase found: words [first, last] of the text."""

    phrase: Phrase
    first: int
    last: int


class Way(NamedTuple):
    """A phrase that a word opens, as far as it is known to fit."""

    order: int
    #: The list it is of.
    listed: str
    phrase: Phrase
    #: Words known to fit after the first, and the parts that are still to be found.
    known: int
    rest: tuple[str, ...]


class Seen(NamedTuple):
    """What a word is to the lists: the phrases it opens, and the further parts of phrases that it fits."""

    #: Those that need no second word, or any.
    alone: tuple[Way, ...]
    #: By their second part: those that it leads on to, among those of `alone`.
    after: Mapping[str, tuple[Way, ...]]
    fits: tuple[str, ...]


_NOTHING = Seen((), {}, ())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Several lists of phrases under one index; most words of a text open nothing and fit nothing."""

    names: tuple[str, ...]
    see: Callable[[str], Seen]

    def search(self, words: Sequence[str]) -> Mapping[str, Sequence[Found]]:
        """For each list every phrase, wherever it starts; one may lie within another."""
        found: dict[str, list[Found]] = {name: [] for name in self.names}
        seen = [*map(self.see, words), _NOTHING]
        fits = [fitted for _, _, fitted in seen] + [()]
        for place, (alone, after, _) in enumerate(seen):
            led = after and not after.keys().isdisjoint(fits[place + 1])
            ways = _leading(after, fits[place + 1]) if led else alone
            for _, listed, phrase, known, rest in ways:
                last: int | None = place + known
                if rest:
                    if rest[0] != GAP and rest[0] not in fits[place + known + 1]:
                        continue  # nearly always
                    last = _reach(rest, fits, place + known)
                if last is not None:
                    found[listed].append(Found(phrase, place, last))
        return found


def _leading(after: Mapping[str, tuple[Way, ...]], fits: Iterable[str]) -> Sequence[Way]:
    """The phrases that two words in a row open, in the order of their lists."""
    leading = [after[part] for part in fits if part in after]
    if len(leading) == 1:
        return leading[0]
    return sorted({way.order: way for way in chain.from_iterable(leading)}.values())


def _reach(rest: Sequence[str], fits: Sequence[Sequence[str]], last: int) -> int | None:
    """The last word of a phrase that fits up to `last`; None when the rest of it does not."""
    slack = 0
    for part in rest:
        if part == GAP:
            slack = LONGEST_GAP
            continue
        following = range(last + 1, min(last + 2 + slack, len(fits)))
        found = next((at for at in following if part in fits[at]), None)
        if found is None:
            return None
        last, slack = found, 0
    return last


def phrase(text: str, name: str, *, strong: bool = True) -> Phrase:
    """Reads one entry of a list."""
    parts = re.findall(r"[^\W_]+\*?|[~#€£$]", fold(text))
    return Phrase(tuple(parts), name, strong)


def lexicon(lists: Mapping[str, Iterable[Phrase]], *, exact: Collection[str] = ()) -> Lexicon:
    """Indexes lists of phrases by name; their words are folded already.

    Long words with one wrong letter are found too, but in the lists of `exact`.
    """
    indexes = [_index(name, phrases, slips=name not in exact) for name, phrases in lists.items()]
    corrected = spelling.corrector(head for index in indexes for head in index.forgiven)
    fits = _fitting(part for index in indexes for each in index.phrases for part in each.parts[1:])

    @lru_cache(maxsize=_REMEMBERED)
    def see(word: str) -> Seen:
        opened = [(index, index.opened_by(word)) for index in indexes]
        if meant := any(not phrases and index.forgives(word) for index, phrases in opened) and corrected(word):
            opened = [(index, phrases or index.meant_by(word, meant)) for index, phrases in opened]
        return _seen([(index.name, phrase) for index, phrases in opened for phrase in phrases], fits(word))

    return Lexicon(tuple(lists), see)


def _fitting(parts: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """A function that gives those of the parts that a word fits."""
    known = frozenset(parts) - {GAP}
    lengths = sorted({len(part) - 1 for part in known if part.endswith("*")})

    def fits(word: str) -> tuple[str, ...]:
        stems = (f"{word[:length]}*" for length in lengths if length <= len(word))
        numbered = (NUMBER,) if spelling.is_number(word) else ()
        return tuple(part for part in (word, *stems, *numbered) if part in known)

    return fits


def _seen(opened: Iterable[tuple[str, Phrase]], fits: tuple[str, ...]) -> Seen:
    """What a word is: the (list, phrase) that it opens, in their order, and the parts that it fits."""
    alone: list[Way] = []
    after: defaultdict[str, list[Way]] = defaultdict(list)
    for order, (listed, each) in enumerate(opened):
        if len(each.parts) == 1 or each.parts[1] == GAP:
            alone.append(Way(order, listed, each, 0, each.parts[1:]))
        else:
            after[each.parts[1]].append(Way(order, listed, each, 1, each.parts[2:]))
    if not (alone or after or fits):
        return _NOTHING
    return Seen(tuple(alone), {part: tuple(sorted((*alone, *ways))) for part, ways in after.items()}, fits)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """The phrases of one list by their first word, whole or by its beginning."""

    name: str
    phrases: tuple[Phrase, ...]
    whole: Mapping[str, Sequence[Phrase]]
    stems: Mapping[str, Sequence[Phrase]]
    #: Of the stems, rising.
    lengths: Sequence[int]
    #: The first letters, so many, of every first word.
    openings: frozenset[str]
    letters: int
    #: Single words that a slip may stand for, and which comes first.
    forgiven: Mapping[str, int]

    def opened_by(self, word: str) -> list[Phrase]:
        """Whole words, then beginnings from the shortest, then numbers."""
        opened = [*self.whole.get(word, ())]
        for length in self.lengths:
            opened += self.stems.get(word[:length], ()) if length <= len(word) else ()
        if NUMBER in self.whole and spelling.is_number(word) and word[0].isascii():
            opened += self.whole[NUMBER]
        return opened

    def forgives(self, word: str) -> bool:
        """Whether a word that opens nothing begins as one that does."""
        return bool(self.forgiven) and (word[: self.letters] in self.openings or word[0] in self.openings)

    def meant_by(self, word: str, meant: Collection[str]) -> list[Phrase]:
        """What is opened by the first of the words that a slip may stand for."""
        known = [head for head in meant if head in self.forgiven] if self.forgives(word) else []
        return self.opened_by(min(known, key=self.forgiven.__getitem__).rstrip("*")) if known else []


def _index(name: str, listed: Iterable[Phrase], *, slips: bool) -> _Index:
    phrases = tuple(listed)
    whole: defaultdict[str, list[Phrase]] = defaultdict(list)
    stems: defaultdict[str, list[Phrase]] = defaultdict(list)
    for each in phrases:
        head = each.parts[0]
        table, key = (stems, head[:-1]) if head.endswith("*") else (whole, head)
        table[key].append(each)
    lengths = sorted({len(head) for head in stems})
    letters = min((3, *lengths))
    openings = {head[:letters] for head in (*whole, *stems)}
    if NUMBER in whole:
        openings |= {number[:letters] for number in spelling.numbers()} | set(map(str, range(10)))
    single = dict.fromkeys(each.parts[0] for each in phrases if slips and len(each.parts) == 1)
    return _Index(
        name=name,
        phrases=phrases,
        whole=dict(whole),
        stems=dict(stems),
        lengths=lengths,
        openings=frozenset(openings),
        letters=letters,
        forgiven={head: order for order, head in enumerate(single)},
    )
