"""Reads a query: lexemes, then the grammar, then what a grammar cannot say.

text -> lex -> _ordered (operators and brackets stand where they may) -> lark -> Query
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer

from veille.errors import QueryError
from veille.query.complaints import DEEPEST, LONGEST_CHAIN, LONGEST_QUERY, Complaints
from veille.query.leaves import fit, leaf
from veille.query.lexer import Lexeme, lex
from veille.query.lists import shipped
from veille.query.syntax import (
    And,
    Exact,
    Listed,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Scope,
    Typo,
    Wildcard,
    Word,
)

_NO_LISTS: Mapping[str, str] = {}
_OPERATORS = frozenset({"AND", "OR", "NEAR", "NOT"})


def parse(text: str, *, lists: Mapping[str, str] = _NO_LISTS) -> Query:
    """Understands `text`; `lists` are the client's `$name` queries, before the shipped ones.

    Raises QueryError with the column (code points from 0) and a suggestion.
    """
    return Query(_parse(text, _Lists(lists)))


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists at hand, and the names of those being read."""

    own: Mapping[str, str]
    reading: frozenset[str] = frozenset()

    def read(self, lexeme: Lexeme, complaints: Complaints) -> Listed:
        name = lexeme.text
        text = self.own.get(name) or shipped().get(name)
        if text is None:
            raise complaints.unknown_list(lexeme.column, name, {*self.own, *shipped()})
        if name in self.reading:
            raise complaints.list_circle(lexeme.column, name)
        if name not in self.own:
            return Listed(name, _shipped_tree(text))
        try:
            return Listed(name, _parse(text, replace(self, reading=self.reading | {name})))
        except QueryError as error:
            raise complaints.broken_list(lexeme.column, name, error) from error


@functools.cache
def _shipped_tree(text: str) -> Node:
    return _parse(text, _Lists(_NO_LISTS))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A node, where it began, and how to complain about it."""

    node: Node
    column: int
    complaints: Complaints
    #: NEAR operators in the chain it ends.
    chain: int = 0


def _parse(text: str, lists: _Lists) -> Node:
    complaints = Complaints(text)
    if not text.strip():
        raise complaints.empty()
    if len(text) > LONGEST_QUERY:
        raise complaints.too_long()
    tokens = [_token(lexeme, lists, complaints) for lexeme in _ordered(lex(text, complaints), complaints)]
    try:
        placed: Any = _grammar().parse(tokens)
    except UnexpectedInput as error:
        raise complaints.unreadable(error.column - 1) from error
    if _negates(placed.node):
        raise complaints.only_negates(placed.column)
    node: Node = placed.node
    return node


def _token(lexeme: Lexeme, lists: _Lists, complaints: Complaints) -> Token:
    value: Any = lexeme
    if lexeme.kind == "TERM":
        value = _Placed(leaf(lexeme, complaints), lexeme.column, complaints)
    elif lexeme.kind == "LIST":
        value = _Placed(lists.read(lexeme, complaints), lexeme.column, complaints)
    token = Token(lexeme.kind, "", column=lexeme.column + 1)
    token.value = value
    return token


def _ordered(lexemes: Iterable[Lexeme], complaints: Complaints) -> Iterator[Lexeme]:
    """Passes `lexemes` on; raises QueryError where an operator dangles or brackets are not balanced."""
    order = _Order(complaints)
    for lexeme in lexemes:
        order.take(lexeme)
        yield lexeme
    order.end()


@dataclass(slots=True)
class _Order:
    """What was read before, for the messages that a grammar's "unexpected token" cannot give."""

    complaints: Complaints
    previous: Lexeme | None = None
    opened: list[Lexeme] = field(default_factory=list)

    def take(self, lexeme: Lexeme) -> None:
        if lexeme.kind in _OPERATORS:
            self._operator(lexeme)
        elif lexeme.kind == "LPAR":
            self.opened.append(lexeme)
            if len(self.opened) > DEEPEST:
                raise self.complaints.too_deep(lexeme.column)
        elif lexeme.kind == "RPAR":
            self._close(lexeme)
        self.previous = lexeme

    def _operator(self, lexeme: Lexeme) -> None:
        previous = self.previous
        if lexeme.kind == "NOT" and (previous is None or previous.kind not in ("NOT", "NEAR")):
            return
        if previous is None or previous.kind == "LPAR":
            raise self.complaints.dangling(lexeme.column, lexeme.text, side="before")
        if previous.kind in _OPERATORS:
            raise self.complaints.two_operators(lexeme.column, lexeme.text, previous.text)

    def _close(self, lexeme: Lexeme) -> None:
        if not self.opened:
            raise self.complaints.unopened(lexeme.column, ")")
        self._finish(lexeme.column)
        if self.previous is self.opened.pop():
            raise self.complaints.nothing_inside(lexeme.column)

    def _finish(self, column: int) -> None:
        previous = self.previous
        if previous is not None and previous.kind in _OPERATORS:
            raise self.complaints.dangling(previous.column, previous.text, side="after")

    def end(self) -> None:
        self._finish(0)
        if self.opened:
            raise self.complaints.unclosed(self.opened[-1].column, "(", ")")


class _Lexemes(Lexer):
    """Hands lark the tokens it is given."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: Any) -> None: ...

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
        return iter(lexer_state.text)


class _Builder(Transformer[Token, _Placed]):
    """One method a rule of the grammar: makes the node, or complains."""

    def leaf(self, children: list[Any]) -> _Placed:
        placed: _Placed = children[0].value
        return placed

    def group(self, children: list[Any]) -> _Placed:
        placed: _Placed = children[1]
        return replace(placed, chain=0) if not isinstance(placed.node, Near) else placed

    def scope(self, children: list[Any]) -> _Placed:
        name: Lexeme = children[0].value
        inner: _Placed = children[2] if len(children) == 4 else children[1].value
        fitted = fit(inner.node, name.text, column=inner.column, complaints=inner.complaints)
        return _Placed(Scope(name.text, fitted), name.column, inner.complaints)

    def near(self, children: list[Any]) -> _Placed:
        left, operator, right = children[0], children[1].value, children[2]
        if not (_locates(left.node) or isinstance(left.node, Near)) or not _locates(right.node):
            raise left.complaints.near_operand(operator.column)
        if left.chain >= LONGEST_CHAIN:
            raise left.complaints.near_chain(operator.column)
        name, _, number = operator.text.partition("/")
        node = Near(left.node, right.node, int(number[:9]), ordered=name == "ONEAR")
        return _Placed(node, left.column, left.complaints, left.chain + 1)

    def negation(self, children: list[Any]) -> _Placed:
        inner: _Placed = children[1]
        return _Placed(Not(inner.node), children[0].value.column, inner.complaints)

    def both(self, children: list[Any]) -> _Placed:
        parts = [child for child in children if isinstance(child, _Placed)]
        return _Placed(And(tuple(_flat(parts, And))), parts[0].column, parts[0].complaints)

    def either(self, children: list[Any]) -> _Placed:
        parts = [child for child in children if isinstance(child, _Placed)]
        for part in parts:
            if _negates(part.node):
                raise part.complaints.branch_negates(part.column)
        return _Placed(Or(tuple(_flat(parts, Or))), parts[0].column, parts[0].complaints)


def _flat(parts: Iterable[_Placed], kind: type[And] | type[Or]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part.node, kind):
            yield from part.node.parts
        else:
            yield part.node


def _negates(node: Node) -> bool:
    """Whether `node` holds for an entry that has none of its words."""
    match node:
        case Not(part):
            return not _negates(part)
        case And(parts):
            return all(map(_negates, parts))
        case Scope(_, part) | Listed(_, part):
            return _negates(part)
        case _:
            return False


def _locates(node: Node) -> bool:
    """Whether `node` is a term, a phrase, or an OR-group of them."""
    match node:
        case Word() | Phrase() | Exact() | Wildcard() | Typo():
            return True
        case Or(parts):
            return all(map(_locates, parts))
        case Listed(_, part):
            return _locates(part)
        case _:
            return False


@functools.cache
def _grammar() -> Lark:
    rules = resources.files("veille.query").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(rules, parser="lalr", lexer=_Lexemes, transformer=_Builder(), keep_all_tokens=True)
