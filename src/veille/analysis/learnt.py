"""What learnt weights say of a text: does the community manager need it today, is it a complaint, and for which words.

words and marks -> features (words, their beginnings, pairs, the lists they stand in)
-> weighted sum over the root of the length -> log-odds

The weights (data/learnt.tsv) are written by bench/learn_words.py; nothing else is needed to read them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from typing import NamedTuple, TypeAlias

from veille.analysis import vocabulary
from veille.analysis.vocabulary import Told
from veille.analysis.weights import Known, Weight, Weights, names, small, weights

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
#: From so many words on, a text alarms by its weights in full.
ENOUGH = 12

_ASIDE = re.compile(r"https?://\S+|\bpic\.twitter\S+|@\w+")
_MARKS = re.compile(r"[?!.]+")
#: What every address and account holds.
_MAYBE_ASIDE = re.compile(r"https?://|pic\.twitter|@")
#: What stands between most words, and is no mark.
_PLAIN = frozenset({" ", "", "'", ", "})


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words, years ("1900"), numbers ("0"), marks and "@", and the places of the words in the text, -1 for no word."""

    texts: Sequence[str]
    places: Sequence[int]


class Feature(NamedTuple):
    """Something that has a weight, and the words [first, last] of the text it stands for (-1: no word)."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """Two log-odds, 0 = even, and what each word and pair of the text added to them."""

    today: float = 0.0
    #: Learnt from English alone: 0 for another language.
    complaint: float = 0.0
    told: Told | None = None
    words: Sequence[float] = ()
    pairs: Mapping[tuple[int, int], float] = field(default_factory=dict)

    @property
    def urgent(self) -> tuple[str, ...]:
        """The words that weighed most for alarm, as written."""
        return _reasons(self, 1)

    @property
    def calm(self) -> tuple[str, ...]:
        """The words that weighed most against."""
        return _reasons(self, -1)


#: A pair or a list that has a weight, and the words [first, last] that it stands for (-1: no word).
Other: TypeAlias = tuple[Weight, int, int]


def read(told: Told, *, language: str, innocent: Collection[int] = ()) -> Learnt:
    """Weighs a text in French or English ("fr", "en"); words of `innocent` places cannot alarm."""
    tokens = tokenize(told)
    size, table, english = len(tokens.texts), weights(), language == "en"
    if tokens.places.count(-1) == size:
        return Learnt()
    words = _known_words(tokens, table, innocent)
    others = _known_others(tokens, listed(told, language), table, innocent)
    often = Counter([*chain.from_iterable([known.weights for known in words]), *[weight for weight, _, _ in others]])
    counts = [(weight, 1.0 if count == 1 else said_again(count)) for weight, count in often.items()]
    today = sum([weight.today * count for weight, count in counts])
    complaint = sum([weight.complaint * count for weight, count in counts]) if english else 0.0
    alone, pairs = _worth(told, tokens, words, others, with_complaint=english)
    return Learnt(
        today=round(_borne_out(table.bias.today - leaning(size) + today / length(size), len(told.words)), 3),
        complaint=round(table.bias.complaint + complaint / length(size), 3) if english else 0.0,
        told=told,
        words=alone,
        pairs=pairs,
    )


def _borne_out(today: float, words: int) -> float:
    """The log-odds of alarm as far as so many words bear them out: few are mostly the small words of any message."""
    return today * min(1.0, words / ENOUGH) if today > 0 else today


def _known_words(tokens: Tokens, table: Weights, innocent: Collection[int]) -> list[Known]:
    """What is known of each token."""
    if not innocent:
        return [*map(table.known, tokens.texts)]
    both = zip(tokens.texts, tokens.places, strict=True)
    return [(table.harmless if place in innocent else table.known)(text) for text, place in both]


def _known_others(
    tokens: Tokens, listings: Iterable[Feature], table: Weights, innocent: Collection[int]
) -> list[Other]:
    """Pairs of neighbours and lists that have a weight and may alarm."""
    of, lines, places = table.of, table.lines, tokens.places
    sides = zip(_pairs(tokens), (-1, *places), (*places, -1), strict=True)
    found = [
        (of(name), left if left >= 0 else right, right if right >= 0 else left)
        for name, left, right in sides
        if name in lines
    ]
    found += [(of(name), first, last) for name, first, last in listings if name in lines]
    return [each for each in found if each[1] not in innocent or each[0].today <= 0] if innocent else found


def tokenize(told: Told) -> Tokens:
    """The words of a text with its question and exclamation marks; addresses and names of accounts are but signs."""
    between, hidden = _parted(told)
    texts: list[str] = []
    places: list[int] = []
    for place, (word, before) in enumerate(zip(told.words[:LONGEST], between, strict=False)):
        if before not in _PLAIN and (marks := _marks(before)):
            texts += marks
            places += [-1] * len(marks)
        if place not in hidden:
            texts.append(_number(word) if word.isdigit() else word)
            places.append(place)
    last = _marks(between[-1]) if len(told.words) <= LONGEST else ()
    return Tokens([*texts, *last], [*places, *[-1] * len(last)])


def _parted(told: Told) -> tuple[Sequence[str], Collection[int]]:
    """What stands before each word and after the last, and the places of words that belong to addresses."""
    text = told.folded.text
    if not _MAYBE_ASIDE.search(text):
        return told.between, ()
    text = _ASIDE.sub(_blank, text)
    between = [text[end:start] for end, start in zip((0, *told.ends), (*told.starts, len(text)), strict=True)]
    return between, {place for place, start in enumerate(told.starts) if text[start] == " "}


def _number(digits: str) -> str:
    """A year is told from other numbers: what is dated is often over."""
    return "1900" if len(digits) == 4 and digits.startswith(("19", "20")) else "0"


def _blank(aside: re.Match[str]) -> str:
    """As many spaces, after the "@" of an account."""
    return ("@" if aside.group()[0] == "@" else "").ljust(len(aside.group()))


@lru_cache(maxsize=4_096)
def _marks(between: str) -> tuple[str, ...]:
    """The marks that stand between two words."""
    if between in _PLAIN:
        return ()
    marks = [found[0] if len(found) == 1 else found[0] * 2 for found in _MARKS.findall(between)]
    return ("@", *marks) if "@" in between else tuple(marks)


def features(tokens: Tokens) -> Iterator[Feature]:
    """Words, beginnings of words, and pairs of neighbours."""
    for text, place in zip(tokens.texts, tokens.places, strict=True):
        for name in names(text):
            yield Feature(name, place, place)
    places = tokens.places
    for name, left, right in zip(_pairs(tokens), (-1, *places), (*places, -1), strict=True):
        yield Feature(name, left if left >= 0 else right, right if right >= 0 else left)


def _pairs(tokens: Tokens) -> Iterator[str]:
    """Neighbours; the text begins with "^" and ends with "$"."""
    return map(" ".join, zip(("^", *tokens.texts), (*tokens.texts, "$"), strict=True))


def listed(told: Told, language: str) -> Iterator[Feature]:
    """The lists of which a phrase stands in the text, once each: they know words that no sentence learnt had."""
    everything = vocabulary.found(told.original, language)
    named: set[str] = set()
    for name in LISTS:
        for phrase, first, last in everything.get(name, ()):
            listing = _listing(name, phrase.name, phrase.strong)
            if listing not in named and first < LONGEST:
                named.add(listing)
                yield Feature(listing, first, last)


@lru_cache(maxsize=1_024)
def _listing(name: str, family: str, strong: bool) -> str:
    return f"{name}:{family}{'' if strong else '?'}"


def counted(names: Iterable[str]) -> dict[str, float]:
    """How much each feature counts: what is said again says less than what is said first."""
    return {name: said_again(count) for name, count in Counter(names).items()}


def said_again(count: int) -> float:
    """How much a feature counts that is there so many times."""
    return 1 + log(count)


def length(count: int) -> float:
    """What the sum of weights is divided by: the root of the number of tokens, for a long text the number itself."""
    count = max(SHORTEST, count)
    return max(sqrt(count), count / sqrt(LONG))


def leaning(count: int) -> float:
    """What "today" owes to the length alone, in log-odds; the length in words and marks."""
    return LEAN * log(max(SHORTEST, count) / TYPICAL)


def _worth(
    told: Told, tokens: Tokens, words: Sequence[Known], others: Sequence[Other], *, with_complaint: bool
) -> tuple[Sequence[float], Mapping[tuple[int, int], float]]:
    """What each word weighs in all, and each pair; the small words of everyday name nothing by themselves."""
    everyday, said = small(), told.words
    alone = [0.0] * len(said)
    pairs: dict[tuple[int, int], float] = {}
    for (_, worth, with_complaints), place in zip(words, tokens.places, strict=True):
        if place >= 0:
            alone[place] = with_complaints if with_complaint else worth
    for weight, first, last in others:
        if first < 0 or (said[first] in everyday and said[last] in everyday):
            continue
        if first == last:
            alone[first] += weight.today
            alone[first] += weight.complaint / 2 if with_complaint else 0.0
        else:
            before = pairs.get((first, last), 0.0)
            pairs[first, last] = before + weight.today + (weight.complaint / 2 if with_complaint else 0.0)
    return alone, pairs


def _reasons(learnt: Learnt, sign: int) -> tuple[str, ...]:
    """The words and pairs of most weight, for alarm or against it, in the order of the text, none twice."""
    told, least = learnt.told, LEAST_REASON
    if told is None:
        return ()
    ranked = [(-sign * worth, (place, place)) for place, worth in enumerate(learnt.words) if sign * worth >= least]
    ranked += [(-sign * worth, span) for span, worth in learnt.pairs.items() if sign * worth >= least]
    named: list[tuple[int, int]] = []
    for _, (first, last) in sorted(ranked):
        if len(named) == NAMED:
            break
        if not any(first <= end and last >= start for start, end in named):
            named.append((first, last))
    return tuple(dict.fromkeys(told.written(first, last) for first, last in sorted(named)))
