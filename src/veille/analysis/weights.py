"""The table of learnt weights (data/learnt.tsv), and what it knows of a word: read once, worked out when first met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from veille.analysis import lists

#: Beginnings of words, so many letters, stand for their inflections and for some slips of the keyboard.
BEGINNINGS = (4, 5)
#: The line of the text as such.
TEXT = "="
#: The words of a language come back.
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Weight:
    """What a feature adds to the log-odds of "today" and of "complaint"; one object a feature."""

    today: float
    complaint: float


class Known(NamedTuple):
    """The weights of the features of one word, and its worth by itself without and with complaints.

    The small words of everyday are worth nothing by themselves.
    """

    weights: tuple[Weight, ...]
    worth: float
    worth_with_complaint: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each feature weighs, and the text as such (today, complaint)."""

    bias: Weight
    #: Every feature, as written in the file: most are never met.
    lines: Mapping[str, str]
    of: Callable[[str], Weight]
    #: What is known of a word, and what is left of it where it cannot alarm.
    known: Callable[[str], Known]
    harmless: Callable[[str], Known]


def names(word: str) -> list[str]:
    """A word and its beginnings: each may have a weight."""
    return [word, *(f"{word[:letters]}*" for letters in BEGINNINGS if len(word) > letters)]


@cache
def small() -> frozenset[str]:
    """The small words of everyday, in both languages."""
    return frozenset(word for name in ("fr_small", "en_small") for word in lists.common(name))


@cache
def weights() -> Weights:
    """The table: a name, then two numbers in hundredths; "#" opens a remark, "=" the line of the text as such."""
    path = resources.files("veille.analysis") / "data" / "learnt.tsv"
    rows = path.read_text(encoding="utf-8").splitlines()
    lines = dict(line.split("\t", 1) for line in rows if line[0] != "#")

    everyday = small()

    @cache
    def of(name: str) -> Weight:
        today, complaint = lines[name].split("\t")
        return Weight(int(today) / 100, int(complaint) / 100)

    @lru_cache(maxsize=_REMEMBERED)
    def known(word: str) -> Known:
        return _known([of(name) for name in names(word) if name in lines], small=word in everyday)

    @lru_cache(maxsize=_REMEMBERED)
    def harmless(word: str) -> Known:
        return _known([weight for weight in known(word).weights if weight.today <= 0], small=word in everyday)

    return Weights(bias=of(TEXT), lines=lines, of=of, known=known, harmless=harmless)


def _known(weights: Sequence[Weight], *, small: bool) -> Known:
    alone = with_complaint = 0.0
    for weight in () if small else weights:
        alone += weight.today
        with_complaint = with_complaint + weight.today + weight.complaint / 2
    return Known(tuple(weights), alone, with_complaint)
