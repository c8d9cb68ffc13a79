"""A slow matcher written apart from the real one: regular expressions, every pair of places, no index."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from veille.model.entry import Entry
from veille.query.syntax import (
    And,
    Exact,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Scope,
    Typo,
    Wildcard,
    Word,
)

Place = tuple[str, int, int, str]
_IGNORED = "\u200b\u00ad\ufeff"
_APART = r"[\s'-]+"
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![^\W_])(?<![^\W_]_)", r"(?![^\W_])(?!_+[^\W_])"


def slow_fold(text: str) -> tuple[str, list[int]]:
    """Folded text, and where each of its characters comes from."""
    folded, origin = "", []
    for place, sign in enumerate(text):
        plain = {"’": "'", "–": "-", "œ": "oe", "Œ": "oe"}.get(sign)
        if plain is None:
            plain = "".join(c for c in unicodedata.normalize("NFKD", sign).lower() if not unicodedata.combining(c))
        plain = "" if sign in _IGNORED else " " if plain.isspace() else plain
        folded += plain
        origin += [place] * len(plain)
    return folded, origin


def holds(node: Node, entry: Entry, field: str = "") -> set[Place] | None:
    """The places that make `node` hold, or None."""
    match node:
        case And(parts):
            found = [holds(part, entry, field) for part in parts]
            return None if None in found else set().union(*found)
        case Or(parts):
            found = [answer for part in parts if (answer := holds(part, entry, field)) is not None]
            return set().union(*found) if found else None
        case Not(part):
            return None if holds(part, entry, field) is not None else set()
        case Scope(name, part):
            return holds(part, entry, name)
        case _:
            texts = [("title", entry.title), ("text", entry.text)]
            chosen = [(name, text) for name, text in texts if field in ("", name)]
            found = {(name, *place) for name, text in chosen for hull in _hulls(node, text) for place in hull[2]}
            return found or None


def _hulls(node: Node, text: str) -> list[tuple[int, int, tuple[tuple[int, int, str], ...]]]:
    """(first word, last word, places in the original) of each way `node` stands in `text`."""
    match node:
        case Or(parts):
            return [hull for part in parts for hull in _hulls(part, text)]
        case Near(left, right, distance, ordered):
            pairs = product(_hulls(left, text), _hulls(right, text))
            return [
                (min(a[0], b[0]), max(a[1], b[1]), a[2] + b[2])
                for a, b in pairs
                if 0 < b[0] - a[1] <= distance + 1 or (not ordered and 0 < a[0] - b[1] <= distance + 1)
            ]
        case _:
            return [_hull(text, start, end, node) for start, end in _places(node, text)]


def _hull(text, start, end, node):
    folded, origin = slow_fold(text)
    tokens = [m.span() for m in re.finditer(r"[^\W_]+(?:_+[^\W_]+)*", folded)]
    inside = [number for number, (a, b) in enumerate(tokens) if a >= start and b <= end]
    last = origin[end - 1] + 1
    while last < len(text) and unicodedata.combining(text[last]):
        last += 1
    term = str(node) if isinstance(node, Typo) else node.text
    return inside[0], inside[-1], ((origin[start], last, term),)


def _places(node: Node, text: str) -> list[tuple[int, int]]:
    folded, origin = slow_fold(text)
    if isinstance(node, Typo):
        wanted = slow_fold(node.text)[0]
        tokens = (m.span() for m in re.finditer(r"[^\W_]+(?:_+[^\W_]+)*", folded))
        return [(a, b) for a, b in tokens if _slips(wanted, folded[a:b]) <= node.distance]
    found = [m.span(1) for m in re.finditer(f"(?=({_expression(node)}))", folded)]
    if isinstance(node, Exact):
        wanted = re.findall(r"\w+", unicodedata.normalize("NFC", node.text))
        written = lambda a, b: unicodedata.normalize("NFC", text[origin[a] : _hull(text, a, b, node)[2][0][1]])  # noqa: E731
        clean = lambda raw: re.findall(r"\w+", "".join(c for c in raw if c not in _IGNORED))  # noqa: E731
        found = [(a, b) for a, b in found if clean(written(a, b)) in (wanted, ["".join(wanted)], ["_".join(wanted)])]
    return found


def _expression(node: Word | Phrase | Exact | Wildcard) -> str:
    folded = slow_fold(node.text)[0]
    if isinstance(node, Wildcard):
        shape = re.escape(folded).replace(r"\*", r"\w*").replace(r"\?", r"\w")
        return f"{_EDGE_BEFORE}{shape}{_EDGE_AFTER}"
    pieces = re.split(r"[\s'-]+", folded)
    row = _APART.join(map(_signs, pieces))
    joined = "|".join(rf"(?<=[#@]){re.escape(glue.join(pieces))}" for glue in ("", "_"))
    row = f"(?:{row}|(?<!\\w[@#]){joined})" if len(pieces) > 1 and "&" not in folded else row
    return f"{_EDGE_BEFORE}{row}{_EDGE_AFTER}"


def _signs(piece: str) -> str:
    return r"\s*&\s*".join(map(re.escape, piece.split("&")))


def _slips(one: str, other: str) -> int:
    """Optimal string alignment distance, by the whole table."""
    table = {(i, -1): i + 1 for i in range(-1, len(one))} | {(-1, j): j + 1 for j in range(-1, len(other))}
    for i, j in product(range(len(one)), range(len(other))):
        wrong = one[i] != other[j]
        table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + wrong)
        if i and j and one[i] == other[j - 1] and one[i - 1] == other[j]:
            table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one) - 1, len(other) - 1]
