"""What the validation found, in sentences that say where and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from veille.errors import Problem
from veille.settings.advice import suggestion
from veille.settings.parse import shown
from veille.settings.schema import known_keys
from veille.settings.tree import Node, Path, Scalar, key_place, nearest


def problems_of(error: ValidationError, *, root: Node, file: str, shape: type[BaseModel]) -> Iterator[Problem]:
    """One problem for each error, at its line. Values are shown only where no secret can stand."""
    for found in error.errors(include_url=False, include_input=False):
        path: Path = found["loc"]
        if found["type"] == "extra_forbidden":
            yield unknown_key(root, path, file=file, shape=shape)
            continue
        walked, node = nearest(root, path)
        missing = found["type"] == "missing"
        message = _sentence(found["type"], found.get("ctx", {}), node)
        yield problem(file, (node.line, node.column), path if missing else walked, message)


def unknown_key(root: Node, path: Path, *, file: str, shape: type[BaseModel]) -> Problem:
    """A key that nothing reads, with the nearest that something does."""
    walked, above = nearest(root, path[:-1])
    key = str(path[-1])
    advice = suggestion(key, known_keys(shape, walked))
    return problem(file, key_place(above, key), path, f"unknown key{advice}")


def problem(file: str, place: tuple[int, int], path: Path, message: str) -> Problem:
    """A problem whose path is written `watches.0.query`."""
    return Problem(file, place[0], place[1], ".".join(shown(str(step)) for step in path) or "file", message)


def _sentence(kind: str, context: Mapping[str, Any], node: Node) -> str:
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return _choice(str(context["expected"]), node)
    if isinstance(node, Scalar) and node.plain() is None and kind not in ("missing", "too_short"):
        return "is empty: write a value or remove the key"
    return _SENTENCES.get(kind, _plain)(context, node)


def _choice(expected: str, node: Node) -> str:
    known = tuple(expected.replace("'", "").replace(" or ", ", ").split(", "))
    written = node.raw if isinstance(node, Scalar) else ""
    near = suggestion(written, known) if written else ""
    listed = f"must be one of {', '.join(known)}"
    return f"{listed}{near}" if "did you mean" in near else listed


def _quoted(context: Mapping[str, Any], node: Node) -> str:
    if isinstance(node, Scalar):
        return f'must be a text: write it in quotes, "{shown(node.raw)}"'
    return "must be a text, not a list or a mapping"


def _plain(context: Mapping[str, Any], node: Node) -> str:
    return "is not a value that can stand here"


def _least(context: Mapping[str, Any], node: Node) -> str:
    return f"needs at least {context.get('min_length', 1)}"


def _said(sentence: str) -> Callable[[Mapping[str, Any], Node], str]:
    return lambda context, node: sentence.format(**context)


_WHOLE = _said("must be a whole number, without quotes")
_SENTENCES: Mapping[str, Callable[[Mapping[str, Any], Node], str]] = {
    "missing": _said("is missing: this key is required"),
    "string_type": _quoted,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _said("must be a number, without quotes"),
    "bool_type": _said("must be true or false"),
    "list_type": _said("must be a list: write `- item` lines, or [one, two]"),
    "model_type": _said("must be a mapping: write `key: value` lines"),
    "dict_type": _said("must be a mapping: write `key: value` lines"),
    "too_short": _least,
    "greater_than": _said("must be more than {gt}"),
    "greater_than_equal": _said("must be at least {ge}"),
    "less_than_equal": _said("must be at most {le}"),
}
