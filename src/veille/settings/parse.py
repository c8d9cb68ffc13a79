"""Bytes to a tree, bounded: the only door to the YAML parser.

The tree is built from the parser's events, so that the depth and size of a hostile file are bounded before
anything grows, every duplicate key is reported and not the first alone, and no tag ever makes an object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from veille.errors import Problem, SettingsError
from veille.settings.tree import Mapping, Node, Scalar, Sequence

#: Values in one file; an alias counts for all it stands for, which is what stops an alias bomb.
MOST_VALUES = 50_000
#: Nesting. The parser itself is quadratic in it: a megabyte of `[` must be stopped here.
DEEPEST = 20
#: Characters in one line. The parser is quadratic in the length of a tag or an anchor.
LONGEST_LINE = 20_000

Place = tuple[int, int]


def parse(content: bytes, *, file: str) -> Node:
    """The tree of a YAML file, possibly an empty scalar. Raises SettingsError with every problem found."""
    reading = _Reading(file)
    text = _decoded(content, file)
    try:
        root = reading.document(text)
    except ReaderError as error:
        place = _after(text, int(error.position))
        raise _refusal(file, place, "a control character: remove it") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _refusal(file, place, _sentence(str(error.problem or "unreadable"))) from None
    except (YAMLError, ValueError, OverflowError):
        # The parser lets chr() refuse an escape such as "\U99999999", one way or the other.
        raise _refusal(file, (1, 1), "not readable as YAML") from None
    if reading.problems:
        raise SettingsError(tuple(reading.problems))
    return root


def _decoded(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _after(content[: error.start].decode("utf-8-sig", "replace"), None)
        raise _refusal(file, place, "not UTF-8: save the file in UTF-8") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise _refusal(file, (number, 1), f"a line of more than {LONGEST_LINE} characters: cut it")
    return text


def _after(text: str, position: int | None) -> Place:
    before = text[:position]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


class _Reading:
    """One pass over the events of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._anchors: dict[str, Node] = {}
        self._values = 0

    def document(self, text: str) -> Node:
        # Not "rt": its scanner leaves marks (\a) inside folded texts, for writing them back.
        events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        root: Node = Scalar(line=1, column=1, raw="")
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(event, "a second document begins: remove the line `---`")
            elif isinstance(event, NodeEvent):
                root = self._node(event, events, depth=1)
        return root

    def _node(self, event: NodeEvent, events: Iterator[Any], *, depth: int) -> Node:
        self._bound(event, depth=depth, values=1)
        if isinstance(event, AliasEvent):
            return self._alias(event, depth=depth)
        self._tag(event)
        node: Node
        if isinstance(event, ScalarEvent):
            line, column = _place(event)
            node = Scalar(line=line, column=column, raw=str(event.value), style=event.style or None)
        elif isinstance(event, SequenceStartEvent):
            node = self._sequence(event, events, depth=depth)
        else:
            node = self._mapping(event, events, depth=depth)
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _alias(self, event: AliasEvent, *, depth: int) -> Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            # Also what an anchor inside itself comes to.
            raise self._stop(event, "an alias `*name` with no `&name` before it")
        self._bound(event, depth=depth + node.depth - 1, values=node.size)
        return node

    def _sequence(self, event: SequenceStartEvent, events: Iterator[Any], *, depth: int) -> Sequence:
        items = tuple(self._until_end(events, depth=depth))
        line, column = _place(event)
        return Sequence(line=line, column=column, items=items, **_measures(items))

    def _mapping(self, event: NodeEvent, events: Iterator[Any], *, depth: int) -> Mapping:
        assert isinstance(event, MappingStartEvent)
        inside = self._until_end(events, depth=depth)
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(inside, inside, strict=True):
            if not isinstance(key, Scalar):
                raise self._stop_at((key.line, key.column), "a key must be a text, not a list or a mapping")
            if key.raw in pairs:
                self._twice(key, pairs[key.raw][0])
            else:
                pairs[key.raw] = (key, _beside(key, value))
        line, column = _place(event)
        values = tuple(value for _, value in pairs.values())
        return Mapping(line=line, column=column, items=tuple(pairs.values()), **_measures(values))

    def _until_end(self, events: Iterator[Any], *, depth: int) -> Iterator[Node]:
        for event in events:
            if not isinstance(event, NodeEvent):
                return
            yield self._node(event, events, depth=depth + 1)

    def _bound(self, event: NodeEvent, *, depth: int, values: int) -> None:
        self._values += values
        if depth > DEEPEST:
            raise self._stop(event, f"nested deeper than {DEEPEST} levels")
        if self._values > MOST_VALUES:
            raise self._stop(event, f"more than {MOST_VALUES} values, aliases counted each time")

    def _tag(self, event: NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag:
            self.problems.append(self._problem(_place(event), "a tag `!...` means nothing here: remove it"))

    def _twice(self, key: Scalar, first: Scalar) -> None:
        message = f"the key `{shown(key.raw)}` is already on line {first.line}: keep one"
        self.problems.append(self._problem((key.line, key.column), message))

    def _problem(self, place: Place, message: str) -> Problem:
        return _problem(self.file, place, message)

    def _stop(self, event: Any, message: str) -> SettingsError:
        return self._stop_at(_place(event), message)

    def _stop_at(self, place: Place, message: str) -> SettingsError:
        return SettingsError((*self.problems, self._problem(place, message)))


def shown(text: str) -> str:
    """A hostile text made fit for an error message: printable, short."""
    printable = "".join(c if c.isprintable() else "?" for c in text)
    return printable if len(printable) <= 60 else printable[:59] + "…"


def _beside(key: Scalar, value: Node) -> Node:
    """An absent value stands at its key: the parser says where the next thing begins, lines below."""
    absent = isinstance(value, Scalar) and not value.raw and not value.style
    return replace(value, line=key.line, column=key.column) if absent else value


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _measures(nodes: tuple[Node, ...]) -> dict[str, int]:
    return {
        "size": 1 + sum(node.size for node in nodes),
        "depth": 1 + max((node.depth for node in nodes), default=0),
    }


def _problem(file: str, place: Place, message: str) -> Problem:
    return Problem(file, place[0], place[1], "yaml", message)


def _refusal(file: str, place: Place, message: str) -> SettingsError:
    return SettingsError((_problem(file, place, message),))


#: What the parser says, and what we say.
_SENTENCES = (
    ("character '\\t'", "a tab cannot indent YAML: use spaces"),
    ("character '@'", 'a text cannot begin with @: write it in quotes, "@name"'),
    ("character '%'", 'a text cannot begin with %: write it in quotes, "%text"'),
    ("character '`'", "a text cannot begin with `: write it in quotes"),
    ("mapping values are not allowed", 'a second ": " on the line: write the text in quotes'),
    ("could not find expected ':'", "a key without its colon: write `key: value`"),
    ("found unexpected end of stream", "a quote that is never closed"),
    ("unknown escape character", r"inside double quotes \ must be written \\; or use single quotes"),
    ("but found '<block end>'", "the indentation does not fit the lines above"),
)


def _sentence(problem: str) -> str:
    ours = (sentence for theirs, sentence in _SENTENCES if theirs in problem)
    return next(ours, f"not readable as YAML: {shown(problem)}")
