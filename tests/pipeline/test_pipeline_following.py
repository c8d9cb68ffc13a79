"""What becomes of a story after its first alert: edits, denials, returns, and the evening look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kit_house import Town, client, open_town
from veille.model.alert import Reason
from veille.pipeline.explain import explain
from veille.store import mentions

OWN = """\
own:
  accounts: [Floréal]
"""
CLIENTS = {"floreal": client("Floréal", "press", "forum", "page", extra=OWN)}

GRAVE = "Floréal : la gerbe de deuil de maman jamais livrée, personne ne répond, obsèques sans fleurs, honteux."
QUESTION = "Gerbe de deuil Floréal pour demain 10 h, toujours en préparation. Normal ?"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path, clients=CLIENTS) as opened:
        opened.settle_in()
        yield opened


def _edit(town: Town, feed: str, **said: str) -> None:
    with town.web.lock:
        town.web.items[feed][0] = replace(town.web.items[feed][0], **said)
    town.clock.pass_(minutes=20)
    town.beat()


def _why(town: Town, n: int = 0) -> str:
    with town.house.store.reading() as conn:
        found = mentions.recent(conn, "floreal", since=town.clock.now() - timedelta(days=2))
        return explain(conn, found[n].id)


def _reasons(town: Town) -> list[Reason]:
    return [each.decision.reason for each in town.decided() if each.alert]


def test_a_retitled_article_stays_one_mention_and_rings_nobody(town: Town) -> None:
    town.publish("press", "Floréal dans la tourmente", GRAVE)
    town.beat()
    before = len(town.subjects())
    _edit(town, "press", title="Floréal présente ses excuses")
    assert len(town.subjects()) == before
    assert len(town.mentioned()) == 1
    assert "title      'Floréal dans la tourmente' became 'Floréal présente ses excuses'" in _why(town)
    town.live(town.clock.now() + timedelta(hours=20), minutes=60)
    assert "« Floréal présente ses excuses » (avant : « Floréal dans la tourmente »)" in town.texts()[-1]


def test_a_told_article_that_is_edited_days_later_is_in_the_digest(town: Town) -> None:
    town.publish("press", "Floréal dans la tourmente", GRAVE)
    town.beat()
    town.live(town.clock.now() + timedelta(hours=24), minutes=120)
    _edit(town, "press", title="Floréal présente ses excuses")
    town.live(town.clock.now() + timedelta(hours=20), minutes=120)
    assert "Floréal présente ses excuses » (avant :" in town.texts()[-1]


def test_an_edit_that_makes_it_grave_rings_once(town: Town) -> None:
    town.publish("forum", "Floréal et ma commande", "Floréal, des nouvelles ?")
    town.beat()
    assert town.subjects() == []
    _edit(town, "forum", text=GRAVE)
    assert len(town.subjects()) == 1
    _edit(town, "forum", text=GRAVE + " Toujours rien.")
    assert len(town.subjects()) == 1


def _crisis(town: Town) -> None:
    """A customer is told of, and the client says that all is settled."""
    town.publish("page", "", GRAVE, author="Claire Roux", link="https://page.example/1")
    town.beat()
    town.clock.pass_(minutes=30)
    said = "La situation Floréal est réglée, la cliente a été remboursée."
    town.publish("page", "", said, author="Floréal", link="https://page.example/2")
    town.beat()
    assert _reasons(town) == [Reason.CRITICAL_MENTION]
    town.clock.pass_(minutes=20)


def test_a_denial_of_an_own_statement_raises_the_level_once(town: Town) -> None:
    _crisis(town)
    denial = "C'est FAUX, Floréal : ni appel ni remboursement."
    town.publish("forum", "", denial, author="claire_roux")
    town.beat()
    assert _reasons(town).count(Reason.STATEMENT_DENIED) == 1
    assert any("S'amplifie : la cliente dément le statut de" in subject for subject in town.subjects())
    town.clock.pass_(minutes=20)
    town.publish("forum", "", "C'est faux, Floréal ment, toujours pas de remboursement.", author="claire_roux")
    town.beat()
    assert _reasons(town).count(Reason.STATEMENT_DENIED) == 1


def test_an_own_statement_alone_rings_nobody_and_calms_nothing(town: Town) -> None:
    _crisis(town)
    town.publish("forum", "", "Floréal, jolies roses, merci.", author="quelqu'un d'autre")
    town.beat()
    assert len(_reasons(town)) == 1


def test_nothing_is_denied_of_another_client(tmp_path: Path) -> None:
    both = {**CLIENTS, "autoneo": client("AutoNéo", "forum")}
    with open_town(tmp_path, clients=both) as town:
        town.settle_in()
        _crisis(town)
        town.publish("forum", "", "C'est FAUX, AutoNéo : aucun remboursement.", author="un autre")
        town.beat()
        assert Reason.STATEMENT_DENIED not in _reasons(town)


def test_a_journalist_who_looks_for_witnesses_rings_at_once(town: Town) -> None:
    asked = "Pas livrés par Floréal ? Je prépare un article pour Le Grand Quotidien, MP ouverts."
    town.publish("forum", "", asked, author="p_garnier")
    town.beat()
    assert _reasons(town) == [Reason.PRESS_ENQUIRY]
    assert "du Grand Quotidien" in town.subjects()[-1]


def test_a_story_that_returns_after_its_window_says_so(town: Town) -> None:
    first = town.clock.now()
    told = "Floréal : des pucerons vivants dans les pivoines livrées à la maternité de Quimper, photos."
    town.publish("forum", "Pucerons dans les pivoines Floréal", told, author="une sage-femme")
    town.beat()
    town.clock.pass_(days=12)
    again = "Encore des pucerons dans les pivoines livrées par Floréal, à la maternité de Quimper cette fois aussi."
    town.publish("press", "Pivoines : des pucerons chez Floréal", again, author="Ouest")
    town.beat()
    assert "returns" in _why(town)
    town.live(town.clock.now() + timedelta(hours=20), minutes=120)
    assert f"Revient : déjà vu le {first:%d} février" in "".join(town.texts())


def test_what_is_ordinary_does_not_return(town: Town) -> None:
    town.publish("forum", "Joli bouquet Floréal", "Reçu un joli bouquet de chez Floréal pour mon anniversaire.")
    town.beat()
    town.clock.pass_(days=12)
    town.publish("press", "Bouquet Floréal", "Un bouquet de Floréal offert à ma tante pour sa fête, elle était ravie.")
    town.beat()
    assert "returns" not in _why(town)


TEN_TO_TEN = datetime(2027, 2, 12, 20, 50, tzinfo=UTC)


def _evenings(town: Town) -> list[str]:
    return [subject for subject in town.subjects() if "Point du soir" in subject]


def _live_the_night(town: Town) -> None:
    town.clock.put(TEN_TO_TEN)
    town.live(TEN_TO_TEN + timedelta(hours=2))


def test_a_question_without_an_answer_is_seen_once_more_before_the_night(town: Town) -> None:
    town.publish("forum", "Floréal : commande toujours en préparation", QUESTION, author="claire_r")
    town.beat()
    _live_the_night(town)
    assert _evenings(town) == [
        "[FL Floréal] Point du soir, vendredi 12 février : 1 question sans réponse, obsèques demain"
    ]
    town.live(TEN_TO_TEN + timedelta(hours=26), minutes=30)
    assert len(_evenings(town)) == 1, "the next evening nothing new waits"


def test_a_question_that_was_answered_is_not(town: Town) -> None:
    town.publish("forum", "Floréal : ma commande", QUESTION, author="claire_r")
    town.beat()
    town.clock.pass_(minutes=20)
    town.publish("forum", "Re: Floréal : ma commande", "Bonjour claire_r, Floréal vous livre à 9 h.", author="Floréal")
    town.beat()
    _live_the_night(town)
    assert _evenings(town) == []


def test_an_evening_with_nothing_open_sends_nothing(town: Town) -> None:
    town.publish("forum", "Joli bouquet Floréal", "Merci Floréal, superbe bouquet.")
    town.beat()
    _live_the_night(town)
    assert _evenings(town) == []


def test_the_evening_look_can_be_off(tmp_path: Path) -> None:
    off = {"floreal": client("Floréal", "press", "forum", extra='evening_at: "off"')}
    with open_town(tmp_path, clients=off) as town:
        town.settle_in()
        town.publish("forum", "Floréal : ma commande", QUESTION, author="claire_r")
        town.beat()
        _live_the_night(town)
        assert _evenings(town) == []


def test_a_daemon_that_starts_after_midnight_sends_no_evening_look(town: Town) -> None:
    town.publish("forum", "Floréal : ma commande", QUESTION, author="claire_r")
    town.beat()
    town.clock.put(TEN_TO_TEN + timedelta(hours=3))
    town.beat()
    assert _evenings(town) == []
