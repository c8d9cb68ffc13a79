"""Lists of a YAML document that grow without their neighbours' comments changing place."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.tokens import CommentToken

#: Where a comment that follows a value is kept, in the entry of a mapping and in that of a list.
_AFTER_KEY, _AFTER_ITEM = 2, 0


def extend(sequence: CommentedSeq, items: list[Any]) -> None:
    """Add items at the end.

    The parser hangs the blank lines and comments that stand before the next key on the very last value of the
    list: they move on to the new last value, so that they still stand before that key.
    """
    if not items:
        return
    below = _take_below(sequence)
    sequence.extend(items)
    if below:
        _put_below(sequence, below)


def _take_below(node: Any) -> str:
    """What stands under the last value, taken away from there; a comment on its own line stays."""
    place = _last(node)
    token = _token(*place) if place else None
    if token is None:
        return ""
    own, _, below = token.value.partition("\n")
    token.value = f"{own}\n"
    return below


def _put_below(node: Any, text: str) -> None:
    place = _last(node)
    if place is None:
        return
    token = _token(*place)
    if token is not None:
        token.value = token.value.rstrip("\n") + f"\n{text}"
        return
    holder, key = place
    slots = holder.ca.items.setdefault(key, [None] * 4 if isinstance(holder, CommentedMap) else [None])
    slots[_slot(holder)] = CommentToken(f"\n{text}", CommentMark(0), None)


def _last(node: Any) -> tuple[Any, Any] | None:
    """The holder and the key or number of the last value below a node."""
    place = None
    while isinstance(node, CommentedMap | CommentedSeq) and len(node) and not node.fa.flow_style():
        key = list(node)[-1] if isinstance(node, CommentedMap) else len(node) - 1
        place, node = (node, key), node[key]
    return place


def _token(holder: Any, key: Any) -> CommentToken | None:
    slots = holder.ca.items.get(key)
    found = slots[_slot(holder)] if slots else None
    return found if isinstance(found, CommentToken) else None


def _slot(holder: Any) -> int:
    return _AFTER_KEY if isinstance(holder, CommentedMap) else _AFTER_ITEM
