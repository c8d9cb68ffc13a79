"""Learns the weights of analysis/pairs.py, and prints how they fare on facts that they were not learnt from.

usage: bench/learn_pairs.py
A logistic regression over the pairs of bench/data (tellings.txt, brand_pairs_2.tsv to brand_pairs_5.tsv), each file and
label with the same say. Held out in two ways: six parts of the brands, none of which is in two parts, and file by file.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from likeness import FILES, Pair, Telling, average_precision, pairs_in, recall

from veille.analysis import facets
from veille.analysis.pairs import Likenesses, Pairs, listed

PARTS, ROUNDS = 6, 12
#: What weights are held back by, and what a file's pairs of one label come to together.
RIDGE, SAY = 1 / 0.3, 500.0
NAMES = tuple(field.name for field in fields(Likenesses))


@dataclass(frozen=True)
class Row:
    """One pair: its likenesses (1 for the bias last), whether it is of one fact, its file, its brands, and its say."""

    likenesses: tuple[float, ...]
    same: bool
    file: str
    brand: str
    say: float


def main() -> int:
    """Prints recall at precision .95 and .90 and average precision of what is held out, then the weights of all."""
    rows = [row for path in FILES for row in rows_of(path.name, *pairs_in(path))]
    brands = sorted({row.brand for row in rows})
    random.Random(0).shuffle(brands)
    parts = [set(brands[part::PARTS]) for part in range(PARTS)]
    report("brands held out", rows, [[row.brand in part for row in rows] for part in parts])
    report("file held out", rows, [[row.file == path.name for row in rows] for path in FILES])
    weights = learn(rows)
    print(", ".join(f"{name} {weight:.2f}" for name, weight in zip((*NAMES, "bias"), weights, strict=True)))
    return 0


def rows_of(file: str, told: Sequence[Telling], pairs: Sequence[Pair]) -> list[Row]:
    """The pairs of a file; brands are what pairs hold together."""
    likened = Pairs([facets.take(each.title, each.text) for each in told])
    first = list(range(len(told)))
    for left, right, _ in pairs:
        if not told[left].brand:
            first = [first[left] if place == first[right] else place for place in first]
    counts = Counter(same for *_, same in pairs)
    return [
        Row(
            likenesses=(*listed(likened.likenesses(left, right)), 1.0),
            same=same,
            file=file,
            brand=f"{file} {told[left].brand or first[left]}",
            say=SAY / counts[same],
        )
        for left, right, same in pairs
    ]


def report(name: str, rows: Sequence[Row], parts: Sequence[Sequence[bool]]) -> None:
    """A line a file: each part judged by what the others taught."""
    found: dict[str, list[tuple[float, bool]]] = {}
    for held in parts:
        weights = learn([row for row, out in zip(rows, held, strict=True) if not out])
        for row in (row for row, out in zip(rows, held, strict=True) if out):
            found.setdefault(row.file, []).append((dot(weights, row.likenesses), row.same))
    for file, scored in sorted(found.items()):
        figures = f"{recall(scored, 0.95):.3f} {recall(scored, 0.90):.3f} {average_precision(scored):.3f}"
        print(f"{name:<16} {file:<18} recall at precision .95, .90; average precision: {figures}")


def learn(rows: Sequence[Row]) -> list[float]:
    """Newton's method on the log loss with a ridge on all but the bias."""
    size = len(rows[0].likenesses)
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-RIDGE * weight for weight in weights[:-1]] + [0.0]
        bend = [[RIDGE * (line == row and line < size - 1) for row in range(size)] for line in range(size)]
        for row in rows:
            sure = 1 / (1 + math.exp(-dot(weights, row.likenesses)))
            off, curve = row.say * (row.same - sure), row.say * sure * (1 - sure)
            said = [(place, value) for place, value in enumerate(row.likenesses) if value]
            for place, value in said:
                slope[place] += off * value
                for other, its in said:
                    bend[place][other] += curve * value * its
        weights = [weight + step for weight, step in zip(weights, solve(bend, slope), strict=True)]
    return weights


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Gauss-Jordan elimination; the matrix is positive definite."""
    lines = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for place in range(len(lines)):
        pivot = lines[place] = [value / lines[place][place] for value in lines[place]]
        for other, line in enumerate(lines):
            if other != place:
                lines[other] = [value - line[place] * its for value, its in zip(line, pivot, strict=True)]
    return [line[-1] for line in lines]


def dot(left: Sequence[float], right: Sequence[float]) -> float:
    """The sum of the products."""
    return sum([a * b for a, b in zip(left, right, strict=True)])


if __name__ == "__main__":
    raise SystemExit(main())
