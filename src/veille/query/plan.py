"""A query compiled into checks: each takes a reading and answers with the places that make it hold, or None."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from veille.query.facts import number_test, word_test
from veille.query.near import Distance, Hull, Place, distinct
from veille.query.pattern import Pattern, Patterns
from veille.query.reading import Passage, Reading
from veille.query.syntax import (
    FACT_FIELDS,
    And,
    Listed,
    Near,
    Node,
    Not,
    Number,
    Or,
    Scope,
    Term,
    Word,
)

#: The places a query holds by, in a reading; [] when it holds by what is no text; None when it does not hold.
Check = Callable[[Reading], list[Place] | None]
#: Where to look.
Where = Callable[[Reading], list[Passage]]
#: The stretches of one operand of NEAR in a passage.
Locate = Callable[[Passage], list[Hull]]
#: The stretches of a NEAR in a passage, as they are found.
Pairs = Callable[[Passage], Iterator[Hull]]

#: Places kept of one term, or stretches of one NEAR, in one entry: enough to show, whatever a text repeats.
MOST_PLACES = 1000


def compile_node(node: Node, patterns: Patterns, field: str = "") -> Check:
    """The check of `node`, looked for in one field or, when "", in title, text and tags."""
    match node:
        case And(parts):
            # What is wanted first: it fails more often than what is not.
            ordered = sorted(parts, key=lambda part: isinstance(part, Not))
            return _all([compile_node(part, patterns, field) for part in ordered])
        case Or(parts):
            return _any([compile_node(part, patterns, field) for part in parts])
        case Not(part):
            return _without(compile_node(part, patterns, field))
        case Scope(name, part):
            return compile_node(part, patterns, name)
        case Listed(_, part):
            return compile_node(part, patterns, field)
        case Near():
            return _near(_pairs(node, patterns, field), _where(field))
        case Number():
            return _fact(number_test(field, node))
        case _:
            return _leaf(node, patterns, field)


def _leaf(node: Term, patterns: Patterns, field: str) -> Check:
    if field in FACT_FIELDS and isinstance(node, Word):
        return _fact(word_test(field, node))
    return _term(patterns.of(node, field), _where(field))


def _where(field: str) -> Where:
    if not field:
        return lambda reading: reading.passages
    return lambda reading: reading.field(field)


def _term(pattern: Pattern, where: Where) -> Check:
    if pattern.plain:
        return _plain(pattern, where)

    def check(reading: Reading) -> list[Place] | None:
        return [
            Place(passage, *pattern.stretch(passage, first, last), pattern.term)
            for passage in where(reading)
            for first, last in pattern.find(passage)[:MOST_PLACES]
        ] or None

    return check


def _plain(pattern: Pattern, where: Where) -> Check:
    """`_term` for a lone word, without what it does not need."""
    word, term = pattern.plain, pattern.term

    def check(reading: Reading) -> list[Place] | None:
        return [
            Place(passage, start, end, term)
            for passage in where(reading)
            if word in passage.folded
            for start, end in passage.spots(word)[:MOST_PLACES]
        ] or None

    return check


def _fact(test: Callable[[Reading], bool]) -> Check:
    return lambda reading: [] if test(reading) else None


def _all(checks: Sequence[Check]) -> Check:
    def check(reading: Reading) -> list[Place] | None:
        places: list[Place] = []
        for part in checks:
            found = part(reading)
            if found is None:
                return None
            places += found
        return places

    return check


def _any(checks: Sequence[Check]) -> Check:
    def check(reading: Reading) -> list[Place] | None:
        answers = [found for part in checks if (found := part(reading)) is not None]
        return [place for found in answers for place in found] if answers else None

    return check


def _without(check: Check) -> Check:
    return lambda reading: [] if check(reading) is None else None


def _near(pairs: Pairs, where: Where) -> Check:
    def check(reading: Reading) -> list[Place] | None:
        places = (
            place
            for passage in where(reading)
            for hull in islice(pairs(passage), MOST_PLACES)
            for place in hull.places(passage)
        )
        return list(dict.fromkeys(places)) or None

    return check


def _pairs(node: Near, patterns: Patterns, field: str) -> Pairs:
    left, right = _locate(node.left, patterns, field), _locate(node.right, patterns, field)
    distance = Distance(node.distance, ordered=node.ordered)

    def pairs(passage: Passage) -> Iterator[Hull]:
        lefts = left(passage)
        return distance.pairs(lefts, right(passage) if lefts else [], passage)

    return pairs


def _locate(node: Node, patterns: Patterns, field: str) -> Locate:
    if isinstance(node, Near):
        inner = _pairs(node, patterns, field)
        return lambda passage: distinct(inner(passage))
    operands = [patterns.of(term, field) for term in _terms(node)]

    def locate(passage: Passage) -> list[Hull]:
        return [
            Hull(first, last, ((pattern, first, last),))
            for pattern in operands
            for first, last in pattern.find(passage)
        ]

    return locate


def _terms(node: Node) -> list[Term]:
    match node:
        case Or(parts):
            return [term for part in parts for term in _terms(part)]
        case Listed(_, part):
            return _terms(part)
        case And() | Not() | Near() | Scope() | Number():
            return []  # the parser lets none of them in
        case _:
            return [node]
