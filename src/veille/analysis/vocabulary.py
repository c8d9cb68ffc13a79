"""The word lists of analysis/data, folded and indexed once, and the search for their phrases in a text.

A phrase is words separated by spaces: `word*` takes any ending, `~` stands for up to three words.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from veille.text.fold import Folded, fold, fold_with_map

GAP = "~"
#: Words that `~` may stand for.
LONGEST_GAP = 3
_WORD = re.compile(r"[^\W_]+")
#: What ends a clause: negation does not reach over it.
_BREAK = re.compile(r"[.,;:!?()\n\"«»]| - ")
#: What stands between nearly all words, and ends none.
_JOINTS = frozenset({" ", "'", "-"})
_CONJUNCTIONS = frozenset({"mais", "but", "donc", "alors", "because", "car", "however", "pourtant"})


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
class Told:
    """A text ready to be searched: its words, and the way back to what was written."""

    original: str
    folded: Folded
    words: tuple[Word, ...]

    def written(self, first: int, last: int) -> str:
        """The words [first, last] as the author wrote them."""
        start, end = self.folded.span(self.words[first].start, self.words[last].end)
        return " ".join(self.original[start:end].split())


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
            if word.text[:letters] not in openings:
                continue
            opened = opened_by(word.text)
            following = words[place + 1].text if place + 1 < len(words) else ""
            fitting = following[: opened.letters] in opened.seconds
            for phrase in opened.phrases if fitting else opened.alone:
                last = _reach(phrase.parts, words, place)
                if last is not None:
                    yield Found(phrase=phrase, first=place, last=last)


def lexicon(phrases: Iterable[Phrase]) -> Lexicon:
    """Indexes phrases; their words are folded already."""
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
        return _opened(sum(by_stem, whole.get(word, ())))

    letters = min((3, *lengths))
    return Lexicon(opened_by, frozenset(head[:letters] for head in (*whole, *stems)), letters)


def _opened(phrases: tuple[Phrase, ...]) -> Opened:
    alone = tuple(each for each in phrases if len(each.parts) == 1 or each.parts[1] == GAP)
    seconds = [each.parts[1] for each in phrases if len(each.parts) > 1 and each.parts[1] != GAP]
    letters = min((3, *(len(second) - 1 for second in seconds if second.endswith("*"))))
    return Opened(phrases, alone, frozenset(second.rstrip("*")[:letters] for second in seconds), letters)


def phrase(text: str, name: str, *, strong: bool = True) -> Phrase:
    """Reads one entry of a list."""
    parts = re.findall(r"[^\W_]+\*?|~", fold(text))
    return Phrase(tuple(parts), name, strong)


@cache
def crisis(language: str) -> Lexicon:
    """Families of crisis words of a language ("fr" or "en")."""
    table = _table(f"crisis_{language}")
    return lexicon(
        phrase(text, name, strong=strength == "strong")
        for name, lists in table.items()
        for strength, texts in lists.items()
        for text in texts
    )


@cache
def tone(language: str) -> Lexicon:
    """Words of liking and disliking, and the small words around them, by the name of their list."""
    table = _table(f"tone_{language}")
    return lexicon(phrase(text, name) for name, texts in table.items() for text in texts)


@cache
def negators(language: str) -> frozenset[str]:
    """Single words that turn the next ones round."""
    table = _table(f"tone_{language}")
    return frozenset(fold(text) for text in table["negators"] if " " not in text)


@cache
def harmless() -> Lexicon:
    """Phrases in which a crisis word means no harm, and the words of fiction and of sport."""
    table = _table("harmless")
    return lexicon(phrase(text, name) for name, texts in table.items() for text in texts)


@cache
def common(language: str) -> Mapping[str, int]:
    """Frequent words of a language, with their rank from 1."""
    table = _table("common")
    return {word: rank for rank, word in enumerate(fold(table[language]).split(), 1)}


@lru_cache(maxsize=32)
def read(text: str) -> Told:
    """Prepares a text for the search."""
    folded = fold_with_map(text)
    clause, previous = 0, 0
    words = []
    for match in _WORD.finditer(folded.text):
        start, end = match.span()
        between, word = folded.text[previous:start], match.group()
        if word in _CONJUNCTIONS or (between not in _JOINTS and _BREAK.search(between)):
            clause += 1
        words.append(Word(word, start, end, clause))
        previous = end
    return Told(text, folded, tuple(words))


def within(found: Found, others: Iterable[Found]) -> bool:
    """Whether a wider phrase says it already: the "plaintes" of "effacer les plaintes" are no lawsuit."""
    length = found.last - found.first
    return any(o.first <= found.first and o.last >= found.last and o.last - o.first > length for o in others)


def widest(found: Iterable[Found]) -> tuple[Found, ...]:
    """Those that no other holds."""
    everything = tuple(found)
    return tuple(f for f in everything if not within(f, everything))


@lru_cache(maxsize=32)
def crises(text: str, language: str) -> tuple[Found, ...]:
    """Every crisis phrase of a text: asked for the sketch of a publication, and again for its score."""
    return tuple(crisis(language).search(read(text).words))


def language_of(told: Told, *, otherwise: str) -> str:
    """ "fr" or "en", by the small words; `otherwise` when they do not tell."""
    leaning = _leaning(told.original)
    if not leaning:
        return otherwise if otherwise in ("fr", "en") else "fr"
    return "fr" if leaning > 0 else "en"


@lru_cache(maxsize=32)
def _leaning(text: str) -> int:
    """Small French words, less the English ones."""
    texts = [word.text for word in read(text).words]
    french, english = (sum(map(common(name).__contains__, texts)) for name in ("fr_small", "en_small"))
    return french - english


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
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


@cache
def _table(name: str) -> dict[str, Any]:
    path = resources.files("veille.analysis") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
