"""Says in words how a query was understood, as an indented tree, in French or English."""

from __future__ import annotations

from collections.abc import Iterator

from veille.query.sentences import SENTENCES
from veille.query.syntax import (
    And,
    Exact,
    Listed,
    Near,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Query,
    Scope,
    Typo,
    Wildcard,
    Word,
)


def explain(query: Query, language: str = "en") -> str:
    """The tree of `query` in words, one part a line, two blanks deeper at each level; English for other languages."""
    said = _Sayer(SENTENCES.get(language, SENTENCES["en"]))
    return "\n".join("  " * depth + line for depth, line in said.lines(query.root, 0))


class _Sayer:
    """Says nodes in one language."""

    def __init__(self, sentences: dict[str, str]) -> None:
        self._sentences = sentences

    def lines(self, node: Node, depth: int) -> Iterator[tuple[int, str]]:
        match node:
            case And(parts) | Or(parts):
                yield depth, self._sentences["all" if isinstance(node, And) else "any"]
                for part in parts:
                    yield from self.lines(part, depth + 1)
            case Not(part):
                yield from self._under("not", part, depth)
            case Scope(name, part):
                yield from self._under(f"in_{name}", part, depth)
            case Listed(name, part):
                yield from self._under("list", part, depth, name=name)
            case Near(left, right, distance, ordered):
                yield depth, self._sentences["onear" if ordered else "near"].format(distance=distance)
                yield from self.lines(left, depth + 1)
                yield from self.lines(right, depth + 1)
            case _:
                yield depth, self._leaf(node)

    def _under(self, key: str, part: Node, depth: int, **values: str) -> Iterator[tuple[int, str]]:
        yield depth, self._sentences[key].format(**values)
        yield from self.lines(part, depth + 1)

    def _leaf(self, node: Word | Phrase | Exact | Wildcard | Typo | Number) -> str:
        match node:
            case Number(sign, value):
                return self._sentences[f"number_{sign}"].format(value=f"{value:.15g}")
            case Typo(text, distance):
                return self._sentences["typo"].format(text=text, distance=distance)
            case _:
                return self._sentences[type(node).__name__.lower()].format(text=node.text)
