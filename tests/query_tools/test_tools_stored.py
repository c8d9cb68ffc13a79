"""`veille preview` and `veille rematch`: an edited query on what real polls stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools_kit import client, config_of, edit, rematched, stored, veille, written

from kit_house import Town, open_town
from veille.model.alert import Action
from veille.pipeline.poll import poll
from veille.pipeline.rematch import Rematched
from veille.store import entries, volumes

MAIN = "query: Floréal"
FLOREAL = {"floreal": written("Floréal", "press", "forum", query=MAIN)}
#: Feed, title, text.
SAID = (
    ("press", "Floréal : scandale des roses", "Les clients sont furieux."),
    ("press", "La frégate Floréal rentre", "Brest l'attendait."),
    ("forum", "Le fleuriste de la place", "Jamais livré, je suis furieux. " + "x " * 400),
    ("forum", "Rien à voir", "Du tout."),
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Two feeds, polled once before and once after these four entries came: two are mentions of today."""
    with open_town(tmp_path, clients=FLOREAL) as opened:
        opened.settle_in()
        for feed, title, text in SAID:
            opened.publish(feed, title, text)
        poll(opened.house)
        yield opened


def test_nothing_changes_when_no_query_did(town: Town) -> None:
    before = stored(town)
    assert rematched(town, client(town)) == Rematched(looked=4)
    assert stored(town) == before


def test_what_matches_now_is_of_the_past_and_rings_nobody(town: Town) -> None:
    """A wider query, the fleuriste said by an unmatched entry: added, counted, never told."""
    town.judge()
    town.events.clear()
    town.clock.pass_(minutes=10)
    edited = edit(town, MAIN, "query: Floréal OU fleuriste")
    assert rematched(town, edited) == Rematched(looked=4, added=1)
    added = stored(town)["Le fleuriste de la place"]
    assert (added.backlog, added.watches, added.seen) == (True, ("main",), town.clock.now())
    assert added.published < town.clock.now()
    town.judge()
    assert [d for d in town.decided() if d.decision.action is Action.TELL] == []
    with town.house.store.reading() as conn:
        past = volumes.volume(conn, "floreal", "main", now=town.clock.now())
    assert len(past.arrivals) == 2
    assert rematched(town, edited) == Rematched(looked=4)


def test_what_was_added_is_kept_as_long_as_a_mention(town: Town) -> None:
    """Its text is the short one that was left, and its source may give it again: no second mention."""
    edit(town, MAIN, "query: fleuriste")
    rematched(town, client(town))
    with town.house.store.reading() as conn:
        (kept,) = [m for m in stored(town).values() if m.watches]
        assert len(entries.stored(conn, [kept.entry_id])[kept.entry_id].text) == entries.SHORT
        assert entries.unmatched(conn, [1, 2], since=kept.published.replace(year=2000)) != ()
    town.clock.pass_(minutes=20)
    poll(town.house)
    assert len(stored(town)) == 3


def test_what_matches_no_more_is_detached_and_comes_back(town: Town) -> None:
    edited = edit(town, MAIN, "query: Floréal SAUF frégate")
    assert rematched(town, edited) == Rematched(looked=4, detached=1)
    gone = stored(town)["La frégate Floréal rentre"]
    assert (gone.watches, gone.muted) == ((), True)
    assert rematched(town, edited) == Rematched(looked=4)
    assert rematched(town, edit(town, "query: Floréal SAUF frégate", MAIN)) == Rematched(looked=4, updated=1)
    assert stored(town)["La frégate Floréal rentre"].watches == ("main",)


@pytest.mark.parametrize(
    ("old", "new", "count", "watches"),
    [
        pytest.param(
            MAIN, f"{MAIN}\n    exclude: [frégate]", Rematched(looked=4, detached=1), {"main"}, id="excluded now"
        ),
        pytest.param(MAIN, f"{MAIN}\n    mute: [scandale]", Rematched(looked=4, updated=1), {"main"}, id="muted now"),
        pytest.param(
            MAIN,
            f"{MAIN}\n  - id: crisis\n    query: scandale",
            Rematched(looked=4, updated=1),
            {"main", "crisis"},
            id="a watch more",
        ),
        pytest.param("id: main", "id: brand", Rematched(looked=4, updated=2), {"brand"}, id="a watch renamed"),
        pytest.param(
            MAIN, "query: roses", Rematched(looked=4, updated=1, detached=1), {"main"}, id="proved by another word"
        ),
    ],
)
def test_watches_follow_the_settings(town: Town, old: str, new: str, count: Rematched, watches: set[str]) -> None:
    assert rematched(town, edit(town, old, new)) == count
    assert {watch for m in stored(town).values() for watch in m.watches} == watches


def test_another_client_keeps_what_is_its_own(tmp_path: Path) -> None:
    """Two clients of one feed, the query of one edited."""
    clients = {**FLOREAL, "lys": written("Lys", "press", query="query: fleurs")}
    with open_town(tmp_path, clients=clients) as town:
        town.settle_in()
        town.publish("press", "Floréal vend des fleurs")
        poll(town.house)
        assert rematched(town, edit(town, MAIN, "query: autre")) == Rematched(looked=1, detached=1)
        assert stored(town, "lys")["Floréal vend des fleurs"].watches
        assert rematched(town, client(town, "lys")) == Rematched(looked=1)


def test_more_than_one_transaction(tmp_path: Path) -> None:
    """250 entries that nobody wanted, then that everybody does."""
    with open_town(tmp_path, clients=FLOREAL) as town:
        for number in range(250):
            town.publish("press", f"Le fleuriste numéro {number}")
        poll(town.house)
        edited = edit(town, MAIN, "query: fleuriste")
        assert rematched(town, edited) == Rematched(looked=250, added=250)
        assert rematched(town, edited) == Rematched(looked=250)


def test_preview_says_what_would_come_and_go(town: Town) -> None:
    """Nothing is written: asked twice, it says the same."""
    words = ("preview", "floreal", "main", "--config", str(config_of(town)), "--json", "--days", "3650")
    for _ in range(2):
        found = json.loads(veille(*words, "--query", "(Floréal OU fleuriste) SAUF frégate").stdout)
        assert {name: found[name] for name in ("read", "taken", "known", "new", "lost", "excluded")} == {
            "read": 4,
            "taken": 2,
            "known": 1,
            "new": 1,
            "lost": 1,
            "excluded": 0,
        }
    assert found["by_source"] == {"flo-press": 1, "flo-forum": 1}
    assert found["by_day"] == {"2027-02-12": 2}
    assert {sample["title"] for sample in found["samples"]} == {SAID[0][1], SAID[2][1]}


def test_preview_reads_the_query_of_the_file_and_its_exclusions(town: Town) -> None:
    edit(town, MAIN, f"{MAIN}\n    exclude: [frégate]")
    words = ("preview", "floreal", "main", "--config", str(config_of(town)), "--days", "3650")
    text = veille(*words).stdout
    assert "4 entries read, 1 taken, 1 left out by `exclude`" in text
    assert "Floréal : scandale des roses" in text


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(["preview", "nobody", "main"], 2, "no client 'nobody'", id="no such client"),
        pytest.param(["preview", "floreal", "none"], 2, "but: main; for a new one", id="no such watch"),
        pytest.param(["preview", "floreal", "new", "--query", "roses"], 0, "", id="a watch to be"),
        pytest.param(["preview", "floreal", "main", "--query", "roses ET"], 2, "^", id="a bad query, with its caret"),
        pytest.param(["rematch", "nobody"], 2, "no client 'nobody'", id="rematch of nobody"),
        pytest.param(["rematch"], 0, "", id="rematch of all"),
        pytest.param(["rematch", "floreal", "--json"], 0, "", id="rematch for programs"),
    ],
)
def test_exit_codes(town: Town, words: list[str], code: int, said: str) -> None:
    result = veille(*words, "--config", str(config_of(town)))
    assert (result.exit_code, said in result.stderr) == (code, True)


def test_rematch_prints_its_counts(town: Town) -> None:
    edit(town, MAIN, "query: Floréal SAUF frégate")
    result = veille("rematch", "--config", str(config_of(town)), "--json")
    assert json.loads(result.stdout) == {"floreal": {"looked": 4, "added": 0, "updated": 0, "detached": 1}}
