"""The measures that several benches print: area under the ROC curve, rank correlation, F1."""

from __future__ import annotations

from collections.abc import Sequence


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Area under the ROC curve, ties counted half."""
    ranked = ranks(scores)
    positives = sum(labels)
    total = sum(place for place, positive in zip(ranked, labels, strict=True) if positive)
    return (total - positives * (positives + 1) / 2) / (positives * (len(labels) - positives))


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, ties averaged."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            found[place] = (start + end) / 2 + 1
        start = end + 1
    return found


def spearman(left: Sequence[float], right: Sequence[float]) -> float:
    """Rank correlation, ties averaged."""
    a, b = ranks(left), ranks(right)
    mean = (len(a) + 1) / 2
    top = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    return top / (sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)) ** 0.5


def macro_f1(said: Sequence[object], labels: Sequence[object]) -> float:
    """Mean over the classes of their F1."""
    classes = dict.fromkeys(labels)
    return sum(f1(said, labels, kind) for kind in classes) / len(classes)


def f1(said: Sequence[object], labels: Sequence[object], kind: object) -> float:
    """Of one class."""
    hits = sum(s == kind == t for s, t in zip(said, labels, strict=True))
    wrong = sum((s == kind) != (t == kind) for s, t in zip(said, labels, strict=True))
    return 2 * hits / (2 * hits + wrong) if hits else 0.0
