"""Folding: what is alike, what is dropped, and the way back to the original."""

from __future__ import annotations

import pytest

from veille.text.entities import decode
from veille.text.fold import fold, fold_with_map, words

FOLDS = [
    pytest.param("ÉTÉ", "ete", id="accented capitals"),
    pytest.param("e\u0301te\u0301", "ete", id="decomposed accents"),
    pytest.param("Œuf, ÆON, Straße", "oeuf, aeon, strasse", id="ligatures"),
    pytest.param("ＬＤＬＣ　１２", "ldlc 12", id="full width"),
    pytest.param("l’ lʼ l` l'", "l' l' l` l'", id="apostrophes, the grave accent apart"),
    pytest.param("a–b—c‑d−e", "a-b-c-d-e", id="dashes"),
    pytest.param("a\u00a0b\u202fc\u3000d", "a b c d", id="blanks"),
    pytest.param("a\u200bb\u00adc\u202ed\ufeffe\ufe0f", "abcde", id="invisible characters"),
    pytest.param("« oui » “non”", '" oui " "non"', id="quotes"),
    pytest.param("bof…", "bof.", id="ellipsis"),
    pytest.param("LDLC™", "ldlc™", id="trade mark stays a sign"),
    pytest.param("ŁÓDŹ Øre", "lodz ore", id="letters Unicode does not decompose"),
    pytest.param("ΟΔΟΣ", "οδοσ", id="final sigma"),
    pytest.param("İstanbul ISTANBUL ısı", "istanbul istanbul isi", id="Turkish i"),
    pytest.param("😡 12 €", "😡 12 €", id="signs that stay"),
    pytest.param("a &amp; b", "a &amp; b", id="entities are left alone"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDS)
def test_fold(text, folded):
    assert fold(text) == folded
    assert fold_with_map(text.replace("&", "")).text == folded.replace("&", "")


def test_a_text_of_many_alphabets_folds_as_its_characters_do():
    text = "".join(map(chr, range(0xA0, 0x600)))
    assert fold(text) == "".join(map(fold, text))


WAYS_BACK = [
    pytest.param("l'été", 2, 5, "été", id="same length"),
    pytest.param("un cœur las", 3, 8, "cœur", id="ligature inside"),
    pytest.param("ete\u0301 fini", 0, 3, "ete\u0301", id="final accent decomposed"),
    pytest.param("L\u200bD\u200bLC\u200b est", 0, 4, "L\u200bD\u200bLC", id="invisible characters inside, not after"),
    pytest.param("C&amp;A ici", 0, 3, "C&amp;A", id="entity inside"),
    pytest.param("&eacute;t&eacute;", 0, 1, "&eacute;", id="entity covered whole"),
    pytest.param("&eacute;t&eacute;", 2, 3, "&eacute;", id="last entity covered whole"),
    pytest.param("&oelig;uf", 0, 1, "&oelig;", id="entity that folds to two letters"),
]


@pytest.mark.parametrize(("text", "start", "end", "original"), WAYS_BACK)
def test_the_way_back(text, start, end, original):
    assert text[slice(*fold_with_map(text).span(start, end))] == original


ENTITIES = [
    pytest.param("&amp;&lt;&#39;&#x27;", "&<''", id="known"),
    pytest.param("&toto; & &amp", "&toto; & &amp", id="unknown or open"),
    pytest.param("&amp;eacute;", "&eacute;", id="decoded once"),
    pytest.param("?a=1&copy=2", "?a=1&copy=2", id="a parameter is no entity"),
    pytest.param("&#99999999;", "&#99999999;", id="too big to be read"),
]


@pytest.mark.parametrize(("text", "decoded"), ENTITIES)
def test_entities(text, decoded):
    assert decode(text) == decoded


WORDS = [
    pytest.param("l'LDLC", ["l", "ldlc"], id="elision"),
    pytest.param("Jusqu’à l’été", ["jusqu", "a", "l", "ete"], id="elision with accents"),
    pytest.param("@jul_nantes _oui_ __x__", ["jul_nantes", "oui", "x"], id="underscores"),
    pytest.param("C&amp;A, 12,5 %", ["c", "a", "12", "5"], id="signs part words"),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text, expected):
    assert words(text) == expected
