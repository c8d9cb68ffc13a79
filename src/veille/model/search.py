"""What a search service is asked: the part of a query that any of them could understand.

It is never narrower than the query: what a service cannot do is left out, and every result is checked against
the whole query afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A word or several words in a row, as written; `exact` when case and accents count."""

    text: str
    exact: bool = False

    def __str__(self) -> str:
        return f'"{self.text}"' if " " in self.text else self.text


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; at least two."""

    parts: tuple[Ask, ...]

    def __str__(self) -> str:
        return " AND ".join(f"({part})" if isinstance(part, AnyOf) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds at least; at least two."""

    parts: tuple[Ask, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The word or phrase is absent."""

    part: Said

    def __str__(self) -> str:
        return f"NOT {self.part}"


Ask = Said | AllOf | AnyOf | NoneOf


def words_of(ask: Ask) -> Iterator[Said]:
    """Every word and phrase asked for, those that must be absent left out."""
    match ask:
        case Said():
            yield ask
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from words_of(part)
        case NoneOf():
            return
