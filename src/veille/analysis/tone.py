"""How a text sounds: liking and disliking with negation, intensity and plain irony, from -1 to 1."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from veille.analysis import vocabulary
from veille.analysis.vocabulary import Found, Told, Word

#: How far a negation reaches, in words.
WINDOW = 3
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


def negated(found: Found, words: Sequence[Word], language: str, *, both_sides: bool = True) -> bool:
    """Whether a negation reaches the phrase: three words before it in its clause, two after for a verb."""
    negators = vocabulary.negators(language)
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
