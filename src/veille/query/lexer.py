"""Cuts a query into lexemes: operators are capitals outside quotes, a dash glued to what follows is NOT."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from veille.query.complaints import Complaints
from veille.query.syntax import AND_WORDS, FIELDS, NOT_WORDS, OPERATOR, OR_WORDS
from veille.text.fold import fold_character

#: Quotes that word processors put instead of ", one for one so that columns stay; « » are told apart as a pair.
_QUOTES = str.maketrans("“”„‟＂", '"""""')
_PIECE = re.compile(
    r"""(?P<blank>\s+) | (?P<quoted>"[^"]*"|«[^»]*») | (?P<exact>\{[^{}]*\})
      | (?P<open>\() | (?P<close>\)) | (?P<stray>["«»{}]) | (?P<run>[^\s(){}"«»]+)""",
    re.VERBOSE,
)
_FIELD = re.compile(r"([^\W\d]+):(.*)", re.DOTALL)
_LIST = re.compile(r"\$([\w-]+)")
_CLOSING = {'"': '"', "«": "»", "{": "}"}
#: What may follow a field's colon or a dash without a blank.
_OPENERS = '"«({'


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query. `kind` is a terminal of grammar.lark; a TERM's `form` says bare, quoted or exact."""

    kind: str
    text: str
    column: int
    form: str = ""


def lex(query: str, complaints: Complaints) -> Iterator[Lexeme]:
    """The lexemes of `query` in order; raises QueryError at what cannot be one."""
    plain = query if query.isascii() else query.translate(_QUOTES)
    for piece in _PIECE.finditer(plain):
        kind, text, column = piece.lastgroup, piece.group(), piece.start()
        if kind == "run":
            yield from _Run(plain, piece.end(), complaints).lexemes(text, column)
        elif kind == "quoted" or kind == "exact":
            yield Lexeme("TERM", text[1:-1], column, kind)
            _refuse_tilde(plain, piece.end(), complaints)
        elif kind == "open" or kind == "close":
            yield Lexeme("LPAR" if kind == "open" else "RPAR", text, column)
        elif kind == "stray":
            raise _stray(text, column, complaints)


def _refuse_tilde(query: str, end: int, complaints: Complaints) -> None:
    if query.startswith("~", end):
        raise complaints.typo_on_phrase(end)


def _stray(sign: str, column: int, complaints: Complaints) -> Exception:
    if sign in _CLOSING:
        return complaints.unclosed(column, sign, _CLOSING[sign])
    return complaints.unopened(column, sign)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of characters without blanks or brackets, which ends at `end`."""

    query: str
    end: int
    complaints: Complaints

    def lexemes(self, text: str, column: int) -> Iterator[Lexeme]:
        if fold_character(text[0]) == "-":
            if len(text) == 1 and not self._glued():
                raise self.complaints.lone_dash(column)
            yield Lexeme("NOT", text[0], column)
            text, column = text[1:], column + 1
        field = _FIELD.fullmatch(text)
        if field:
            yield self._field(field[1], empty=not field[2], column=column)
            text, column = field[2], column + field.start(2)
            if text and fold_character(text[0]) == "-":
                raise self.complaints.dash_after_field(column, field[1].lower())
        if text:
            yield self._word(text, column)

    def _glued(self) -> bool:
        return self.query[self.end : self.end + 1] in tuple(_OPENERS)

    def _field(self, name: str, *, empty: bool, column: int) -> Lexeme:
        if name.lower() not in FIELDS:
            raise self.complaints.unknown_field(column, name)
        if empty and not self._glued():
            raise self.complaints.empty_field(column, name)
        return Lexeme("FIELD", name.lower(), column)

    def _word(self, text: str, column: int) -> Lexeme:
        if OPERATOR.fullmatch(text):
            return self._operator(text, column)
        listed = _LIST.fullmatch(text)
        if listed:
            return Lexeme("LIST", listed[1], column)
        return Lexeme("TERM", text, column, "bare")

    def _operator(self, text: str, column: int) -> Lexeme:
        for kind, names in (("AND", AND_WORDS), ("OR", OR_WORDS), ("NOT", NOT_WORDS)):
            if text in names:
                return Lexeme(kind, text, column)
        number = text.partition("/")[2]
        if not number:
            raise self.complaints.near_without_number(column, text)
        if not int(number[:9]):
            raise self.complaints.near_zero(column, text)
        return Lexeme("NEAR", text, column)
