"""Searches as Google reads them, and what they are here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.errors import QueryError
from veille.onboarding.google_syntax import translate
from veille.query import parse

SIGNS = [
    '"',
    "-",
    "(",
    ")",
    "|",
    " ",
    "OR",
    "AND",
    "site:",
    "intitle:",
    "allintitle:",
    "AROUND(2)",
    "*",
    "~",
    "a",
    "é1",
]


@pytest.mark.parametrize(
    ("search", "query"),
    [
        pytest.param('"service client" floréal', '"service client" AND floréal', id="a phrase and a word"),
        pytest.param("«Floréal» “bad buzz”", 'Floréal AND "bad buzz"', id="other quotes"),
        pytest.param('"LDLC"', "LDLC", id="one word in quotes"),
        pytest.param("a1 b1 OR c1", "a1 AND (b1 OR c1)", id="OR is tighter than a blank"),
        pytest.param("a1 | b1 c1", "(a1 OR b1) AND c1", id="a bar is an OR"),
        pytest.param("a1 AND b1 & c1", "a1 AND b1 AND c1", id="AND says nothing"),
        pytest.param("a1 or b1", "a1 AND or AND b1", id="a small or is a word"),
        pytest.param("ET NOT Sauf", '"ET" AND "NOT" AND Sauf', id="our operators are words there"),
        pytest.param('a1 -b1 -"c d"', 'a1 AND NOT b1 AND NOT "c d"', id="exclusions"),
        pytest.param("a1 -(b1 c1)", "a1 AND NOT (b1 AND c1)", id="a group left out"),
        pytest.param("a1 -(b1 OR c1)", "a1 AND NOT (b1 OR c1)", id="alternatives left out"),
        pytest.param("(a1 OR (b1 c1)) d1", "(a1 OR b1 AND c1) AND d1", id="groups within one another"),
        pytest.param("a1 -site:x.fr", "a1 AND NOT site:x.fr", id="a site left out"),
        pytest.param("site:www.x.fr a1", "site:x.fr AND a1", id="without www"),
        pytest.param("site:.fr a1", "site:fr AND a1", id="a country's domain"),
        pytest.param("site:*.x.fr a1", "site:x.fr AND a1", id="subdomains count anyway"),
        pytest.param("(site:x.fr OR site:y.fr) a1", "(site:x.fr OR site:y.fr) AND a1", id="two sites"),
        pytest.param("Site: x.fr a1", "site:x.fr AND a1", id="a capital, a blank after the colon"),
        pytest.param("intitle:a1 b1", "title:a1 AND b1", id="in the title"),
        pytest.param('intitle:"a b" c1', 'title:"a b" AND c1', id="a phrase in the title"),
        pytest.param("allintitle: a1 b1", "title:(a1 AND b1)", id="all in the title"),
        pytest.param("inurl:promo intext:a1", "url:promo AND text:a1", id="address and text"),
        pytest.param("author:anne a1", "author:anne AND a1", id="an author"),
        pytest.param("link:x.fr a1", "links:x.fr AND a1", id="pages that link"),
        pytest.param("a1 AROUND(5) b1", "a1 NEAR/5 b1", id="AROUND"),
        pytest.param("a1 AROUND 5 b1", "a1 NEAR/5 b1", id="AROUND without parentheses"),
        pytest.param("a1 AROUND(0) b1", "a1 NEAR/1 b1", id="NEAR needs room"),
        pytest.param("ville:paris", '"ville:paris"', id="no operator of Google's"),
        pytest.param("+a1", "a1", id="a plus of old"),
        pytest.param("C&A Yahoo! #floreal @floreal", "C&A AND Yahoo! AND #floreal AND @floreal", id="signs of names"),
        pytest.param("quoi? {x1}", '"quoi?" AND "{x1}"', id="our signs are not theirs"),
        pytest.param('"a b', '"a b"', id="a quote that is not closed"),
        pytest.param("(a1", "a1", id="a parenthesis that is not closed"),
        pytest.param("a1) b1", "a1 AND b1", id="one too many"),
        pytest.param("a1 OR", "a1", id="a dangling OR"),
        pytest.param("OR a1 - *", "a1", id="signs alone"),
        pytest.param("(allintitle: a1 b1) c1", "title:(a1 AND b1) AND c1", id="all, up to the parenthesis"),
    ],
)
def test_what_can_be_said_is_said(search: str, query: str) -> None:
    found = translate(search)
    assert (str(found.query), found.notes) == (query, ())


@pytest.mark.parametrize(
    ("search", "query", "note"),
    [
        pytest.param("a1 filetype:pdf", "a1", "filetype:pdf is left out", id="kinds of files"),
        pytest.param("a1 source:le_monde", "a1", "source:le_monde is left out", id="a source of Google News"),
        pytest.param("a1 after:2026-01-01", "a1", "after:2026-01-01 is left out", id="dates"),
        pytest.param("a1 10..50", "a1", "10..50 is left out", id="ranges"),
        pytest.param("~a1", "a1", "synonyms", id="synonyms"),
        pytest.param('"le * de Nantes"', 'le ONEAR/3 "de Nantes"', "at most 3 words", id="an asterisk in a phrase"),
        pytest.param("site:x.fr/sport a1", "site:x.fr AND a1", "the whole site", id="a part of a site"),
        pytest.param("(a1 b1) AROUND(3) c1", "a1 AND b1 AND c1", "AROUND", id="AROUND a group"),
    ],
)
def test_what_cannot_is_told(search: str, query: str, note: str) -> None:
    found = translate(search)
    assert str(found.query) == query
    assert note in " ".join(found.notes)


@pytest.mark.parametrize("search", ["", "-promo", "*", "OR", "filetype:pdf", "a1 OR -b1", "(" * 100 + "a1", '""'])
def test_what_would_match_anything_is_refused(search: str) -> None:
    with pytest.raises(QueryError):
        translate(search)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join))
def test_whatever_is_typed_is_read_or_refused(search: str) -> None:
    try:
        found = translate(search)
    except QueryError:
        return
    assert parse(str(found.query)) == found.query
