"""What is worth saying about a query that can be read: it may bring too much, or not what was meant."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from veille.query.complaints import Complaints
from veille.query.lexer import Lexeme, lex
from veille.query.parser import parse
from veille.query.syntax import And, Listed, Node, Not, Or, Query, Scope, Word
from veille.query.words import common, homonyms
from veille.text.fold import fold, words

Key = TypeVar("Key", bound=Hashable)
#: Lower-case operators, and the operator that may have been meant.
_LOOKALIKES = {
    "and": "AND", "et": "ET", "or": "OR", "ou": "OU", "not": "NOT", "sauf": "SAUF", "near": "NEAR/5",
}  # fmt: skip


class Code(StrEnum):
    """What a warning is about."""

    LOWER_CASE_OPERATOR = "lower_case_operator"
    ONE_LETTER = "one_letter"
    COMMON_WORD = "common_word"
    HOMONYM = "homonym"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryWarning:
    """One doubt about a query. `column` counts code points from 0; -1 when it is about the whole."""

    code: Code
    word: str
    message: str
    suggestion: str = ""
    column: int = -1


def warnings(text: str, language: str = "fr", *, lists: Mapping[str, str] | None = None) -> tuple[QueryWarning, ...]:
    """The doubts about the query `text`, in order of column; raises QueryError when it cannot be read."""
    query = parse(text, lists=lists or {})
    lexemes = list(lex(text, Complaints(text)))
    return (*_lookalikes(lexemes), *_one_letters(lexemes), *_alone(query, lexemes, language))


def duplicates(queries: Mapping[Key, Query]) -> dict[Key, Key]:
    """Keys whose query says the same as an earlier one's (whatever the order of its parts), with that one."""
    first: dict[Node, Key] = {}
    found: dict[Key, Key] = {}
    for key, query in queries.items():
        earlier = first.setdefault(_sorted(query.root), key)
        if earlier != key:
            found[key] = earlier
    return found


def duplicate_warning(word: str, other: str) -> QueryWarning:
    """The warning that watch `word` asks the same as watch `other`."""
    message = f"{word} asks the same as {other}."
    return QueryWarning(code=Code.DUPLICATE, word=word, message=message, suggestion="Remove one of the two.")


def _lookalikes(lexemes: list[Lexeme]) -> Iterator[QueryWarning]:
    for before, lexeme, after in zip(lexemes, lexemes[1:], lexemes[2:], strict=False):
        meant = _LOOKALIKES.get(lexeme.text.partition("/")[0])
        if meant and lexeme.form == "bare" and before.kind in ("TERM", "LIST", "RPAR") and after.kind != "RPAR":
            yield QueryWarning(
                code=Code.LOWER_CASE_OPERATOR,
                word=lexeme.text,
                message=f'"{lexeme.text}" is looked for as a word.',
                suggestion=f"Did you mean {meant} ?",
                column=lexeme.column,
            )


def _one_letters(lexemes: list[Lexeme]) -> Iterator[QueryWarning]:
    for lexeme in lexemes:
        if lexeme.kind == "TERM" and lexeme.form == "bare" and lexeme.text not in _LOOKALIKES:
            found = words(lexeme.text)
            if len(found) == 1 and len(found[0]) == 1 and len(lexeme.text) == 1 and not found[0].isdigit():
                yield QueryWarning(
                    code=Code.ONE_LETTER,
                    word=lexeme.text,
                    message=f'The single letter "{lexeme.text}" is in nearly every text.',
                    suggestion="Put the whole name in quotes.",
                    column=lexeme.column,
                )


def _alone(query: Query, lexemes: list[Lexeme], language: str) -> Iterator[QueryWarning]:
    """Words that by themselves make the query hold, and that everybody uses."""
    columns = {lexeme.text: lexeme.column for lexeme in reversed(lexemes)}
    for word in dict.fromkeys(_sufficient(query.root)):
        folded = fold(word)
        if len(folded) < 2:
            continue
        meaning = homonyms().get(folded, "")
        if meaning:
            yield _doubt(Code.HOMONYM, word, f"{word} is also {meaning}.", columns.get(word, -1))
        elif folded in common(language) or folded in common("en"):
            message = f'"{word}" is a common word: it will bring much that is not meant.'
            yield _doubt(Code.COMMON_WORD, word, message, columns.get(word, -1))


def _doubt(code: Code, word: str, message: str, column: int) -> QueryWarning:
    capital = word[:1].upper() + word[1:]
    suggestion = f"Add a context word ({word} AND ...) or write {{{capital}}}."
    return QueryWarning(code=code, word=word, message=message, suggestion=suggestion, column=column)


def _sufficient(node: Node) -> Iterator[str]:
    """The bare words that are enough for `node` to hold, whatever else the text says (but for what is excluded)."""
    match node:
        case Word(text):
            yield text
        case Or(parts):
            for part in parts:
                yield from _sufficient(part)
        case And(parts):
            wanted = [part for part in parts if not isinstance(part, Not)]
            if len(wanted) == 1:
                yield from _sufficient(wanted[0])
        case Scope("title" | "text", part):
            yield from _sufficient(part)
        case _:
            return


def _sorted(node: Node) -> Node:
    """`node` with the parts of AND and OR in one order, words folded, lists spelt out."""
    match node:
        case And(parts):
            return And(tuple(sorted(map(_sorted, parts), key=str)))
        case Or(parts):
            return Or(tuple(sorted(map(_sorted, parts), key=str)))
        case Not(part):
            return Not(_sorted(part))
        case Scope(name, part):
            return Scope(name, _sorted(part))
        case Listed(_, part):
            return _sorted(part)
        case Word(text):
            return Word(fold(text))
        case _:
            return node
