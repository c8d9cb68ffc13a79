"""Whether two texts of a file tell of one fact: what likens them, less what they tell otherwise.

Characters by TF-IDF are the floor, and see through spelling and endings; stems with kindred words say "débrayage" for
"grève". That the same happened and that the same was counted adds to it as far as the texts are alike otherwise: of two
strikes, it is the rest that says whether they are one. Other names, places, numbers and models take away, the more the
more alike the texts are: one form filled in twice.
bench/learn_pairs.py learns the weights, and prints how they fare on files held out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from veille.analysis import contrary, vectors
from veille.analysis.contrary import ROUND
from veille.analysis.corpus import IMAGINARY
from veille.analysis.facets import Facets, common
from veille.analysis.stems import root
from veille.analysis.vectors import Space

#: From such a score on, two texts tell of one fact: precision .90 among none but confusable pairs, .99 mixed
#: with unrelated ones, recall .70, where the weights were not learnt.
SAME_FACT = 0.6
#: The most that two texts have of which one nearly repeats the other and names another town: a notice filled in anew.
FILLED_IN = 0.3
#: Up to such a number, one in common says half.
_SMALL = 12
#: A deed that many texts tell of likens little, alone as it may stand: added to the squares of what each text tells.
_LITTLE = 15.0
#: What tells against a pair that is alike: other towns, other places, other counts or models, other names, another day.
_AGAINST = (1.0, 0.6, 1.0, 0.3, 0.5)
#: Words of a run that two texts repeat; beside such runs, what a text must say to be read, and the share of it in
#: common that makes them one telling.
_RUN, _SLIGHT, _FILLED = 3, 5.0, 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Likenesses:
    """Each 0 to 1 (numbers: to about 1.4)."""

    #: TF-IDF cosines of characters, and of stems and kindred words where what likens nothing is damped.
    characters: float
    both: float
    #: Share of the text that says less that the other says too, by stems and kindred words.
    held: float
    #: What happened in both, and the numbers that both give: the root of that and of the two cosines' mean.
    happened: float
    numbers: float
    #: 1 where both name someone or something, and nothing that the other does.
    unknown: float
    #: 1 where they name towns that are not one.
    apart: float
    #: 1 where they count one thing otherwise, or name another model.
    otherwise: float
    #: All of that, other places of any kind and another day of the week, as far as the texts are alike.
    against: float
    #: The share of a text that stands in runs of words in the other, as far as the rest of both has nothing in common.
    form: float


#: Logistic regression, regularised (C = .5), each file with the same say.
WEIGHTS = Likenesses(
    characters=4.5,
    both=3.4,
    held=5.0,
    happened=5.4,
    numbers=4.2,
    unknown=-1.3,
    apart=-2.9,
    otherwise=-2.1,
    against=-5.4,
    form=-4.0,
)
BIAS = -2.5
_NAMES = tuple(field.name for field in fields(Likenesses))


class Pairs:
    """The distinct texts of a file, to be likened two by two by their place in it."""

    def __init__(self, texts: Sequence[Facets]) -> None:
        self.texts = texts
        runs = [vectors.grams(text.words) for text in texts]
        named = [sorted(text.deeds | text.things) for text in texts]
        both = [(*text.stems, *(f"~{kind}" for kind in found)) for text, found in zip(texts, named, strict=True)]
        space = Space.of(runs)
        self._characters = [space.vector(text) for text in runs]
        self._plain = Space.of(both, imaginary=IMAGINARY)
        self._damped = self._plain.damped(both)
        self._told = both
        self._both = self._damped.muffled(both, self._plain)
        self._deeds = Space.of([sorted(text.deeds) for text in texts], imaginary=IMAGINARY)
        self._words = Space.of([[root(word) for word in text.words] for text in texts], imaginary=IMAGINARY)
        self._names = _names(texts)

    def score(self, left: int, right: int) -> float:
        """0 to 1, the same both ways: how sure it is that both tell of one fact."""
        if self.texts[left].words and self.texts[left].words == self.texts[right].words:
            return 1.0
        found = self.likenesses(left, right)
        return 1 / (1 + math.exp(-BIAS - sum(getattr(WEIGHTS, name) * getattr(found, name) for name in _NAMES)))

    def likenesses(self, left: int, right: int) -> Likenesses:
        """All that is weighed of a pair."""
        mine, theirs = self.texts[left], self.texts[right]
        characters = vectors.cosine(self._characters[left], self._characters[right])
        both = vectors.cosine(self._both[left], self._both[right])
        alike = (characters + both) / 2
        unknown = _unknown(self._names[left], self._names[right])
        told = contrary.told(mine, theirs)
        shares = told.apart, told.elsewhere, told.otherwise, unknown, told.another_day
        return Likenesses(
            characters=characters,
            both=both,
            held=vectors.held(self._told[left], self._told[right], self._damped, self._plain),
            happened=math.sqrt(alike * self._happened(mine.deeds, theirs.deeds)),
            numbers=math.sqrt(alike * _same_numbers(mine, theirs)),
            unknown=unknown,
            apart=told.apart,
            otherwise=told.otherwise,
            against=alike * sum(weight * share for weight, share in zip(_AGAINST, shares, strict=True)),
            form=self._form(mine.words, theirs.words),
        )

    def parted(self, left: int, right: int) -> bool:
        """Whether they name towns that are not one: such texts are no copies, however alike."""
        return contrary.told(self.texts[left], self.texts[right]).apart >= 1

    def evidence(self, left: int, right: int) -> str:
        """ "facts: outage; words: metz, nexilo; other places", those that say most first."""
        mine, theirs = self.texts[left], self.texts[right]
        kindred = (mine.deeds & theirs.deeds) | (mine.things & theirs.things)
        facts = sorted(kindred, key=lambda kind: (-self._plain.idf[f"~{kind}"], kind))[:3]
        stems = sorted(set(mine.stems) & set(theirs.stems), key=lambda stem: (-self._plain.idf[stem], stem))[:5]
        said = [("facts", facts), ("words", [mine.spelt.get(stem, stem.lstrip("#")) for stem in stems])]
        told = [f"{kind}: {', '.join(named)}" for kind, named in said if named]
        found = self.likenesses(left, right)
        less = (("places", found.apart), ("numbers or models", found.otherwise), ("names", found.unknown))
        return "; ".join([*told, *(f"other {what}" for what, weight in less if weight)])

    def _form(self, mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
        """A notice filled in twice repeats its words, and gives other names, days and sums in between."""
        runs = _runs(mine) & _runs(theirs)
        if not runs:
            return 0.0
        (left, rest), (right, other) = (_beside(said, runs) for said in (mine, theirs))
        least = min(self._say(rest), self._say(other))
        alike = _FILLED * self._say(rest & other) / least if least >= _SLIGHT else 1.0
        return max(left, right) * max(0.0, 1 - alike)

    def _say(self, stems: frozenset[str]) -> float:
        return sum([self._words.idf[stem] for stem in sorted(stems)])

    def _happened(self, mine: frozenset[str], theirs: frozenset[str]) -> float:
        """The cosine of what happened, lower where that is little or usual."""
        both, left, right = (self._squares(deeds) for deeds in (mine & theirs, mine, theirs))
        return both / math.sqrt((_LITTLE + left) * (_LITTLE + right))

    def _squares(self, deeds: frozenset[str]) -> float:
        return sum([self._deeds.idf[deed] ** 2 for deed in sorted(deeds)])


def listed(found: Likenesses) -> list[float]:
    """In the order of the fields, for learning the weights."""
    return list(asdict(found).values())


def _names(texts: Sequence[Facets]) -> list[frozenset[str]]:
    """The stems of each text that the file writes with a capital more often than not, and those only at a start."""
    raised = Counter(stem for text in texts for stem in text.raised)
    lowered = Counter(stem for text in texts for stem in text.lowered)
    known = frozenset(stem for stem, count in raised.items() if count > lowered[stem])
    return [
        (known & (text.raised | text.lowered | text.opening)) | (text.opening - raised.keys() - lowered.keys())
        for text in texts
    ]


def _runs(said: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset([said[at : at + _RUN] for at in range(len(said) - _RUN + 1)])


def _beside(said: tuple[str, ...], runs: frozenset[tuple[str, ...]]) -> tuple[float, frozenset[str]]:
    """The share of a text that stands in such runs, and the stems of what is said beside them."""
    starts = [at for at in range(len(said)) if said[at : at + _RUN] in runs]
    within = {at + more for at in starts for more in range(_RUN)}
    rest = [word for at, word in enumerate(said) if at not in within and len(word) > 1 and word not in common()]
    return len(within) / len(said), frozenset(map(root, rest))


def _unknown(names: frozenset[str], others: frozenset[str]) -> float:
    return float(bool(names and others and names.isdisjoint(others)))


def _same_numbers(mine: Facets, theirs: Facets) -> float:
    left, right = ({value for _, value in text.numbers} for text in (mine, theirs))
    agreed = sum(1.0 if value > _SMALL else 0.5 for value in left & right)
    near = any(abs(a - b) <= ROUND * max(a, b) for a in left for b in right if min(a, b) > 20)
    return min(2.0, agreed or 0.5 * near)
