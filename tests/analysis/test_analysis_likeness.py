"""Two texts of one fact are liker than two of the same brand, the more so when the corpus is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.analysis import dedup, fingerprint, likeness, stems
from veille.analysis.corpus import Corpus
from veille.analysis.likeness import Likening
from veille.model.mention import Candidate, Kinship

NOON = datetime(2027, 2, 12, 12, tzinfo=UTC)
RECALL = "Salmonelle : trois lots de lait premier âge rappelés par Valbrune"
RECALL_AGAIN = "Lait infantile : Valbrune retire 3 lots de la vente après une contamination"
STRIKE = "Les salariés de Valbrune cessent le travail à Saint-Lô"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("grevistes", "strike", id="a beginning"),
        pytest.param("debrayage", "strike", id="another word for it"),
        pytest.param("deces", "death", id="a whole word"),
        pytest.param("obseques", "mourning", id="a narrow fact"),
        pytest.param("table", "", id="nothing happened"),
    ],
)
def test_concepts(word: str, expected: str) -> None:
    assert stems.concept(word) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("evacues", "evacuation", id="participle and noun"),
        pytest.param("licenciements", "licencie", id="noun and verb"),
        pytest.param("salariee", "salaries", id="gender and number"),
        pytest.param("tapering", "tapers", id="English"),
    ],
)
def test_forms_of_a_word_have_one_root(left: str, right: str) -> None:
    assert stems.root(left)[:5] == stems.root(right)[:5]


@pytest.mark.parametrize(("word", "digits"), [("onze", "11"), ("0012", "12"), ("un", ""), ("twenty", "20")])
def test_numbers_are_the_same_written_out(word: str, digits: str) -> None:
    assert stems.number(word) == digits


def test_one_fact_told_twice_is_liker_than_two_of_a_brand() -> None:
    texts = [fingerprint.take("", text) for text in (RECALL, RECALL_AGAIN, STRIKE)]
    likening = Likening(Corpus.of(text.weights for text in texts))
    same, other = likening.score(texts[0], texts[1]), likening.score(texts[0], texts[2])
    assert same.score > 2 * other.score
    assert {"recall", "milk"} <= {token.removeprefix("~") for token in same.shared}


def test_a_word_that_all_hold_says_little() -> None:
    names = Corpus.of([["valbrune", f"x{n}"] for n in range(200)])
    assert names.rarity("valbrune") < 0.6 < 4 < names.rarity("x7")
    assert Corpus().rarity("valbrune") > dedup.named(Corpus(), ("Valbrune",)).rarity(stems.root("valbrune"))


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_between_0_and_1_and_the_same_both_ways(left: str, right: str) -> None:
    prints = [fingerprint.take("", text) for text in (left, right)]
    likening = Likening(Corpus.of(each.weights for each in prints))
    there, back = likening.score(prints[0], prints[1]).score, likening.score(prints[1], prints[0]).score
    assert 0 <= there <= 1
    assert there == pytest.approx(back)


def test_what_is_left_out_of_the_counts_is_usual() -> None:
    """A pipeline counts the words of the new text alone: the score is that of a corpus that has met no other."""
    left, right = (fingerprint.take("", text) for text in (RECALL, RECALL_AGAIN))
    counted = dict.fromkeys(dedup.tokens("", RECALL), 0)
    partial = Likening(Corpus(10, counted)).score(left, right).score
    assert partial == pytest.approx(Likening(Corpus(10, counted, whole=True)).score(left, right).score)


def test_copies_of_one_telling_count_once() -> None:
    """Ten boosts of a text that is a little alike are one telling that is a little alike."""
    new = dedup.Placing(canonical="", title=STRIKE, text="", author="", site="b.fr", published=NOON, seen=NOON)
    first = Candidate(
        mention_id=1,
        story_id=7,
        canonical="https://a.fr/1",
        title="",
        text="À Saint-Lô la pluie retarde les travaux du pont, les commerçants sont inquiets pour Noël",
        author="",
        site="a.fr",
        published=NOON,
        seen=NOON,
    )
    boosts = [replace(first, mention_id=n, canonical=f"https://a.fr/{n}", copy_of=1) for n in range(2, 12)]
    assert dedup.place(new, [first, *boosts], now=NOON).kinship is Kinship.NEW


def test_support_falls_with_each_telling() -> None:
    assert likeness.support([0.2]) == pytest.approx(0.2)
    assert likeness.support([0.2, 0.2]) == pytest.approx(0.34)
    assert likeness.support([0.2] * 50) < 0.2 / (1 - likeness.DECAY)
