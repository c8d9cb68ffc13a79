"""Makes text from outside storable and printable: no controls, one normal form, a bounded length."""

from __future__ import annotations

import re
import unicodedata

#: Escape sequences of terminals: CSI ("\x1b[31m"), OSC with its terminator, and the two-character ones.
_ANSI = re.compile(r"\x1b(?:\[[0-?]*+[ -/]*+[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)|[@-Z\\^_])")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]+")
#: One look decides whether the three above have any work at all.
_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: Normalising a run of combining marks is quadratic; the stream-safe format allows 30 (UAX 15, section 13).
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARK = re.compile(f"[{_MARKS}]")
_PILED_MARKS = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
#: Bidirectional controls, zero-width characters, soft hyphen. A joiner between two emoji is part of them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
    "|(?<![\ufe0f\u2600-\u27bf\U0001f000-\U0001faff])\u200d"
)


def clean(text: str, *, limit: int = 0) -> str:
    """Remove NUL, controls but tab and newline, lone surrogates and terminal escapes; normalise to NFC.

    `limit` counts characters of the result (0 = none).
    """
    if _SUSPECT.search(text):
        text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", _ANSI.sub("", text)))
    if not text.isascii():
        text = _composed(text)
    return shorten(text, limit) if limit else text


def one_line(text: str, limit: int = 0) -> str:
    """Clean, with every run of whitespace (NEL, U+2028 and no-break spaces too) folded into one space."""
    plain = text.isascii() and text.isprintable()  # nearly all names, addresses and dates
    folded = " ".join((text if plain else clean(text)).split())
    return shorten(folded, limit) if limit else folded


def shorten(text: str, limit: int) -> str:
    """Cut to at most `limit` characters, at a word boundary where there is one, and say so with "…"."""
    if len(text) <= limit:
        return text
    cut = text[: max(limit - 1, 0)]
    boundary = max(cut.rfind(" "), cut.rfind("\n"))
    if boundary > len(cut) // 2 and not text[len(cut)].isspace():
        cut = cut[:boundary]
    return cut.rstrip() + "…"


def neutral(text: str) -> str:
    """Clean, without the characters that reorder or hide text: for display."""
    return _INVISIBLE.sub("", clean(text))


def _composed(text: str) -> str:
    if _MARK.search(text):
        text = _PILED_MARKS.sub(r"\1", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
