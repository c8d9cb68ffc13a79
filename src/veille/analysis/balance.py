"""The points of the words and the learnt weights, balanced into one number from 0 to 100.

The constants were chosen on sentences and tweets whose writers and domains the weights had not seen (docs/urgency.md).
"""

from __future__ import annotations

from math import exp

from veille.analysis.learnt import Learnt
from veille.model.mention import Level

#: What a text without any word of note is worth, and what the rest adds: a point of the words, the log-odds of "today",
#: and the tone, which counts against (an angry text is worth more).
PLAIN, WORDS, TODAY, TONE = 28.0, 0.35, 41.0, -2.0
#: The log-odds of a complaint; a complaint alone comes close to the first number and never there, and counts in full
#: only so far below it.
COMPLAINT, ANNOYED, REACH = 60.0, 70.0, 84.0
#: Weights that see calm take a total no further below the medium level than this before complaints are counted.
DEPTH = 80.0
#: Praise and guards take back no more.
LEAST = -25
#: The share of the words that stays whatever the weights say: with weights that are even, for each log-odd beside, and
#: with weights that see nothing but calm.
KEPT, SURER, LEFT = 0.78, 1.1, 0.45
#: The log-odds that go when something takes the edge off: what the words lose must not be filled again.
CALMED = 0.4
#: The log-odds that a grave headline is given: the weights were learnt from messages, where somebody speaks.
HEADLINE = 0.25
#: Below the level that is told, points are squeezed but keep their order: so many of them come down to a third.
SQUEEZE = 15.0
#: Words of so many points may reach the most serious level, and what each point from there on is worth: the press on a
#: scandal stays above one customer.
GRAVEST, GRAVER = 92, 0.35


def balanced(points: int, learnt: Learnt, *, tone: float, calmed: bool = False, press: int = 0) -> int:
    """0-100 from the sum of the signals, the learnt weights and the tone (-1 to 1); `calmed`: a guard holds.

    `press`: what the press is worth, beside `points`; it adds in full to what is high without it, else a share.

    The most serious level is left to the words, and its order too: weights alone reach the one below.
    """
    today = learnt.today - CALMED * calmed + HEADLINE * (press > 0 and points >= Level.MEDIUM)
    total = PLAIN + WORDS * max(LEAST, points) + TODAY * today + TONE * tone
    kept = points * min(1.0, max(LEFT, KEPT + SURER * today))
    if kept >= Level.MEDIUM:
        total = max(total, kept)
    if total < Level.MEDIUM:
        total = Level.MEDIUM - DEPTH * (1 - exp((total - Level.MEDIUM) / DEPTH))
    total += _annoyance(learnt.complaint, total)
    if total < Level.MEDIUM:
        total = Level.MEDIUM * exp((total - Level.MEDIUM) / SQUEEZE)
    total = max(0.0, total)
    total += press * min(1.0, total / Level.HIGH) ** 2
    whole = points + press
    most = Level.CRITICAL - 1 if whole < GRAVEST else Level.CRITICAL + (whole - GRAVEST) * GRAVER
    return round(min(total, 100, most))


def _annoyance(complaint: float, total: float) -> float:
    """What a complaint adds to a total, or its absence takes: the less, the graver the rest is already."""
    room = min(1.0, max(0.0, (ANNOYED - total) / REACH))
    lift = COMPLAINT * complaint
    return room * (REACH * (1 - exp(-lift / REACH)) if lift > 0 else lift)
