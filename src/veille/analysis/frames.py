"""Scenes that must be seen today although no word of crisis is said: groups of everyday words that stand together.

words of a text -> slots they fill (slots_*.toml) -> frames whose slots are filled close by (frames.toml) -> scenes
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from veille.analysis import lists, tone
from veille.analysis.lexicon import Found
from veille.analysis.vocabulary import Told

#: Phrases of a slot that are tried: a long text says what matters early, and a hostile one must not cost its square.
_TRIED = 24
#: Slots that hold a negation, or whose words mean the same with one.
_NEVER_DENIED = frozenset({"cut", "failure", "ignored", "unduly", "contradict", "refuse", "others_of", "down", "taken"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Slots that together make a scene of a family; the first is the key, which must not be denied."""

    name: str
    family: str
    points: int
    #: Words from the first to the last.
    window: int
    #: Each a choice of slots.
    slots: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A frame found, and the phrases that fill it, in the order of its slots."""

    frame: Frame
    parts: tuple[Found, ...]


@cache
def frames() -> tuple[Frame, ...]:
    """Every frame, as frames.toml has them."""
    path = resources.files("veille.analysis") / "data" / "frames.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["frames"]
    return tuple(Frame(**row | {"slots": tuple(tuple(slot.split("|")) for slot in row["slots"])}) for row in rows)


def find(told: Told, slots: Sequence[Found], *, language: str, innocent: Collection[int]) -> tuple[Scene, ...]:
    """One scene for each frame that the phrases of slots make; words of `innocent` places fill nothing."""
    filled = _filled(slots, innocent)
    keyed = {place for name in filled for place in _opened_by().get(name, ())}
    every = frames()
    return tuple(scene for place in sorted(keyed) if (scene := _scene(every[place], filled, told, language)))


@cache
def _opened_by() -> Mapping[str, Sequence[int]]:
    """For each slot, the places of the frames whose key it may be."""
    opened: defaultdict[str, list[int]] = defaultdict(list)
    for place, frame in enumerate(frames()):
        for name in frame.slots[0]:
            opened[name].append(place)
    return dict(opened)


def _filled(slots: Sequence[Found], innocent: Collection[int]) -> Mapping[str, list[Found]]:
    filled: defaultdict[str, list[Found]] = defaultdict(list)
    for found in slots:
        if found.first not in innocent:
            at = filled[found.phrase.name]
            if len(at) < _TRIED:
                at.append(found)
    return filled


def _scene(frame: Frame, filled: Mapping[str, list[Found]], told: Told, language: str) -> Scene | None:
    for names in frame.slots[1:]:
        if filled.keys().isdisjoint(names):
            return None
    choices = [[found for name in names for found in filled.get(name, ())] for names in frame.slots]
    for key in choices[0]:
        parts = _near(key, choices[1:], frame.window)
        if parts is not None and not _denied(key, told, language):
            return Scene(frame=frame, parts=parts)
    return None


def _near(key: Found, choices: Sequence[Sequence[Found]], window: int) -> tuple[Found, ...] | None:
    """The nearest phrase of each choice, apart from one another and all within the window."""
    parts = [key]
    for choice in choices:
        fitting = [found for found in choice if _apart(found, parts) and _spread((*parts, found)) <= window]
        if not fitting:
            return None
        parts.append(min(fitting, key=lambda found: abs(found.first - key.first)))
    return tuple(parts)


def _apart(found: Found, parts: Sequence[Found]) -> bool:
    return all(found.last < part.first or found.first > part.last for part in parts)


def _spread(parts: Sequence[Found]) -> int:
    return max(part.last for part in parts) - min(part.first for part in parts)


def _denied(key: Found, told: Told, language: str) -> bool:
    if key.phrase.name in _NEVER_DENIED or any(p in lists.negators(language) for p in key.phrase.parts):
        return False
    return tone.negated(key, told, language)


def quoted(scene: Scene, told: Told) -> str:
    """The phrases of a scene as written, in the order of the text; what lies between is cut to "…" when it is long."""
    pieces = list(_pieces(sorted({(part.first, part.last) for part in scene.parts})))
    return " … ".join(told.written(first, last) for first, last in pieces)


def _pieces(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans joined where at most two words part them."""
    first, last = spans[0]
    for start, end in spans[1:]:
        if start - last <= 3:
            last = max(last, end)
        else:
            yield first, last
            first, last = start, end
    yield first, last
