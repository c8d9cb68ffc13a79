"""The word lists of analysis/data, folded and indexed once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from veille.analysis.lexicon import GAP, Lexicon, Phrase, lexicon, phrase
from veille.text.fold import fold


@cache
def everything(language: str) -> Lexicon:
    """What is looked for in a text of a language ("fr" or "en"): crisis, slots, guards, tone, polarity, harmless."""
    named = {"crisis": _crisis(language), "slots": _commas(f"slots_{language}"), "guards": _guards(language)}
    named |= {"tone": _texts(f"tone_{language}"), "harmless": _texts("harmless")}
    named |= {"polarity": _commas("polarity_fr")} if language == "fr" else {}
    # "remboursez" asks for what "remboursés" has.
    return lexicon(named, exact=("guards", "polarity"))


def _crisis(language: str) -> Iterator[Phrase]:
    """Families of crisis words."""
    for name, lists in load(f"crisis_{language}").items():
        for strength, texts in lists.items():
            yield from (phrase(text, name, strong=strength == "strong") for text in texts)


def _guards(language: str) -> Iterator[Phrase]:
    """What takes the edge off alarming words (analysis/calm.py)."""
    return (phrase(text, name) for name, texts in load("guards")[language].items() for text in texts)


def _texts(file: str) -> Iterator[Phrase]:
    """A file of lists of phrases, each named."""
    return (phrase(text, name) for name, texts in load(file).items() for text in texts)


def _commas(file: str) -> Iterator[Phrase]:
    """A file of named lines of phrases with commas between."""
    return (phrase(text, name) for name, listed in load(file).items() for text in listed.split(","))


@cache
def negators(language: str) -> frozenset[str]:
    """Single words that turn the next ones round."""
    table = load(f"tone_{language}")
    return frozenset(fold(text) for text in table["negators"] if " " not in text)


def slot_names(language: str) -> frozenset[str]:
    """The slots of a language: frames name them."""
    return frozenset(load(f"slots_{language}"))


@cache
def common(language: str) -> Mapping[str, int]:
    """Frequent words of a language, with their rank from 1."""
    table = load("common")
    return {word: rank for rank, word in enumerate(fold(table[language]).split(), 1)}


@lru_cache(maxsize=64)
def own(families: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    """The words a client adds, as (family, phrases); they count in full."""
    phrases = (phrase(text, name) for name, texts in families for text in texts)
    return lexicon({"own": [each for each in phrases if each.parts and each.parts[0] != GAP]})


@cache
def load(name: str) -> dict[str, Any]:
    """A file of lists as it is."""
    path = resources.files("veille.analysis") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
