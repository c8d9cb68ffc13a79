"""What marks teach: after a few, never after one; about words, never about danger; bounded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.analysis.feedback import MOST_SHIFT, SURE, Lessons, learn, look_alike, shifted, telling
from veille.model.feedback import LookAlike, Mark, Marked
from veille.model.mention import Signal, Urgency

NOON = datetime(2027, 2, 12, 12, tzinfo=UTC)

FLOWERS = (
    "Quelqu'un a déjà commandé chez Floréal ? Je cherche un bouquet pour ma mère.",
    "Nos centres de table viennent de Floréal, pivoines et eucalyptus.",
    "Bouquet conforme à la photo, livreur aimable.",
    "Floréal a changé son emballage, plus de plastique, bonne idée.",
    "Livraison Floréal dans le Finistère : comptez deux jours.",
    "Roses un peu petites mais très fraîches.",
    "Commande Floréal jamais livrée, personne au téléphone.",
    "Un bouquet Floréal livré fané, remboursement demandé.",
)
USUAL = [(frozenset(telling("", text)), "forum.example") for text in FLOWERS * 4]

FRIGATES = (
    "La frégate Floréal intercepte deux tonnes de cocaïne au large",
    "Marine nationale : la frégate Floréal en escale à Mayotte",
    "Océan Indien : la marine saisit de la drogue, frégate Floréal engagée",
    "La frégate de surveillance Floréal rentre à La Réunion, la marine la salue",
)


def marked(number: int, text: str, mark: Mark = Mark.NOT_US, *, story: int = 0, site: str = "mer.example") -> Marked:
    return Marked(
        mention_id=number, story_id=story or number, mark=mark, words=frozenset(telling("", text)), site=site, at=NOON
    )


def taught(number: int, *more: Marked) -> Lessons:
    return learn([*(marked(n, text) for n, text in enumerate(FRIGATES[:number], start=1)), *more], USUAL)


def asked(lessons: Lessons, text: str, site: str = "presse.example") -> LookAlike | None:
    return look_alike(lessons, telling("", text), site)


LIKE = "Une frégate de la marine, la Floréal, porte secours à un voilier"


@pytest.mark.parametrize(
    ("marks", "held"),
    [
        pytest.param(0, False, id="no mark"),
        pytest.param(1, False, id="one mark teaches nothing"),
        pytest.param(3, True, id="three teach"),
    ],
)
def test_after_how_many_marks(marks: int, held: bool) -> None:
    assert (asked(taught(marks), LIKE) is not None) is held


def test_a_look_alike_names_its_words_as_it_spells_them() -> None:
    found = asked(taught(3), LIKE)
    assert found is not None
    assert (found.alike, set(found.words), found.sure) == (3, {"frégate", "marine"}, False)


def test_four_that_agree_are_sure() -> None:
    found = asked(taught(SURE), LIKE)
    assert found is not None
    assert found.sure


@pytest.mark.parametrize(
    "text",
    [
        "Floréal : gerbe de deuil jamais livrée, le numéro sonne dans le vide",
        "Un bouquet Floréal pour le départ du capitaine, livré fané",
        "La marine de mon village a commandé un bouquet Floréal, livraison en deux jours",
        "Floréal",
        "",
    ],
)
def test_what_speaks_of_the_client_is_no_look_alike(text: str) -> None:
    assert asked(taught(4), text, "mer.example") is None


def test_copies_of_one_story_are_one_mark() -> None:
    """Ten reprints marked by one slip."""
    reprints = [marked(n, FRIGATES[0], story=1) for n in range(1, 11)]
    assert asked(learn(reprints, USUAL), FRIGATES[0]) is None


def test_one_wrong_mark_among_right_ones_teaches_none_of_its_words() -> None:
    slip = marked(9, "Floréal : gerbe de deuil jamais livrée, enterrement gâché, la famille effondrée")
    lessons = taught(3, slip)
    assert asked(lessons, "Gerbe de deuil jamais livrée par Floréal : la famille est effondrée") is None
    assert asked(lessons, LIKE) is not None


def test_a_useful_mark_of_the_same_words_weighs_against() -> None:
    useful = [marked(n, LIKE, Mark.USEFUL, story=n) for n in (21, 22, 23)]
    assert asked(taught(3, *useful), LIKE) is None


def test_a_site_alone_condemns_nobody() -> None:
    assert asked(taught(4), "Bouquet conforme à la photo", "mer.example") is None


def calm(*texts: str) -> list[Marked]:
    return [marked(n, text, Mark.CALM) for n, text in enumerate(texts, start=1)]


STRIKE = "Le concours photo Floréal scandalise un influenceur"
STRIKES = ("Concours photo Floréal : un influenceur s'agace", "Encore un influenceur contre le concours photo Floréal")


def test_calm_and_urgent_marks_move_points_within_bounds_and_say_so() -> None:
    judged = Urgency(64, (Signal("boycott", 32, "scandalise"),))
    lower = shifted(judged, learn(calm(*STRIKES), USUAL), telling("", STRIKE), "x.example")
    upper = learn([marked(n, t, Mark.URGENT) for n, t in enumerate(STRIKES)], USUAL)
    higher = shifted(judged, upper, telling("", STRIKE), "x.example")
    assert judged.points - MOST_SHIFT <= lower.points < judged.points < higher.points <= judged.points + MOST_SHIFT
    assert lower.signals[-1].name == "marked_calm"
    assert "concours" in lower.signals[-1].evidence
    assert lower.signals[-1].points == lower.points - judged.points
    assert higher.signals[-1].name == "marked_urgent"


def test_calm_marks_do_not_move_what_they_do_not_resemble() -> None:
    judged = Urgency(64)
    assert shifted(judged, learn(calm(*STRIKES), USUAL), telling("", FLOWERS[6]), "x.example") is judged


WORDS = st.sampled_from(
    ["frégate", "marine", "cocaïne", "voilier", "bouquet", "livraison", "deuil", "gerbe", "pivoine"]
)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


@settings(max_examples=60)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(list(Mark))), max_size=8), TEXTS, st.integers(0, 100))
def test_whatever_is_marked_the_shift_is_bounded_and_one_story_never_silences(
    marks: list[tuple[str, Mark]], text: str, points: int
) -> None:
    lessons = learn([marked(n, said, mark) for n, (said, mark) in enumerate(marks)], USUAL)
    moved = shifted(Urgency(points), lessons, telling("", text), "x.example")
    assert abs(moved.points - points) <= MOST_SHIFT
    assert 0 <= moved.points <= 100
    not_us = [mark for _, mark in marks if mark is Mark.NOT_US]
    if len(not_us) < 2:
        assert asked(lessons, text) is None
