"""What a text is made of, for likening: its plain words, the rare ones with a weight, stable hashes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

from veille.analysis import vocabulary
from veille.text.fold import fold, words

#: Words of a sketch, and the least letters of each.
SKETCH = 12
LEAST_LETTERS = 4
#: Characters read: the lead of an article says what it is about.
LONGEST = 4_000
#: Families narrow enough for two texts that share one to speak of one fact, and families that only help.
FACTS = {
    **dict.fromkeys(("mourning", "data_leak", "discrimination", "censorship"), 2.3),
    **dict.fromkeys(("danger", "violence", "harassment", "fraud", "law", "undelivered", "unpaid", "outage"), 1.2),
}
#: Facts above this weight are narrow.
NARROW = 2.0
#: A word of the title says more than one of the text.
TITLE = 1.4
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
    #: Rare words and `#family` of facts, with their weight.
    weights: Mapping[str, float]
    numbers: frozenset[str]
    #: Rare words as the text spells them, by their stem.
    spelt: Mapping[str, str]

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
    return Print(
        title=" ".join(headline_words),
        body=" ".join(body_words),
        whole=" ".join(whole),
        weights=_weights(f"{headline}\n{body}"[:LONGEST], frozenset(map(stem, headline_words)), whole),
        numbers=frozenset(word for word in whole if word.isdigit()),
        spelt={stem(word): word for word in whole},
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
    return _LINK.sub("", _TRAIL.sub("", _BOOST.sub("", text[:LONGEST])))


@lru_cache(maxsize=20_000)
def rarity(word: str) -> float:
    """0 for a word of everyday, up to 2 for a long one that no list knows; no corpus is needed."""
    if len(word) < LEAST_LETTERS:
        return 0.0
    if word in _everyday():
        return _COMMON
    return 1.0 + min(len(word), 14) / 14


def is_narrow(word: str) -> bool:
    """Whether a weighted word stands for a fact that says enough alone."""
    return FACTS.get(word.removeprefix("#"), 0) > NARROW and word.startswith("#")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Without plural and feminine: enough to liken, whatever the language."""
    short = word.rstrip("sx") if len(word) > LEAST_LETTERS else word
    short = short[:-1] if len(short) > LEAST_LETTERS and short.endswith("e") else short
    return short or word


def hashed(word: str) -> int:
    """A signed 64-bit hash that is the same in every process."""
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _weights(text: str, title_stems: frozenset[str], whole: list[str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for word in dict.fromkeys(whole):
        rare = rarity(word)
        if rare:
            short = stem(word)
            weights[short] = max(weights.get(short, 0.0), rare * (TITLE if short in title_stems else 1.0))
    return weights | {f"#{name}": FACTS[name] for name in _facts(text)}


def _facts(text: str) -> set[str]:
    told = vocabulary.read(text)
    language = vocabulary.language_of(told, otherwise="fr")
    found = vocabulary.widest(vocabulary.crises(text, language))
    return {f.phrase.name for f in found if f.phrase.strong and f.phrase.name in FACTS}


@cache
def _everyday() -> frozenset[str]:
    return frozenset(fold(word) for language in ("fr", "en") for word in vocabulary.common(language))
