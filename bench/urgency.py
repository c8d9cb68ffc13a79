"""Urgency and tone against labelled tweets, beside the figures to beat: complaint AUC, severity, French tone.

usage: bench/urgency.py            data from $VEILLE_DATA (default ../shared/data); nothing here is used in training.
The bars are those that the data's README states; they were measured elsewhere, on the same files or their test parts.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from veille.analysis.urgency import score
from veille.model.entry import Entry
from veille.model.mention import Urgency

DATA = Path(os.environ.get("VEILLE_DATA", "../shared/data"))
#: Beyond these the tone is called negative or positive.
TONE_EDGES = (-0.15, 0.3)


def main() -> int:
    """Prints the table; 2 when the data are absent."""
    if not (DATA / "complaints").is_dir():
        print(f"no data in {DATA.resolve()}: set VEILLE_DATA", file=sys.stderr)
        return 2
    print(f"{'measure':44} {'veille':>7}  bars")
    complaints()
    french_tone()
    return 0


def complaints() -> None:
    """English tweets to brands: is it a complaint, and how severe."""
    with (DATA / "complaints" / "complaints.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    began = time.perf_counter()
    judged = [judge(row["tweet"], "en") for row in rows]
    took = (time.perf_counter() - began) / len(rows)
    worth = [rank(urgency) for urgency in judged]
    labels = [row["label"] == "1" for row in rows]
    severity = [float(row["Severity"]) for row in rows]
    print(f"{'complaint AUC, five domains pooled':44} {auc(worth, labels):7.3f}  VADER .689, TF-IDF .821 (trained)")
    for domain in sorted({row["domain"] for row in rows}):
        places = [i for i, row in enumerate(rows) if row["domain"] == domain]
        part = auc([worth[i] for i in places], [labels[i] for i in places])
        print(f"{'  ' + domain + f' ({len(places)})':44} {part:7.3f}")
    print(f"{'Spearman(urgency, severity)':44} {spearman(worth, severity):7.3f}  VADER .350, TF-IDF .526 (trained)")
    print(f"{'microseconds a tweet':44} {took * 1e6:7.0f}")


def french_tone() -> None:
    """French tweets: negative, neutral or positive, macro-F1 on the validation part."""
    folder = DATA / "tone_fr"
    texts = (folder / "val_text.txt").read_text(encoding="utf-8").splitlines()
    labels = [int(line) for line in (folder / "val_labels.txt").read_text().split()]
    said = [label(judge(text, "fr").tone) for text in texts]
    bars = "vaderSentiment-fr .553, TF-IDF .601, XLM-R .720 (on its test part)"
    print(f"{'French tone macro-F1 (val)':44} {macro_f1(said, labels):7.3f}  {bars}")


def judge(text: str, language: str) -> Urgency:
    """Urgency of a bare text."""
    return score(Entry(key="bench", text=text), language=language)


def rank(urgency: Urgency) -> float:
    """Points, the tone breaking ties."""
    return urgency.points - urgency.tone


def label(tone: float) -> int:
    """0 negative, 1 neutral, 2 positive."""
    low, high = TONE_EDGES
    return 0 if tone < low else 2 if tone > high else 1


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


def macro_f1(said: Sequence[int], labels: Sequence[int]) -> float:
    """Mean over the classes of their F1."""
    classes = sorted(set(labels))
    return sum(f1(said, labels, kind) for kind in classes) / len(classes)


def f1(said: Sequence[int], labels: Sequence[int], kind: int) -> float:
    """Of one class."""
    hits = sum(s == kind == t for s, t in zip(said, labels, strict=True))
    wrong = sum((s == kind) != (t == kind) for s, t in zip(said, labels, strict=True))
    return 2 * hits / (2 * hits + wrong) if hits else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
