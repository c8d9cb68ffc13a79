"""How it is said, by whom it is rated and where it stands: the signals beside the families of urgency."""

from __future__ import annotations

import re

from veille.analysis import vocabulary
from veille.analysis.hearing import Heard
from veille.analysis.signals import BY_NAME, signal
from veille.model.mention import Signal

PRESS = ("press", "national_press")
_PLACES = frozenset({"national_press", "press", "own_page", "forum", "review", "blog", "social"})
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Ý]{4,}\b")
_SHOUT = re.compile(r"!{2,}|[!?]{3,}|[😡🤬]")
#: A tone above this, without a grave matter, is praise.
_PLEASED = 0.3
#: Irony beside a matter that is grave in itself.
_BITTER = 22


def manner(heard: Heard, *, grave: bool) -> list[Signal]:
    """Anger, irony, capitals, questions, requests, ideas, purchases and praise."""
    said = heard.tone
    text = heard.told.original
    ideas, buying, requests = (_phrases(heard, name) for name in ("ideas", "buying", "requests"))
    pleased = said.value > _PLEASED and not grave and bool(said.liked) and not said.irony
    made = [
        (bool(said.angry), signal("anger", evidence=", ".join(said.angry[:3]))),
        (bool(said.irony), signal("irony", _BITTER if grave else None, said.irony)),
        (not pleased and bool(_shout(text)), signal("intensity", evidence=_shout(text))),
        ("?" in heard.told.folded.text, signal("question", evidence=_question(text))),
        (bool(requests), signal("request", evidence=requests)),
        (bool(ideas) and not grave, signal("idea", evidence=ideas)),
        (bool(buying) and not grave, signal("buying", evidence=buying)),
        (pleased, signal("praise", evidence=", ".join(said.liked[:3]))),
    ]
    return [each for holds, each in made if holds]


def rating(value: float | None) -> list[Signal]:
    """A review's stars, 1 to 5; what lies between says nothing."""
    if value is None or 2 < value < 4:
        return []
    shown = f"{value:g}/5"
    if value >= 4:
        return [signal("high_rating", evidence=shown)]
    return [signal("low_rating", 12 if value <= 1 else 8, shown)]


def place(name: str, *, bad: bool) -> list[Signal]:
    """Where it stands counts; the press counts double when the news is bad."""
    if name not in _PLACES:
        return []
    return [signal(name, BY_NAME[name].points * (2 if bad and name in PRESS else 1))]


def _phrases(heard: Heard, name: str) -> str:
    return vocabulary.quote(heard.told, (f for f in heard.small if f.phrase.name == name))


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
