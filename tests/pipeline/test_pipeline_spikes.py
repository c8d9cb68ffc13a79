"""Several watches make one event; planned noise is none unless the tone turns; silences are told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kit_house import Town, client, open_town
from veille.pipeline.events import Spiked
from veille.store import spikes

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
TWO_WATCHES = """
    learning_days: 0
    watches:
      - {id: name, query: Floréal}
      - {id: flowers, query: bouquet}
    events:
      - {id: fete, name: Fête, query: fete2027, start: 2027-02-10, end: 2027-02-14}
    """
ANGRY = "Arnaque Floréal : bouquet jamais livré, honteux, remboursez-moi, je porte plainte"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A client of two watches with a month of a mention a day behind it."""
    clients = {"floreal": client("Floréal", "press", "forum", extra=TWO_WATCHES)}
    with open_town(tmp_path, clients=clients) as opened:
        for day in range(27, 0, -1):
            opened.publish("press", f"Floréal et son bouquet, jour {day}", published=opened.clock.now() - day * DAY)
        opened.settle_in()
        yield opened


def spiked(town: Town) -> list[tuple[str, tuple[str, ...]]]:
    return [(e.spike.state.value, e.spike.watches) for e in town.events if isinstance(e, Spiked)]


def crowd(town: Town, text: str, *, number: int = 4) -> None:
    for place in range(number):
        town.publish("press" if place % 2 else "forum", f"{text} ({place})", author=f"client {place}")
        town.clock.pass_(minutes=12)
        town.beat()


def test_two_watches_that_speak_of_one_story_make_one_event(town: Town) -> None:
    crowd(town, ANGRY)
    starts = [watches for state, watches in spiked(town) if state == "started"]
    assert len(starts) == 1
    with town.house.store.reading() as conn:
        ((number, running),) = spikes.of_client(conn, "floreal")
        assert set(running.watches) == {"name", "flowers"}
        assert {spikes.active(conn, "floreal", watch)[0] for watch in running.watches} == {number}  # type: ignore[index]


def test_a_planned_event_makes_no_spike_unless_the_tone_turns(town: Town) -> None:
    crowd(town, "Je participe au concours fete2027 de Floréal, super bouquet", number=8)
    assert spiked(town) == []
    crowd(town, f"fete2027 : {ANGRY}")
    assert [state for state, _ in spiked(town)][:1] == ["started"]
    town.send()
    assert "Une partie porte sur l'événement prévu « Fête »." in town.texts()[-1].replace("’", "'")


def test_a_spike_beside_a_planned_event_does_not_name_it(town: Town) -> None:
    crowd(town, "Je participe au concours fete2027 de Floréal, super bouquet")
    crowd(town, ANGRY)
    town.send()
    assert town.texts()
    assert not any("événement prévu" in text for text in town.texts())


def test_what_is_kept_of_a_watch_is_what_a_fresh_look_reads(town: Town) -> None:
    crowd(town, ANGRY)
    kept = {place: [a.mention_id for a in found.arrivals] for place, found in town.house.volumes.items()}
    town.house.volumes.clear()
    town.clock.pass_(minutes=1)
    town.publish("press", ANGRY, author="encore une")
    town.clock.pass_(minutes=12)
    town.beat()
    fresh = {place: [a.mention_id for a in found.arrivals] for place, found in town.house.volumes.items()}
    assert fresh
    assert all(found[:-1] == kept[place] for place, found in fresh.items())


def test_a_watch_that_falls_silent_is_told_once_and_its_return_too(tmp_path: Path) -> None:
    with open_town(tmp_path) as town:
        for hour in range(27 * 24, 0, -3):
            town.publish("press", f"Floréal, heure {hour}", published=town.clock.now() - hour * HOUR)
        town.settle_in()
        town.live(town.clock.now() + 2 * DAY, minutes=120)
        told = [text for text in town.texts("camille") if "possible blindness" in text or "peut-être aveugles" in text]
        assert len(told) == 1
        assert "floreal · floreal" in told[0]
        town.letters.clear()
        town.publish("forum", "Floréal est de retour")
        town.clock.pass_(minutes=20)
        town.beat()
        assert any("parlent de nouveau" in text for text in town.texts("camille"))
