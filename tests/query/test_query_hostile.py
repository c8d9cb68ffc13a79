"""Texts and queries made to be slow: each is measured against a bound far below what a quadratic step would cost."""

from __future__ import annotations

import time

import pytest
from query_kit import entry, row

from veille.query import Matcher, parse

QUERIES = [
    "LDLC", '"ha ha"', "ha NEAR/5 ho", "ha NEAR/50 ha NEAR/50 zz", "(ha OR ho) ONEAR/9 (ha OR ho) NEAR/9 zz", "C&A",
    "{Ha}", "*aha*", "a*a*a*a*a*b", "?a?a?a?a?b", "haha~1 OR hoho~2 OR LDLC~2", "aaaaaaaa~2", "site:a.fr OR ha",
    'links:a.fr', '"' + "ha " * 60 + 'zz"', "ha -ho", "lang:fr OR zz", "url:ha", "$crise_fr", "ldlc.com",
]  # fmt: skip
TEXTS = [
    row("100 KB without a blank", "a" * 100_000),
    row("100 KB without a blank, accents", "é" * 100_000),
    row("100 KB without a blank, ligatures", "œ" * 100_000),
    row("10,000 repetitions", "ha " * 10_000),
    row("10,000 pairs", "ha ho " * 5_000 + "zz"),
    row("10,000 hashtags", "#haha" * 10_000),
    row("nested brackets", "(" * 50_000 + ")" * 50_000),
    row("entities", "&amp;" * 20_000),
    row("half entities", "&amp" * 20_000),
    row("domains", "a.b" * 30_000),
    row("addresses", "http://" * 14_000),
    row("combining marks", "a" + "\u0301" * 100_000),
    row("zero width", "\u200b" * 100_000),
    row("many different characters", "".join(map(chr, range(0x100, 0x3000)))),
    row("underscores", "a_" * 50_000),
    row("apostrophes", "l'" * 50_000),
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_costs_little(text):
    matcher = Matcher({query: parse(query) for query in ("LDLC", '"ha ha"', "ha NEAR/5 ho", "rembours*", "LDLC~1")})
    hostile = entry(text)
    spent = min(_spent(matcher, hostile) for _ in range(2))
    assert spent < 0.05


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_is_quadratic(query):
    """A text eight times as long may take 40 times the time on a busy machine, not the 64 of a square."""
    matcher = Matcher({1: parse(query)})
    for piece in ("ha ho ", "a", "l'ha.", "aab"):
        short, long = entry(piece * 500), entry(piece * 4_000)
        base = max(min(_spent(matcher, short) for _ in range(2)), 0.0005)
        assert _spent(matcher, long) < 40 * base


def _spent(matcher: Matcher[object], hostile: object) -> float:
    started = time.process_time()
    matcher.match(hostile)
    return time.process_time() - started


def test_lone_surrogates_and_controls_are_only_signs():
    assert Matcher({1: parse("LDLC")}).match(entry("\ud800 LDLC \x00 \x1f LDLC", title="\x1f"))[1][1].start == 11


def test_a_deep_tree_is_read_without_recursion_trouble():
    parse("(" * 40 + "a1" + ")" * 40)
    parse(" ".join(["a1"] * 1_000))
    parse(" OR ".join(["a1"] * 500))
