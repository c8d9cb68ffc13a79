"""The word lists of analysis/data, folded and indexed once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from veille.analysis.lexicon import GAP, Lexicon, lexicon, phrase
from veille.text.fold import fold


@cache
def crisis(language: str) -> Lexicon:
    """Families of crisis words of a language ("fr" or "en")."""
    table = load(f"crisis_{language}")
    return lexicon(
        phrase(text, name, strong=strength == "strong")
        for name, lists in table.items()
        for strength, texts in lists.items()
        for text in texts
    )


@cache
def tone(language: str) -> Lexicon:
    """Words of liking and disliking, and the small words around them, by the name of their list."""
    table = load(f"tone_{language}")
    return lexicon(phrase(text, name) for name, texts in table.items() for text in texts)


@cache
def polarity(language: str) -> Lexicon:
    """The broad list of tone, by the name of its strength: French alone has one."""
    table = load("polarity_fr") if language == "fr" else {}
    phrases = [phrase(text, name) for name, listed in table.items() for text in listed.split(",")]
    return lexicon(phrases, slips=False)


@cache
def negators(language: str) -> frozenset[str]:
    """Single words that turn the next ones round."""
    table = load(f"tone_{language}")
    return frozenset(fold(text) for text in table["negators"] if " " not in text)


@cache
def harmless() -> Lexicon:
    """Phrases in which a crisis word means no harm, and the words of fiction and of sport."""
    table = load("harmless")
    return lexicon(phrase(text, name) for name, texts in table.items() for text in texts)


@cache
def slots(language: str) -> Lexicon:
    """What calm dangers are made of (analysis/frames.py), by the name of their slot."""
    table = load(f"slots_{language}")
    return lexicon(phrase(text, name) for name, listed in table.items() for text in listed.split(","))


def slot_names(language: str) -> frozenset[str]:
    """The slots of a language: frames name them."""
    return frozenset(load(f"slots_{language}"))


@cache
def guards(language: str) -> Lexicon:
    """What takes the edge off alarming words (analysis/calm.py)."""
    phrases = [phrase(text, name) for name, texts in load("guards")[language].items() for text in texts]
    return lexicon(phrases, slips=False)  # "remboursez" asks for what "remboursés" has


@cache
def common(language: str) -> Mapping[str, int]:
    """Frequent words of a language, with their rank from 1."""
    table = load("common")
    return {word: rank for rank, word in enumerate(fold(table[language]).split(), 1)}


@lru_cache(maxsize=64)
def own(families: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    """The words a client adds, as (family, phrases); they count in full."""
    phrases = (phrase(text, name) for name, texts in families for text in texts)
    return lexicon(each for each in phrases if each.parts and each.parts[0] != GAP)


@cache
def load(name: str) -> dict[str, Any]:
    """A file of lists as it is."""
    path = resources.files("veille.analysis") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
