"""Why a client was not warned: of an address that was told, held, left out, late or never seen; of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kit_house import FLOREAL, NOON, Town, client, open_town
from kit_http import answer
from veille.model.audit import Audit, Fit
from veille.model.watch import Client
from veille.pipeline import audit as audits
from veille.settings.past import client_then

HOUR = timedelta(hours=1)
GRAVE = (
    "Floréal : les fleurs de l'enterrement de mon père jamais livrées",
    "Honteux. La gerbe de deuil n'est jamais arrivée au cimetière, personne ne répond.",
)
CLIENTS = {"floreal": client("Floréal", "press", "forum", query="Floréal SAUF frégate", extra="language: fr\n")}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path, clients=CLIENTS) as opened:
        opened.settle_in()
        yield opened


def say(town: Town, feed: str, title: str, text: str = "", **more: object) -> str:
    """Something is published, and seen at the next poll; its address."""
    item = town.publish(feed, title, text, **more)
    town.clock.pass_(minutes=12)
    town.beat()
    return item.link


def asked(town: Town, address: str = "", *, since: datetime | None = None) -> Audit:
    def then(text: str) -> Client | None:
        return client_then(text, "floreal", config=town.folder / "config", environment={})

    floreal = town.house.installation.client("floreal")
    now = town.clock.now()
    with town.house.store.reading() as conn:
        if not address:
            return audits.of_time(conn, floreal, since=since or NOON, now=now)
        return audits.of_address(conn, floreal, address, now=now, then=then, since=since)


def paragraph(town: Town, found: Audit) -> str:
    return town.house.renderer.audit_paragraph(found).replace("\u00a0", " ").replace("\u202f", " ")


def test_what_was_told_says_who_accepted_it_and_not_that_it_was_read(town: Town) -> None:
    address = say(town, "press", *GRAVE)
    found = asked(town, address)
    text = paragraph(town, found)
    assert found.sightings[0].fit is Fit.TAKEN
    assert found.sightings[0].watches == ("floreal",)
    assert "une alerte, car : un message est critique à lui seul" in text
    assert "Acceptée par le fournisseur, ce qui ne veut pas dire lue : camille/email 12:32" in text
    assert [row.step for row in audits.rows(found)][0] == "published"
    assert {"seen", "matched", "scored", "decided", "alerted", "sent"} <= {r.step for r in audits.rows(found)}


def test_any_twin_of_the_address_is_found(town: Town) -> None:
    address = say(town, "press", *GRAVE)
    twin = address.replace("https://", "http://www.") + "?utm_source=x&fbclid=y"
    assert asked(town, twin).sightings


def test_what_was_held_says_why(town: Town) -> None:
    address = say(town, "press", "Floréal ouvre une boutique", "Une boutique à Nantes.")
    assert "pas d'alerte, car : rien d'urgent" in paragraph(town, asked(town, address))


@pytest.mark.parametrize(
    ("title", "fit", "said"),
    [
        pytest.param("La frégate Floréal en escale", Fit.NOT_TAKEN, "ne la prenait", id="the query left it out"),
        pytest.param("Un autre fleuriste", Fit.NOT_TAKEN, "ne la prenait", id="nothing of the client"),
    ],
)
def test_what_no_query_took(town: Town, title: str, fit: Fit, said: str) -> None:
    found = asked(town, say(town, "press", title))
    assert (found.sightings[0].fit, found.sightings[0].mention_id) == (fit, None)
    assert said in paragraph(town, found)


def test_the_settings_are_those_of_that_day(tmp_path: Path) -> None:
    """An exclusion that came later did not leave it out then."""
    with open_town(tmp_path, clients=FLOREAL) as town:
        town.settle_in()
        address = say(town, "press", "Un fleuriste de Nantes ouvre")
        found = asked(town, address)
        assert found.sightings[0].settings_since == NOON
        assert found.sightings[0].fit is Fit.NOT_TAKEN


def test_a_late_sight_says_what_the_source_answered_between(town: Town) -> None:
    town.web.answers["press"] = lambda _: answer(503)
    published = town.clock.now()
    town.live(town.clock.now() + 2 * HOUR)
    del town.web.answers["press"]
    address = say(town, "press", *GRAVE, published=published)
    town.live(town.clock.now() + 2 * HOUR)
    sighting = asked(town, address).sightings[0]
    assert sighting.seen - sighting.published > 2 * HOUR
    assert sighting.asked.errors == sighting.asked.polls > 2
    text = paragraph(town, asked(town, address))
    assert "entre les deux, la source a été interrogée" in text
    assert "interrogations ont échoué" in text


def test_an_address_never_seen_names_the_sources_of_its_site(town: Town) -> None:
    say(town, "press", "Floréal ouvre une boutique")
    town.live(town.clock.now() + 2 * HOUR)
    found = asked(town, "https://press.example/never")
    assert [source.source_id for source in found.sources] == ["floreal-press"]
    assert found.sources[0].polls >= 5
    assert found.sources[0].news == 1
    assert "« https://press.example/never » n'a jamais été vue." in paragraph(town, found)
    assert "Ce qu'elles ont répondu alors ne contenait pas cette adresse." in paragraph(town, found)


def test_a_site_that_nothing_watches_is_said(town: Town) -> None:
    found = asked(town, "https://elsewhere.example/1")
    assert found.sources == ()
    assert "aucune ne pouvait la montrer" in paragraph(town, found)


def test_a_day_says_polls_alerts_and_what_was_held(town: Town) -> None:
    say(town, "press", *GRAVE)
    say(town, "forum", "Floréal primé à Lyon", "Un jury remet un prix à un bouquet.")
    town.web.answers["forum"] = lambda _: answer(503)
    town.live(town.clock.now() + HOUR)
    found = asked(town)
    text = paragraph(town, found)
    assert len(found.alerts) == 1
    assert found.mentions == 2
    assert "2 mentions ont été vues. 1 alerte a été décidée." in text
    assert "Source floreal-forum :" in text
    assert "HTTP 503" in text


def test_an_audit_crosses_to_no_other_client(tmp_path: Path) -> None:
    """An address that only another client's source gave was never seen for this one."""
    both = CLIENTS | {"autoneo": client("AutoNéo", "cars")}
    with open_town(tmp_path, clients=both) as town:
        town.settle_in()
        address = say(town, "cars", "AutoNéo et Floréal", "Un AutoNéo livre pour Floréal.")
        assert asked(town, address).sightings == ()


def test_english_clients_read_english(tmp_path: Path) -> None:
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press", extra="language: en\n")}) as town:
        town.settle_in()
        text = paragraph(town, asked(town, say(town, "press", *GRAVE)))
        assert "Accepted by the provider, which does not say read: camille/email" in text
