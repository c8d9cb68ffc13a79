"""Hurried spelling and slips of the keyboard, read as what was meant: "tjrs", "resu", "arnaaaque", "remboursemnet"."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import Any

from veille.text.fold import fold
from veille.text.similarity import within_slips

#: Shorter words have too many honest neighbours one slip away.
_SHORTEST = 7
#: Longer ones are no words.
_LONGEST = 30
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


@cache
def numbers() -> frozenset[str]:
    """Numbers as words, in both languages."""
    return frozenset(fold(_read()["numbers"]).split())


def is_number(word: str) -> bool:
    """Whether a word stands for a quantity: digits, or a number in letters."""
    return word.isdigit() or word in numbers()


@lru_cache(maxsize=20_000)
def squeezed(word: str) -> str:
    """ "arnaaaaque" -> "arnaque": no word of either language has three letters alike in a row."""
    return _DRAWN_OUT.sub(r"\1", word) if len(word) > 3 else word


def table(leaning: int) -> Mapping[str, tuple[str, ...]]:
    """What hurried words stand for, in a text that leans to French (above 0), to English (below) or to neither."""
    return _tables()["fr" if leaning > 0 else "en" if leaning < 0 else "either"]


@cache
def _read() -> dict[str, Any]:
    path = resources.files("veille.analysis") / "data" / "spelling.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    tables = {name: _read()[name] for name in ("either", "fr", "en")}
    folded = {name: {fold(k): tuple(fold(v).split()) for k, v in rows.items()} for name, rows in tables.items()}
    either = folded["either"]
    return {"either": either, "fr": either | folded["fr"], "en": {**either, **folded["en"]}}


def corrector(heads: Iterable[str]) -> Callable[[str], list[str]]:
    """A function that gives the long words of a list (`word*`: their beginning) that a word with one slip stands for.

    The first letter is right; of the others, a slip spares the next two or the last three: so few are compared.
    """
    by_beginning: defaultdict[str, list[str]] = defaultdict(list)
    by_ending: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for head in dict.fromkeys(heads):
        plain = head.rstrip("*")
        if len(plain) >= _SHORTEST:
            by_beginning[plain[:3]].append(head)
            by_ending[plain[0], plain[-3:]].append(head)

    def meant(word: str) -> list[str]:
        if not _SHORTEST <= len(word) <= _LONGEST:
            return []
        endings = [(word[0], word[end - 3 : end]) for end in range(_SHORTEST - 1, len(word) + 1)]
        near = (by_beginning.get(word[:3], ()), *(by_ending.get(ending, ()) for ending in endings))
        return [head for head in dict.fromkeys(chain.from_iterable(near)) if _one_slip(head, word)]

    return meant


def _one_slip(head: str, word: str) -> bool:
    """A stem is compared with as many letters, and its last two must be right: "hospitalité" is no "hospitalis*"."""
    if not head.endswith("*"):
        return abs(len(head) - len(word)) <= 1 and within_slips(head, word, 1)
    stem = head[:-1]
    cuts = (word[:length] for length in (len(stem) - 1, len(stem), len(stem) + 1))
    return any(cut[-2:] == stem[-2:] and within_slips(stem, cut, 1) for cut in cuts)
