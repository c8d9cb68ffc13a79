"""What a text is made of, for likening: its plain words, and tokens with a weight: stems, numbers, what happened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from veille.analysis import lists
from veille.analysis.corpus import CONCEPT_MARK, hashed
from veille.analysis.stems import BEGINNING, concept, number, root
from veille.text.fold import fold, words

__all__ = ["Print", "bare_text", "bare_title", "hashed", "rarity", "stem", "take", "title_words"]

#: Words of a sketch, and the least letters of each.
SKETCH = 12
LEAST_LETTERS = 4
#: Characters read: the lead of an article says what it is about.
LONGEST = 4_000
#: Words of which tokens are made: the lead.
LEAD = 80
#: What tokens weigh beside a word: a concept, a number, the beginning of a word.
CONCEPT, NUMBER, WRITTEN_OUT, START = 0.8, 1.2, 0.6, 0.3
#: Concepts narrow enough for two texts that share one to speak of one fact, and what they weigh.
NARROW = frozenset({"~mourning", "~censorship", "~hacking", "~discrimination"})
NARROW_WEIGHT = 1.5
_COMMON = 0.25

_BOOST = re.compile(r"^\s*(?:rt|repost|boost)\s*@?\S+\s*:?\s*", re.IGNORECASE)
_TRAIL = re.compile(r"(?:\s*(?:\bvia\s+@\S+|\(via\s+[^)]*\)|https?://\S+|\[?(?:…|\.\.\.)\]?))+\s*$", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+")
#: " - Le Monde", " | Ouest-France", "… (AFP)" after a title.
_OUTLET = re.compile(r"\s(?:[-–—|•·]\s(?:(?!\s[-–—|•·]\s).){2,40}|\([A-Z]{2,6}\))\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A text as the likening sees it."""

    #: Folded words of the title (without the outlet's name), and of title and text.
    title: str
    body: str
    whole: str
    #: Stems, numbers, `~concept` and `begin*`, with their weight.
    weights: Mapping[str, float]
    #: Sum of the squared weights of words, and of concepts.
    plain: float
    told: float
    numbers: frozenset[str]

    @property
    def spelt(self) -> Mapping[str, str]:
        """Words as the text spells them, by their token."""
        return {root(word): word for word in self.whole.split(" ", LEAD)[:LEAD]}

    @property
    def length(self) -> int:
        """Words."""
        return self.whole.count(" ") + 1 if self.whole else 0


@lru_cache(maxsize=2_048)
def take(title: str, text: str) -> Print:
    """The print of a publication."""
    headline = bare_title(title)
    body = bare_text(text)
    headline_words = words(headline)
    body_words = words(body)
    repeats = body_words[: len(headline_words)] == headline_words
    whole = body_words if repeats else [*headline_words, *body_words]
    weights = _weights(whole[:LEAD])
    told = sum([weight * weight for token, weight in weights.items() if token[0] == CONCEPT_MARK])
    return Print(
        title=" ".join(headline_words),
        body=" ".join(body_words),
        whole=" ".join(whole),
        weights=weights,
        plain=sum([weight * weight for weight in weights.values()]) - told,
        told=told,
        numbers=frozenset(filter(str.isdigit, whole)),
    )


def title_words(title: str) -> list[str]:
    """Folded, without the outlet's name."""
    return words(bare_title(title))


def bare_title(title: str) -> str:
    """Without the outlet's name at the end."""
    shorter = _OUTLET.sub("", title)
    return bare_text(shorter if len(shorter) >= 20 else title)


def bare_text(text: str) -> str:
    """Without boost marks, "via @x" and links."""
    boosted = _BOOST.match(text)
    bare = text[boosted.end() : LONGEST] if boosted else text[:LONGEST]
    # Most texts hold none of what is taken away, and looking for it takes longer than all the rest.
    lowered = bare.lower()
    if "http" in lowered or "via" in lowered or "…" in bare or "..." in bare:
        bare = _TRAIL.sub("", bare)
    return _LINK.sub("", bare) if "http" in lowered else bare


@lru_cache(maxsize=20_000)
def rarity(word: str) -> float:
    """0 for a word of everyday, up to 2 for a long one that no list knows; no corpus is needed."""
    if len(word) < LEAST_LETTERS:
        return 0.0
    if word in _everyday():
        return _COMMON
    return 1.0 + min(len(word), 14) / 14


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Without plural and feminine: enough to liken, whatever the language."""
    short = word.rstrip("sx") if len(word) > LEAST_LETTERS else word
    short = short[:-1] if len(short) > LEAST_LETTERS and short.endswith("e") else short
    return short or word


def _weights(lead: Sequence[str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for word in dict.fromkeys(lead):
        for token, weight in _tokens(word):
            if weight > weights.get(token, 0.0):
                weights[token] = weight
    return weights


@lru_cache(maxsize=50_000)
def _tokens(word: str) -> tuple[tuple[str, float], ...]:
    """What a folded word of the lead stands for; nothing for most words of everyday."""
    if digits := number(word):
        return ((digits, NUMBER if word.isdigit() else WRITTEN_OUT),)
    happened = concept(word)
    token = f"~{happened}"
    found = [(token, NARROW_WEIGHT if token in NARROW else CONCEPT)] if happened else []
    if len(word) > 2 and word not in _everyday():
        found.append((root(word), 1.0))
        if len(word) > BEGINNING:
            found.append((f"{word[:BEGINNING]}*", START))
    return tuple(found)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(fold(word) for language in ("fr", "en") for word in lists.common(language))
