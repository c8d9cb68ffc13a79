"""The lists that ship with veille: vocabulary written once, used as `$name`."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType


@functools.cache
def shipped() -> Mapping[str, str]:
    """Each shipped list's query, by name (data/lists.toml says where the words come from)."""
    text = resources.files("veille.query").joinpath("data/lists.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    return MappingProxyType({name: " OR ".join(entry["any"]) for name, entry in lists.items()})
