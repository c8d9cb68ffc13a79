"""Words reduced to what two tellings of one event share: stems, numbers written out, and what happened."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

from veille.text.fold import fold

#: Letters of the shortest stem, and of the shared beginning that makes two words kin ("accident", "accidenté").
LEAST_STEM = 4
BEGINNING = 5
#: Numbers that headlines write out; "un" and "one" are articles.
_NUMBERS = {
    word: str(number)
    for number, said in {
        2: "deux two",
        3: "trois three",
        4: "quatre four",
        5: "cinq five",
        6: "six",
        7: "sept seven",
        8: "huit eight",
        9: "neuf nine",
        10: "dix ten",
        11: "onze eleven",
        12: "douze twelve",
        13: "treize thirteen",
        14: "quatorze fourteen",
        15: "quinze fifteen",
        16: "seize sixteen",
        20: "vingt twenty",
        30: "trente thirty",
        40: "quarante forty",
        50: "cinquante fifty",
        60: "soixante sixty",
        100: "cent hundred",
        1000: "mille thousand",
    }.items()
    for word in said.split()
}
#: Endings of French words by falling length, plural and feminine included; English plurals and participles fall too.
_ENDING = re.compile(
    r"(?:issements?|ements?|ations?|atrices?|ateurs?|euses?|eurs?|antes?|ants?|ives?|ifs?|iques?|ites?|ings?|ees?"
    r"|ed|es?|er|ez|ent|s|x|e)$"
)


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """A folded word without its usual French or English ending: rough, and the same for all forms of a word."""
    if len(word) <= LEAST_STEM:
        return word
    return shorter if len(shorter := _ENDING.sub("", word)) >= LEAST_STEM else word[:LEAST_STEM]


def number(word: str) -> str:
    """The digits of a number, written out or not; "" for other words."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    return _NUMBERS.get(word, "")


@lru_cache(maxsize=50_000)
def concept(word: str) -> str:
    """What happened, as data/concepts.toml names it: "strike" for "débrayage"; "" for most words. `word` is folded."""
    whole, beginnings = _concepts()
    if word in whole:
        return whole[word]
    least, most, starts = _first_letters()
    if word[:least] not in starts:
        return ""
    sizes = range(min(len(word), most), least - 1, -1)
    return next((beginnings[word[:size]] for size in sizes if word[:size] in beginnings), "")


@cache
def _first_letters() -> tuple[int, int, frozenset[str]]:
    """The letters of the shortest beginning and of the longest, and how all begin: most words are told apart there."""
    beginnings = _concepts()[1]
    least = min(map(len, beginnings))
    return least, max(map(len, beginnings)), frozenset(beginning[:least] for beginning in beginnings)


@cache
def _concepts() -> tuple[dict[str, str], dict[str, str]]:
    """(whole words, beginnings) -> concept; the first concept that names a word has it."""
    text = resources.files("veille.analysis").joinpath("data/concepts.toml").read_text(encoding="utf-8")
    whole: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for name, said in tomllib.loads(text).items():
        for word in fold(said).split():
            table, key = (beginnings, word[:-1]) if word.endswith("*") else (whole, word)
            table.setdefault(key, name)
    return whole, beginnings
