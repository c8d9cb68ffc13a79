"""Turns one written term into a leaf of the tree, and fits it to the field it stands in."""

from __future__ import annotations

import re
from dataclasses import replace

from veille.query.complaints import LONGEST_PHRASE, Complaints
from veille.query.lexer import Lexeme
from veille.query.syntax import (
    FACT_FIELDS,
    NUMBER_FIELDS,
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
    Typo,
    Wildcard,
    Word,
)
from veille.text.fold import words

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TYPO = re.compile(r"(.*)~([^~]*)", re.DOTALL)
_NUMBER = re.compile(r"(<=|>=|<|>|=|)(\d{1,15}(?:[.,]\d{1,6})?)")
#: Inside quotes a final ? ends a question; elsewhere in a word it is a wildcard, as outside.
_QUOTED_WILDCARD = re.compile(r"\w\*|\*\w|\?\w")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}")


def leaf(lexeme: Lexeme, complaints: Complaints) -> Node:
    """The leaf that a TERM stands for outside any field; raises QueryError when it can match nothing, or anything."""
    text = " ".join(_INVISIBLE.sub("", lexeme.text).replace('"', " ").split())
    if lexeme.form == "exact":
        return _exact(text, lexeme.column, complaints)
    if lexeme.form == "quoted":
        return _quoted(text, lexeme.column, complaints)
    return _bare(text, lexeme.column, complaints)


def _exact(text: str, column: int, complaints: Complaints) -> Exact:
    if not text:
        raise complaints.nothing_inside(column)
    if re.search(r"[*~]|\?\w", text):
        raise complaints.exact_sign(column)
    _check_words(text, column, complaints)
    return Exact(text)


def _quoted(text: str, column: int, complaints: Complaints) -> Node:
    if not text:
        raise complaints.nothing_inside(column)
    _check_words(text, column, complaints)
    for word in text.split(" "):
        if word == "*" or _QUOTED_WILDCARD.search(word):
            _check_wildcard(word, column, complaints)
    if " " in text:
        return Phrase(text)
    wildcard = _QUOTED_WILDCARD.search(text) and not re.search(r"[~:(){}$«»]|^[-+!]", text)
    return Wildcard(text) if wildcard else Word(text)


def _bare(text: str, column: int, complaints: Complaints) -> Node:
    slip = _TYPO.fullmatch(text)
    if slip:
        return _typo(slip[1], slip[2], column, complaints)
    # *.gouv.fr and ldlc.com/* say no more than the address: what is below it counts anyway.
    text = text.removeprefix("*.").removesuffix("/*") or text
    if "*" in text or "?" in text:
        _check_wildcard(text, column, complaints)
        return Wildcard(text)
    if text[:1] in ("+", "!") and words(text):
        raise complaints.foreign_sign(column, text)
    _check_words(text, column, complaints)
    return Word(text)


def _check_words(text: str, column: int, complaints: Complaints) -> None:
    found = len(words(text))
    if not found:
        raise complaints.no_letter(column, text)
    if found > LONGEST_PHRASE:
        raise complaints.phrase_too_long(column)


def _check_wildcard(text: str, column: int, complaints: Complaints) -> None:
    letters = sum(map(len, words(text)))
    if not letters:
        raise complaints.bare_wildcard(column)
    least = 3 if "*" in text else 2
    # Each word with a wildcard is searched by its longest literal run.
    for word in re.split(r"[^\w*?]+", text):
        if ("*" in word or "?" in word) and sum(map(len, words(word))) < least:
            raise complaints.short_wildcard(column, least=least)


def _typo(word: str, distance: str, column: int, complaints: Complaints) -> Typo:
    if distance not in ("1", "2"):
        raise complaints.typo_distance(column + len(word))
    folded = words(word)
    if len(folded) != 1 or not re.fullmatch(r"\w+", word):
        raise complaints.typo_on_phrase(column + len(word))
    if len(folded[0]) < 4:
        raise complaints.typo_too_short(column)
    return Typo(word, int(distance))


def fit(node: Node, field: str, *, column: int, complaints: Complaints) -> Node:
    """`node` as it reads inside `field:`: numbers are compared, addresses lose their signs; raises QueryError."""
    match node:
        case And(parts) | Or(parts):
            fitted = (fit(part, field, column=column, complaints=complaints) for part in parts)
            return replace(node, parts=tuple(fitted))
        case Not(part):
            return Not(fit(part, field, column=column, complaints=complaints))
        case Listed(name, part):
            return Listed(name, fit(part, field, column=column, complaints=complaints))
        case Scope(name):
            raise complaints.nested_field(column, name)
        case Near():
            if field in FACT_FIELDS or field in NUMBER_FIELDS:
                raise complaints.near_operand(column)
            return node
        case _:
            return _fit_leaf(node, field, column, complaints)


def _fit_leaf(node: Node, field: str, column: int, complaints: Complaints) -> Node:
    if field in NUMBER_FIELDS:
        return _number(node, field, column, complaints)
    if field == "lang" and not (isinstance(node, Word) and _LANGUAGE.fullmatch(node.text)):
        raise complaints.bad_value(column, field, wanted="Write a language code: lang:fr, lang:(fr OR en).")
    if field in ("site", "links", "source"):
        return _plain_value(node, field, column, complaints)
    if field == "url" and isinstance(node, Wildcard) and "*" not in node.text:
        return Word(node.text)
    return node


def _number(node: Node, field: str, column: int, complaints: Complaints) -> Number:
    written = node.text if isinstance(node, Word) else str(node) if isinstance(node, Number) else ""
    found = _NUMBER.fullmatch(written)
    if not found:
        wanted = f"Write a number, with < <= > >= before it if needed: {field}:<=2."
        raise complaints.bad_value(column, field, wanted=wanted)
    return Number(found[1] or "=", float(found[2].replace(",", ".")))


def _plain_value(node: Node, field: str, column: int, complaints: Complaints) -> Word:
    if isinstance(node, Wildcard) and field != "source" and "*" not in node.text:
        return Word(node.text)
    if isinstance(node, Word):
        return node
    what = {"site": "domain", "links": "domain or address", "source": "source or kind"}[field]
    raise complaints.bad_value(column, field, wanted=f"Write a plain {what}, or several: {field}:(a OR b).")
