"""How a text sounds: liking and disliking with negation, intensity and plain irony, from -1 to 1, and its label.

French has a broad list of its own (data/polarity_fr.toml: headlines as well as messages); English the words of tone_en.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from veille.analysis import lists, vocabulary
from veille.analysis.lexicon import Found
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
#: What lies between the first and the last of the faces that are one sign.
_DRAWN = re.compile("[♥-🥳]")
#: What may deny from behind: "je n'aime pas".
_BEHIND = frozenset({"pas", "jamais", "plus"})
_NE = frozenset({"ne", "n", "j", "je"})
#: "jamais vu une telle arnaque", "rarely seen such a scam": no negation at all.
_STRESSED = frozenset({"telle", "tel", "vu", "such", "seen", "seulement", "only", "que", "qu"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """What was found: the value, and the phrases for it."""

    value: float
    liked: Sequence[Found] = ()
    angry: Sequence[Found] = ()
    #: The mock praise, when there is one.
    irony: Found | None = None


def hear(
    told: Told,
    found: Mapping[str, Sequence[Found]],
    *,
    language: str,
    harmless: Collection[int],
    troubles: Sequence[Found],
) -> Tone:
    """The tone of a text in whose words the phrases `found` stand, by their lists.

    `harmless`: words of innocent phrases; `troubles`: crisis phrases that hold.
    """
    small = _named(found["tone"])
    likes = vocabulary.widest(small.get("positive", ()))
    dislikes = [f for f in vocabulary.widest(small.get("negative", ())) if not _inside(f, harmless)]
    mock = _mockery(small.get("irony", ()), (*dislikes, *troubles), told)
    if language == "fr":
        total = _broad(told, found["polarity"], mock, harmless, troubles)
    else:
        weights = [(f, 1.0 if f.phrase.name == "positive" else -1.0) for f in (*likes, *dislikes)]
        total = sum(_weight(f, sign, told, language, found["tone"], mock) for f, sign in weights)
        total -= sum(1.2 if trouble.phrase.strong else 0.5 for trouble in troubles)
    total += _face(told)
    return Tone(
        value=round(total / (total * total + _SOFT) ** 0.5, 3),
        liked=[f for f in likes if not negated(f, told, language)],
        angry=[f for f in vocabulary.widest(small.get("anger", ())) if not _inside(f, harmless)],
        irony=mock,
    )


def _named(found: Iterable[Found]) -> Mapping[str, list[Found]]:
    """The phrases of each name."""
    named: defaultdict[str, list[Found]] = defaultdict(list)
    for each in found:
        named[each.phrase.name].append(each)
    return named


def _face(told: Told) -> float:
    """What glad and sore faces say; a text that folds to ASCII has at most those made of signs."""
    text = told.original
    drawn = not told.folded.text.isascii() and _DRAWN.search(text)
    if not drawn and not (":" in text or ";" in text or "<" in text or "^" in text):
        return 0.0
    return 1.5 * bool(_GLAD.search(text)) - 1.5 * bool(_SORE.search(text))


def label(value: float) -> str:
    """ "negative", "neutral" or "positive"."""
    return "neutral" if abs(value) < NEUTRAL else "positive" if value > 0 else "negative"


def _broad(
    told: Told, polarity: Sequence[Found], mock: Found | None, harmless: Collection[int], troubles: Sequence[Found]
) -> float:
    """The sum of the broad French list, and of the troubles that it does not name."""
    found = [f for f in vocabulary.longest(polarity) if not _inside(f, harmless)]
    weights = [_heard(f, told, mock) for f in found]
    named = {
        place for f, weight in zip(found, weights, strict=True) if weight < 0 for place in range(f.first, f.last + 1)
    }
    missed = [t for t in troubles if named.isdisjoint(range(t.first, t.last + 1))]
    bad = sum(weight for weight in weights if weight < 0) - sum(1.2 if t.phrase.strong else 0.5 for t in missed)
    return sum(weight for weight in weights if weight > 0) + _GLOOM * bad


def _heard(found: Found, told: Told, mock: Found | None) -> float:
    weight = _STRENGTHS[found.phrase.name]
    if mock and weight > 0 and mock.first <= found.first <= mock.last:
        return -weight
    if weight and negated(found, told, "fr"):
        return weight * (_UNLIKED if weight > 0 else _UNHARMED)
    return weight


def negated(found: Found, told: Told, language: str, *, both_sides: bool = True) -> bool:
    """Whether a negation reaches the phrase: three words before it in its clause, two after for a verb."""
    _, first, last = found
    words, clauses, negators = told.words, told.clauses, lists.negators(language)
    start = max(0, first - WINDOW)
    if negators.isdisjoint(words[start:first]) and (not both_sides or _BEHIND.isdisjoint(words[last + 1 : last + 2])):
        return False
    before = [words[place] for place in range(start, first) if clauses[place] == clauses[first]]
    said = [place for place, word in enumerate(before) if word in negators]
    if said:
        return _STRESSED.isdisjoint((*before[said[-1] + 1 :], words[first]))
    if not both_sides or last + 1 >= len(words) or clauses[last + 1] != clauses[first]:
        return False
    return words[last + 1] in _BEHIND and not _NE.isdisjoint(before)


def _weight(
    found: Found, sign: float, told: Told, language: str, all_found: Iterable[Found], mock: Found | None
) -> float:
    if mock and sign > 0 and mock.first <= found.first <= mock.last:
        return -1.0
    stress = [f.phrase.name for f in all_found if f.last == found.first - 1]
    weight = sign * (1.5 if "intensifiers" in stress else 0.6 if "softeners" in stress else 1.0)
    if negated(found, told, language):
        return -1.0 if sign > 0 else 0.5
    return weight


def _inside(found: Found, places: Collection[int]) -> bool:
    return bool(places) and all(place in places for place in range(found.first, found.last + 1))


def _mockery(mocks: Iterable[Found], wrongs: Sequence[Found], told: Told) -> Found | None:
    """Thanks or praise followed, in the same breath, by what went wrong."""
    clauses = told.clauses
    for mock in mocks:
        near = (wrong for wrong in wrongs if mock.last < wrong.first <= mock.last + 8)
        if any(clauses[wrong.first] - clauses[mock.last] <= 1 for wrong in near):
            return mock
    return None
