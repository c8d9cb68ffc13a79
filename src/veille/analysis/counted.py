"""Numbers as French texts write them: "12 000", "douze mille", "1,2 million", "une soixantaine"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ONES = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "vingt trente quarante cinquante soixante"
)
_VALUES = (*range(17), 20, 30, 40, 50, 60)
_SMALL = dict(zip(_ONES.split(), _VALUES, strict=True)) | {"une": 1, "vingts": 20}
_ABOUT = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1_000,
}
_SCALES = {"cent": 100, "cents": 100, "mille": 1_000, "million": 10**6, "millions": 10**6, "milliard": 10**9}
_SCALES |= {"milliards": 10**9}
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(\d+)[.,](\d{1,2})\s*(millions?|milliards?|M€|M d)")
_SHORT = re.compile(r"(\d)\s*M(?:€|\b)")


def written_plain(text: str) -> str:
    """The text with "12 000" as "12000", "1,2 million" as "1200000" and "40 M€" as "40 millions €"."""
    text = _SPACED.sub("", _SHORT.sub(r"\1 millions €", text) if "M" in text else text)
    return _DECIMAL.sub(_whole, text) if "illi" in text else text


def _whole(found: re.Match[str]) -> str:
    scale = 10**9 if found[3].startswith("milliard") else 10**6
    return str(round(float(f"{found[1]}.{found[2]}") * scale))


def number_at(said: Sequence[str], at: int) -> tuple[int, int]:
    """(value, words that it takes) of the number that begins there; (0, 0) for none. "un" alone is an article."""
    if said[at] in _ABOUT:
        return _ABOUT[said[at]], 1
    total = current = taken = 0
    for word in said[at : at + 8]:
        if word.isdecimal() and len(word) < 13 and not taken:
            current = int(word)
        elif word in _SMALL:
            current = 80 if word.startswith("vingt") and current == 4 else current + _SMALL[word]
        elif word in ("cent", "cents"):
            current = max(1, current) * 100
        elif word in _SCALES:
            total, current = total + max(1, current) * _SCALES[word], 0
        elif not (word == "et" and taken):
            break
        taken += 1
    value = total + current
    return (value, taken - (said[at + taken - 1] == "et")) if value > 1 else (0, 0)
