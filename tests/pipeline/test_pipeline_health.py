"""What the operator hears of sources: once a day of troubles, at once of blindness and dead keys, and recoveries."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from test_pipeline_places import floreal as three
from test_pipeline_places import town_of

from kit_house import NOON, Town, client, open_town
from kit_http import Answer, Asked, answer
from veille.model.digest import Health
from veille.pipeline import health
from veille.pipeline.rematch import rematch
from veille.store import sources

TWO_KINDS = {
    "floreal": client("Floréal", "press")
    + "  - id: floreal-forum\n    kind: vbulletin\n    url: '{web}'\n    every: 10m\n"
}
DAY = timedelta(days=1)


def operator_mails(town: Town) -> list[str]:
    """Subject and text of those that the operator got."""
    pairs = zip(town.subjects("camille"), town.texts("camille"), strict=True)
    return [f"{subject}\n{text}" for subject, text in pairs if "Exploitant" in subject]


def state_of(town: Town, source_id: str) -> Health:
    (mine,) = town.house.installation.clients
    with town.house.store.reading() as conn:
        found = health.of_client(conn, mine, now=town.clock.now())
    return next(source.health for source in found if source.source_id == source_id)


def forum(asked: Asked) -> Answer:
    return answer(200, three(1, 2, 3), [("Content-Type", "application/rss+xml")])


def test_the_last_source_of_a_kind_is_told_at_once_and_its_return_too(tmp_path: Path) -> None:
    """The press still answers; nobody waits for the morning to hear of the forum."""
    with open_town(tmp_path, clients=TWO_KINDS) as town:
        path = "external.php?type=RSS2&lastpost=1&nohtml=1"
        town.web.answers[path] = forum
        town.settle_in()
        town.web.answers[path] = lambda asked: answer(503)
        town.live(town.clock.now() + timedelta(hours=2))
        (mail,) = operator_mails(town)
        assert "Plus rien de ce genre ne fonctionne" in mail
        assert "floreal · vbulletin" in mail
        town.letters.clear()
        town.web.answers[path] = forum
        town.live(town.clock.now() + timedelta(hours=7), minutes=30)
        (back,) = operator_mails(town)
        assert "floreal-forum" in back


def test_one_of_two_sources_of_a_kind_waits_for_the_morning(tmp_path: Path) -> None:
    """One mail a day, from the day after its failure on."""
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press", "forum")}) as town:
        town.settle_in()
        town.web.answers["forum"] = lambda asked: answer(503)
        town.live(NOON + timedelta(hours=20), minutes=60)
        assert operator_mails(town) == []
        town.live(NOON + 3 * DAY, minutes=60)
        assert len(operator_mails(town)) == 3


def test_a_key_that_is_refused_is_told_at_once(tmp_path: Path) -> None:
    """401 where a key goes; told once, its return too."""
    refused = [False]

    def trustpilot(asked: Asked) -> Answer:
        if refused[0]:
            return answer(401)
        return answer(200, b'{"id": "5f0abc"}' if "/find" in asked.target else b'{"reviews": []}')

    source = "{id: t, kind: trustpilot, url: '{web}', options: {key: 'file:key', domain: floreal.example}}"
    with town_of(tmp_path, source, trustpilot) as town:
        town.settle_in()
        refused[0] = True
        town.live(town.clock.now() + timedelta(minutes=50))
        (mail,) = operator_mails(town)
        assert "Clés que le service refuse" in mail
        assert "HTTP 401" in mail
        assert "clef/1" not in mail
        town.letters.clear()
        refused[0] = False
        town.live(town.clock.now() + timedelta(hours=7), minutes=20)
        assert any("répondent à nouveau" in mail or "t (" in mail for mail in operator_mails(town))


def test_a_key_near_its_end_warns_in_the_morning(tmp_path: Path) -> None:
    """Seven days before."""
    ends = datetime.fromisoformat("2027-02-18T10:00:00+00:00")

    def graph(asked: Asked) -> Answer:
        if "debug_token" in asked.target:
            said = {"data": {"is_valid": True, "expires_at": int(ends.timestamp())}}
            return answer(200, json.dumps(said).encode())
        return answer(200, b'{"data": []}')

    source = "{id: fb, kind: facebook_page, url: '{web}', options: {token: 'file:token', page: '123'}}"
    with town_of(tmp_path, source, graph) as town:
        town.settle_in()
        town.live(NOON + DAY, minutes=60)
        (mail,) = operator_mails(town)
        assert "Clés qui expirent bientôt" in mail
        assert "18 févr." in mail


def test_failures_that_are_usual_of_a_kind_are_not_told(tmp_path: Path) -> None:
    """YouTube's feeds fail for hours at a time: twelve in a row are no news."""
    bad = [False]
    source = "{id: yt, kind: youtube, url: '{web}', options: {channel: UC123}, every: 15m}"
    with town_of(tmp_path, source, lambda asked: answer(404) if bad[0] else answer(200, three(1))) as town:
        town.settle_in()
        bad[0] = True
        town.live(town.clock.now() + timedelta(hours=6), minutes=15)
        assert state_of(town, "yt") is Health.HEALTHY
        assert operator_mails(town) == []


def test_a_source_that_falls_silent_is_in_the_morning_mail_and_in_the_digest(tmp_path: Path) -> None:
    """Two a day for three weeks, then nothing though it answers."""
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press", every="1h")}) as town:
        town.settle_in()
        for _ in range(42):
            town.publish("press", "La vie des fleurs à Nantes", "Un marché.")
            town.live(town.clock.now() + timedelta(hours=12), minutes=360)
        assert state_of(town, "floreal-press") is Health.HEALTHY
        town.letters.clear()
        town.live(town.clock.now() + 4 * DAY, minutes=360)
        assert state_of(town, "floreal-press") is Health.SILENT
        assert any("rien de nouveau" in mail for mail in operator_mails(town))
        digests = [
            t for s, t in zip(town.subjects("camille"), town.texts("camille"), strict=True) if "Exploitant" not in s
        ]
        assert "rien de nouveau" in digests[-1]


def test_a_login_page_instead_of_a_feed_is_a_change(tmp_path: Path) -> None:
    """It answers, and not as its samples."""
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press", "forum")}) as town:
        town.settle_in()
        town.web.answers["forum"] = lambda asked: answer(200, b"<html><body>Connexion</body></html>")
        town.beat()
        assert state_of(town, "floreal-forum") is Health.CHANGED


def test_a_feed_that_is_empty_where_there_was_always_something_is_a_change(tmp_path: Path) -> None:
    """Whole answers, without an item."""
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press")}) as town:
        for _ in range(9):
            town.publish("press", "La vie des fleurs", "Un marché.")
            town.beat()
            town.clock.pass_(minutes=12)
        town.web.items["press"].clear()
        town.beat()
        assert state_of(town, "floreal-press") is Health.HEALTHY
        town.clock.pass_(minutes=70)
        town.beat()
        assert state_of(town, "floreal-press") is Health.CHANGED


def test_the_delay_of_a_source_is_from_publication_to_seen(tmp_path: Path) -> None:
    """The median, and in the digest."""
    with open_town(tmp_path) as town:
        town.settle_in()
        for minutes in (3, 25, 200):
            town.publish(
                "press",
                "Floréal ouvre",
                f"À Nantes, {minutes}",
                published=town.clock.now() - timedelta(minutes=minutes),
            )
            town.beat()
            town.clock.pass_(minutes=12)
        town.live(NOON + DAY, minutes=60)
        assert any(
            "Temps habituel entre publication et lecture : floreal-press 25 min" in t for t in town.texts("camille")
        )


def test_a_source_that_rests_is_woken_when_a_watch_that_it_feeds_rises(tmp_path: Path) -> None:
    """Down to its least time."""
    with open_town(tmp_path) as town:
        town.settle_in()
        town.beat()
        key = next(iter(town.house.installation.clients[0].sources)).key
        now = town.clock.now()
        with town.house.store.writing() as tx:
            (due,) = [d for d in _claimed(town, tx, now + DAY) if d.key == key]
            rested = due.state.__class__(**{**_plain(due.state), "next_poll": now + timedelta(hours=1)})
            sources.save_state(tx, due.row, rested)
            sources.release_all(tx)
            sources.wake(tx, {key: timedelta(minutes=10)}, now=now)
        with town.house.store.reading() as conn:
            assert sources.next_due(conn) == now + timedelta(minutes=10)


def _claimed(town: Town, tx: sources.Connection, at: datetime) -> tuple[sources.Due, ...]:
    return sources.claim_due(tx, now=at, owner="test", lease=DAY, limit=10)


def _plain(state: object) -> dict[str, object]:
    return {name: getattr(state, name) for name in state.__slots__}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["press", "national_press"])
def test_of_the_press_only_an_extract_is_kept(tmp_path: Path, name: str) -> None:
    """Matched and scored on the whole text: the name stands far behind what is kept."""
    said = client("Floréal", "press").replace("every: 10m", f"every: 10m\n    place: {name}")
    with open_town(tmp_path, clients={"floreal": said}) as town:
        town.settle_in()
        text = "Le marché aux fleurs de Nantes ouvre lundi sous un soleil timide. " * 20
        town.publish(
            "press", "Le marché", f"{text} Une cliente accuse Floréal : scandale, plainte déposée, escroquerie."
        )
        town.beat()
        (mention,) = town.mentioned()
        assert mention.urgency.points > 0
        with town.house.store.reading() as conn:
            (kept,) = conn.exec_driver_sql("SELECT text FROM entry").scalars()
        assert len(kept) <= 280
        assert kept.endswith("…")
        (mine,) = town.house.installation.clients
        again = rematch(town.house.store, mine, now=town.clock.now())
        assert (again.added, again.updated, again.detached) == (0, 0, 0)


def test_whole_is_whole(tmp_path: Path) -> None:
    """`press: whole` says so, of the press too."""
    said = client("Floréal", "press").replace("every: 10m", "every: 10m\n    place: press\n    press: whole")
    with open_town(tmp_path, clients={"floreal": said}) as town:
        town.settle_in()
        town.publish("press", "Floréal", "Nantes et ses fleurs, encore. " * 40)
        town.beat()
        with town.house.store.reading() as conn:
            (kept,) = conn.exec_driver_sql("SELECT text FROM entry").scalars()
        assert len(kept) > 1000
