"""Learns the weights of analysis/pairs.py, and prints how they fare on files from which they were not learnt.

usage: bench/learn_pairs.py
A logistic regression over the pairs of bench/data (all but those of bench/likeness.py that are held out), each file and
kind of pair (one fact, confusable, unrelated) with its say. Each file is judged by what the others taught, and at the
end all together, beside the usual measures on the same pairs; the last lines say what a verdict is worth.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from likeness import FILES, Pair, Telling, measures, mixed, pairs_in, recall, unrelated

from veille.analysis import facets
from veille.analysis.pairs import Likenesses, Pairs, listed

ROUNDS = 8
#: What weights are held back by, and what a file's pairs of each kind come to together.
RIDGE = 2.0
SAY = {"same": 200.0, "confusable": 300.0, "unrelated": 200.0}
NAMES = tuple(field.name for field in fields(Likenesses))
OURS = "veille likeness"
#: Figures in the order of the columns.
COLUMNS = (OURS, "word TF-IDF", "character TF-IDF", "rapidfuzz token_set_ratio")
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Row:
    """One pair: its likenesses (1 for the bias last), its kind, its say, and its scores by the usual measures."""

    likenesses: tuple[float, ...]
    kind: str
    say: float
    scores: dict[str, float]


def main() -> int:
    """Prints recall at precision .95, confusable and mixed, of each file held out, then the weights of all."""
    files = {path.name: rows_of(*pairs_in(path)) for path in FILES}
    print(f"{'mixed, confusable':<20} " + "  ".join(COLUMNS))
    every: list[Row] = []
    for name, rows in files.items():
        weights = learn([row for other, its in files.items() if other != name for row in its])
        for row in rows:
            row.scores[OURS] = 1 / (1 + math.exp(-dot(weights, row.likenesses)))
        print(f"{name:<20} " + figures(rows))
        sys.stdout.flush()
        every += rows
    print(f"{'all together':<20} " + figures(every))
    worth(every)
    weights = learn(every)
    print(", ".join(f"{name} {weight:.2f}" for name, weight in zip((*NAMES, "bias"), weights, strict=True)))
    return 0


def rows_of(told: Sequence[Telling], pairs: Sequence[Pair]) -> list[Row]:
    """The pairs of a file, and some of unrelated texts."""
    likened = Pairs([facets.take(each.title, each.text) for each in told])
    usual = {name: like for name, like in measures(told).items() if name in COLUMNS and name != OURS}
    kinds = [(pair, "same" if pair[2] else "confusable") for pair in pairs]
    kinds += [(pair, "unrelated") for pair in unrelated(told, pairs)]
    counts = Counter(kind for _, kind in kinds)
    return [
        Row(
            likenesses=(*listed(likened.likenesses(left, right)), 1.0),
            kind=kind,
            say=SAY[kind] / counts[kind],
            scores={name: like(left, right) for name, like in usual.items()},
        )
        for (left, right, _), kind in kinds
    ]


def figures(rows: Sequence[Row]) -> str:
    """Of each column: mixed, and among confusable pairs alone."""
    told = []
    for name in COLUMNS:
        near, far = parted(rows, name)
        told.append(f"{mixed(near, far):.3f} {recall(near, 0.95):.3f}")
    return "  ".join(f"{each:<{len(name)}}" for each, name in zip(told, COLUMNS, strict=True))


def parted(rows: Sequence[Row], name: str) -> tuple[list[tuple[float, bool]], list[tuple[float, bool]]]:
    """(score, whether of one fact) of labelled pairs, and of unrelated ones."""
    scored = [(row.kind, (row.scores[name], row.kind == "same")) for row in rows]
    near = [each for kind, each in scored if kind != "unrelated"]
    return near, [each for kind, each in scored if kind == "unrelated"]


def worth(rows: Sequence[Row]) -> None:
    """Precision among confusable pairs alone and recall of a verdict from each threshold on."""
    near, _ = parted(rows, OURS)
    for least in THRESHOLDS:
        said = [same for score, same in near if score >= least]
        found = f"precision {sum(said) / len(said):.3f}, recall {sum(said) / sum(same for _, same in near):.3f}"
        print(f"from {least} on, among confusable pairs alone: {found}")


def learn(rows: Sequence[Row]) -> list[float]:
    """Newton's method on the log loss with a ridge on all but the bias."""
    size = len(rows[0].likenesses)
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-RIDGE * weight for weight in weights[:-1]] + [0.0]
        bend = [[RIDGE * (line == row and line < size - 1) for row in range(size)] for line in range(size)]
        for row in rows:
            sure = 1 / (1 + math.exp(-dot(weights, row.likenesses)))
            off, curve = row.say * ((row.kind == "same") - sure), row.say * sure * (1 - sure)
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
