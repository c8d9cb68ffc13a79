"""Brings a text into the alphabet of text messages, and within one segment."""

from __future__ import annotations

import unicodedata

from veille.text.gsm_table import BASIC, EXTENDED, REPLACED

SEGMENT = 160
_ELLIPSIS = "..."


def to_gsm(text: str, limit: int = SEGMENT) -> str:
    """Return `text` in GSM 03.38, on one line, cut at a word so that it takes at most `limit` septets."""
    written = " ".join("".join(_letter(character) for character in unicodedata.normalize("NFC", text)).split())
    if septets(written) <= limit:
        return written
    cut = _first(written, limit - len(_ELLIPSIS))
    at_word = cut.rpartition(" ")[0] if written[len(cut) :][:1] != " " else cut
    kept = at_word if len(at_word) > len(cut) // 2 else cut
    return kept.rstrip(" ,;:.-(") + _ELLIPSIS if limit > len(_ELLIPSIS) else _first(written, limit).rstrip()


def fits(text: str, limit: int = SEGMENT) -> bool:
    """Whether `text` travels as it is in one message of `limit` septets."""
    return all(character in BASIC or character in EXTENDED for character in text) and septets(text) <= limit


def septets(text: str) -> int:
    """How many septets a text of that alphabet takes: characters of the extension table count two."""
    return len(text) + sum(character in EXTENDED for character in text)


def _first(text: str, room: int) -> str:
    used = 0
    for position, character in enumerate(text):
        used += 1 + (character in EXTENDED)
        if used > room:
            return text[:position]
    return text


def _letter(character: str) -> str:
    if character in BASIC or character in EXTENDED:
        return character
    if character in REPLACED:
        return REPLACED[character]
    if character.isspace():
        return " "
    return _approximation(character)


def _approximation(character: str) -> str:
    parts = [REPLACED.get(part, part) for part in unicodedata.normalize("NFKD", character)]
    known = "".join(part for part in parts if part and (part in BASIC or part in EXTENDED))
    if known:
        return known
    # A letter of another script leaves a trace; an emoji, a control or a lone accent says nothing.
    return "?" if unicodedata.category(character)[0] in "LN" else ""
