"""Who is rung by what a spike covers and what it does not, by which route, and what one fault leaves to the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kit_house import CAMILLE, FLOREAL, Town, client, open_town
from veille.model.alert import Action, Alert, Reason
from veille.model.message import Message
from veille.rendering.renderer import Renderer

PRESS_OFFICER = """\
- id: presse
  name: Presse
  serves: all
  channels:
    - email: presse@agence.example
"""

ROUTES = """\
watches:
  - id: floreal
    query: Floréal
    routes:
      - id: crise
        people: [camille]
      - id: press
        people: [presse]
        least: low
        categories: [press]
"""


def told(town: Town) -> list[Reason]:
    return [d.decision.reason for d in town.decided() if d.decision.action is Action.TELL]


def crowd(town: Town) -> None:
    """Three authors on two sites who say that flowers for a funeral did not come."""
    for feed, text in (
        ("press", "Floréal : la gerbe de deuil jamais livrée, honteux, personne ne répond."),
        ("forum", "Floréal, jamais livré non plus pour l'enterrement, la famille attend."),
        ("forum", "Moi aussi, Floréal n'a pas livré les fleurs des obsèques. Scandaleux."),
    ):
        town.publish(feed, text, text)
        town.clock.pass_(minutes=12)
        town.beat()


def test_a_spike_does_not_silence_another_danger(tmp_path: Path) -> None:
    """A leak of personal data, told by two people, rings although a spike about flowers runs."""
    with open_town(tmp_path, clients=FLOREAL) as town:
        town.settle_in()
        crowd(town)
        assert Reason.SPIKE_STARTED in told(town)
        before = len(told(town))
        town.publish("press", "Données", LEAK)
        town.clock.pass_(minutes=12)
        town.beat()
        assert told(town)[before:] != []


def test_a_spike_covers_what_says_the_same(tmp_path: Path) -> None:
    with open_town(tmp_path, clients=FLOREAL) as town:
        town.settle_in()
        crowd(town)
        before = len(told(town))
        town.publish("forum", "Floréal encore", "Enterrement sans fleurs chez Floréal, jamais livrées, honteux.")
        town.clock.pass_(minutes=12)
        town.beat()
        assert told(town)[before:] == []


def test_an_article_goes_by_the_route_for_the_press_though_its_story_began_with_a_problem(tmp_path: Path) -> None:
    """Routed by the fresh article, not by the story's lead: nobody else is rung, and somebody is."""
    people, town_clients = CAMILLE + PRESS_OFFICER, {"floreal": client("Floréal", "press", "forum", extra=ROUTES)}
    town_clients["floreal"] = town_clients["floreal"].replace(
        "    every: 10m\n", "    every: 10m\n    place: press\n", 1
    )
    with open_town(tmp_path, clients=town_clients, people=people) as town:
        town.settle_in()
        text = "Chez Floréal, un bouquet livré avec deux jours de retard, le service client promet un geste."
        town.publish("forum", "Floréal en retard", text)
        town.beat()
        town.clock.pass_(minutes=30)
        article = "Le fleuriste Floréal livre ses bouquets deux jours trop tard : un client raconte, la marque répond."
        town.publish("press", "Floréal en retard : bouquets livrés deux jours trop tard", article)
        town.beat()
        rung = {person for d in town.decided() if d.decision.action is Action.TELL for person in d.people}
        assert rung == {"presse"}


@dataclass(frozen=True)
class BreaksOn:
    """A renderer that cannot render the alerts of one story."""

    whole: Renderer
    word: str

    def alert_message(self, alert: Alert, **given: object) -> Message:
        if self.word in alert.story.lead.text:
            raise RuntimeError("cannot render")
        return self.whole.alert_message(alert, **given)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self.whole, name)


GRAVE = "Floréal : rien au cimetière, personne ne répond, honteux, obsèques sans fleurs."
LEAK = (
    "Floréal : fuite de données, mes coordonnées bancaires et mon mot de passe sont en ligne, vol d'identité. "
    "Piratage confirmé, la CNIL est saisie, plainte déposée."
)


@pytest.mark.parametrize("broken", ["cimetière", "CNIL"])
def test_a_story_that_cannot_be_rendered_keeps_none_of_the_others_silent(tmp_path: Path, broken: str) -> None:
    with open_town(tmp_path, clients=FLOREAL) as town:
        town.settle_in()
        town.with_(renderer=BreaksOn(town.house.renderer, broken))
        town.publish("press", "Obsèques", GRAVE)
        town.publish("forum", "Données", LEAK)
        town.beat()
        assert len(told(town)) == 1
