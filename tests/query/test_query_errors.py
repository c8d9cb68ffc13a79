"""Queries that are refused: where, why, and what to write instead; and those that are read with a warning."""

from __future__ import annotations

import pytest
from query_kit import row

from veille.errors import QueryError
from veille.query import duplicates, explain, parse, warnings

REFUSED = [
    row("empty", "", 0, "empty"),
    row("blank", " \t ", 0, "empty"),
    row("only negates", "NOT promo", 0, "not wanted"),
    row("only negates, dash", "-promo", 0, "not wanted"),
    row("only negates, two", "-promo -jeu", 0, "not wanted"),
    row("only negates, sauf", "SAUF promo", 0, "not wanted"),
    row("only negates, in parentheses", "(NOT promo)", 1, "not wanted"),
    row("only negates, field", "-site:a.fr", 0, "not wanted"),
    row("only negates, in a field", "title:(-promo)", 0, "not wanted"),
    row("branch negates", "LDLC OR NOT promo", 8, "branch"),
    row("branch negates, first", "-promo OU LDLC", 0, "branch"),
    row("branch negates, inside", "LDLC (panne OR -promo)", 15, "branch"),
    row("branch negates, field", "LDLC OR -site:a.fr", 8, "branch"),
    row("bare star", "*", 0, "wildcard alone"),
    row("bare question mark", "?", 0, "wildcard alone"),
    row("star and question mark", "LDLC ?*", 5, "wildcard alone"),
    row("short star", "ab*", 0, "at least 3"),
    row("short star before", "LDLC *ab", 5, "at least 3"),
    row("short question mark", "?a", 0, "at least 2"),
    row("short star in a compound", "e-c*", 0, "at least 3"),
    row("short star in a phrase", '"service c*"', 0, "at least 3"),
    row("unbalanced quote", 'LDLC "service client', 5, "never closed"),
    row("unbalanced French quote", "LDLC « service", 5, "never closed"),
    row("stray closing quote", "service client »", 15, "closes nothing"),
    row("unbalanced parenthesis", "LDLC (panne OR retard", 5, "never closed"),
    row("unbalanced inner parenthesis", "((a1)", 0, "never closed"),
    row("stray closing parenthesis", "LDLC panne)", 10, "closes nothing"),
    row("unbalanced brace", "LDLC {Orange", 5, "never closed"),
    row("stray closing brace", "Orange}", 6, "closes nothing"),
    row("empty parentheses", "LDLC ()", 6, "nothing inside"),
    row("empty phrase", 'LDLC ""', 5, "nothing inside"),
    row("empty braces", "LDLC {}", 5, "nothing inside"),
    row("and at the end", "LDLC AND", 5, "nothing after"),
    row("ou at the end", "LDLC OU", 5, "nothing after"),
    row("not at the end", "LDLC NOT", 5, "nothing after"),
    row("and at the start", "AND LDLC", 0, "nothing before"),
    row("and before a parenthesis", "(LDLC AND) panne", 6, "nothing after"),
    row("or after a parenthesis", "(OR LDLC)", 1, "nothing before"),
    row("two operators", "LDLC AND OR panne", 9, "cannot follow"),
    row("two nots", "LDLC NOT NOT panne", 9, "cannot follow"),
    row("lone dash", "LDLC - panne", 5, "excludes nothing"),
    row("near zero", "panne NEAR/0 LDLC", 6, "no room"),
    row("ordered near zero", "panne ONEAR/0 LDLC", 6, "no room"),
    row("near without a number", "panne NEAR LDLC", 6, "number of words"),
    row("near with a bare slash", "panne NEAR/ LDLC", 6, "number of words"),
    row("near at the end", "panne NEAR/3", 6, "nothing after"),
    row("near at the start", "NEAR/3 panne", 0, "nothing before"),
    row("near not", "panne NEAR/3 NOT LDLC", 13, "cannot follow"),
    row("near an and group", "panne NEAR/3 (LDLC AND x1)", 6, "NEAR stands"),
    row("near a not group", "panne NEAR/3 (LDLC OR (x1 -x2))", 6, "NEAR stands"),
    row("near a field", "panne NEAR/3 title:LDLC", 6, "NEAR stands"),
    row("near a field on the left", "title:panne NEAR/3 LDLC", 12, "NEAR stands"),
    row("near on the right of near", "a1 NEAR/3 (b1 NEAR/3 c1)", 3, "NEAR stands"),
    row("near in a site", "site:(a.fr NEAR/2 b.fr)", 6, "NEAR stands"),
    row("unknown field", "foo:LDLC", 0, "no field foo"),
    row("unknown field in French", "LDLC titre:panne", 5, "no field titre"),
    row("address", "LDLC https://ldlc.com", 5, "address"),
    row("field without value", "LDLC title:", 5, "no value"),
    row("blank after the field", "title: panne", 0, "no value"),
    row("dash after the field", "LDLC title:-promo", 11, "before the field"),
    row("lone star in a phrase", '"service * client"', 0, "wildcard alone"),
    row("field inside a field", "title:(panne text:LDLC)", 7, "inside another field"),
    row("rating without number", "rating:bad", 7, "cannot be that"),
    row("rating phrase", 'rating:"2"  rating:"a b"', 19, "cannot be that"),
    row("followers star", "followers:100*", 10, "cannot be that"),
    row("language in full", "lang:français", 5, "cannot be that"),
    row("site phrase", 'site:"a b"', 5, "cannot be that"),
    row("unknown list", "LDLC -$bruit", 6, "no list $bruit"),
    row("typo without number", "Trébeurden~", 10, "1 or 2"),
    row("typo of three", "Trébeurden~3", 10, "1 or 2"),
    row("typo on three letters", "SFR~1", 0, "four letters"),
    row("typo on a phrase", '"service client"~1', 16, "one plain word"),
    row("typo on braces", "{Orange}~1", 8, "one plain word"),
    row("typo on a compound", "Voyages-sncf~1", 12, "one plain word"),
    row("wildcard and typo", "rembours*~1", 9, "one plain word"),
    row("wildcard in braces", "{rembours*}", 0, "exact word"),
    row("typo in braces", "{Orange~1}", 0, "exact word"),
    row("signs only", "LDLC ||", 5, "nothing to look for"),
    row("ampersands", "LDLC && panne", 5, "nothing to look for"),
    row("plus", "+LDLC", 0, "means nothing"),
    row("exclamation", "LDLC !promo", 5, "means nothing"),
    row("too long", "a" * 4097, 4096, "4096"),
    row("too deep", "(" * 41 + "a1" + ")" * 41, 40, "parentheses"),
    row("far too deep", "(" * 2000 + "a1" + ")" * 2000, 40, "parentheses"),
    row("near chain too long", " NEAR/2 ".join(["a1"] * 30), 163, "in a row"),
    row("phrase too long", '"' + "mot " * 80 + '"', 0, "64 words"),
]


@pytest.mark.parametrize(("query", "column", "message"), REFUSED)
def test_a_refusal_points_and_suggests(query, column, message):
    with pytest.raises(QueryError) as refused:
        parse(query)
    assert (refused.value.column, message in refused.value.message) == (column, True), refused.value.caret()
    assert refused.value.suggestion


SUGGESTIONS = [
    row("French field", "titre:panne", "title:"),
    row("misspelt field", "auhtor:x1", "author:"),
    row("misspelt list", "x1 -$bruit", "$bruit_fr"),
    row("pipes", "a1 || b1", "OR"),
    row("near zero", "a1 NEAR/0 b1", "NEAR/1"),
    row("exclamation", "a1 !promo", "-promo"),
    row("address", "https://ldlc.com", "links:"),
]


@pytest.mark.parametrize(("query", "suggested"), SUGGESTIONS)
def test_the_suggestion_names_what_to_write(query, suggested):
    with pytest.raises(QueryError) as refused:
        parse(query)
    assert suggested in refused.value.suggestion


def test_the_caret_stands_under_the_place():
    with pytest.raises(QueryError) as refused:
        parse("LDLC AND")
    assert refused.value.caret().splitlines()[:2] == ["LDLC AND", "     ^"]


def test_a_list_may_use_a_list_but_not_itself():
    assert str(parse("$a", lists={"a": "LDLC $b", "b": "panne"})) == "$a"
    with pytest.raises(QueryError, match="uses itself"):
        parse("$a", lists={"a": "$b", "b": "$a"})
    with pytest.raises(QueryError, match="list \\$a is refused"):
        parse("x1 -$a", lists={"a": "NOT panne"})


WARNED = [
    row("lower-case et", "Orange et panne", ["lower_case_operator"]),
    row("lower-case or", "panne or LDLC", ["lower_case_operator"]),
    row("lower-case near", "panne near LDLC", ["lower_case_operator"]),
    row("lower-case near with a number", "panne near/3 LDLC", ["lower_case_operator"]),
    row("lower-case et inside a phrase", '"Orange et moi"', []),
    row("lower-case et at the start", "et Orange", []),
    row("one letter", "LDLC a", ["one_letter"]),
    row("one exact letter", "{é}", []),
    row("common French word", "livraison", ["common_word"]),
    row("common English word", "apply", ["common_word"]),
    row("homonym", "Orange", ["homonym"]),
    row("homonym, lower case", "total", ["homonym"]),
    row("homonym with context", "Orange panne", []),
    row("homonym with an exclusion only", "Boulanger -pain", ["homonym"]),
    row("homonym in an or", "SFR OR Free", ["homonym"]),
    row("homonym exact", "{Orange}", []),
    row("homonym in the title", "title:Orange", ["homonym"]),
    row("plain name", "LDLC", []),
]


@pytest.mark.parametrize(("query", "codes"), WARNED)
def test_a_doubt_is_said(query, codes):
    found = warnings(query, "fr")
    assert [warning.code for warning in found] == codes
    assert all(warning.suggestion and query[warning.column :].startswith(warning.word) for warning in found)


def test_a_homonym_says_what_else_it_means():
    (warning,) = warnings("Orange")
    assert "fruit" in warning.message
    assert "{Orange}" in warning.suggestion


def test_duplicate_watches_are_found_whatever_their_order():
    queries = {"a": parse("LDLC panne"), "b": parse("Panne ET ldlc"), "c": parse("LDLC OR panne")}
    assert duplicates(queries) == {"b": "a"}


def test_a_query_is_explained_in_words():
    query = parse('title:(panne NEAR/3 "service client") -promo* rating:<=2')
    assert explain(query, "fr").splitlines() == [
        "tout ceci :",
        "  dans le titre :",
        "    avec au plus 3 mots entre les deux, dans n'importe quel ordre :",
        "      le mot « panne »",
        "      l'expression « service client »",
        "  mais pas :",
        "    un mot comme « promo* » (* : des lettres, ? : une lettre)",
        "  avec une note (une publication sans note ne répond jamais) :",
        "    2 ou moins",
    ]
    assert explain(query, "en").startswith("all of these:\n  in the title:")
    every = parse("{A} OR Orange~1 OR a1 ONEAR/2 b1 OR $crise_en OR site:a.fr OR url:a OR lang:fr OR source:a OR tag:a")
    assert explain(every).count("\n") > 10
    assert explain(parse("author:a OR links:a.fr OR followers:>3 OR rating:<1 OR rating:>=2 OR rating:3 OR text:x1"))
