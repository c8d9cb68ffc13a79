"""The JSON Schema of each kind of file, for editors and for suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from veille.channels.base import kinds as channel_kinds
from veille.settings.shape_client import ClientShape
from veille.settings.shape_house import HouseShape
from veille.settings.shape_people import PeopleShape
from veille.settings.tree import Path
from veille.sources.base import kinds as source_kinds

#: Kind of file -> its shape.
SHAPES: Mapping[str, type[BaseModel]] = {"veille": HouseShape, "people": PeopleShape, "client": ClientShape}

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `veille`, `people` or `client` files. Raises KeyError."""
    return {"$schema": DRAFT, **_described(SHAPES[kind])}


@cache
def _described(shape: type[BaseModel]) -> dict[str, Any]:
    made = shape.model_json_schema(by_alias=True, mode="validation")
    definitions = made.get("$defs", {})
    if channel := definitions.get("ChannelShape"):
        addresses = {name: {"type": "string", "description": f"{name} address"} for name in channel_kinds()}
        channel["properties"] |= addresses
        channel["additionalProperties"] = False
        channel["oneOf"] = [{"required": [name]} for name in channel_kinds()]
    if source := definitions.get("SourceShape"):
        source["properties"]["kind"]["enum"] = list(source_kinds())
    return made


def known_keys(shape: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that the mapping at this path may have; none when any may be."""
    whole = _described(shape)
    part = _resolved(whole, whole)
    for step in path:
        inside = part.get("items") if isinstance(step, int) else part.get("properties", {}).get(step)
        part = _resolved(inside or {}, whole)
    return tuple(part.get("properties", {}))


def _resolved(part: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """The part itself, behind a reference or a choice between it and nothing."""
    for choice in part.get("anyOf", ()):
        if choice.get("type") != "null":
            return _resolved(choice, whole)
    name = str(part.get("$ref", "")).rpartition("/")[2]
    return dict(whole["$defs"][name]) if name else part
