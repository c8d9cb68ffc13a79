"""How it is said, by whom it is rated and where it stands: the signals beside the families of urgency."""

from __future__ import annotations

import re
from collections.abc import Sequence

from veille.analysis import vocabulary
from veille.analysis.hearing import Heard
from veille.analysis.lexicon import Found
from veille.analysis.signals import BY_NAME, signal
from veille.analysis.vocabulary import Told
from veille.model.mention import Signal

PRESS = ("press", "national_press")
_PLACES = frozenset({"national_press", "press", "own_page", "forum", "review", "blog", "social"})
#: The lists of small phrases that are signals, in the order in which they are named.
_SAID = {"requests": "request", "ideas": "idea", "buying": "buying"}
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Ý]{4,}\b")
#: Most texts hold no word in capitals at all.
_HIGH = re.compile(r"[A-ZÀ-ÖØ-Ý]{4}")
_SHOUT = re.compile(r"!{2,}|[!?]{3,}|[😡🤬]")
#: A tone above this, without a grave matter, is praise.
_PLEASED = 0.3
#: Irony beside a matter that is grave in itself.
_BITTER = 22


def manner(heard: Heard, *, grave: bool) -> list[Signal]:
    """Anger, irony, capitals, questions, requests, ideas, purchases and praise."""
    said, told = heard.tone, heard.told
    pleased = said.value > _PLEASED and not grave and bool(said.liked) and said.irony is None
    made: list[Signal] = []
    if said.angry:
        made.append(signal("anger", evidence=_three(told, said.angry)))
    if said.irony:
        made.append(signal("irony", _BITTER if grave else None, told.written(said.irony.first, said.irony.last)))
    if not pleased and (shout := _shout(told.original)):
        made.append(signal("intensity", evidence=shout))
    if "?" in told.folded.text:
        made.append(signal("question", evidence=_question(told.original)))
    for name, kind in _SAID.items():
        if (kind == "request" or not grave) and (evidence := _phrases(heard, name)):
            made.append(signal(kind, evidence=evidence))
    if pleased:
        made.append(signal("praise", evidence=_three(told, said.liked)))
    return made


def _three(told: Told, phrases: Sequence[Found]) -> str:
    """The first three that differ, as written."""
    return ", ".join(list(dict.fromkeys(told.written(f.first, f.last) for f in phrases))[:3])


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
    phrases = [f for f in heard.small if f.phrase.name == name]
    return vocabulary.quote(heard.told, phrases) if phrases else ""


def _shout(text: str) -> str:
    capitals = _CAPITALS.findall(text) if _HIGH.search(text) else ()
    if len(capitals) >= 2:
        return " ".join(capitals[:3])
    marks = _SHOUT.search(text) if "!" in text or "??" in text or "😡" in text or "🤬" in text else None
    return marks.group() if marks else ""


def _question(text: str) -> str:
    """The sentence that ends in the first question mark."""
    before = text[: text.find("?") + 1]
    return re.split(r"(?<=[.!?\n])\s+", before)[-1][-120:].strip()
