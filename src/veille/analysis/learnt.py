"""What learnt weights say of a text: does the community manager need it today, is it a complaint, and for which words.

words and marks -> features (words, their beginnings, pairs, the lists they stand in)
-> weighted sum over the root of the length -> log-odds

The weights (data/learnt.tsv) are written by bench/learn_words.py; nothing else is needed to read them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import log, sqrt
from typing import NamedTuple

from veille.analysis import lists, vocabulary
from veille.analysis.vocabulary import Told

#: Beginnings of words, so many letters, stand for their inflections and for some slips of the keyboard.
BEGINNINGS = (4, 5)
#: Words read: the weights come from messages, and an article says what it is about early.
LONGEST = 120
#: A shorter text is weighed as if it had so many words; past the other number of words the mean counts, not the sum.
SHORTEST, LONG = 8, 64
#: The longer a text, the more words speak for alarm: the log-odds that the logarithm of its length takes from "today",
#: beside a text of so many words.
LEAN, TYPICAL = 0.25, 20
#: Kinds of lists whose names are features too.
LISTS = ("slots", "crisis", "guards", "tone", "polarity")
#: Words and pairs that are named as the reason.
NAMED = 3
#: What weighs less is no reason.
LEAST_REASON = 0.25

_ASIDE = re.compile(r"https?://\S+|\bpic\.twitter\S+|@\w+")
_MARKS = re.compile(r"[?!.]+")


class Token(NamedTuple):
    """A word, a year ("1900"), a number ("0"), a mark or "@"; `place` is the word's in the text, -1 for no word."""

    text: str
    place: int


class Feature(NamedTuple):
    """Something that has a weight, and the words [first, last] of the text it stands for (-1: no word)."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """Two log-odds, 0 = even, and the words that weighed most, as written."""

    today: float = 0.0
    #: Learnt from English alone: 0 for another language.
    complaint: float = 0.0
    #: For and against.
    urgent: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """(today, complaint) for each feature, and for the text as such."""

    bias: tuple[float, float]
    of: dict[str, tuple[float, float]]


def read(told: Told, *, language: str, innocent: Collection[int] = ()) -> Learnt:
    """Weighs a text in French or English ("fr", "en"); words of `innocent` places cannot alarm."""
    tokens = tuple(tokenize(told))
    if not any(token.place >= 0 for token in tokens):
        return Learnt()
    known = weights()
    told_of = (*features(tokens), *listed(told, language))
    found = [(feature, known.of[feature.name]) for feature in told_of if feature.name in known.of]
    weighed = [each for each in found if each[1][0] <= 0 or each[0].first not in innocent]
    often = counted(feature for feature, _ in weighed)
    size = length(tokens)
    today = known.bias[0] - leaning(len(tokens)) + sum(known.of[name][0] * often[name] for name in often) / size
    complaint = (
        known.bias[1] + sum(known.of[name][1] * often[name] for name in often) / size if language == "en" else 0.0
    )
    worth = _worth(told, weighed, with_complaint=language == "en")
    return Learnt(
        today=round(today, 3),
        complaint=round(complaint, 3),
        urgent=_reasons(told, worth),
        calm=_reasons(told, {span: -weight for span, weight in worth.items()}),
    )


def tokenize(told: Told) -> Iterator[Token]:
    """The words of a text with its question and exclamation marks; addresses and names of accounts are but signs."""
    text, previous = _ASIDE.sub(_blank, told.folded.text), 0
    for place, word in enumerate(told.words[:LONGEST]):
        yield from _marks(text[previous : word.start])
        previous = word.end
        if text[word.start] != " ":
            yield Token(_number(word.text) if word.text.isdigit() else word.text, place)
    if len(told.words) <= LONGEST:
        yield from _marks(text[previous:])


def _number(digits: str) -> str:
    """A year is told from other numbers: what is dated is often over."""
    return "1900" if len(digits) == 4 and digits.startswith(("19", "20")) else "0"


def _blank(aside: re.Match[str]) -> str:
    """As many spaces, after the "@" of an account."""
    return ("@" if aside.group()[0] == "@" else "").ljust(len(aside.group()))


def _marks(between: str) -> Iterator[Token]:
    if between in (" ", "", "'", ", "):
        return
    if "@" in between:
        yield Token("@", -1)
    for marks in _MARKS.findall(between):
        yield Token(marks[0] if len(marks) == 1 else marks[0] * 2, -1)


def features(tokens: Sequence[Token]) -> Iterator[Feature]:
    """Words, beginnings of words, and pairs of neighbours."""
    for token in tokens:
        for name in _names(token.text):
            yield Feature(name, token.place, token.place)
    for left, right in zip((Token("^", -1), *tokens), (*tokens, Token("$", -1)), strict=True):
        places = [place for place in (left.place, right.place) if place >= 0] or [-1]
        yield Feature(f"{left.text} {right.text}", places[0], places[-1])


def listed(told: Told, language: str) -> Iterator[Feature]:
    """The lists of which a phrase stands in the text, once each: they know words that no sentence learnt had."""
    first: dict[str, Feature] = {}
    for name in LISTS:
        for found in vocabulary.found(name, told.original, language):
            listing = f"{name}:{found.phrase.name}{'' if found.phrase.strong else '?'}"
            if found.first < LONGEST and listing not in first:
                first[listing] = Feature(listing, found.first, found.last)
    yield from first.values()


def counted(told_of: Iterable[Feature]) -> dict[str, float]:
    """How much each feature counts: what is said again says less than what is said first."""
    return {name: 1 + log(count) for name, count in Counter(feature.name for feature in told_of).items()}


def _names(word: str) -> list[str]:
    return [word, *(f"{word[:letters]}*" for letters in BEGINNINGS if len(word) > letters)]


def length(tokens: Sequence[Token]) -> float:
    """What the sum of weights is divided by: the root of the length, and for a long text the length itself."""
    count = max(SHORTEST, len(tokens))
    return max(sqrt(count), count / sqrt(LONG))


def leaning(count: int) -> float:
    """What "today" owes to the length alone, in log-odds; the length in words and marks."""
    return LEAN * log(max(SHORTEST, count) / TYPICAL)


def _worth(
    told: Told, weighed: Sequence[tuple[Feature, tuple[float, float]]], *, with_complaint: bool
) -> dict[tuple[int, int], float]:
    """What each word and pair weighs in all; the small words of everyday name nothing by themselves."""
    worth: dict[tuple[int, int], float] = {}
    for (_, first, last), (today, complaint) in weighed:
        if first >= 0 and any(told.words[place].text not in _small() for place in (first, last)):
            span = (first, last)
            worth[span] = worth.get(span, 0.0) + today + (complaint / 2 if with_complaint else 0.0)
    return worth


def _reasons(told: Told, worth: Mapping[tuple[int, int], float]) -> tuple[str, ...]:
    """The words and pairs of most weight, in the order of the text, none twice."""
    ranked = sorted((span for span in worth if worth[span] >= LEAST_REASON), key=lambda span: (-worth[span], span))
    named: list[tuple[int, int]] = []
    for first, last in ranked:
        if len(named) == NAMED:
            break
        if not any(first <= end and last >= start for start, end in named):
            named.append((first, last))
    return tuple(dict.fromkeys(told.written(first, last) for first, last in sorted(named)))


@cache
def _small() -> frozenset[str]:
    return frozenset(word for name in ("fr_small", "en_small") for word in lists.common(name))


@cache
def weights() -> Weights:
    """The table: a name, then two numbers in hundredths; "#" opens a remark, "=" the line of the text as such."""
    path = resources.files("veille.analysis") / "data" / "learnt.tsv"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    of = {name: (int(today) / 100, int(complaint) / 100) for name, today, complaint in rows}
    return Weights(bias=of.pop("="), of=of)
