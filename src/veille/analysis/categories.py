"""What kind of message it is, from what was heard: routes and digests use it."""

from __future__ import annotations

from collections.abc import Sequence

from veille.analysis.calm import SHARES
from veille.analysis.hearing import Heard
from veille.analysis.signals import CRISIS
from veille.model.mention import Category, Signal

_PRESS = frozenset({"press", "national_press"})
#: From so many points on, what is told is a problem whatever the tone.
_GRAVE = 40


def category(heard: Heard, signals: Sequence[Signal], place: str) -> Category:
    """The first that holds: press, problem told, praise, idea, question, problem, request, opinion."""
    names = {signal.name for signal in signals if signal.points}
    alarm = sum(signal.points for signal in signals if signal.name in CRISIS or signal.name in SHARES)
    ranked = (
        (place in _PRESS or "press_enquiry" in names, Category.PRESS),
        (alarm >= _GRAVE and bool(names & CRISIS), Category.PROBLEM),
        ("praise" in names, Category.PRAISE),
        (bool(names & CRISIS) and heard.tone.value < 0 and alarm > 0, Category.PROBLEM),
        ("idea" in {s.name for s in signals}, Category.IDEA),
        ("question" in names, Category.QUESTION),
        ("problem" in names or "low_rating" in names, Category.PROBLEM),
        ("request" in names, Category.REQUEST),
    )
    return next((kind for holds, kind in ranked if holds), Category.OPINION)
