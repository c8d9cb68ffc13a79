"""What a digest tells of: nothing lost between two of them, the truth about each alert, whose hour it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from test_pipeline_mentions import GRAVE

from kit_house import CAMILLE, FLOREAL, NOON, Town, client, open_town
from veille.bootstrap import read_settings
from veille.model.installation import Installation
from veille.pipeline.adopt import adopt
from veille.pipeline.deliver import PAUSED
from veille.pipeline.digest import digest
from veille.pipeline.house import House
from veille.pipeline.poll import poll
from veille.pipeline.prune import prune
from veille.pipeline.roster import Roster
from veille.store import flags, mentions, outbox, sources

PARIS = ZoneInfo("Europe/Paris")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
#: The morning after NOON, when digests leave.
MORNING = datetime(2027, 2, 13, 6, 30, tzinfo=PARIS).astimezone(UTC)

ROUTED = """
watches:
  - id: floreal
    query: Floréal
    routes: [{id: all, least: medium}]
"""
BOB = "- {id: bob, name: Bob, serves: [floreal], channels: [email: bob@agence.example]}\n"
ADA = "- {id: ada, name: Ada, staff: false, serves: [floreal], channels: [email: ada@floreal.example]}\n"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path) as opened:
        opened.settle_in()
        yield opened


def digests(town: Town, to: str = "camille") -> list[str]:
    """The plain texts of the digests that arrived there."""
    return [text for text in town.texts(to) if "Point du matin" in text]


def arrivals(town: Town, to: str) -> list[str]:
    """When each digest arrived there, in Paris."""
    told = [(at, letter) for at, letter in town.letters if "Point du matin" in letter.subject]
    return [f"{at.astimezone(PARIS):%H:%M}" for at, letter in told if letter.to.startswith(to)]


def settle_for(town: Town, *, people: str = "", **clients: str) -> None:
    """Other settings, read and adopted."""
    folder = town.folder / "config"
    if people:
        indented = "".join(f"  {line}\n" for line in people.splitlines())
        (folder / "people.yaml").write_text(f"people:\n{indented}", encoding="utf-8")
    for name, text in clients.items():
        written = f"id: {name}\n" + text.replace("{web}", town.server.url(""))
        (folder / "clients" / f"{name}.yaml").write_text(written, encoding="utf-8")
    change(town, read_settings(folder).installation)


def change(town: Town, installed: Installation) -> None:
    town.with_(installation=installed, roster=Roster(installed.clients, public_url=installed.public_url))
    adopt(town.house)


def ask_all(house: House) -> None:
    with house.store.writing() as tx:
        sources.hurry(tx, now=house.clock.now())
    poll(house)


def test_a_page_in_flight_while_the_digest_leaves_is_in_the_next_one(town: Town) -> None:
    """Answered at 06:29:59, written after the digest of 06:30 was."""
    town.live(MORNING - HOUR, minutes=60)
    town.clock.put(MORNING)
    town.beat()
    town.clock.put(MORNING - timedelta(seconds=1))
    town.publish("press", "Floréal ouvre une boutique")
    ask_all(town.house)
    town.clock.put(MORNING + MINUTE)
    town.live(MORNING + DAY, minutes=120)
    first, second = digests(town)
    assert "ouvre une boutique" not in first
    assert "ouvre une boutique" in second
    town.live(MORNING + 2 * DAY, minutes=240)
    assert "ouvre une boutique" not in digests(town)[2]


def test_an_edit_that_makes_a_told_story_grave_is_told_again(town: Town) -> None:
    """Calm in the first digest, then edited."""
    item = town.publish("press", "Floréal ouvre une boutique", "Bonjour")
    town.live(MORNING, minutes=120)
    town.web.items["press"] = [replace(item, title=GRAVE[0], text=GRAVE[1])]
    town.live(MORNING + 2 * DAY, minutes=120)
    _, second, third = digests(town)
    assert "un message a été modifié" in second
    assert "modifié" not in third


def test_the_digest_does_not_say_sent_of_an_alert_that_quiet_hours_hold(tmp_path: Path) -> None:
    """Alerted at 23:00, quiet until 07:00, digest at 06:30."""
    people = CAMILLE.replace("operator: true", 'operator: true\n  quiet: {from: "22:00", to: "07:00"}')
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press", extra=ROUTED)}, people=people) as town:
        town.settle_in()
        town.clock.put(MORNING - 7.5 * HOUR)
        town.publish("press", "Floréal : honteux, jamais livré", "Commande jamais livrée, service client injoignable")
        town.live(MORNING, minutes=50)
        assert "Une alerte partira à 07:00." in digests(town)[0]
        assert "Alerte envoyée" not in digests(town)[0]


def test_an_alert_that_expired_while_sending_was_paused_is_named_in_the_digest(town: Town) -> None:
    """Paused from noon to seven in the morning."""
    with town.house.store.writing() as tx:
        flags.put(tx, PAUSED, at=town.clock.now())
    town.publish("press", *GRAVE)
    town.live(MORNING, minutes=60)
    with town.house.store.writing() as tx:
        flags.delete(tx, PAUSED)
    town.beat()
    assert "Une alerte n'a pas pu vous être envoyée." in digests(town)[0]


def test_an_alert_that_expired_after_its_story_was_told_is_named_in_the_next_digest(town: Town) -> None:
    """The alert of six in the morning expires at six in the evening: the digest said it had not left yet."""
    town.live(MORNING - HOUR, minutes=60)
    with town.house.store.writing() as tx:
        flags.put(tx, PAUSED, at=town.clock.now())
    town.publish("press", *GRAVE)
    town.live(MORNING + 14 * HOUR, minutes=20)
    with town.house.store.writing() as tx:
        flags.delete(tx, PAUSED)
    town.live(MORNING + 2 * DAY, minutes=120)
    first, second, third = digests(town)
    assert "Une alerte n'est pas encore partie." in first
    assert "Une alerte n'a pas pu vous être envoyée." in second
    assert "rien de nouveau" in second
    assert "n'a pas pu" not in third


def test_an_alert_that_went_to_another_person_is_not_said_sent(tmp_path: Path) -> None:
    """Routed to Bob: Camille's digest says so, Bob's says when."""
    routed = client("Floréal", "press", extra=ROUTED.replace("least: medium", "people: [bob]"))
    with open_town(tmp_path, clients={"floreal": routed}, people=CAMILLE + BOB) as town:
        town.settle_in()
        town.publish("press", *GRAVE)
        town.live(MORNING, minutes=60)
        assert "Une alerte est partie à d'autres." in digests(town)[0]
        assert "Alerte envoyée hier à" in digests(town, "bob")[0]


def test_a_person_added_in_the_afternoon_gets_no_late_digest(town: Town) -> None:
    """Added at 15:00: the first leaves the next morning, on time."""
    town.clock.put(NOON + 3 * HOUR)
    settle_for(town, people=CAMILLE + BOB)
    town.live(MORNING, minutes=30)
    assert arrivals(town, "bob") == ["06:30"]


def test_a_clients_own_people_get_their_digest_at_the_clients_hour(tmp_path: Path) -> None:
    """Montréal, 08:00 there: 14:00 in Paris; staff at their own hour."""
    there = client("Floréal", "press", extra='zone: America/Montreal\ndigest_at: "08:00"\n')
    with open_town(tmp_path, clients={"floreal": there}, people=CAMILLE + ADA) as town:
        town.settle_in()
        town.clock.put(NOON)
        town.live(MORNING + 12 * HOUR, minutes=60)
        assert arrivals(town, "ada") == ["14:00", "14:00"]
        assert arrivals(town, "camille") == ["07:00"]


def test_a_second_client_of_a_source_already_asked_looks_back_on_what_it_gave(town: Town) -> None:
    """The press spoke of Gerbera before Gerbera was a client."""
    for number in range(3):
        town.publish("press", f"Gerbera et Floréal, le mariage numéro {number}", "Une fusion de fleuristes.")
    town.beat()
    settle_for(town, gerbera=client("Gerbera", "press"))
    town.clock.pass_(minutes=11)
    town.letters.clear()
    town.beat()
    (look,) = [text for text in town.texts("camille") if "GE Gerbera" in text]
    assert "le mariage numéro" in look
    with town.house.store.reading() as conn:
        assert len(mentions.recent(conn, "gerbera", since=NOON - DAY)) == 3


def test_yesterdays_operator_report_is_not_sent_tonight(town: Town) -> None:
    """A source that fails from noon on, the house asleep until 05:00 two days later: one report, at seven."""
    del town.web.items["press"]
    town.beat()
    five = MORNING + DAY - 1.5 * HOUR
    town.clock.put(five)
    town.live(five + 4 * HOUR, minutes=30)
    told = [at for at, letter in town.letters if "Exploitant" in letter.subject]
    assert [f"{at.astimezone(PARIS):%H:%M}" for at in told] == ["07:00"]


def test_a_staff_digest_that_waits_is_dropped_when_the_person_loses_a_client(tmp_path: Path) -> None:
    """Composed with Gerbera's part, not sent yet; then Camille serves Floréal alone."""
    clients = {**FLOREAL, "gerbera": client("Gerbera", "forum")}
    with open_town(tmp_path, clients=clients) as town:
        town.settle_in()
        town.clock.put(MORNING)
        assert digest(town.house) == 1
        settle_for(town, people=CAMILLE.replace("serves: all", "serves: [floreal]"))
        with town.house.store.reading() as conn:
            assert outbox.waiting(conn) == ()
        town.send()
        assert digests(town) == []
        town.live(MORNING + DAY, minutes=120)
        assert len(digests(town)) == 1


@pytest.mark.parametrize(("of_the_client", "kept"), [("", 0), ("retention_days: 200", 1)])
def test_the_houses_retention_is_that_of_clients_without_their_own(
    tmp_path: Path, of_the_client: str, kept: int
) -> None:
    """Seven days in veille.yaml, ten lived."""
    floreal = client("Floréal", "press", extra=of_the_client)
    with open_town(tmp_path, clients={"floreal": floreal}, house="retention: {mentions: 7d}\n") as town:
        town.publish("press", "Floréal ouvre")
        town.beat()
        town.clock.pass_(days=10)
        prune(town.house)
        with town.house.store.reading() as conn:
            assert len(mentions.recent(conn, "floreal", since=NOON - DAY)) == kept
