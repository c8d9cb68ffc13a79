"""The digest of each local date, once, whatever clock and data do; and what quiet hours, pauses and limits hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from test_pipeline_mentions import GRAVE

from kit_house import CAMILLE, NOON, Town, client, open_town
from veille.model.alert import Reason
from veille.pipeline.deliver import PAUSED
from veille.store import flags, schema

PARIS = ZoneInfo("Europe/Paris")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path) as opened:
        opened.settle_in()
        yield opened


def digests(town: Town, to: str = "") -> list[str]:
    """The local time at which each digest arrived, and the end of its subject."""
    return [
        f"{at.astimezone(PARIS):%m-%d %H:%M}"
        for at, letter in town.letters
        if "Point du matin" in letter.subject and letter.to.startswith(to)
    ]


@pytest.mark.parametrize(
    ("night", "expected"),
    [
        pytest.param(datetime(2027, 3, 28, tzinfo=PARIS), ["03-28 03:30"], id="02:30 does not exist: one"),
        pytest.param(datetime(2027, 10, 31, tzinfo=PARIS), ["10-31 02:30"], id="02:30 comes twice: one"),
    ],
)
def test_the_night_the_clocks_change(tmp_path: Path, night: datetime, expected: list[str]) -> None:
    """A digest at 02:30, lived minute by ten minutes from midnight to six."""
    people = CAMILLE.replace("operator: true", 'operator: true\n  digest_at: "02:30"')
    begin = night.astimezone(UTC)
    with open_town(tmp_path, people=people, at=begin - 18 * HOUR) as town:
        town.beat()
        town.clock.put(begin)
        town.live(begin + 7 * HOUR)
        assert digests(town) == expected


def test_an_outage_makes_one_late_digest(town: Town) -> None:
    """Down from two to seven: sent once at the start, late and saying so; the next night on time."""
    town.live(datetime(2027, 2, 13, 2, 0, tzinfo=PARIS).astimezone(UTC), minutes=60)
    town.clock.put(datetime(2027, 2, 13, 7, 40, tzinfo=PARIS).astimezone(UTC))
    town.beat()
    assert digests(town) == ["02-13 07:40"]
    assert "Prévu à 06:30, parti à 07:40." in town.texts()[-1]
    town.live(datetime(2027, 2, 14, 8, 0, tzinfo=PARIS).astimezone(UTC), minutes=30)
    assert digests(town)[1:] == ["02-14 06:40"]
    assert "parti à" not in town.texts()[-1]


def test_three_days_of_suspend_make_one(town: Town) -> None:
    """The newest of those missed, and it covers what they would have."""
    town.publish("press", "Floréal ouvre une boutique")
    town.beat()
    town.clock.pass_(days=3)
    town.beat()
    town.beat()
    assert digests(town) == ["02-15 12:20"]
    assert "ouvre une boutique" in town.texts()[-1]


def test_the_clock_jumps(town: Town) -> None:
    """A day ahead and back: none twice for a date already sent."""
    town.live(NOON + DAY, minutes=60)
    assert len(digests(town)) == 1
    town.clock.pass_(days=1)
    town.beat()
    town.clock.pass_(days=-1)
    town.live(town.clock.now() + DAY, minutes=30)
    assert len(digests(town)) == 2
    town.clock.pass_(hours=-1)
    town.live(town.clock.now() + 2 * HOUR, minutes=30)
    assert len(digests(town)) == 2


def test_an_empty_night_is_said(town: Town) -> None:
    """Nothing seen: the digest leaves all the same, as a proof of life."""
    town.live(NOON + DAY, minutes=120)
    assert any("rien cette nuit" in subject for subject in town.subjects())


def test_one_clients_bad_data_spares_the_others(tmp_path: Path) -> None:
    """A row that cannot be read: that client is named in the digest and to the operator, the others' parts leave."""
    clients = {"floreal": client("Floréal", "press"), "gerbera": client("Gerbera", "forum")}
    people = CAMILLE + (
        "- {id: ada, name: Ada, staff: false, serves: [gerbera], channels: [email: ada@gerbera.example]}\n"
    )
    with open_town(tmp_path, clients=clients, people=people) as town:
        town.settle_in()
        town.publish("press", "Floréal ouvre")
        town.publish("forum", "Gerbera ferme")
        town.beat()
        with town.house.store.writing() as tx:
            mine = schema.mention.c.client_id == "floreal"
            tx.execute(update(schema.mention).where(mine).values(category="no such category"))
        town.live(NOON + DAY, minutes=60)
        assert len(digests(town, "camille")) == len(digests(town, "ada")) == 1
        staff = next(text for text in town.texts("camille") if "Point du matin" in text)
        assert "Gerbera ferme" in staff
        assert "FL Floréal" in staff.partition("prévenu")[2][:60]
        assert any("floreal: its data" in text for text in town.texts("camille"))
        assert not any("floreal: its data" in text for text in town.texts("ada"))


def test_a_client_that_cannot_be_judged_spares_the_others(tmp_path: Path) -> None:
    """Its mentions are left to the digest and the operator is told; the other client's alert leaves."""
    clients = {"floreal": client("Floréal", "press"), "gerbera": client("Gerbera", "forum")}
    with open_town(tmp_path, clients=clients) as town:
        town.settle_in()
        broken = town.house.renderer

        class Renderer:
            def __getattr__(self, name: str) -> object:
                return getattr(broken, name)

            def alert_message(self, alert, **said):  # type: ignore[no-untyped-def]
                if alert.client_id == "floreal":
                    raise TypeError("cannot be rendered")
                return broken.alert_message(alert, **said)

        town.with_(renderer=Renderer())
        town.publish("press", *GRAVE)
        town.publish("forum", GRAVE[0].replace("Floréal", "Gerbera"), GRAVE[1])
        town.beat()
        assert sum("GE Gerbera" in subject for subject in town.subjects()) == 1
        assert sum("Exploitant" in subject for subject in town.subjects()) == 1


def test_quiet_hours_hold_all_but_the_critical(tmp_path: Path) -> None:
    """At three in the morning a routed high alert waits for seven; a critical one rings."""
    people = CAMILLE.replace("operator: true", 'operator: true\n  quiet: {from: "22:00", to: "07:00"}')
    routed = client(
        "Floréal",
        "press",
        extra="""
        watches:
          - id: floreal
            query: Floréal
            routes: [{id: all, least: medium}]
        """,
    )
    night = datetime(2027, 2, 13, 3, 0, tzinfo=PARIS).astimezone(UTC)
    with open_town(tmp_path, clients={"floreal": routed}, people=people, at=night - 12 * HOUR) as town:
        town.settle_in()
        town.clock.put(night)
        town.beat()
        town.letters.clear()
        town.publish("press", "Floréal : honteux, jamais livré", "Commande jamais livrée, service client injoignable")
        town.live(night + 30 * MINUTE)
        assert town.subjects() == []
        town.publish("press", *GRAVE)
        town.live(night + 60 * MINUTE)
        assert len(town.subjects()) == 1
        town.live(night + 6 * HOUR)
        held = [at for at, letter in town.letters if "jamais livr" in str(letter.message.get_body(("plain",)))]
        assert held
        told = [f"{at.astimezone(PARIS):%H:%M}" for at, _ in town.letters]
        assert told[0] < "05:00"
        assert "07:00" in told


def test_paused_until_resumed(town: Town) -> None:
    """Nothing leaves, nothing is lost."""
    with town.house.store.writing() as tx:
        flags.put(tx, PAUSED, at=town.clock.now())
    town.publish("press", *GRAVE)
    town.live(NOON + 2 * HOUR)
    assert town.subjects() == []
    with town.house.store.writing() as tx:
        flags.delete(tx, PAUSED)
    town.beat()
    assert len(town.subjects()) == 1


def test_the_fourth_alert_of_a_day_is_a_summary(tmp_path: Path) -> None:
    """Three that ring, one that names the rest, then silence until midnight; no crowd is heard in them."""
    alone = client(
        "Floréal", "press", extra="watches:\n  - {id: floreal, query: Floréal, spike: {least_mentions: 100}}\n"
    )
    with open_town(tmp_path, clients={"floreal": alone}) as town:
        town.settle_in()
        _six_alerts(town)


def _six_alerts(town: Town) -> None:
    for number in range(6):
        words = " ".join(f"mot{number * 97 + n * 13}" for n in range(12))
        town.publish(
            "press",
            f"Floréal {words}",
            f"Honteux : l'enterrement a commencé, gerbe de deuil jamais livrée, personne ne répond. {words}",
        )
        town.clock.pass_(minutes=30)
        town.beat()
    reasons = [d.decision.reason for d in town.decided() if d.alert]
    assert reasons.count(Reason.OVER_BUDGET_SUMMARY) == 1
    assert len(reasons) == 4
    assert len(town.subjects()) == 4


def test_routes_name_who_is_told(tmp_path: Path) -> None:
    """A route to one person tells that person alone; who serves no client hears nothing of it."""
    routed = client(
        "Floréal",
        "press",
        extra="""
        watches:
          - id: floreal
            query: Floréal
            routes: [{id: night, people: [bob]}]
        """,
    )
    people = CAMILLE + "- {id: bob, name: Bob, serves: [floreal], channels: [email: bob@agence.example]}\n"
    with open_town(tmp_path, clients={"floreal": routed}, people=people) as town:
        town.settle_in()
        town.publish("press", *GRAVE)
        town.beat()
        assert (len(town.subjects("bob")), len(town.subjects("camille"))) == (1, 0)
