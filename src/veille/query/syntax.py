"""The query as a tree of frozen values, and its canonical print: `parse(str(query)) == query`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Operators, with their French names: words in capitals that are not words.
AND_WORDS = frozenset({"AND", "ET"})
OR_WORDS = frozenset({"OR", "OU"})
NOT_WORDS = frozenset({"NOT", "SAUF"})
OPERATOR = re.compile(r"AND|ET|OR|OU|NOT|SAUF|O?NEAR(?:/\d*)?")
#: A word that reads the same without quotes.
_BARE = re.compile(r"(?:[#@]?\w|\.\w)[^\s*?~:(){}\"“”„‟«»＂]*")

#: Fields whose value is looked for as words in a text.
TEXT_FIELDS = ("title", "text", "author", "tag", "url")
#: Fields whose value is compared with something the entry says of itself.
FACT_FIELDS = ("site", "lang", "source", "links")
NUMBER_FIELDS = ("rating", "followers")
FIELDS = TEXT_FIELDS + FACT_FIELDS + NUMBER_FIELDS


@dataclass(frozen=True, slots=True)
class Word:
    """One word or compound name, as written: LDLC, Voyages-sncf, C&A, #ldlc, ldlc.com."""

    text: str

    def __str__(self) -> str:
        bare = _BARE.fullmatch(self.text) and not OPERATOR.fullmatch(self.text)
        return self.text if bare else f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Phrase:
    """Several words in a row, single spaces between them."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Exact:
    """A word or phrase in this very case, with these very accents."""

    text: str

    def __str__(self) -> str:
        return f"{{{self.text}}}"


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word where `*` stands for any letters and `?` for one."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Typo:
    """A word written with at most `distance` slips: a letter too many, missing, wrong, or two swapped."""

    text: str
    distance: int

    def __str__(self) -> str:
        return f"{self.text}~{self.distance}"


@dataclass(frozen=True, slots=True)
class Number:
    """A comparison with a number; `sign` is one of < <= = >= >."""

    sign: str
    value: float

    def __str__(self) -> str:
        return f"{'' if self.sign == '=' else self.sign}{self.value:.15g}"


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; at least two."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " AND ".join(_inside(part, Or) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds; at least two."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node

    def __str__(self) -> str:
        return f"NOT {_inside(self.part, And, Or, Not)}"


@dataclass(frozen=True, slots=True)
class Near:
    """Both sides in one field, at most `distance` words between their nearest ends."""

    left: Node
    right: Node
    distance: int
    ordered: bool = False

    def __str__(self) -> str:
        operator = f"{'O' if self.ordered else ''}NEAR/{self.distance}"
        return f"{_inside(self.left, Or)} {operator} {_inside(self.right, Or)}"


@dataclass(frozen=True, slots=True)
class Scope:
    """The part is looked for in one field only."""

    field: str
    part: Node

    def __str__(self) -> str:
        return f"{self.field}:{_inside(self.part, And, Or, Not, Near)}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A reusable list by its name, and what it stands for."""

    name: str
    part: Node

    def __str__(self) -> str:
        return f"${self.name}"


Node = Word | Phrase | Exact | Wildcard | Typo | Number | And | Or | Not | Near | Scope | Listed
#: What is looked for in a text.
Term = Word | Phrase | Exact | Wildcard | Typo


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood; `str` prints it canonically."""

    root: Node

    def __str__(self) -> str:
        return str(self.root)


def _inside(part: Node, *looser: type) -> str:
    """`part` as an operand, in parentheses where it binds less than what surrounds it."""
    return f"({part})" if isinstance(part, looser) else str(part)


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes just below `node`, in order."""
    match node:
        case And(parts) | Or(parts):
            return parts
        case Not(part) | Scope(_, part) | Listed(_, part):
            return (part,)
        case Near(left, right):
            return left, right
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it."""
    yield node
    for part in parts_of(node):
        yield from walk(part)
