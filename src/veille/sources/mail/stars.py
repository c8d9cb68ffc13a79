"""Stars out of five, as mails write them: in words, as signs, in the name of a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_NUMBERS |= {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5}
_ONE = rf"[1-5]|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}"
#: The first that is found counts.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<![\w.,/])([1-5])(?:[.,]0)?\s?(?:/|sur|out of|of)\s?5\b(?![\d/.])",
        rf"(?<![\w.,])({_ONE})(?:[.,]0)?[\s\u00a0-]{{0,2}}(?:étoiles?|stars?|bulles?|bubbles?)\b",
        r"stars?[-_/]([1-5])(?:\.0)?(?![\d])",
        r"(?:bubbles?|ratings?)[-_/]([1-5])(?:0|\.0)?(?!\d)",
    )
)
_SIGNS = re.compile(r"([★⭐🌟]\ufe0f?\s?){1,5}[☆✩]{0,4}")

#: A line that is nothing but a rating.
_WHOLE = re.compile(
    r"[★☆⭐🌟✩\ufe0f\s]+"
    r"|(?:(?:noté|rated|notes?|ratings?)\s?:?\s?)?(?:[1-5](?:[.,]0)?[ -]?(?:stars?|étoiles?|bulles?|bubbles?)"
    r"|[1-5](?:[.,]0)? ?(?:/|sur|out of|of) ?5(?: ?(?:stars?|étoiles?|bulles?|bubbles?))?)(?:\s?★+)?",
    re.IGNORECASE,
)


def is_rating(line: str) -> bool:
    """Whether a line gives stars and says nothing else."""
    return _WHOLE.fullmatch(line) is not None and stars((line,)) is not None


def stars(texts: Iterable[str]) -> float | None:
    """The rating, 1 to 5, that the first of these texts gives; None when none does."""
    for text in texts:
        if (found := _in(text[:20_000])) is not None:
            return found
    return None


def _in(text: str) -> float | None:
    for form in _FORMS:
        if match := form.search(text):
            written = match[1].lower()
            return float(_NUMBERS.get(written) or int(written))
    signs = _SIGNS.search(text)
    full = sum(signs[0].count(sign) for sign in "★⭐🌟") if signs else 0
    return float(full) if 1 <= full <= 5 else None
