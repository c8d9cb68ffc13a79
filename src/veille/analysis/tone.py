"""How a text sounds: liking and disliking with negation, intensity and plain irony, from -1 to 1, and its label.

French has a broad list of its own (data/polarity_fr.toml: headlines as well as messages); English the words of tone_en.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from veille.analysis import lists, vocabulary
from veille.analysis.lexicon import Found, Word
from veille.analysis.vocabulary import Told

#: How far a negation reaches, in words.
WINDOW = 3
#: Closer to 0 than this the tone is neutral.
NEUTRAL = 0.05
#: Bad news weighs more than good in one text (chosen on the training part of the tweets of bench/tone.py).
_GLOOM = 1.3
#: What a word of the broad list weighs, and what is left of it, turned round, when it is denied.
_STRENGTHS = {"delight": 2.0, "good": 1.0, "bad": -1.0, "awful": -2.0, "plain": 0.0}
_UNLIKED, _UNHARMED = -0.7, -0.4
#: Softens the sum so that one word is not a verdict (as VADER does, with its own constant).
_SOFT = 6.0
_GLAD = re.compile("[😀😃😄😁😊😍🥰😘🤩👍👏❤♥💖💕🎉🙏🥳😋💪✨🌟⭐]|:-?\\)|;-?\\)|<3|\\^\\^")
_SORE = re.compile("[😡🤬😠😤💩🤮👎😭😢😞😒🙄😩😫😱🤢💔]|:-?\\(|:'\\(|:-?/(?!/)")
#: "jamais vu une telle arnaque", "rarely seen such a scam": no negation at all.
_STRESSED = frozenset({"telle", "tel", "vu", "such", "seen", "seulement", "only", "que", "qu"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """What was found: the value, and the words for it as written."""

    value: float
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    angry: tuple[str, ...] = ()
    #: The mock praise, when there is one.
    irony: str = ""


def hear(
    told: Told, found: Sequence[Found], *, language: str, harmless: Collection[int], troubles: Sequence[Found]
) -> Tone:
    """The tone of a text in which the phrases `found` of the lists of tone stand.

    `harmless`: words of innocent phrases; `troubles`: crisis phrases that hold.
    """
    likes = _kept(found, "positive")
    dislikes = [f for f in _kept(found, "negative") if not _inside(f, harmless)]
    mock = _mockery(found, dislikes, troubles, told.words)
    if language == "fr":
        total = _broad(told, mock, harmless, troubles)
    else:
        weights = [(f, 1.0 if f.phrase.name == "positive" else -1.0) for f in (*likes, *dislikes)]
        total = sum(_weight(f, sign, told.words, language, found, mock) for f, sign in weights)
        total -= sum(1.2 if trouble.phrase.strong else 0.5 for trouble in troubles)
    total += 1.5 * bool(_GLAD.search(told.original)) - 1.5 * bool(_SORE.search(told.original))
    return Tone(
        value=round(total / (total * total + _SOFT) ** 0.5, 3),
        liked=_written(told, (f for f in likes if not negated(f, told.words, language))),
        disliked=_written(told, dislikes),
        angry=_written(told, (f for f in _kept(found, "anger") if not _inside(f, harmless))),
        irony=told.written(mock.first, mock.last) if mock else "",
    )


def label(value: float) -> str:
    """ "negative", "neutral" or "positive"."""
    return "neutral" if abs(value) < NEUTRAL else "positive" if value > 0 else "negative"


def _broad(told: Told, mock: Found | None, harmless: Collection[int], troubles: Sequence[Found]) -> float:
    """The sum of the broad French list, and of the troubles that it does not name."""
    everywhere = vocabulary.found("polarity", told.original, "fr")
    found = [f for f in vocabulary.longest(everywhere) if not _inside(f, harmless)]
    weights = [_heard(f, told.words, mock) for f in found]
    named = {
        place for f, weight in zip(found, weights, strict=True) if weight < 0 for place in range(f.first, f.last + 1)
    }
    missed = [t for t in troubles if not named & set(range(t.first, t.last + 1))]
    bad = sum(weight for weight in weights if weight < 0) - sum(1.2 if t.phrase.strong else 0.5 for t in missed)
    return sum(weight for weight in weights if weight > 0) + _GLOOM * bad


def _heard(found: Found, words: Sequence[Word], mock: Found | None) -> float:
    weight = _STRENGTHS[found.phrase.name]
    if mock and weight > 0 and mock.first <= found.first <= mock.last:
        return -weight
    if weight and negated(found, words, "fr"):
        return weight * (_UNLIKED if weight > 0 else _UNHARMED)
    return weight


def negated(found: Found, words: Sequence[Word], language: str, *, both_sides: bool = True) -> bool:
    """Whether a negation reaches the phrase: three words before it in its clause, two after for a verb."""
    negators = lists.negators(language)
    clause = words[found.first].clause
    before = [w for w in words[max(0, found.first - WINDOW) : found.first] if w.clause == clause]
    after = [w for w in words[found.last + 1 : found.last + 3] if w.clause == clause]
    said = [place for place, w in enumerate(before) if w.text in negators]
    if said:
        return not any(w.text in _STRESSED for w in (*before[said[-1] + 1 :], words[found.first]))
    if not both_sides or not after:
        return False
    return after[0].text in ("pas", "jamais", "plus") and any(w.text in ("ne", "n", "j", "je") for w in before)


def _weight(
    found: Found,
    sign: float,
    words: Sequence[Word],
    language: str,
    all_found: Iterable[Found],
    mock: Found | None,
) -> float:
    if mock and sign > 0 and mock.first <= found.first <= mock.last:
        return -1.0
    stress = [f.phrase.name for f in all_found if f.last == found.first - 1]
    weight = sign * (1.5 if "intensifiers" in stress else 0.6 if "softeners" in stress else 1.0)
    if negated(found, words, language):
        return -1.0 if sign > 0 else 0.5
    return weight


def _kept(found: Iterable[Found], name: str) -> tuple[Found, ...]:
    """The widest phrases of a list: "une honte" hides "honte"."""
    return vocabulary.widest(f for f in found if f.phrase.name == name)


def _inside(found: Found, places: Collection[int]) -> bool:
    return all(place in places for place in range(found.first, found.last + 1))


def _mockery(
    found: Iterable[Found], dislikes: Sequence[Found], troubles: Sequence[Found], words: Sequence[Word]
) -> Found | None:
    """Thanks or praise followed, in the same breath, by what went wrong."""
    wrongs = (*dislikes, *troubles)
    for mock in found:
        if mock.phrase.name != "irony":
            continue
        near = (w for w in wrongs if mock.last < w.first <= mock.last + 8)
        if any(words[w.first].clause - words[mock.last].clause <= 1 for w in near):
            return mock
    return None


def _written(told: Told, found: Iterable[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(told.written(f.first, f.last) for f in found))
