"""What two texts tell otherwise: other towns, counts, models, days; in a notice filled in anew all else is the same."""

from __future__ import annotations

from dataclasses import dataclass

from veille.analysis.facets import Facets
from veille.analysis.kinds import kinds

#: Two sums as near as that are one, told roundly.
ROUND = 0.12
#: Two counts of one thing that are nearer than that may be one that grew.
_GROWN = 0.6
#: How far apart two towns of one region are, and two of which one is a capital: it stands for its country's rulers.
_NEAR = 0.3
_CAPITALS = frozenset(["paris", "bruxelles", "londres", "berlin", "rome", "madrid"])
#: What is counted in each text anew.
_DURATIONS = frozenset(["h", "heur", "minut", "an", "ans", "jour", "jours", "mois", "moi", "foi", "lieu"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrary:
    """Each 0, nothing of the kind, to 1."""

    #: Towns that are not one; places, known or not, of which the other text says none.
    apart: float
    elsewhere: float
    #: One thing counted otherwise, another model, another name after one word.
    otherwise: float
    #: Another day of the week.
    another_day: float


def told(mine: Facets, theirs: Facets) -> Contrary:
    """All that two texts tell otherwise, the same both ways."""
    return Contrary(
        apart=_apart(mine.rows, theirs.rows),
        elsewhere=_elsewhere(mine, theirs),
        otherwise=_otherwise(mine, theirs),
        another_day=_another_day(mine, theirs),
    )


def _apart(mine: frozenset[str], theirs: frozenset[str]) -> float:
    if not mine or not theirs or mine & theirs:
        return 0.0
    near = kinds("places_fr").kin
    if mine <= _CAPITALS or theirs <= _CAPITALS:
        return _NEAR
    return 1.0 if all(near[row].isdisjoint(theirs) for row in mine) else _NEAR


def _elsewhere(mine: Facets, theirs: Facets) -> float:
    """Both name places by what stands before them, and neither text has a word of the other's."""
    if not mine.somewhere or not theirs.somewhere:
        return 0.0
    return float(_holds_none(mine.somewhere, theirs) and _holds_none(theirs.somewhere, mine))


def _another_day(mine: Facets, theirs: Facets) -> float:
    return float(bool(mine.days and theirs.days and mine.days.isdisjoint(theirs.days)))


def _holds_none(stems: frozenset[str], text: Facets) -> bool:
    return all(stems.isdisjoint(said) for said in (text.raised, text.lowered, text.opening))


def _otherwise(mine: Facets, theirs: Facets) -> float:
    return max(_counts_otherwise(mine, theirs), _other_code(mine, theirs), _other_name(mine, theirs))


def _counts_otherwise(mine: Facets, theirs: Facets) -> float:
    """Both count one thing, and neither number stands in the other text: by how far they differ."""
    left, right = (dict(text.numbers) for text in (mine, theirs))
    counted = (left.keys() & right.keys()) - _DURATIONS - {""}
    differ = [what for what in counted if left[what] not in right.values() and right[what] not in left.values()]
    nearest = min((_share(left[what], right[what]) for what in differ), default=1.0)
    return 0.0 if nearest >= 1 - ROUND else 0.5 if nearest >= _GROWN else 1.0


def _share(left: int, right: int) -> float:
    return min(left, right) / max(left, right)


def _other_code(mine: Facets, theirs: Facets) -> float:
    return float(bool(mine.codes and theirs.codes and mine.codes.isdisjoint(theirs.codes)))


def _other_name(mine: Facets, theirs: Facets) -> float:
    """ "tempête Odile" beside "tempête Paulin", each unnamed in the other text."""
    for what in {what for what, _ in mine.titled} & {what for what, _ in theirs.titled}:
        left, right = ({name for said, name in text.titled if said == what} for text in (mine, theirs))
        if left.isdisjoint(theirs.words) and right.isdisjoint(mine.words):
            return 1.0
    return 0.0
