"""The part of a query that a search service can be asked, never narrower than the query itself.

Near becomes both words; a wildcard, a slip, a number or a field is left out, or stands for anything where
leaving it out would lose results. None stands for "anything".
"""

from __future__ import annotations

from collections.abc import Sequence

from veille.model.search import AllOf, AnyOf, Ask, NoneOf, Said
from veille.query.syntax import And, Exact, Listed, Near, Node, Not, Or, Phrase, Query, Scope, Word

#: Scopes in which a word is also somewhere in what a service searches.
_SEARCHED = ("title", "text", "tag")


def ask(query: Query) -> Ask | None:
    """What to ask a service for; None when no word of the query has to be there."""
    found = _widened(query.root)
    return None if found is None or _only_absent(found) else found


def _widened(node: Node) -> Ask | None:
    match node:
        case Word(text) | Phrase(text):
            return Said(text)
        case Exact(text):
            return Said(text, exact=True)
        case And(parts):
            return _both([_widened(part) for part in parts])
        case Near(left, right):
            return _both([_widened(left), _widened(right)])
        case Or(parts):
            return _either([_widened(part) for part in parts])
        case Not(part):
            return _without(part)
        case Listed(_, part):
            return _widened(part)
        case Scope(field, part) if field in _SEARCHED:
            return _widened(part)
        case _:
            return None


def _both(parts: Sequence[Ask | None]) -> Ask | None:
    """What cannot be asked is left out: the rest asks for more than the whole."""
    kept = list(dict.fromkeys(part for part in parts if part is not None))
    flat = [inner for part in kept for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    return AllOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _either(parts: Sequence[Ask | None]) -> Ask | None:
    """One part that cannot be asked, or that only excludes, makes the whole unaskable."""
    kept = list(dict.fromkeys(part for part in parts if part is not None and not _only_absent(part)))
    if len(kept) < len(set(parts)):
        return None
    flat = [inner for part in kept for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return AnyOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _without(part: Node) -> Ask | None:
    """Only plain words are excluded by the service: `NOT (a OR b)` is both absent."""
    match part:
        case Word(text) | Phrase(text):
            return NoneOf(Said(text))
        case Or(parts):
            return _both([_without(inner) for inner in parts])
        case Listed(_, inner):
            return _without(inner)
        case Not(inner):
            return _widened(inner)
        case _:
            return None


def _only_absent(asked: Ask) -> bool:
    match asked:
        case NoneOf():
            return True
        case AllOf(parts):
            return all(map(_only_absent, parts))
        case _:
            return False
