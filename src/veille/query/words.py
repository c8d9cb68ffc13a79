"""Words too common to watch for alone: data/common_words.toml, by language."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from veille.text.fold import fold


@functools.cache
def _data() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("veille.query").joinpath("data/common_words.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@functools.cache
def common(language: str) -> frozenset[str]:
    """The folded common words of one language; empty when the file has none."""
    return frozenset(fold(_data()["common"].get(language, "")).split())


@functools.cache
def homonyms() -> Mapping[str, str]:
    """Folded brand names that mean something else too, and what."""
    return MappingProxyType({fold(name): meaning for name, meaning in _data()["homonyms"].items()})


@functools.cache
def _all_common() -> frozenset[str]:
    return frozenset().union(*(common(language) for language in _data()["common"]))


def is_common(word: str) -> bool:
    """Whether a folded word is common in some language."""
    return word in _all_common()
