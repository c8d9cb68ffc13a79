"""Folds text for comparison: case, accents, ligatures and typography made alike, with the way back to the original.

The folding works character by character and looks at no neighbour, so a text may be folded whole or in pieces,
composed (NFC) or decomposed (NFD), with the same result; folding twice changes nothing. What each character becomes is
worked out once and remembered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from veille.text.entities import decode, decode_with_map

#: Letters that Unicode does not decompose although a French or English reader sees a plain letter in them.
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t"}
#: Signs that look alike, as the ASCII one. The ellipsis stays one character so that most French text keeps its offsets.
_APOSTROPHES = "‘’‚‛ʹʻʼʽˈ´\u1ffd′‵＇ʾʿꞌ"
_QUOTES = "“”„‟«»″‶〝〞＂"
_DASHES = "‐‑‒–—―−﹘﹣－⁃﹘⸺⸻‧"
#: Trade marks would become letters glued to the name ("LDLCTM"): they stay signs.
_KEPT = "™℠®©"
#: Marks that draw nothing and are neither format controls nor combining accents: joiners, fillers, variation selectors.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: Combining classes that carry a letter of their own (nukta, kana voicing, virama), not an accent.
_LETTER_MARKS = frozenset({0, 7, 8, 9})

_SIGNS = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **{sign: sign for sign in _KEPT},
    "…": ".",
    "\x85": " ",
    "\u2028": " ",
    "\u2029": " ",
}
#: By falling frequency in French text: these are tried blindly, most texts are plain ASCII after them.
_FREQUENT = "éè’àêçôùâî\xa0«»"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
#: Past so many different characters one table pass is cheaper than a replacement each.
_MANY = 48
_WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*")


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """What one character becomes: "" when it is ignored, several characters when it is a ligature."""
    known = _SIGNS.get(character)
    if known is not None:
        return known
    if character.isascii():
        return character.lower()
    folded = "".join(_fold_part(part) for part in unicodedata.normalize("NFKD", character).casefold())
    return folded if folded == character else "".join(map(fold_character, folded))


def _fold_part(part: str) -> str:
    category = unicodedata.category(part)
    if category == "Cf" or _INVISIBLE.match(part):
        return ""
    if category == "Mn" and unicodedata.combining(part) not in _LETTER_MARKS:
        return ""
    return " " if category == "Zs" else _LETTERS.get(part, part)


_FREQUENT_FOLDS = tuple((character, fold_character(character)) for character in _FREQUENT)
#: Characters of western European texts that fold to one: such a text keeps its places.
_EVEN = frozenset(
    character
    for character in map(chr, [*range(0x80, 0x250), *range(0x2010, 0x2050)])
    if len(fold_character(character)) == 1
)


#: A character that is not known to fold into exactly one.
_UNEVEN = re.compile(f"[^\x00-\x7f{re.escape(''.join(sorted(_EVEN)))}]")


def fold(text: str) -> str:
    """`text` in lower case, without accents or invisible characters, typography as ASCII; entities are left alone."""
    folded = text.lower()
    if folded.isascii():
        return folded
    for character, plain in _FREQUENT_FOLDS:
        folded = folded.replace(character, plain)
    if folded.isascii():
        return folded
    rest = set(_NOT_ASCII.findall(folded))
    if len(rest) > _MANY:
        return "".join(map(fold_character, folded))
    for character in rest:
        folded = folded.replace(character, fold_character(character))
    return folded


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, where it starts and ends in the original (code points)."""

    text: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the non-empty folded slice [start, end) is in the original; accents and entities are covered whole."""
        return self.offsets[start], self.ends[end - 1]


def fold_with_map(text: str) -> Folded:
    """`fold` of `text` with its HTML entities decoded, and the way back to `text`."""
    return way_back(text, fold(decode(text)))


def way_back(text: str, folded: str) -> Folded:
    """`fold_with_map` of `text` when its folding, entities decoded, is known."""
    if "&" in text:
        decoded = decode_with_map(text)
        inner = _way_back(decoded.text, folded)
        starts = [decoded.starts[place] for place in inner.offsets]
        return Folded(inner.text, starts, [decoded.ends[place - 1] for place in inner.ends])
    return _way_back(text, folded)


def _way_back(text: str, folded: str) -> Folded:
    if not _UNEVEN.search(text) or _one_for_one(set(_NOT_ASCII.findall(text))):
        return Folded(folded, range(len(text)), range(1, len(text) + 1))
    offsets = [place for place, sign in enumerate(text) for _ in fold_character(sign)]
    return Folded(folded, offsets, [_end(text, place + 1) for place in offsets])


def _one_for_one(characters: set[str]) -> bool:
    return characters <= _EVEN or all(len(fold_character(character)) == 1 for character in characters)


def _end(text: str, end: int) -> int:
    """`end` moved past the combining accents that belong to the character before it."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def words(text: str) -> list[str]:
    """The folded words of `text` in order, entities decoded; "l'LDLC" is two words, "jul_nantes" one."""
    return _WORD.findall(fold(decode(text)))
