"""Whether two texts of a file tell of one fact: several likenesses together, each of which sees what others miss.

Words and characters by TF-IDF are the floor; kindred words say "débrayage" for "grève"; places, numbers and models tell
two facts of one brand apart. bench/learn_pairs.py learns the weights, and prints how they fare on facts held out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from veille.analysis import vectors
from veille.analysis.corpus import IMAGINARY
from veille.analysis.facets import Facets
from veille.analysis.kinds import kinds
from veille.analysis.vectors import Space

#: From such a score on, two texts tell of one fact: precision .95 on facts that the weights were not learnt from.
SAME_FACT = 0.75
#: Little said in common proves little: added to what two texts say has happened.
_SHRINK = 6.0
#: A rarity that is high in a file of some hundred texts: what says something of a place comes to about 1.
_RARE = 6.0
#: Two sums as near as that are one, told roundly, if they are no small numbers; small ones say half.
_ROUND, _SMALL = 0.12, 12
#: What a place in common says where nothing that happened is, and how far apart towns of one region are.
_HOME, _NEAR = 0.25, 0.3
#: What is counted in each text anew.
_DURATIONS = frozenset(["h", "heur", "minut", "an", "ans", "jour", "jours", "mois", "moi", "foi", "lieu"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Likenesses:
    """Each 0 to 1 (numbers and place: to about 1.5)."""

    #: TF-IDF cosines of words, of characters, and of stems where words that liken nothing are damped.
    words: float
    characters: float
    stems: float
    #: Cosine of what happened; what happened and to whom, little said counting little; cosine of stems and all this.
    happened: float
    enough: float
    both: float
    #: Share of the text that says less that the other says too.
    held: float
    #: How rare the place is that both name, the numbers that both give.
    place: float
    numbers: float
    #: 1 where they name places that are not one; where they count one thing otherwise, or name another model.
    apart: float
    otherwise: float
    #: 1 where what happened has nothing in common.
    else_happened: float


#: Logistic regression, regularised (C = .3), each file and label with the same say.
WEIGHTS = Likenesses(
    words=0.9,
    characters=1.8,
    stems=1.9,
    happened=3.2,
    enough=1.3,
    both=2.2,
    held=1.6,
    place=2.2,
    numbers=2.2,
    apart=-4.3,
    otherwise=-2.1,
    else_happened=-1.2,
)
BIAS = -1.7
_NAMES = tuple(field.name for field in fields(Likenesses))


class Pairs:
    """The distinct texts of a file, to be likened two by two by their place in it."""

    def __init__(self, texts: Sequence[Facets]) -> None:
        self.texts = texts
        words = [text.words for text in texts]
        runs = [vectors.grams(each) for each in words]
        stems = [text.stems for text in texts]
        deeds = [sorted(text.deeds) for text in texts]
        named = [sorted(text.deeds | text.things) for text in texts]
        both = [(*said, *(f"~{kind}" for kind in found)) for said, found in zip(stems, named, strict=True)]
        rows = [sorted(text.rows) for text in texts]
        self._stems = Space.of(stems, imaginary=IMAGINARY).damped(stems)
        seen = [self._stems.vector(text) for text in stems]
        self._kinds = Space.of(named, imaginary=IMAGINARY).damped(named, seen)
        self._places = Space.of(rows, imaginary=IMAGINARY).damped(rows, seen)
        spaces: dict[str, tuple[Space, Sequence[Sequence[str]]]] = {
            "words": (Space.of(words), words),
            "characters": (Space.of(runs), runs),
            "stems": (self._stems, stems),
            "happened": (Space.of(deeds, imaginary=IMAGINARY), deeds),
            "both": (Space.of(both, imaginary=IMAGINARY).damped(both), both),
        }
        self._vectors = {name: [space.vector(text) for text in told] for name, (space, told) in spaces.items()}

    def score(self, left: int, right: int) -> float:
        """0 to 1, the same both ways: how sure it is that both tell of one fact."""
        if self.texts[left].words and self.texts[left].words == self.texts[right].words:
            return 1.0
        found = self.likenesses(left, right)
        return 1 / (1 + math.exp(-BIAS - sum(getattr(WEIGHTS, name) * getattr(found, name) for name in _NAMES)))

    def likenesses(self, left: int, right: int) -> Likenesses:
        """All that is weighed of a pair."""
        mine, theirs = self.texts[left], self.texts[right]
        cosines = {name: vectors.cosine(told[left], told[right]) for name, told in self._vectors.items()}
        return Likenesses(
            **cosines,
            enough=self._enough(mine.deeds | mine.things, theirs.deeds | theirs.things),
            held=vectors.held(mine.stems, theirs.stems, self._stems),
            place=self._place(mine, theirs),
            numbers=_same_numbers(mine, theirs),
            apart=_apart(mine.rows, theirs.rows),
            otherwise=float(_counts_otherwise(mine, theirs) or _other_code(mine, theirs) or _other_name(mine, theirs)),
            else_happened=float(bool(mine.deeds and theirs.deeds) and mine.deeds.isdisjoint(theirs.deeds)),
        )

    def evidence(self, left: int, right: int) -> str:
        """ "facts: outage; words: metz, nexilo; other places", those that say most first."""
        mine, theirs = self.texts[left], self.texts[right]
        facts = sorted(
            (mine.deeds & theirs.deeds) | (mine.things & theirs.things), key=lambda kind: (-self._kinds.idf[kind], kind)
        )[:3]
        stems = sorted(set(mine.stems) & set(theirs.stems), key=lambda stem: (-self._stems.idf[stem], stem))[:5]
        said = [("facts", facts), ("words", [mine.spelt.get(stem, stem.lstrip("#")) for stem in stems])]
        told = [f"{kind}: {', '.join(named)}" for kind, named in said if named]
        found = self.likenesses(left, right)
        told += ["other places"] if found.apart else []
        return "; ".join([*told, *(["other numbers or models"] if found.otherwise else [])])

    def _enough(self, mine: frozenset[str], theirs: frozenset[str]) -> float:
        said, shared, other = (self._said(kinds) for kinds in (mine, mine & theirs, theirs))
        return shared / (_SHRINK + math.sqrt(said * other))

    def _place(self, mine: Facets, theirs: Facets) -> float:
        """A place is where a brand is at home as often as where a fact was."""
        rarest = max([self._places.idf[row] for row in mine.rows & theirs.rows], default=0.0)
        return rarest / _RARE * (_HOME if mine.deeds.isdisjoint(theirs.deeds) else 1.0)

    def _said(self, kinds: frozenset[str]) -> float:
        return sum(self._kinds.idf[kind] for kind in sorted(kinds))


def listed(found: Likenesses) -> list[float]:
    """In the order of the fields, for learning the weights."""
    return list(asdict(found).values())


def _apart(mine: frozenset[str], theirs: frozenset[str]) -> float:
    if not mine or not theirs or mine & theirs:
        return 0.0
    near = kinds("places_fr").kin
    return 1.0 if all(near[row].isdisjoint(theirs) for row in mine) else _NEAR


def _same_numbers(mine: Facets, theirs: Facets) -> float:
    left, right = ({value for _, value in text.numbers} for text in (mine, theirs))
    agreed = sum(1.0 if value > _SMALL else 0.5 for value in left & right)
    near = any(abs(a - b) <= _ROUND * max(a, b) for a in left for b in right if min(a, b) > 20)
    return min(2.0, agreed or 0.5 * near)


def _counts_otherwise(mine: Facets, theirs: Facets) -> bool:
    """Both count one thing, and neither number stands in the other text."""
    left, right = (dict(text.numbers) for text in (mine, theirs))
    counted = (left.keys() & right.keys()) - _DURATIONS - {""}
    return any(left[what] not in right.values() and right[what] not in left.values() for what in counted)


def _other_code(mine: Facets, theirs: Facets) -> bool:
    return bool(mine.codes and theirs.codes and mine.codes.isdisjoint(theirs.codes))


def _other_name(mine: Facets, theirs: Facets) -> bool:
    """ "tempête Odile" beside "tempête Paulin", each unnamed in the other text."""
    for what in {what for what, _ in mine.titled} & {what for what, _ in theirs.titled}:
        left, right = ({name for said, name in text.titled if said == what} for text in (mine, theirs))
        if left.isdisjoint(theirs.words) and right.isdisjoint(mine.words):
            return True
    return False
