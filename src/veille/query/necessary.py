"""What must be in an entry for a query to hold: clauses of keys, one key of each clause at least.

Keys are the folded words of a text, and for what is no word: wildcards and slips (their own keys), the words of the
author and the address, and the facts (site, language, source).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from veille.query.facts import fact_key
from veille.query.pattern import Element, Pattern, Patterns
from veille.query.syntax import (
    FACT_FIELDS,
    And,
    Exact,
    Listed,
    Near,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Scope,
    Term,
    Typo,
    Wildcard,
    Word,
    parts_of,
)
from veille.query.typos import Slips
from veille.query.typos import key_of as slip_key
from veille.query.wildcards import Glob
from veille.query.wildcards import key_of as glob_key
from veille.query.words import is_common

Clause = frozenset[str]
#: Fields whose words are keys of their own, with the field before them.
KEYED_FIELDS = ("author", "url")
#: Clauses checked before a query is evaluated; more would cost more than they spare.
_MOST = 4


@dataclass(frozen=True, slots=True)
class Needs:
    """The clauses of a query, the most telling first; none when it may hold without any key."""

    clauses: tuple[Clause, ...] = ()
    globs: tuple[Glob, ...] = ()
    slips: tuple[Slips, ...] = ()


@dataclass(frozen=True, slots=True)
class Rarity:
    """How telling keys are: a word that many of the queries hold, or that is common, makes a poor trigger."""

    uses: Mapping[str, int]

    def cost(self, clause: Clause) -> float:
        """How often the clause is likely to be met, and how many queries it would wake: the lower the better."""
        return sum(self._frequency(key) * (1 + self.uses.get(key, 0)) for key in clause)

    def _frequency(self, key: str) -> float:
        if is_common(key):
            return 20
        if key[0] in "*~":
            return 3
        if key.startswith(("lang:", "source:")):
            return 50
        return 1 + 8 / len(key) ** 2


def rarity(nodes: Iterable[Node], patterns: Patterns) -> Rarity:
    """What the queries say of their own words."""
    uses: Counter[str] = Counter()
    for node in nodes:
        terms = (patterns.of(term, field) for term, field in _terms(node, ""))
        uses.update({_table_key(element) for pattern in terms for element in pattern.elements})
    return Rarity(uses)


def _terms(node: Node, field: str) -> Iterator[tuple[Term, str]]:
    """Every term that is looked for as words, and in which field."""
    match node:
        case Word() | Phrase() | Exact() | Wildcard() | Typo():
            if field not in FACT_FIELDS:
                yield node, field
        case Scope(name, part):
            yield from _terms(part, name)
        case _:
            for part in parts_of(node):
                yield from _terms(part, field)


def needs(node: Node, patterns: Patterns, known: Rarity) -> Needs:
    """What `node` needs; wildcards and slips are told apart for the tables that find them."""
    ranked = sorted(_clauses(node, "", patterns, known), key=known.cost)
    # Only a trigger is worth the tables: beside it, exact evaluation is cheaper than looking every text up in them.
    clauses = tuple(ranked[:1] + [clause for clause in ranked[1:] if not _tabled(clause)][: _MOST - 1])
    used = clauses[0] if clauses else frozenset[str]()
    if not _tabled(used):
        return Needs(clauses)
    found = (patterns.of(term, field) for term, field in _terms(node, ""))
    elements = {element for pattern in found for element in pattern.elements}
    globs = [element for element in elements if isinstance(element, Glob) and glob_key(element) in used]
    slips = [element for element in elements if isinstance(element, Slips) and slip_key(element) in used]
    return Needs(clauses, tuple(globs), tuple(slips))


def _tabled(clause: Clause) -> bool:
    return any(key[0] in "*~" for key in clause)


def _clauses(node: Node, field: str, patterns: Patterns, known: Rarity) -> list[Clause]:
    match node:
        case And() | Near():
            return [clause for part in parts_of(node) for clause in _clauses(part, field, patterns, known)]
        case Or(parts):
            return _either([_clauses(part, field, patterns, known) for part in parts], known)
        case Scope(name, part):
            return _clauses(part, name, patterns, known)
        case Listed(_, part):
            return _clauses(part, field, patterns, known)
        case Not() | Number():
            return []
        case Word() if field in FACT_FIELDS:
            key = fact_key(field, node)
            return [frozenset({key})] if key else []
        case _:
            return list(_of_pattern(patterns.of(node, field), field))


def _either(branches: list[list[Clause]], known: Rarity) -> list[Clause]:
    """One clause out of the best of each branch; none when a branch needs nothing."""
    if not all(branches):
        return []
    return [frozenset[str]().union(*(min(branch, key=known.cost) for branch in branches))]


def _of_pattern(pattern: Pattern, field: str) -> Iterator[Clause]:
    prefix = f"{field}:" if field in KEYED_FIELDS else ""
    for element in dict.fromkeys(pattern.elements):
        if isinstance(element, str):
            yield frozenset(prefix + word for word in (element, *pattern.joined))
        elif not prefix:
            yield frozenset({_table_key(element)})


def _table_key(element: Element) -> str:
    """The key of an element; a word is its own."""
    match element:
        case Glob():
            return glob_key(element)
        case Slips():
            return slip_key(element)
        case str():
            return element
