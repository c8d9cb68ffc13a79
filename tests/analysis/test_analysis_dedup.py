"""Copies, stories and strangers; sketches and title keys that are the same in every process."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.analysis import dedup
from veille.analysis.words import cooccurring
from veille.model.mention import Candidate, Kinship
from veille.text import similarity

NOON = datetime(2027, 2, 12, 12, tzinfo=UTC)
AFN = (
    "Une cliente en deuil accuse le fleuriste Floréal d'avoir effacé ses messages après une gerbe jamais livrée "
    "vendredi à Nantes. L'enseigne n'a pas souhaité commenter."
)


def entry(title: str, text: str = "", **changes: object) -> dedup.Placing:
    base = dedup.Placing(
        canonical="https://b.fr/2", title=title, text=text, author="", site="b.fr", published=NOON, seen=NOON
    )
    return replace(base, **changes)


def candidate(title: str, text: str = "", **changes: object) -> Candidate:
    base = Candidate(
        mention_id=1,
        story_id=7,
        canonical="https://a.fr/1",
        title=title,
        text=text,
        author="",
        site="a.fr",
        published=NOON - timedelta(hours=1),
        seen=NOON - timedelta(hours=1),
    )
    return replace(base, **changes)


COPIES = {
    "the same address": (
        entry("Titre refait entièrement", canonical="https://a.fr/1"),
        candidate("Floréal"),
    ),
    "word for word": (entry("", AFN), candidate("", AFN)),
    "retouched title": (
        entry("Saint-Valentin : Floréal accusé d'effacer les plaintes d'une cliente", AFN),
        candidate("Floréal, accusé d'effacer des plaintes", AFN),
    ),
    "outlet after the title": (
        entry("Floréal accusé d'effacer les plaintes d'une cliente - Ouest-Matin"),
        candidate("Floréal accusé d'effacer les plaintes d'une cliente"),
    ),
    "case, accents and quotes": (
        entry("", AFN.upper()),
        candidate("", AFN.replace("é", "e")),
    ),
    "boost": (
        entry("", "RT @jul_nantes: Floréal efface les messages d'une cliente en deuil. Captures."),
        candidate("", "Floréal efface les messages d'une cliente en deuil. Captures."),
    ),
    "via": (
        entry("", "Floréal efface les messages d'une cliente en deuil. Captures. via @jul_nantes https://m.fr/1"),
        candidate("", "Floréal efface les messages d'une cliente en deuil. Captures."),
    ),
    "an excerpt": (entry("", AFN[:100] + "…"), candidate("Autre titre", AFN + " " + "Suite du récit. " * 20)),
    "an excerpt that ends before the last number": (
        entry("", "12 blessés dans l'accident. " + AFN[:120] + "…"),
        candidate("", "12 blessés dans l'accident. " + AFN + " Le procès aura lieu en 2028. " + "Suite du récit. " * 9),
    ),
    "cross-post of a short text": (
        entry("", "Toujours aucune nouvelle.", author="lea"),
        candidate("", "Toujours aucune nouvelle.", author="@Lea"),
    ),
}

STORIES = {
    "same author, same site, two hours": (
        entry("", "Répondez-moi.", author="Claire Roux", site="a.fr"),
        candidate("", "L'enterrement de maman a commencé.", author="Claire Roux"),
    ),
    "told differently": (
        entry("Fleurs non livrées, messages supprimés : Floréal dans la tourmente"),
        candidate("Saint-Valentin : Floréal accusé d'effacer les messages d'une cliente, fleurs jamais livrées"),
    ),
    "the same grave fact": (
        entry("", "Floréal efface les messages d'une cliente en deuil. Captures."),
        candidate("", 'Gerbe de deuil Floréal pour demain 10 h, toujours "en préparation". Normal ?'),
    ),
    "numbers differ": (
        entry("Explosion chez Dupont à Rouen : 12 blessés selon les pompiers"),
        candidate("Explosion chez Dupont à Rouen : 3 blessés selon les pompiers"),
    ),
}

STRANGERS = {
    "one common word": (entry("", "Honteux"), candidate("", "Honteux")),
    "thanks": (entry("", "Merci beaucoup !"), candidate("", "Merci beaucoup !")),
    "only the name in common": (
        entry("", "Floréal a fleuri notre mariage, superbe."),
        candidate("", "Le camion Floréal bloque ma rue ce matin."),
    ),
    "nobody is no author": (
        entry("", "Belle vitrine ce matin", author="Anonyme", site="a.fr"),
        candidate("", "Ma commande est en retard", author="anonyme"),
    ),
    "same author after a day": (
        entry("", "Belle vitrine ce matin", author="ana", site="a.fr"),
        candidate("", "Ma commande est en retard", author="ana", published=NOON - timedelta(days=1)),
    ),
    "told differently, last week": (
        entry("Fleurs non livrées, messages supprimés : Floréal dans la tourmente"),
        candidate(
            "Floréal accusé d'effacer les messages d'une cliente, fleurs jamais livrées",
            published=NOON - timedelta(days=6),
        ),
    ),
}


@pytest.mark.parametrize(("new", "old"), COPIES.values(), ids=COPIES)
def test_copy_for(new: dedup.Placing, old: Candidate) -> None:
    verdict = dedup.place(new, [old], now=NOON)
    assert (verdict.kinship, verdict.of, verdict.story_id) == (Kinship.COPY, 1, 7)
    assert verdict.evidence
    assert verdict.likeness >= 0.7


@pytest.mark.parametrize(("new", "old"), STORIES.values(), ids=STORIES)
def test_same_story_for(new: dedup.Placing, old: Candidate) -> None:
    verdict = dedup.place(new, [old], now=NOON)
    assert (verdict.kinship, verdict.story_id) == (Kinship.SAME_STORY, 7)
    assert verdict.evidence


@pytest.mark.parametrize(("new", "old"), STRANGERS.values(), ids=STRANGERS)
def test_new_for(new: dedup.Placing, old: Candidate) -> None:
    assert dedup.place(new, [old], now=NOON).kinship is Kinship.NEW


def test_a_copy_is_laid_to_the_first_of_its_kind() -> None:
    verdict = dedup.place(entry("", AFN), [candidate("", AFN, mention_id=9, copy_of=4)], now=NOON)
    assert verdict.of == 4


def test_the_clients_name_makes_no_story() -> None:
    new = entry("", "Bouquet Floréal magnifique reçu au bureau")
    old = candidate("", "Atelier Floréal : bouquet de Pâques à composer soi-même")
    assert dedup.place(new, [old], now=NOON, names=("Floréal",)).kinship is Kinship.NEW


def test_many_tellings_half_alike_make_a_story() -> None:
    new = entry("Grève surprise dans les entrepôts Dupont de Rouen")
    tellings = [
        candidate("Entrepôts Dupont : des salariés débrayent ce matin pour leurs primes", mention_id=1),
        candidate("Dupont : débrayage inattendu, camions bloqués près de Rouen", mention_id=2),
        candidate("Débrayage aux entrepôts Dupont, la direction convoquée", mention_id=3),
    ]
    assert dedup.place(new, tellings, now=NOON).kinship is Kinship.SAME_STORY


def test_a_copy_beats_a_story_and_no_candidate_is_new() -> None:
    near = candidate("Floréal accusé d'effacer les plaintes d'une cliente en deuil", story_id=3)
    same = candidate("", AFN, mention_id=2, story_id=8)
    assert dedup.place(entry("", AFN), [near, same], now=NOON).story_id == 8
    assert dedup.place(entry("", AFN), [], now=NOON).kinship is Kinship.NEW


@pytest.mark.parametrize(("new", "old"), [*COPIES.values()][1:4], ids=[*COPIES][1:4])
def test_copies_meet_in_the_index(new: dedup.Placing, old: Candidate) -> None:
    shared = set(dedup.sketch(new.title, new.text)) & set(dedup.sketch(old.title, old.text))
    assert len(shared) >= 3


def test_hashes_are_stable_signed_and_few() -> None:
    hashes = dedup.sketch("Floréal efface les messages d'une cliente en deuil", AFN)
    assert 4 <= len(hashes) <= 12
    assert all(-(2**63) <= value < 2**63 for value in hashes)
    assert dedup.title_key("Floréal s'excuse") == dedup.title_key("FLOREAL : s'excuse !") == 6527945746387384885
    assert dedup.title_key("") == 0


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.text(max_size=120))
def test_any_text_can_be_placed_and_is_like_itself(title: str, text: str) -> None:
    verdict = dedup.place(entry(title, text, author="ana"), [candidate(title, text, author="ana")], now=NOON)
    assert 0 <= verdict.likeness <= 1
    assert len(dedup.sketch(title, text)) <= 12


def test_words_worth_excluding_come_with_the_name() -> None:
    texts = ["La frégate Floréal intercepte un navire"] * 4 + ["Bouquet Floréal livré"] * 2
    found = cooccurring(texts, ["Floréal"])
    assert found[0] == ("fregate", 4)
    assert "floreal" not in dict(found)
    assert "bouquet" not in dict(found)


def test_likeness_is_capped_and_between_0_and_1() -> None:
    long = "mot " * 500_000
    for measure in (similarity.ratio, similarity.same_words, similarity.shared_words, similarity.held):
        assert measure(long, long) == pytest.approx(1)
        assert 0 <= measure("a", "b") <= 1
