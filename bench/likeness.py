"""Telling whether two French texts speak of one fact, beside the usual measures: recall at precision .95.

usage: bench/likeness.py [FILE...]    FILE as those of bench/data (the default: all of its pairs), or JSON Lines of
{"a", "b", "same"}. bench/data/README.md says who wrote what with what in view.
Two figures of each measure. Confusable: every pair that is labelled, or every two texts of one brand or kind of event.
Mixed, as a file of candidates is: of each pair of one fact, two of brands that have nothing to do with one another and
a third of a confusable one, drawn forty times. The weights were learnt on these files: bench/learn_pairs.py prints the
figures of a file, or a style of writing, from which nothing was learnt.
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
STYLES = ("agency", "network", "local", "forum", "service", "titles", "several", "forms")
FILES = (
    DATA / "tellings.txt",
    *(DATA / f"brand_pairs_{number}.tsv" for number in range(2, 6)),
    *(DATA / f"posts_{style}.txt" for style in STYLES),
)
#: Nothing is learnt from them, and nothing changed after they were written.
HELD_OUT = (DATA / "brand_pairs_6.tsv", DATA / "posts_once.txt")
#: Of each pair of one fact: pairs of texts that have nothing to do with one another, and how many of them and of
#: confusable pairs a draw takes; draws.
UNRELATED, DRAWN, CONFUSABLE, DRAWS = 6, 2.0, 0.35, 40


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
    """Prints recall at precision .95 of each measure; 2 when a FILE cannot be read."""
    for path in [Path(name) for name in sys.argv[1:]] or (*FILES, *HELD_OUT):
        if not path.is_file():
            print(f"no file {path}", file=sys.stderr)
            return 2
        told, pairs = pairs_in(path)
        others = unrelated(told, pairs)
        print(f"{path.name}: {len(told)} texts, {len(pairs)} pairs, {sum(same for *_, same in pairs)} of one fact")
        for measure, like in measures(told).items():
            scored, apart = ([(like(left, right), same) for left, right, same in each] for each in (pairs, others))
            figures = f"mixed {mixed(scored, apart):.3f}, confusable {recall(scored, 0.95):.3f}"
            print(f"  {measure:<26} {figures} (average precision {average_precision(scored):.3f})")
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
    """All within a brand."""
    every = combinations(range(len(told)), 2)
    return [(i, j, told[i].fact == told[j].fact) for i, j in every if told[i].brand == told[j].brand]


def unrelated(told: Sequence[Telling], pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs of texts that no chain of the file's pairs leads to one another; the same at each run."""
    first = list(range(len(told)))
    for left, right, _ in pairs:
        joined, kept = first[left], first[right]
        first = [kept if place == joined else place for place in first]
    every = [(i, j, False) for i, j in combinations(range(len(told)), 2) if first[i] != first[j]]
    return random.Random(5).sample(every, min(len(every), UNRELATED * sum(same for *_, same in pairs)))


def mixed(scored: Sequence[tuple[float, bool]], apart: Sequence[tuple[float, bool]]) -> float:
    """Mean recall at precision .95 where few of the confusable pairs are among many unrelated ones."""
    found = [row for row in scored if row[1]]
    confusable = [row for row in scored if not row[1]]
    drawing = random.Random(1)
    total = 0.0
    for _ in range(DRAWS):
        near = drawing.sample(confusable, min(len(confusable), int(CONFUSABLE * len(found))))
        far = drawing.sample(list(apart), min(len(apart), int(DRAWN * len(found))))
        total += recall([*found, *near, *far], 0.95)
    return total / DRAWS


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
