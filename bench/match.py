"""Texts a second that the matcher reads, for 100 to 10,000 queries, beside what a plain pass over the text costs.

    python bench/match.py [--texts FILE] [--number 20000]

FILE holds one text a line; without it French-looking texts of about 400 characters are made from a fixed seed: small
words, a long tail of other words, accents and elisions, and a brand in one text of three. One query in five has
NEAR, NOT or a field. Bars in the same run: folding alone, an Aho-Corasick pass over the folded text, one big `re`
alternation. Times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path

import ahocorasick

from veille.model.entry import Entry
from veille.query import Matcher, parse
from veille.text.fold import fold

try:
    import ahocorasick_rs
except ImportError:
    ahocorasick_rs = None

SYLLABLES = [
    "ba",
    "bel",
    "bou",
    "bri",
    "can",
    "cha",
    "clé",
    "cor",
    "dé",
    "dou",
    "fé",
    "flo",
    "gar",
    "gra",
    "jar",
    "lan",
    "lé",
    "lou",
    "mar",
    "mé",
    "mon",
    "na",
    "né",
    "or",
    "pa",
    "pé",
    "pla",
    "ra",
    "ré",
    "ri",
    "ro",
    "sa",
    "sé",
    "si",
    "ta",
    "té",
    "tri",
    "va",
    "vé",
    "vi",
]
ENDINGS = ["", "", "s", "e", "é", "ment", "tion", "eur", "aise", "ique"]
SUBJECTS = [
    "remboursement",
    "panne",
    "livraison",
    "retard",
    "colis",
    "facture",
    "scandale",
    "arnaque",
    "promo",
    "accueil",
    "magasin",
    "caisse",
    "résiliation",
]


def word(rng: random.Random, *, least: int = 2, most: int = 4) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(least, most))) + rng.choice(ENDINGS)


def brands(rng: random.Random, number: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < number:
        names[(word(rng) + rng.choice("xyzkw") + rng.choice(SYLLABLES)).capitalize()] = None
    return list(names)


def small_words() -> list[str]:
    text = resources.files("veille.text").joinpath("data/function_words.toml").read_text(encoding="utf-8")
    return [small for small in tomllib.loads(text)["fr"].split() if len(small) > 1]


def texts(rng: random.Random, number: int, names: Sequence[str]) -> Iterator[str]:
    small = small_words()
    tail = [word(rng) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(tail) + 1)]
    for _ in range(number):
        found = rng.choices(small, k=30) + rng.choices(tail, weights, k=21) + rng.choices(SUBJECTS, k=3)
        if rng.random() < 1 / 3:
            found.append(rng.choice(names))
        rng.shuffle(found)
        found = [f"l’{one}" if one[0] in "aeéo" and rng.random() < 0.3 else one for one in found]
        found = [one + rng.choice([",", ".", " !"]) if rng.random() < 0.1 else one for one in found]
        yield " ".join(found)


def queries(rng: random.Random, number: int, names: Sequence[str]) -> Iterator[str]:
    for brand in names[:number]:
        other, subject, second = rng.choice(names), *rng.sample(SUBJECTS, 2)
        mixed = [
            f"{brand} NEAR/5 {subject}",
            f"{brand} NOT ({subject} OR {second})",
            f'{brand} title:"{subject} {second}"',
            f"{brand} -site:{other.lower()}.fr",
        ]
        plain = [
            brand,
            f"{brand} OR {other}",
            f'"{brand} {other}"',
            f"{brand} AND ({subject} OR {second})",
            f'{brand} AND (rembours* OR "service client" OR {subject})',
            f"{brand} {subject} {second}",
            f"{brand}.fr OR {{{brand}}}",
        ]
        yield rng.choice(mixed if rng.random() < 0.2 else plain)


def rate(step: Callable[[str], object], sample: Sequence[str]) -> float:
    """Texts a second."""
    started = time.process_time()
    for text in sample:
        step(text)
    return len(sample) / (time.process_time() - started)


def show(what: str, found: float) -> None:
    print(f"{what:<58} {found:>10,.0f} texts/s")


def bars(sample: Sequence[str], names: Sequence[str]) -> None:
    show("folding alone", rate(fold, sample))
    terms = [fold(name) for name in names]
    automaton = ahocorasick.Automaton()
    for term in terms:
        automaton.add_word(term, term)
    automaton.make_automaton()
    folded = [fold(text) for text in sample]
    show(f"pyahocorasick pass, {len(terms):,} terms", rate(lambda text: list(automaton.iter(text)), folded))
    if ahocorasick_rs:
        rust = ahocorasick_rs.AhoCorasick(terms)
        show(f"ahocorasick_rs pass, {len(terms):,} terms", rate(rust.find_matches_as_indexes, folded))
    alternation = re.compile(r"\b(?:" + "|".join(map(re.escape, terms)) + r")\b")
    show(f"re alternation, {len(terms):,} terms", rate(alternation.findall, folded[:300]))


def matching(what: str, written: Sequence[str], sample: Sequence[str]) -> None:
    started = time.process_time()
    matcher = Matcher({number: parse(text) for number, text in enumerate(written)})
    compiled = time.process_time() - started
    entries = [Entry(key="", title=text[:60], text=text[60:], site="example.fr") for text in sample]
    matched = 0
    started = time.process_time()
    for entry in entries:
        matched += len(matcher.match(entry))
    found = len(entries) / (time.process_time() - started)
    show(f"{what} (compiled in {compiled:.2f} s, {matched:,} matches)", found)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=Path)
    options.add_argument("--number", type=int, default=20_000)
    chosen = options.parse_args()
    rng = random.Random(3)
    names = brands(rng, 10_000)
    sample = list(texts(rng, chosen.number, names))
    if chosen.texts:
        sample = chosen.texts.read_text(encoding="utf-8").splitlines()[: chosen.number]
    print(f"{len(sample):,} texts of {sum(map(len, sample)) / len(sample):.0f} characters")
    for number in (1_000, 10_000):
        bars(sample, names[:number])
    written = list(queries(rng, 10_000, names))
    for number in (100, 1_000, 10_000):
        matching(f"{number:,} queries", written[:number], sample)
    typos = [f"{name}~{rng.choice([1, 2])}" for name in names]
    matching("10,000 typo terms", typos, sample)


if __name__ == "__main__":
    main()
