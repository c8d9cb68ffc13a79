"""NEAR and ONEAR: two sides in one passage, with few words between their nearest ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from veille.model.mention import Span
from veille.query.pattern import Pattern
from veille.query.reading import Passage

#: Pairs looked at for all the places of one side together: a text that repeats a word for ever stays linear.
_BUDGET = 4000


class Place(NamedTuple):
    """Where a term stands: from `start` to `end` in a folded passage."""

    passage: Passage
    start: int
    end: int
    term: str

    def span(self) -> Span:
        """The place in the original text."""
        return Span(self.passage.name, *self.passage.map.span(self.start, self.end), self.term)


class Hull(NamedTuple):
    """The stretch from the first to the last word of a NEAR, and the terms in it with their own words."""

    first: int
    last: int
    terms: tuple[tuple[Pattern, int, int], ...]

    def places(self, passage: Passage) -> list[Place]:
        """Where its terms stand in the passage it was found in."""
        return [Place(passage, *term.stretch(passage, first, last), term.term) for term, first, last in self.terms]


@dataclass(frozen=True, slots=True)
class Distance:
    """At most `words` between, in any order or `ordered`."""

    words: int
    ordered: bool = False

    def pairs(self, lefts: Sequence[Hull], rights: Sequence[Hull], passage: Passage) -> Iterator[Hull]:
        """The stretches that one of `lefts` and one of `rights` make together; both in order of place.

        Each left is paired with its nearest rights first, so that only a text with thousands of places loses pairs,
        never the nearest one.
        """
        if not lefts or not rights:
            return
        most = max(_BUDGET // len(lefts), 1)
        after = _Side(sorted(rights, key=lambda hull: hull.first))
        before = None if self.ordered else _Side(sorted(rights, key=lambda hull: hull.last))
        for left in lefts:
            if most == 1:
                right = self._nearest(left, after, before, passage.ordinals)
                if right:
                    yield _joined(left, right)
                continue
            for right in islice(self._partners(left, after, before, passage.ordinals), most):
                yield _joined(left, right)

    def _nearest(self, left: Hull, after: _Side, before: _Side | None, ordinals: Sequence[int]) -> Hull | None:
        """The first of `_partners`, found at once."""
        place = bisect_right(after.firsts, left.last)
        if place < len(after.firsts) and ordinals[after.firsts[place]] - ordinals[left.last] <= self.words + 1:
            return after.hulls[place]
        place = bisect_left(before.lasts, left.first) - 1 if before else -1
        if before and place >= 0 and ordinals[left.first] - ordinals[before.lasts[place]] <= self.words + 1:
            return before.hulls[place]
        return None

    def _partners(self, left: Hull, after: _Side, before: _Side | None, ordinals: Sequence[int]) -> Iterator[Hull]:
        """Rights near enough to `left`: those after it by distance, taking turns with those before it."""
        following = after.following(left, ordinals, self.words)
        preceding = before.preceding(left, ordinals, self.words) if before else iter(())
        while True:
            turn = [hull for hull in (next(following, None), next(preceding, None)) if hull]
            if not turn:
                return
            yield from turn


def distinct(hulls: Iterable[Hull]) -> list[Hull]:
    """`hulls` in order of place, one for each stretch."""
    found = {(hull.first, hull.last): hull for hull in hulls}
    return [found[stretch] for stretch in sorted(found)]


class _Side:
    """The places of one operand, sorted, with what bisection needs."""

    def __init__(self, hulls: list[Hull]) -> None:
        self.hulls = hulls
        self.firsts = [hull.first for hull in hulls]
        self.lasts = [hull.last for hull in hulls]

    def following(self, left: Hull, ordinals: Sequence[int], words: int) -> Iterator[Hull]:
        limit = ordinals[left.last] + words + 1
        for number in range(bisect_right(self.firsts, left.last), len(self.hulls)):
            if ordinals[self.firsts[number]] > limit:
                return
            yield self.hulls[number]

    def preceding(self, left: Hull, ordinals: Sequence[int], words: int) -> Iterator[Hull]:
        limit = ordinals[left.first] - words - 1
        for number in range(bisect_left(self.lasts, left.first) - 1, -1, -1):
            if ordinals[self.lasts[number]] < limit:
                return
            yield self.hulls[number]


def _joined(left: Hull, right: Hull) -> Hull:
    return Hull(min(left.first, right.first), max(left.last, right.last), left.terms + right.terms)
