"""Google's search syntax to ours: a search is read as Google does, and what has no equal here is said.

What differs most: Google's OR binds tighter than a blank, ET and NOT are words there, and capitals never count.
https://support.google.com/websearch/answer/2466433 names the operators that Google vouches for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from veille.errors import QueryError
from veille.onboarding.google_tokens import ALL, FIELDS, FOREIGN, Token, tokens
from veille.query import Query, parse
from veille.query.syntax import And, Near, Node, Not, Or, Phrase, Scope, Word
from veille.text.fold import words
from veille.text.url import host

#: Words that an asterisk within a phrase may stand for.
GAP = 3
#: More parentheses within one another is no search that a person wrote.
_DEEPEST = 30
_RANGE = re.compile(r"\S*\d\.\.\D?\d\S*")


@dataclass(frozen=True, slots=True)
class Translated:
    """A query in our syntax, and what could not be said in it."""

    query: Query
    notes: tuple[str, ...] = ()


def translate(text: str) -> Translated:
    """Our query for a search of Google's. Raises QueryError when nothing of it can be looked for."""
    reading = _Reading(list(tokens(text)))
    parts: list[Node] = []
    while reading.left:
        # A closing parenthesis too many ends a sequence, not the search.
        parts += reading.sequence(depth=0)
    if not parts:
        raise QueryError("Nothing of this can be looked for.", query=text, column=0)
    return Translated(parse(str(_joined(And, parts))), tuple(dict.fromkeys(reading.notes)))


@dataclass(slots=True)
class _Reading:
    """A pass over the pieces, by descent."""

    found: list[Token]
    notes: list[str] = field(default_factory=list)
    place: int = 0

    @property
    def left(self) -> bool:
        return self.place < len(self.found)

    def sequence(self, *, depth: int) -> list[Node]:
        """Parts that must all hold, up to the closing parenthesis or the end."""
        if depth > _DEEPEST:
            raise QueryError("Too many parentheses within one another.", query="", column=0)
        parts: list[Node] = []
        while self.left and not self._skip(")"):
            token = self.found[self.place]
            if token.operator in ALL:
                self.found[self.place] = Token(kind=token.kind, text=token.text)
                rest = self.sequence(depth=depth + 1)
                parts += [Scope(ALL[token.operator], _joined(And, rest))] if rest else []
                break
            parts += self._either(depth)
        return parts

    def _either(self, depth: int) -> list[Node]:
        """Units joined by OR: tighter than a blank. None or one."""
        parts = self._near(depth)
        while self._skip("or"):
            parts += self._near(depth)
        return [_joined(Or, parts)] if parts else []

    def _near(self, depth: int) -> list[Node]:
        parts = self._unit(depth)
        while self.left and self.found[self.place].kind == "around":
            distance = max(1, int(self.found[self.place].text))
            self.place += 1
            right = self._unit(depth)
            if len(parts) == len(right) == 1 and _can_be_near(parts[0], right[0]):
                parts = [Near(parts[0], right[0], distance)]
            else:
                self.notes.append("AROUND stands between words or phrases: both sides are asked for, wherever they are")
                parts = [_joined(And, parts + right)] if parts or right else []
        return parts

    def _unit(self, depth: int) -> list[Node]:
        """A term or a group, in its field, negated or not; none when there is nothing in it."""
        if not self.left or self.found[self.place].kind in (")", "or", "around"):
            return []
        token = self.found[self.place]
        self.place += 1
        parts = self.sequence(depth=depth + 1) if token.kind == "(" else self._term(token)
        if token.operator in FOREIGN:
            self.notes.append(f"{token.operator}:{token.text} is left out: there is no such thing here")
            return []
        if not parts:
            return []
        made = _joined(And, parts)
        if token.operator in FIELDS:
            made = Scope(FIELDS[token.operator], made)
        return [Not(made) if token.minus else made]

    def _term(self, token: Token) -> list[Node]:
        text = token.text
        if token.operator == "site":
            return self._site(text)
        if token.kind == "word" and _RANGE.fullmatch(text):
            self.notes.append(f"{text} is left out: there are no ranges of numbers in texts here")
            return []
        if token.kind == "phrase" and "*" in text:
            return self._gaps(text)
        if text.startswith("~"):
            self.notes.append(f"{text}: no synonyms are known here: list them with OR")
        return _leaves(text.replace("*", " ").lstrip("+~").strip(",;. "))

    def _site(self, text: str) -> list[Node]:
        name = re.sub(r"^(?:https?://)?(?:\*?\.)?", "", text).removesuffix("/*").rstrip("/")
        if "/" in name:
            self.notes.append(f"site:{text}: the whole site is taken, not this part of it alone")
        found = host(name) or name.partition("/")[0]
        return [Word(found)] if words(found) else []

    def _gaps(self, text: str) -> list[Node]:
        """ "le * de Nantes": a few words may stand where the asterisk does."""
        leaves = [leaf for part in text.split("*") for leaf in _leaves(part.strip())]
        if len(leaves) < 2:
            return leaves
        self.notes.append(f'"{text}": an asterisk is taken for at most {GAP} words')
        made = leaves[0]
        for leaf in leaves[1:]:
            made = Near(made, leaf, GAP, ordered=True)
        return [made]

    def _skip(self, kind: str) -> bool:
        """Whether the next piece is of this kind; then it is behind us."""
        skipped = self.left and self.found[self.place].kind == kind
        self.place += skipped
        return skipped


def _leaves(text: str) -> list[Node]:
    if not words(text):
        return []
    return [Phrase(text) if " " in text else Word(text)]


def _can_be_near(left: Node, right: Node) -> bool:
    return isinstance(left, Word | Phrase | Near) and isinstance(right, Word | Phrase)


def _joined(join: type[And] | type[Or], parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else join(tuple(parts))
