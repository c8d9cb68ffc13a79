"""Telling whether two French texts speak of one fact, beside the usual measures: recall at precision .95.

usage: bench/likeness.py [FILE...]    FILE as those of bench/data (the default: tellings.txt, brand_pairs_2.tsv to
brand_pairs_6.tsv), or JSON Lines of {"a", "b", "same"}. bench/data/README.md says who wrote what with what in view.
Pairs of tellings.txt: all within one brand (the same fact told by another, or another fact of the brand), and half as
many between brands. The weights were learnt on these files: bench/learn_pairs.py prints the figures of facts held out.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from veille.analysis import facets, fingerprint
from veille.analysis.corpus import Corpus
from veille.analysis.likeness import Likening
from veille.analysis.pairs import Pairs
from veille.text.fold import fold, words

DATA = Path(__file__).parent / "data"
FILES = (DATA / "tellings.txt", *(DATA / f"brand_pairs_{number}.tsv" for number in range(2, 6)))
#: Nothing was learnt from it, and nothing changed after it was written.
HELD_OUT = DATA / "brand_pairs_6.tsv"


@dataclass(frozen=True)
class Telling:
    """One text, and what it is about."""

    brand: str
    fact: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        """Title and text."""
        return f"{self.title} {self.text}".strip()


#: Two texts, and whether they tell of one fact.
Pair = tuple[int, int, bool]
Measure = Callable[[int, int], float]


def main() -> int:
    """Prints recall at precision .95 and .90, and average precision, of each measure; 2 when a FILE cannot be read."""
    for path in [Path(name) for name in sys.argv[1:]] or (*FILES, HELD_OUT):
        if not path.is_file():
            print(f"no file {path}", file=sys.stderr)
            return 2
        told, pairs = pairs_in(path)
        print(f"{path.name}: {len(told)} texts, {len(pairs)} pairs, {sum(same for *_, same in pairs)} of one fact")
        for measure, like in measures(told).items():
            scored = [(like(left, right), same) for left, right, same in pairs]
            figures = f"{recall(scored, 0.95):.3f} {recall(scored, 0.90):.3f} {average_precision(scored):.3f}"
            print(f"  {measure:<34} recall at precision .95, .90; average precision: {figures}")
    return 0


def pairs_in(path: Path) -> tuple[list[Telling], list[Pair]]:
    """The distinct texts of a file, and its pairs."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".tsv":
        return _labelled([(a, b, label == "1") for label, a, b in (row.split("\t") for row in text.splitlines()[1:])])
    if text.lstrip().startswith("{"):
        return _labelled([(row["a"], row["b"], bool(row["same"])) for row in map(json.loads, text.splitlines())])
    told = list(tellings(text))
    return told, pairs_of(told)


def tellings(text: str) -> list[Telling]:
    """Those of the file's format: "@ brand", "= fact", then "title | text" or a text a line."""
    brand = fact = ""
    found = []
    for line in text.splitlines():
        if line.startswith("@ "):
            brand = line[2:]
        elif line.startswith("= "):
            fact = line[2:]
        elif line and not line.startswith("#"):
            title, bar, body = line.partition(" | ")
            found.append(Telling(brand, fact, title if bar else "", body or title))
    return found


def pairs_of(told: Sequence[Telling]) -> list[Pair]:
    """All within a brand, and half as many between brands."""
    every = list(combinations(range(len(told)), 2))
    within = [(i, j, told[i].fact == told[j].fact) for i, j in every if told[i].brand == told[j].brand]
    between = [(i, j, False) for i, j in every if told[i].brand != told[j].brand]
    return within + random.Random(3).sample(between, len(within) // 2)


def _labelled(
    rows: Iterable[tuple[str | dict[str, str], str | dict[str, str], bool]],
) -> tuple[list[Telling], list[Pair]]:
    told: dict[Telling, int] = {}
    pairs = []
    for left, right, same in rows:
        numbers = [told.setdefault(each, len(told)) for each in (_telling(left), _telling(right))]
        pairs.append((numbers[0], numbers[1], same))
    return list(told), pairs


def _telling(said: str | dict[str, str]) -> Telling:
    if isinstance(said, str):
        return Telling("", "", "", said)
    return Telling("", "", said.get("title", ""), said.get("text", ""))


def measures(told: Sequence[Telling]) -> dict[str, Measure]:
    """Ours, and the bars; the texts are the corpus of all."""
    ours = Pairs([facets.take(each.title, each.text) for each in told])
    prints = [fingerprint.take(each.title, each.text) for each in told]
    placing = Likening(Corpus.of(each.weights for each in prints))
    plain = [fold(each.whole) for each in told]
    tf_idf = _tf_idf([words(each.whole) for each in told])
    return {
        "veille likeness": ours.score,
        "as mentions are placed": lambda i, j: placing.score(prints[i], prints[j]).score,
        "word TF-IDF": tf_idf,
        "character TF-IDF": _tf_idf([_grams(text) for text in plain]),
        "rapidfuzz token_set_ratio": lambda i, j: fuzz.token_set_ratio(plain[i], plain[j]),
    }


def _grams(text: str) -> list[str]:
    padded = [f" {word} " for word in words(text)]
    return [word[at : at + size] for word in padded for size in (3, 4, 5) for at in range(len(word) - size + 1)]


def _tf_idf(texts: Sequence[Sequence[str]]) -> Measure:
    """Cosines with smoothed idf, as scikit-learn's TfidfVectorizer has them."""
    held = Counter(word for text in texts for word in set(text))
    idf = {word: math.log((1 + len(texts)) / (1 + count)) + 1 for word, count in held.items()}
    vectors = []
    for text in texts:
        vector = {word: count * idf[word] for word, count in Counter(text).items()}
        norm = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({word: value / norm for word, value in vector.items()})

    def cosine(left: int, right: int) -> float:
        return sum(value * vectors[right].get(word, 0.0) for word, value in vectors[left].items())

    return cosine


def recall(scored: Sequence[tuple[float, bool]], precision: float) -> float:
    """The most of the same-fact pairs that one threshold finds at that precision or better."""
    ranked = sorted(scored, reverse=True)
    best = found = 0
    for place, (score, same) in enumerate(ranked, 1):
        found += same
        tied = place < len(ranked) and ranked[place][0] == score
        if not tied and found >= precision * place:
            best = max(best, found)
    return best / max(1, sum(same for _, same in ranked))


def average_precision(scored: Sequence[tuple[float, bool]]) -> float:
    """Mean precision at each same-fact pair."""
    found, total = 0, 0.0
    for place, (_, same) in enumerate(sorted(scored, reverse=True), 1):
        found += same
        total += found / place if same else 0.0
    return total / max(1, found)


if __name__ == "__main__":
    raise SystemExit(main())
