"""Stories united and parted by a person: remembered by what comes later, said, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kit_house import Town, open_town
from veille.errors import AnswerError
from veille.model.alert import Reason
from veille.model.mention import Mention
from veille.pipeline import stories as corrected
from veille.pipeline.explain import explain
from veille.store import mentions, stories

ROSES = ("Floréal ferme sa boutique de Nantes", "La boutique Floréal de la rue Crébillon, à Nantes, ferme ses portes.")
PRIZE = ("Floréal primé au salon de Lyon", "Un jury de fleuristes remet un prix au bouquet printanier de Floréal.")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path) as opened:
        opened.settle_in()
        yield opened


def say(town: Town, feed: str, title: str, text: str) -> Mention:
    """Something is published, and seen."""
    item = town.publish(feed, title, text)
    town.clock.pass_(minutes=12)
    town.beat()
    with town.house.store.reading() as conn:
        found = mentions.recent(conn, "floreal", since=town.clock.now().replace(year=2020))
    return next(m for m in found if m.link == item.link)


def again(town: Town, mention: Mention) -> Mention:
    """The mention as it is stored now."""
    with town.house.store.reading() as conn:
        return mentions.get(conn, mention.id)


def code(town: Town, mention: Mention) -> str:
    with town.house.store.reading() as conn:
        return stories.story(conn, again(town, mention).story_id).code


def merge(town: Town, *codes: str) -> int:
    with town.house.store.writing() as tx:
        return corrected.merge(tx, codes, who="claire", at=town.clock.now())[-1].id


def split(town: Town, story: str, *numbers: int) -> int:
    with town.house.store.writing() as tx:
        return corrected.split(tx, story, numbers, who="claire", at=town.clock.now()).id


def undo(town: Town, number: int) -> None:
    with town.house.store.writing() as tx:
        corrected.undo(tx, number, at=town.clock.now())


def said(town: Town, mention: Mention) -> str:
    with town.house.store.reading() as conn:
        return explain(conn, mention.id)


def test_united_stories_stay_one_and_later_copies_join_it(town: Town) -> None:
    roses, prize = say(town, "press", *ROSES), say(town, "press", *PRIZE)
    assert roses.story_id != prize.story_id
    merge(town, code(town, roses), code(town, prize))
    copy = say(town, "forum", *PRIZE)
    assert {again(town, m).story_id for m in (roses, prize, copy)} == {roses.story_id}
    with town.house.store.reading() as conn:
        story = stories.story(conn, roses.story_id)
    assert (story.total, len(story.mentions)) == (3, 3)
    assert f"FL-{prize.story_id} united with FL-{roses.story_id} by claire, 2027-02-12" in said(town, prize)


def test_a_code_that_was_united_leads_to_what_holds_it_now(town: Town) -> None:
    first, second = say(town, "press", *ROSES), say(town, "press", *PRIZE)
    third = say(town, "press", "Floréal cherche un livreur à Rennes", "Poste de livreur à vélo, contrat de six mois.")
    old = code(town, second)
    merge(town, code(town, first), old)
    merge(town, old, code(town, third))
    assert again(town, third).story_id == first.story_id


def test_an_undone_union_is_as_it_was_and_copies_go_with_their_mention(town: Town) -> None:
    roses, prize = say(town, "press", *ROSES), say(town, "press", *PRIZE)
    number = merge(town, code(town, roses), code(town, prize))
    copy = say(town, "forum", *PRIZE)
    undo(town, number)
    assert again(town, prize).story_id == again(town, copy).story_id == prize.story_id
    assert again(town, roses).story_id == roses.story_id
    assert "united" not in said(town, prize)


def test_a_parted_mention_takes_its_copies_and_later_ones_follow(town: Town) -> None:
    first = say(town, "press", *ROSES)
    second = say(town, "forum", *ROSES)
    assert second.verdict.of == first.id
    split(town, code(town, first), second.id)
    third = say(town, "forum", *ROSES)
    moved = again(town, second).story_id
    assert moved != first.story_id
    assert again(town, third).story_id == moved
    assert again(town, first).story_id == first.story_id
    assert "parted from" in said(town, second)


def test_an_undone_part_goes_back_whole_with_its_verdicts(town: Town) -> None:
    first = say(town, "press", *ROSES)
    second = say(town, "forum", *ROSES)
    number = split(town, code(town, first), second.id)
    third = say(town, "forum", *ROSES)
    undo(town, number)
    assert {again(town, m).story_id for m in (first, second, third)} == {first.story_id}
    assert again(town, second).verdict == second.verdict


def test_alerts_go_along_with_a_united_story(town: Town) -> None:
    """What was told of the story that went is told of the one that stays: nothing rings twice."""
    title, text = (
        "Floréal : gerbe de deuil jamais livrée",
        "Honteux, la gerbe pour l'enterrement de mon père jamais livrée.",
    )
    grave = (title, text)
    told, calm = say(town, "press", *grave), say(town, "press", *PRIZE)
    merge(town, code(town, calm), code(town, told))
    say(town, "forum", grave[0] + " encore", grave[1])
    told_for = [d.decision.reason for d in town.decided() if d.alert]
    assert told_for.count(Reason.CRITICAL_MENTION) == 1
    assert set(told_for) <= {Reason.CRITICAL_MENTION, Reason.SPIKE_STARTED}


@pytest.mark.parametrize(
    ("codes", "complaint"),
    [
        pytest.param(("FL-99", "FL-98"), "no story FL-99", id="unknown"),
        pytest.param(("nonsense", "FL-1"), "no story nonsense", id="no code"),
        pytest.param(("FL-1", "FL-1"), "these are one already", id="the same"),
        pytest.param(("ZZ-1", "FL-1"), "no story ZZ-1: check the letters", id="another mark"),
    ],
)
def test_stories_that_cannot_be_united(town: Town, codes: tuple[str, ...], complaint: str) -> None:
    say(town, "press", *ROSES)
    with pytest.raises(AnswerError, match=complaint):
        merge(town, *codes)


def test_all_of_a_story_cannot_be_parted_from_it(town: Town) -> None:
    only = say(town, "press", *ROSES)
    with pytest.raises(AnswerError, match="nothing would be left"):
        split(town, code(town, only), only.id)
    assert again(town, only).story_id == only.story_id


def test_corrections_are_undone_from_the_last(town: Town) -> None:
    first, second = say(town, "press", *ROSES), say(town, "press", *PRIZE)
    number = merge(town, code(town, first), code(town, second))
    later = split(town, code(town, first), second.id)
    with pytest.raises(AnswerError, match=f"correction {later} came after"):
        undo(town, number)
    undo(town, later)
    undo(town, number)
    assert again(town, second).story_id == second.story_id
    with pytest.raises(AnswerError, match="undone already"):
        undo(town, number)
