"""Urgency as `veille score` prints it, against tweets and sentences its weights have not seen, beside the bars.

usage: bench/urgency.py            data from $VEILLE_DATA (default ../shared/data)

The weights that ship were learnt from these files, so each part is judged again with weights learnt without it: without
the domain of a tweet, without the sectors of a sentence, or without everything its writer wrote. The words are as they
ship. The bars are those of the data's README, measured elsewhere on the same files or their test parts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

import learn_words
from figures import auc, spearman
from learn_words import Model, Row, writer

from veille.analysis import learnt, vocabulary, weights
from veille.analysis.hearing import hear
from veille.analysis.learnt import Learnt
from veille.analysis.urgency import joined, score
from veille.model.entry import Entry
from veille.model.mention import Level, Urgency

_LEARNT = ("learnt", "ordinary")
#: Words of a text whose time is taken.
SIZE = 40


def main() -> int:
    """Prints the table; 2 when the data are absent."""
    if not (learn_words.DATA / "complaints").is_dir():
        print(f"no data in {learn_words.DATA.resolve()}: set VEILLE_DATA", file=sys.stderr)
        return 2
    print(f"{'measure':62} {'veille':>7} {'words':>7}  bars")
    ours = learn_words.sentences()
    complaints([row for row in ours if row.group not in learn_words.KEPT])
    sentences(ours)
    speed()
    return 0


def complaints(ours: Sequence[Row]) -> None:
    """English tweets to brands: is it a complaint, and how severe; no domain has taught what is said of it."""
    tweets, rows = learn_words.tweets(), learn_words.complaints()
    complaint, today = learn_words.left_out(rows), learn_words.learn(ours)
    judged = [judge(tweet["tweet"], "en") for tweet in tweets]
    points = [
        final(
            urgency,
            Learnt(today=today.today(row), complaint=said if english(tweet["tweet"]) else 0.0),
            tweet["tweet"],
            "en",
        )
        for urgency, row, said, tweet in zip(judged, rows, complaint, tweets, strict=True)
    ]
    words = [max(0, of_words(urgency)) for urgency in judged]
    labels, severity = [row.answer for row in rows], [float(tweet["Severity"]) for tweet in tweets]
    line(
        "complaint AUC, a domain left out",
        auc(points, labels),
        auc(words, labels),
        "VADER .689, TF-IDF .821; .78 asked",
    )
    for domain in sorted({row.group for row in rows}):
        at = [place for place, row in enumerate(rows) if row.group == domain]
        parts = [auc([values[i] for i in at], [labels[i] for i in at]) for values in (points, words)]
        line(f"  {domain} ({len(at)})", *parts)
    line(
        "Spearman(urgency, severity)",
        spearman(points, severity),
        spearman(words, severity),
        "VADER .350, TF-IDF .526; .45 asked",
    )


def speed() -> None:
    """What a text costs, words met before, texts not: all of it, and the learnt weights alone."""
    rows = [row for name in learn_words.WRITERS for row in learn_words.table(learn_words.HERE / "data" / name)]
    for label, name in (("0", "calm"), ("1", "urgent")):
        for language in ("fr", "en"):
            said = " ".join(row["text"] for row in rows if (row["label"], row["language"]) == (label, language)).split()
            texts = [" ".join(said[at : at + SIZE]) for at in range(0, len(said) - SIZE, SIZE)]
            whole = min(timed(texts, language, judge) for _ in range(4))
            weighed = min(timed(texts, language, weigh, searched=True) for _ in range(4))
            name_of = f"microseconds of processor, {SIZE} words, {name}, {language}: all, weights"
            print(f"{name_of:62} {whole * 1e6:7.0f} {weighed * 1e6:7.0f}  150 asked; weights 200 asked")


def timed(
    texts: Sequence[str], language: str, judged: Callable[[str, str], object], *, searched: bool = False
) -> float:
    """Seconds of this process a text; `searched`: what the lists find in it is known before."""
    took = 0.0
    for text in texts:
        if searched:
            vocabulary.found(vocabulary.read(text).original, language)
        began = time.process_time()
        judged(text, language)
        took += time.process_time() - began
    return took / len(texts)


def weigh(text: str, language: str) -> Learnt:
    """What the learnt weights say."""
    return learnt.read(vocabulary.read(text), language=language)


def sentences(ours: Sequence[Row]) -> None:
    """Does the community manager need it today?"""
    texts = [row for name in learn_words.WRITERS for row in learn_words.table(learn_words.HERE / "data" / name)]
    pairs = list(zip(ours, texts, strict=True))
    kept, unseen = (
        learn_words.KEPT,
        [row for row in ours if row.group.rstrip(learn_words.MARKS) not in learn_words.KEPT],
    )
    told("four sectors nothing was tuned on", [p for p in pairs if p[0].group in kept], learn_words.learn(unseen))
    for name, mark in learn_words.WRITERS.items():
        theirs = [pair for pair in pairs if writer(pair[0]) == mark]
        model = learn_words.learn([row for row in ours if writer(row) != mark])
        told(f"{name}, learnt from the others", theirs, model)
        told("  the same, as if from the press", theirs, model, place="press")
    kept_apart("a third file", "_3")
    kept_apart("ten other trades", "_9")


def kept_apart(name: str, file: str) -> None:
    """A file that served for this figure alone, as the score that ships judges it."""
    texts = learn_words.table(learn_words.HERE / "data" / f"urgency_sentences{file}.tsv")
    judged = [judge(text["text"], text["language"]) for text in texts]
    labels = [text["label"] == "1" for text in texts]
    points, words = [each.points for each in judged], [max(0, of_words(each)) for each in judged]
    line(f"{name}, kept apart ({len(texts)}): AUC", auc(points, labels), auc(words, labels), ".85 asked")
    rates = [precise(values, labels) for values in (points, words)]
    line("  precision at 60 points", rates[0][0], rates[1][0], ".75 asked")
    line("  recall at 60 points", rates[0][1], rates[1][1], ".50 asked")


def told(name: str, pairs: Sequence[tuple[Row, dict[str, str]]], model: Model, *, place: str = "other") -> None:
    """AUC, and precision and recall at the level that is told, as if published at `place`."""
    judged = [judge(text["text"], text["language"], place) for _, text in pairs]
    table = weights.weights()
    complaints = {name: table.of(name).complaint for name in table.lines if name != weights.TEXT}
    tweets = Model(table.bias.complaint, complaints)  # learnt from tweets alone: all of these are new to it
    points = [
        final(
            urgency,
            Learnt(today=model.today(row), complaint=tweets.of(row) if english(text["text"]) else 0.0),
            text["text"],
            text["language"],
        )
        for urgency, (row, text) in zip(judged, pairs, strict=True)
    ]
    words = [max(0, of_words(urgency)) for urgency in judged]
    labels = [row.answer for row, _ in pairs]
    line(f"{name} ({len(pairs)}): AUC", auc(points, labels), auc(words, labels), "40 crisis words .54; .85 asked")
    rates = [precise(values, labels) for values in (points, words)]
    line("  precision at 60 points", rates[0][0], rates[1][0], ".75 asked")
    line("  recall at 60 points", rates[0][1], rates[1][1], ".50 asked")


def precise(points: Sequence[int], labels: Sequence[bool]) -> tuple[float, float]:
    """Precision and recall at the level `high`."""
    told = [label for value, label in zip(points, labels, strict=True) if value >= Level.HIGH]
    return sum(told) / max(1, len(told)), sum(told) / sum(labels)


def judge(text: str, language: str, place: str = "other") -> Urgency:
    """Urgency of a bare text."""
    return score(Entry(key="bench", text=text), language=language, place=place)


def english(text: str) -> bool:
    """Whether the score reads it as English."""
    return vocabulary.language_of(vocabulary.read(text), otherwise="en") == "en"


def of_words(urgency: Urgency) -> int:
    """The sum of the signals that are not learnt."""
    return sum(signal.points for signal in urgency.signals if signal.name not in _LEARNT)


def final(urgency: Urgency, read: Learnt, text: str, language: str) -> int:
    """The points of a text, had the weights said `read`."""
    worded = [signal for signal in urgency.signals if signal.name not in _LEARNT]
    return joined(hear(Entry(key="bench", text=text), language), worded, read)


def line(name: str, points: float, words: float, bars: str = "") -> None:
    """One row: the score, the words alone, and what others reach."""
    print(f"{name:62} {points:7.3f} {words:7.3f}  {bars}")


if __name__ == "__main__":
    raise SystemExit(main())
