"""A YAML text as a tree that knows where each thing stands.

The values are those of the core schema of YAML 1.2: `yes`, `on`, 12:30 and dates are texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
Plain = str | int | float | bool | None | list[Any] | dict[str, Any]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}")
_BASED = re.compile(r"0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,30}|[0-9]{1,30}(\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A text, a number, true, false or nothing, with its exact writing."""

    line: int
    column: int
    raw: str
    #: None when plain; else ' or " or | or >.
    style: str | None = None
    size: int = 1
    depth: int = 1

    def plain(self) -> Plain:
        """The value that the writing means."""
        return self.raw if self.style else _resolved(self.raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: tuple[Node, ...]
    size: int
    depth: int

    def plain(self) -> Plain:
        """The values, without their places."""
        return [item.plain() for item in self.items]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys (their texts and their places) and values, in order, each key once."""

    line: int
    column: int
    items: tuple[tuple[Scalar, Node], ...]
    size: int
    depth: int

    def plain(self) -> Plain:
        """The keys as texts and the values, without their places."""
        return {key.raw: value.plain() for key, value in self.items}


Node = Scalar | Sequence | Mapping


def child(node: Node, step: str | int) -> Node | None:
    """The value under a key or at an index; None when there is none."""
    if isinstance(node, Mapping):
        return next((value for key, value in node.items if key.raw == step), None)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def nearest(node: Node, path: Path) -> tuple[Path, Node]:
    """As far down the path as the tree goes: steps that are not in it are left out."""
    walked: Path = ()
    for step in path:
        if (below := child(node, step)) is not None:
            node, walked = below, (*walked, step)
    return walked, node


def key_place(node: Node, key: str) -> tuple[int, int]:
    """Line and column, from 1, of a key of a mapping; of the node itself when it has no such key."""
    keys = [k for k, _ in node.items if k.raw == key] if isinstance(node, Mapping) else []
    found = keys[0] if keys else node
    return found.line, found.column


def find(node: Node | None, *pattern: str, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """The scalars a path leads to, `*` being every key or item; what has another shape is passed over."""
    if not pattern:
        if isinstance(node, Scalar):
            yield path, node
        return
    if node is None:
        return
    for step, below in _steps(node, pattern[0]):
        yield from find(below, *pattern[1:], path=(*path, step))


def _steps(node: Node, step: str) -> Iterator[tuple[str | int, Node]]:
    if isinstance(node, Sequence) and step == "*":
        yield from enumerate(node.items)
    elif isinstance(node, Mapping):
        yield from ((key.raw, value) for key, value in node.items if step in ("*", key.raw))


def _resolved(raw: str) -> Plain:
    if raw in _NULL:
        return None
    if raw in _BOOL:
        return _BOOL[raw]
    if _DECIMAL.fullmatch(raw):
        return int(raw)
    if _BASED.fullmatch(raw):
        return int(raw, base=0)
    return float(raw) if _FLOAT.fullmatch(raw) else raw
