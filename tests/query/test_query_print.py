"""The canonical print: one way to write each query, and it reads back to the same tree."""

from __future__ import annotations

import pytest
from query_kit import row

from veille.query import parse

PRINTS = [
    row("word", "LDLC", "LDLC"),
    row("quoted word", '"LDLC"', "LDLC"),
    row("quoted operator", '"ou"  "OU"', 'ou AND "OU"'),
    row("phrase", "« service   client »", '"service client"'),
    row("blank is and", "a1 b1", "a1 AND b1"),
    row("French operators", "a1 ET b1 OU c1 SAUF d1", "a1 AND b1 OR c1 AND NOT d1"),
    row("dash", "a1 -b1", "a1 AND NOT b1"),
    row("needless parentheses", "((a1) (b1 c1))", "a1 AND b1 AND c1"),
    row("needed parentheses", "a1 (b1 OR c1)", "a1 AND (b1 OR c1)"),
    row("negated group", "a1 -(b1 c1)", "a1 AND NOT (b1 AND c1)"),
    row("near", "(a1 OR b1) NEAR/05 c1", "(a1 OR b1) NEAR/5 c1"),
    row("near chain", "(a1 NEAR/2 b1) ONEAR/3 c1", "a1 NEAR/2 b1 ONEAR/3 c1"),
    row("field", "TITLE:a1", "title:a1"),
    row("field group", "title:(a1 b1)", "title:(a1 AND b1)"),
    row("field of one in parentheses", "title:(a1)", "title:a1"),
    row("field of near", "title:(a1 NEAR/2 b1)", "title:(a1 NEAR/2 b1)"),
    row("number", "rating:<=2,50", "rating:<=2.5"),
    row("number equal", "rating:=2.0", "rating:2"),
    row("big number", "followers:>1000000", "followers:>1000000"),
    row("exact", "{ Best  Western }", "{Best Western}"),
    row("slip", "Orange~1", "Orange~1"),
    row("wildcard", '"rembours*"', "rembours*"),
    row("question in quotes", '"pourquoi?"', '"pourquoi?"'),
    row("list", "a1 -$bruit_fr", "a1 AND NOT $bruit_fr"),
    row("hashtag", '"#ldlc"', "#ldlc"),
    row("starts with a dash", '"-ldlc"', '"-ldlc"'),
    row("looks like a field", '"title:a1"', '"title:a1"'),
    row("subdomain star", "site:*.gouv.fr", "site:gouv.fr"),
    row("double negation", "a1 NOT (NOT b1)", "a1 AND NOT (NOT b1)"),
]


@pytest.mark.parametrize(("written", "printed"), PRINTS)
def test_print_is_canonical(written, printed):
    query = parse(written)
    assert str(query) == printed
    assert parse(printed) == query
