"""Learns the weights of analysis/learnt.py: "needs the community manager today" (French, English) and "is a complaint".

usage: bench/learn_words.py              writes src/veille/analysis/data/learnt.tsv
       bench/learn_words.py --validate   leaves a domain, sectors or a writer out and prints what the rest says of it

Logistic regression by stochastic descent (AdaGrad, Duchi et al. 2011), features weighted by their rarity; the standard
library is enough, the order is drawn from a fixed seed. Complaints: $VEILLE_DATA/complaints (X-CI, MIT, notice in the
file of weights). Sentences: bench/data, ours, all of WRITERS; to judge, the sectors of KEPT or a writer are left out.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from random import Random

from figures import auc, spearman

from veille.analysis import learnt, vocabulary

DATA = Path(os.environ.get("VEILLE_DATA", "../shared/data"))
HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "veille" / "analysis" / "data" / "learnt.tsv"
#: Sectors of urgency_sentences.tsv on whose errors nothing was tuned: they are left out of the weights to judge them.
KEPT = frozenset({"bank", "transport", "energy", "games"})
#: The files that are learnt from, each by a writer of its own, and the mark of their sectors.
WRITERS = {
    "urgency_sentences.tsv": "",
    "urgency_sentences_2.tsv": "+",
    "urgency_sentences_4.tsv": "=",
    "urgency_sentences_5.tsv": "~",
    "urgency_sentences_6.tsv": "#",
    "urgency_sentences_7.tsv": "%",
    "urgency_sentences_8.tsv": "@",
    "urgency_sentences_10.tsv": "$",
}
MARKS = "".join(WRITERS.values())
#: Hundredths from which the weight of a word, and of a pair, is worth its line.
LEAST, LEAST_OF_PAIR = 6, 20
NOTICE = """\
# Weights of analysis/learnt.py, written by bench/learn_words.py: a feature (word, beginning*, pair, list:name), then
# hundredths of log-odds for "needs the community manager today" and for "is a complaint".
# The first were learnt from sentences written for veille (bench/data). The second were learnt from X-CI, tweets to
# brands with their severity, which is under this licence:
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """How weights are learnt: passes, the first step, and the inverse of the pull towards 0 (as C in scikit-learn)."""

    passes: int
    step: float
    looseness: float
    #: Pairs seen less often are passed over.
    least_pair: int


#: Chosen on what the other writers teach of files 2, 4, 5 and 8: small steps, and pairs even when they were met once.
TODAY = Descent(passes=20, step=0.15, looseness=100.0, least_pair=1)
#: Chosen on domains left out.
COMPLAINT = Descent(passes=20, step=0.3, looseness=10.0, least_pair=2)


@dataclass(frozen=True, slots=True)
class Row:
    """A text as the model sees it: features with how often, the length it is divided by, the answer, its group."""

    features: dict[str, float]
    length: float
    #: What "today" owes to the length alone.
    leaning: float
    answer: bool
    group: str


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt."""

    bias: float
    weights: dict[str, float]

    def of(self, row: Row) -> float:
        """Log-odds of a row."""
        return self.bias + sum(self.weights.get(f, 0.0) * n for f, n in row.features.items()) / row.length

    def today(self, row: Row) -> float:
        """Log-odds of a row, less what its length alone brings."""
        return self.of(row) - row.leaning


def main() -> int:
    """Learns or validates; 2 when the data are absent."""
    if not (DATA / "complaints").is_dir():
        print(f"no data in {DATA.resolve()}: set VEILLE_DATA", file=sys.stderr)
        return 2
    if "--validate" in sys.argv:
        validate()
        return 0
    write(learn(sentences()), learn(complaints(), COMPLAINT))
    return 0


def sentences(*names: str) -> list[Row]:
    """Ours, their group the sector; a mark after it tells the files of other writers."""
    return [
        read(row["text"], row["label"] == "1", row["sector"] + mark, row["language"])
        for name, mark in WRITERS.items()
        if not names or name in names
        for row in table(HERE / "data" / name)
    ]


def complaints() -> list[Row]:
    """X-CI, their group the domain."""
    return [read(row["tweet"], row["label"] == "1", row["domain"], "en") for row in tweets()]


def tweets() -> list[dict[str, str]]:
    """X-CI as it is."""
    with (DATA / "complaints" / "complaints.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table(path: Path) -> list[dict[str, str]]:
    """A file of tab-separated columns."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(text: str, answer: bool, group: str, language: str) -> Row:
    """The row of a text; `language` for one too short to tell."""
    told = vocabulary.read(text)
    tokens = learnt.tokenize(told)
    size = len(tokens.texts)
    listed = learnt.listed(told, vocabulary.language_of(told, otherwise=language))
    features = learnt.counted(feature.name for feature in (*learnt.features(tokens), *listed))
    return Row(features, learnt.length(size), learnt.leaning(size), answer, group)


def learn(rows: Sequence[Row], how: Descent = TODAY) -> Model:
    """The weights that fit these rows."""
    seen = Counter(feature for row in rows for feature in row.features)
    rarity = {f: log((1 + len(rows)) / (1 + n)) + 1 for f, n in seen.items() if n >= how.least_pair or " " not in f}
    scale = _scale(rows, rarity)
    inputs = [[(f, n * rarity[f] * scale / row.length) for f, n in row.features.items() if f in rarity] for row in rows]
    share = sum(row.answer for row in rows) / len(rows)
    weights, bias = _descend(
        inputs, [row.answer for row in rows], {f: how.looseness * n for f, n in seen.items()}, share, how
    )
    return Model(bias, {f: weights[f] * rarity[f] * scale for f in weights})


def _scale(rows: Sequence[Row], rarity: dict[str, float]) -> float:
    """Makes the inputs of a row one long on average."""
    squares = [sum((n * rarity.get(f, 0)) ** 2 for f, n in row.features.items()) / row.length**2 for row in rows]
    return (sum(squares) / len(squares)) ** -0.5


def _descend(
    inputs: Sequence[Sequence[tuple[str, float]]],
    answers: Sequence[bool],
    loose: Mapping[str, float],
    share: float,
    how: Descent,
) -> tuple[dict[str, float], float]:
    weights = dict.fromkeys((f for row in inputs for f, _ in row), 0.0)
    past = dict.fromkeys(weights, 1e-2)
    bias, order, random = log(share / (1 - share)), list(range(len(inputs))), Random(1)
    for _ in range(how.passes):
        random.shuffle(order)
        for at in order:
            said = bias + sum(weights[f] * x for f, x in inputs[at])
            error = 1 / (1 + exp(-said)) - answers[at]
            bias -= 0.02 * error
            for f, x in inputs[at]:
                slope = error * x + weights[f] / loose[f]
                past[f] += slope * slope
                weights[f] -= how.step * slope / past[f] ** 0.5
    return weights, bias


def write(today: Model, complaint: Model) -> None:
    """The file of weights."""
    licence = (HERE / "data" / "XCI-LICENSE.txt").read_text(encoding="utf-8").splitlines()
    lines = [f"=\t{today.bias * 100:.0f}\t{complaint.bias * 100:.0f}"]
    for name in sorted({*today.weights, *complaint.weights}):
        pair = [round(model.weights.get(name, 0.0) * 100) for model in (today, complaint)]
        if any(abs(each) >= (LEAST_OF_PAIR if " " in name else LEAST) for each in pair):
            lines.append(f"{name}\t{pair[0]}\t{pair[1]}")
    notice = NOTICE + "".join(f"# {line}".rstrip() + "\n" for line in licence)
    OUT.write_text(notice + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} lines, {OUT.stat().st_size / 1000:.0f} kB: {OUT}")


def validate() -> None:
    """What the rest says of a domain, of sectors, or of a writer left out."""
    rows = complaints()
    said = left_out(rows)
    severity = [float(row["Severity"]) for row in tweets()]
    print(f"complaint, a domain left out: AUC {auc(said, [r.answer for r in rows]):.3f}, ", end="")
    print(f"Spearman with severity {spearman(said, severity):.3f}")
    ours = sentences()
    kept = [row for row in ours if row.group in KEPT]
    strict = learn([row for row in ours if row.group.rstrip(MARKS) not in KEPT])
    print(f"today, {len(kept)} sentences of four sectors never learnt from: AUC {_auc(strict, kept):.3f}")
    for name, mark in WRITERS.items():
        tested = [row for row in ours if writer(row) == mark]
        model = learn([row for row in ours if writer(row) != mark])
        print(f"today, {name} by what the other writers taught ({len(tested)}): AUC {_auc(model, tested):.3f}")


def writer(row: Row) -> str:
    """The mark of the file that a sentence is of."""
    return row.group[-1] if row.group[-1] in MARKS else ""


def left_out(rows: Sequence[Row]) -> list[float]:
    """Log-odds of being a complaint of each row, by a model that never saw its group."""
    groups = sorted({row.group for row in rows})
    models = {group: learn([row for row in rows if row.group != group], COMPLAINT) for group in groups}
    return [models[row.group].of(row) for row in rows]


def _auc(model: Model, rows: Sequence[Row]) -> float:
    return auc([model.today(row) for row in rows], [row.answer for row in rows])


if __name__ == "__main__":
    raise SystemExit(main())
