"""How urgent a publication is, 0-100, as named signals a community manager reads as sentences.

read -> crisis words that hold (not negated, not harmless) -> tone -> signals -> points and category
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from veille.analysis import tone, vocabulary
from veille.analysis.signals import BY_NAME, CRISIS
from veille.analysis.tone import Tone
from veille.analysis.vocabulary import Found, Told
from veille.model.entry import Entry
from veille.model.mention import Category, Signal, Urgency
from veille.model.watch import Client
from veille.text.fold import fold

#: Characters that are judged: what is urgent is said early, and an article's far end is about something else.
LONGEST = 4_000
#: A second family adds less than the first, a third less again.
SHARES = (1.0, 0.6, 0.4, 0.25)
#: What a `weak` word is worth beside a strong one of its family.
WEAK = 0.4
#: Two strong phrases of one family leave less doubt than one.
SAID_TWICE = 1.15
#: From so many points on, a family makes its neighbours count.
GRAVE = 15
#: A crisis word inside a question ("arnaque ou fiable ?") is a doubt, not a charge.
DOUBT = 0.6
#: Of the crisis points, taken back where the text tells of a film, a book or a match.
TOLD_STORY = 0.7

_DOUBTED = frozenset({"fraud", "danger", "law", "boycott"})
_PRESS = ("press", "national_press")
_PLACES = frozenset({"national_press", "press", "own_page", "forum", "review", "blog", "social"})
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Ý]{4,}\b")
_SHOUT = re.compile(r"!{2,}|[!?]{3,}|[😡🤬]")
_FIRST_PERSON = frozenset({"je", "j", "mon", "ma", "mes", "nous", "moi", "i", "my", "we", "our", "me", "us"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """Everything read in the text, before any point is given."""

    told: Told
    language: str
    crises: tuple[Found, ...]
    denied: tuple[Found, ...]
    story: tuple[Found, ...]
    small: tuple[Found, ...]
    tone: Tone


def score(
    entry: Entry, *, place: str = "other", language: str = "", client: Client | None = None, own: bool = False
) -> Urgency:
    """Points, signals, category and tone of an entry published at `place` (`press`, `forum`...).

    `language` is a hint for texts too short to tell. The client's own statements are noted and worth nothing.
    """
    heard = _hear(entry, language)
    if own:
        return Urgency(0, (_signal("own_statement"),), _category(heard, (), place), heard.tone.value)
    signals = _signals(entry, heard, place=place, client=client)
    points = max(0, min(100, sum(signal.points for signal in signals)))
    return Urgency(points, signals, _category(heard, signals, place), heard.tone.value)


def _hear(entry: Entry, hint: str) -> _Heard:
    told = vocabulary.read(_text(entry))
    language = vocabulary.language_of(told, otherwise=(entry.language or hint)[:2])
    harmless = tuple(vocabulary.harmless().search(told.words))
    innocent = {p for f in harmless if f.phrase.name == "phrases" for p in range(f.first, f.last + 1)}
    crises = [f for f in vocabulary.crises(told.original, language) if not _innocent(f, innocent)]
    denied = tuple(f for f in crises if _denied(f, told, language) and not vocabulary.within(f, crises))
    small = tuple(vocabulary.tone(language).search(told.words))
    held = tuple(f for f in crises if f not in denied and not vocabulary.within(f, crises))
    return _Heard(
        told=told,
        language=language,
        crises=held,
        denied=denied,
        story=tuple(f for f in harmless if f.phrase.name != "phrases"),
        small=small,
        tone=tone.hear(told, small, language=language, harmless=innocent, troubles=_troubles(held)),
    )


def _text(entry: Entry) -> str:
    title, text = entry.title.strip(), entry.text.strip()
    repeats = text.startswith(title.rstrip(".…"))
    return (text if repeats else f"{title}\n{text}")[:LONGEST]


def _innocent(found: Found, innocent: Collection[int]) -> bool:
    return any(place in innocent for place in range(found.first, found.last + 1))


def _denied(found: Found, told: Told, language: str) -> bool:
    """Whether the phrase is negated; one that holds a negation ("pas livré") cannot be."""
    if any(part in vocabulary.negators(language) for part in found.phrase.parts):
        return False
    return tone.negated(found, told.words, language)


def _troubles(crises: Sequence[Found]) -> list[Found]:
    return [f for f in crises if f.phrase.name not in ("vulnerable", "press_enquiry")]


def _signals(entry: Entry, heard: _Heard, *, place: str, client: Client | None) -> tuple[Signal, ...]:
    families = _families(heard)
    grave = any(signal.name in CRISIS for signal in families)
    manner = [*_manner(heard, grave=grave), *_rating(entry.rating)]
    bad = bool(families) or heard.tone.value < 0
    signals = [*families, *_beside(heard, families), *manner, *_place(place, bad=bad)]
    signals += _client_words(heard, client) if bad else []
    negated = [_signal("negated", evidence=_quote(heard.told, heard.denied))] if heard.denied else []
    return (*signals, *_fiction(heard, families), *negated)


def _families(heard: _Heard) -> list[Signal]:
    """One signal a family, the gravest in full, the next for a share."""
    names = dict.fromkeys(f.phrase.name for f in heard.crises if f.phrase.name != "vulnerable")
    worth = [(name, [f for f in heard.crises if f.phrase.name == name]) for name in names]
    ranked = sorted(((_worth(name, found, heard), name, found) for name, found in worth), key=lambda w: -w[0])
    return [
        _signal(name, round(points * SHARES[min(rank, len(SHARES) - 1)]), _quote(heard.told, found))
        for rank, (points, name, found) in enumerate(ranked)
    ]


def _worth(name: str, found: Sequence[Found], heard: _Heard) -> float:
    points = float(BY_NAME[name].points)
    if not any(f.phrase.strong for f in found):
        points *= WEAK
    elif len({f.first for f in found if f.phrase.strong}) > 1:
        points *= SAID_TWICE
    if name in _DOUBTED and all(_asked(f, heard.told) for f in found):
        points *= DOUBT
    return points


def _asked(found: Found, told: Told) -> bool:
    """Whether the sentence of the phrase is a question in nobody's name."""
    rest = told.folded.text[told.words[found.last].end :]
    ending = re.search(r"[.!?\n]", rest)
    return ending is not None and ending.group() == "?" and not any(w.text in _FIRST_PERSON for w in told.words)


def _beside(heard: _Heard, families: Sequence[Signal]) -> list[Signal]:
    """Who is hurt, and who tells it of themselves, count only beside what hurts."""
    grave = {signal.name for signal in families if signal.name in CRISIS and signal.points >= GRAVE}
    if not grave:
        return []
    told = heard.told
    hurt = [f for f in heard.crises if f.phrase.name == "vulnerable"]
    said = next((place for place, word in enumerate(told.words) if word.text in _FIRST_PERSON), None)
    found = [_signal("vulnerable", evidence=_quote(told, hurt))] if hurt else []
    if said is None or "press_enquiry" in grave:  # a journalist's "I" is no victim's
        return found
    return [*found, _signal("first_hand", evidence=told.written(said, said))]


def _manner(heard: _Heard, *, grave: bool) -> list[Signal]:
    said = heard.tone
    asks = "?" in heard.told.folded.text
    requests = [f for f in heard.small if f.phrase.name == "requests"]
    pleased = said.value > 0.3 and not grave and bool(said.liked) and not said.irony
    made = [
        (bool(said.angry), "anger", ", ".join(said.angry[:3])),
        (bool(said.irony), "irony", said.irony),
        (not pleased and bool(_shout(heard.told.original)), "intensity", _shout(heard.told.original)),
        (asks, "question", _question(heard.told.original)),
        (bool(requests), "request", _quote(heard.told, requests)),
        (pleased, "praise", ", ".join(said.liked[:3])),
    ]
    return [_signal(name, evidence=evidence) for holds, name, evidence in made if holds]


def _shout(text: str) -> str:
    capitals = _CAPITALS.findall(text)
    marks = _SHOUT.search(text)
    if len(capitals) >= 2:
        return " ".join(capitals[:3])
    return marks.group() if marks else ""


def _question(text: str) -> str:
    """The sentence that ends in the first question mark."""
    before = text[: text.find("?") + 1]
    return re.split(r"(?<=[.!?\n])\s+", before)[-1][-120:].strip()


def _rating(rating: float | None) -> list[Signal]:
    if rating is None or 2 < rating < 4:
        return []
    shown = f"{rating:g}/5"
    if rating >= 4:
        return [_signal("high_rating", evidence=shown)]
    return [_signal("low_rating", 12 if rating <= 1 else 8, shown)]


def _place(place: str, *, bad: bool) -> list[Signal]:
    """Where it stands counts; the press counts double when the news is bad."""
    if place not in _PLACES:
        return []
    points = BY_NAME[place].points * (2 if bad and place in _PRESS else 1)
    return [_signal(place, points)]


def _client_words(heard: _Heard, client: Client | None) -> list[Signal]:
    if client is None:
        return []
    listed = (("names_product", client.products), ("names_person", client.people))
    found = ((name, [w for w in words if _names(heard.told, w)]) for name, words in listed)
    return [_signal(name, evidence=", ".join(words)) for name, words in found if words]


def _names(told: Told, word: str) -> bool:
    return bool(word) and re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", told.folded.text) is not None


def _fiction(heard: _Heard, families: Sequence[Signal]) -> list[Signal]:
    taken = round(sum(signal.points for signal in families) * TOLD_STORY)
    if not heard.story or not taken:
        return []
    return [_signal("fiction", -taken, _quote(heard.told, heard.story))]


def _category(heard: _Heard, signals: Sequence[Signal], place: str) -> Category:
    names = {signal.name for signal in signals}
    small = {f.phrase.name for f in heard.small}
    ranked = (
        (place in _PRESS or "press_enquiry" in names, Category.PRESS),
        ("praise" in names, Category.PRAISE),
        (bool(names & CRISIS) and heard.tone.value < 0, Category.PROBLEM),
        ("ideas" in small, Category.IDEA),
        ("question" in names, Category.QUESTION),
        ("problem" in names or "low_rating" in names, Category.PROBLEM),
        ("request" in names, Category.REQUEST),
    )
    return next((category for holds, category in ranked if holds), Category.OPINION)


def _quote(told: Told, found: Sequence[Found]) -> str:
    """Up to three distinct phrases as written, the widest of those that overlap."""
    widest = vocabulary.widest(found)
    return ", ".join(list(dict.fromkeys(told.written(f.first, f.last) for f in widest))[:3])


def _signal(name: str, points: int | None = None, evidence: str = "") -> Signal:
    return Signal(name, BY_NAME[name].points if points is None else points, evidence)
