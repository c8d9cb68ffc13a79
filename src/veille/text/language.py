"""Which language a text is in, by its small words: enough for posts and titles, and says "" rather than guess."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

from veille.text.fold import fold, words

#: Characters read: the language of a text shows in its first sentences.
_READ = 600
#: A word counts for 1 shared between the languages that have it; below this the text says too little.
_LEAST = 0.9
#: The winner has so many times the score of the next.
_MARGIN = 1.2


@functools.cache
def _weights() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """For each small word, the languages that have it and what it counts for each."""
    text = resources.files("veille.text").joinpath("data/function_words.toml").read_text(encoding="utf-8")
    languages: dict[str, list[str]] = {}
    for language, listed in tomllib.loads(text).items():
        for word in set(fold(listed).split()):
            languages.setdefault(word, []).append(language)
    return {word: tuple((name, 1 / len(names)) for name in names) for word, names in languages.items()}


def detect(text: str) -> str:
    """The primary language tag of `text` ("fr", "en"...), or "" when it is too short or looks like several."""
    weights = _weights()
    scores: dict[str, float] = {}
    for word in words(text[:_READ]):
        for language, weight in weights.get(word, ()):
            scores[language] = scores.get(language, 0.0) + weight
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _LEAST:
        return ""
    if len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]:
        return ""
    return ranked[0][0]
