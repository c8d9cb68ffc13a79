"""Decodes the HTML entities left in a text, with the way back to the original."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.entities import html5

#: Only closed entities: "&copy" in an address is a parameter, not a sign.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text and, for each of its characters, where it starts and ends in the original (code points)."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def decode(text: str) -> str:
    """`text` with its closed, known entities decoded once."""
    return _ENTITY.sub(_sign, text) if "&" in text else text


def decode_with_map(text: str) -> Decoded:
    """`decode`, and which characters of `text` each character stands for."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for found in _ENTITY.finditer(text):
        sign = _sign(found)
        if sign == found.group():
            continue
        pieces += text[done : found.start()], sign
        starts += [*range(done, found.start()), *[found.start()] * len(sign)]
        ends += [*range(done + 1, found.start() + 1), *[found.end()] * len(sign)]
        done = found.end()
    pieces.append(text[done:])
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return Decoded("".join(pieces), starts, ends)


def _sign(found: re.Match[str]) -> str:
    entity = found.group()
    return html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)
