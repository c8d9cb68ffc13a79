"""Everything read in a text before any point is given: language, crisis words that hold, scenes, guards, tone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from veille.analysis import frames, lists, tone, vocabulary
from veille.analysis.frames import Scene
from veille.analysis.lexicon import Found
from veille.analysis.tone import Tone
from veille.analysis.vocabulary import Told
from veille.model.entry import Entry
from veille.model.watch import Client

#: Characters that are judged: what is urgent is said early, and an article's far end is about something else.
LONGEST = 4_000
#: Words that say who speaks or who is hurt, not what went wrong.
_NO_TROUBLE = frozenset({"vulnerable", "press_enquiry"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What stands in a text."""

    told: Told
    language: str
    #: Crisis phrases that hold, and those that are denied.
    crises: tuple[Found, ...]
    denied: tuple[Found, ...]
    #: The words of phrases that mean no harm.
    innocent: frozenset[int]
    #: Dangers told without a crisis word.
    scenes: tuple[Scene, ...]
    #: What takes the edge off (analysis/calm.py).
    guards: Sequence[Found]
    #: The words of tone, and those of requests, ideas, purchases.
    small: Sequence[Found]
    tone: Tone


def hear(entry: Entry, hint: str, *, client: Client | None = None) -> Heard:
    """Reads title and text; `hint` is a language for what is too short to tell. The client adds its own phrases."""
    told = vocabulary.read(_text(entry))
    language = vocabulary.language_of(told, otherwise=(entry.language or hint)[:2])
    found = vocabulary.found(told.original, language)
    innocent = _innocent_places(told, found["harmless"], client)
    crises = _crises(told, found["crisis"], innocent, client)
    denied = tuple(f for f in crises if _denied(f, told, language) and not vocabulary.within(f, crises))
    held = tuple(f for f in crises if f not in denied and not vocabulary.within(f, crises))
    scenes = frames.find(told, found["slots"], language=language, innocent=innocent)
    said = [f for f in held if f.phrase.name not in _NO_TROUBLE]
    troubles = [*said, *_keys(scenes, said)]
    return Heard(
        told=told,
        language=language,
        crises=held,
        denied=denied,
        innocent=innocent,
        scenes=scenes,
        guards=found["guards"],
        small=found["tone"],
        tone=tone.hear(told, found, language=language, harmless=innocent, troubles=troubles),
    )


def _innocent_places(told: Told, harmless: Sequence[Found], client: Client | None) -> frozenset[int]:
    """The words that belong to phrases that mean no harm."""
    own = lists.own((("harmless", client.harmless_words),)).search(told.words)["own"] if client else ()
    return frozenset(place for f in (*harmless, *own) for place in range(f.first, f.last + 1))


def _crises(told: Told, common: Sequence[Found], innocent: Collection[int], client: Client | None) -> list[Found]:
    """The phrases of the families; a client's own count even where the common ones would be harmless."""
    everyone = [f for f in common if not _innocent(f, innocent)]
    return [*everyone, *(lists.own(client.urgent_words).search(told.words)["own"] if client else ())]


def _keys(scenes: Sequence[Scene], troubles: Sequence[Found]) -> list[Found]:
    """One trouble for each scene that no crisis word tells already."""
    known = {f.first for f in troubles}
    keys = {scene.parts[0].first: scene for scene in scenes if scene.frame.family not in _NO_TROUBLE}
    return [
        scene.parts[0]._replace(phrase=replace(scene.parts[0].phrase, strong=True))
        for first, scene in keys.items()
        if first not in known
    ]


def _text(entry: Entry) -> str:
    title, text = entry.title.strip(), entry.text.strip()
    repeats = text.startswith(title.rstrip(".…"))
    return (text if repeats else f"{title}\n{text}")[:LONGEST]


def _innocent(found: Found, innocent: Collection[int]) -> bool:
    return any(place in innocent for place in range(found.first, found.last + 1))


def _denied(found: Found, told: Told, language: str) -> bool:
    """Whether the phrase is negated; one that holds a negation ("pas livré") cannot be."""
    if any(part in lists.negators(language) for part in found.phrase.parts):
        return False
    return tone.negated(found, told, language)
