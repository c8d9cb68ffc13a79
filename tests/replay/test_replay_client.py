"""`veille replay --client`: a configuration on past items; nothing is sent, nothing is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from replay_kit import BEGINS, events, faults, item, kinds, month, veille, written

from kit_house import CAMILLE, Town, client, open_town, write
from veille.bootstrap import read_settings
from veille.pipeline.house import House
from veille.replay.items import read_items
from veille.replay.play import play
from veille.replay.run import run
from veille.replay.scene import of_client
from veille.store import alerts, outbox

BUZZ = BEGINS + timedelta(days=30)
OWN = "own: {accounts: ['@floreal']}\n"
EVENT = f"""\
events:
  - id: concours
    name: Concours
    query: concours
    start: {BEGINS:%Y-%m-%d}
    end: {BEGINS + timedelta(days=90):%Y-%m-%d}
"""
TWO = """\
watches:
  - id: marque
    query: Floréal
  - id: roses
    query: Floréal ET roses
"""


def config(folder: Path, *, extra: str = "", people: str = CAMILLE, name: str = "config", feeds: str = "press") -> Path:
    """Settings of Floréal, whose mail server and sources are nowhere."""
    clients = {"floreal": client("Floréal", feeds, extra=extra)}
    where = folder / name
    return write(where, web="http://127.0.0.1:9", port=9, clients=clients, people=people, house="", database="")


def test_a_client_is_told_through_its_routes_and_nothing_stays(tmp_path: Path) -> None:
    file, settings = written(tmp_path, month()), config(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    told = events(veille("replay", file, "--client", "floreal", "--config", settings))
    assert {fault for event in told for fault in faults(event)} == set()
    (spike,) = [e for e in kinds(told, "alert") if e["reason"] == "spike_started"][:1]
    assert spike["channels"] == ["camille/email"]
    assert spike["watches"] == ["floreal"]
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(("extra", "said"), [("", 0), ("earlier_posts: {days: 30}\n", 1)], ids=["off", "on"])
def test_a_person_s_earlier_posts_count_as_they_would_live(tmp_path: Path, extra: str, said: int) -> None:
    hers = {"author": "Claire Roux", "url": "https://forum.example/1"}
    again = {**hers, "url": "https://forum.example/2"}
    text = "pivoines fanées, je suis très déçue"
    items = [item(1, text=text, **hers), item(2, days=9, text="deux jours de retard, déçue encore", **again)]
    told = events(
        veille("replay", written(tmp_path, items), "--client", "floreal", "--config", config(tmp_path, extra=extra))
    )
    [_, last] = kinds(told, "mention")
    found = [signal for signal in last["signals"] if signal["name"] == "earlier_posts"]
    assert len(found) == said
    assert all(signal["evidence"].startswith("1 earlier since 2026-03-02 08:00 UTC, 1 complaint") for signal in found)


def test_every_message_is_taken_from_the_outbox_and_none_is_sent(tmp_path: Path) -> None:
    """Night messages wait for the morning, as they would; no notifier is ever opened."""
    quiet = CAMILLE + '  quiet: {from: "21:00", to: "07:00"}\n'
    items = read_items(json.dumps(each).encode() for each in month(buzz_on=30.6))
    scene = of_client(read_settings(config(tmp_path, people=quiet)).installation, "floreal", items)
    left: list[tuple[bool, str]] = []

    def look(house: House) -> None:
        with pytest.raises(AssertionError, match="sends nothing"):
            house.notifier("email")
        with house.store.reading() as conn:
            assert outbox.waiting(conn) == ()
            for alert in alerts.since(conn, "floreal", BEGINS):
                receipts = outbox.receipts_of_alert(conn, alert.id)
                left.extend((each.at > alert.at, each.outcome.detail) for _, _, each in receipts)

    play(scene, items, watcher=lambda event: None, finished=look)
    assert {detail for _, detail in left} == {"replay: nothing is sent"}
    assert {late for late, _ in left} >= {True}


def test_own_statements_never_ring(tmp_path: Path) -> None:
    own = [item(n, minutes=4 * n, text="scandale, c'est honteux, plainte", author="@floreal") for n in range(9)]
    told = events(
        veille("replay", written(tmp_path, own), "--client", "floreal", "--config", config(tmp_path, extra=OWN))
    )
    assert kinds(told, "alert") == []
    assert {event["reason"] for event in kinds(told, "held")} == {"own_statement"}


def test_a_planned_event_is_counted_apart_and_does_not_ring(tmp_path: Path) -> None:
    calm = [item(n, days=n) for n in range(30)]
    contest = [item(100 + n, days=30, minutes=2 * n, text=f"je participe au concours {n}") for n in range(40)]
    file, settings = written(tmp_path, [*calm, *contest]), config(tmp_path, extra=EVENT)
    told = events(veille("replay", file, "--client", "floreal", "--config", settings))
    assert [event for event in kinds(told, "alert") if event["kind"] == "spike"] == []
    assert "planned_event" in {event["reason"] for event in kinds(told, "held")}


def test_two_watches_take_what_concerns_both_once(tmp_path: Path) -> None:
    items = [item(1), item(2, minutes=5, text="des roses magnifiques")]
    settings = config(tmp_path, extra=TWO)
    told = events(veille("replay", written(tmp_path, items), "--client", "floreal", "--config", settings))
    assert [event["watches"] for event in kinds(told, "mention")] == [["marque"], ["marque", "roses"]]


def test_an_exclusion_is_named(tmp_path: Path) -> None:
    extra = "watches:\n  - id: marque\n    query: Floréal\n    exclude: [frégate]\n"
    file = written(tmp_path, [item(1, text="la frégate rentre")])
    told = events(veille("replay", file, "--client", "floreal", "--config", config(tmp_path, extra=extra)))
    assert [event["reason"] for event in kinds(told, "ignored")] == ["excluded"]


def test_the_sources_of_the_client_are_known_by_their_ids(tmp_path: Path) -> None:
    extra = "watches:\n  - id: marque\n    query: Floréal\n    sources: [floreal-press]\n"
    items = [item(1, source="floreal-press"), item(2, minutes=5, source="elsewhere")]
    settings = config(tmp_path, extra=extra)
    told = events(veille("replay", written(tmp_path, items), "--client", "floreal", "--config", settings))
    assert [event["event"] for event in told[:3]] == ["mention", "held", "ignored"]


def test_what_nobody_is_told_is_held_with_that_reason(tmp_path: Path) -> None:
    """Nobody serves the client: the same pipeline says so."""
    nobody = CAMILLE.replace("serves: all", "serves: []")
    settings = config(tmp_path, people=nobody)
    told = events(veille("replay", written(tmp_path, month()), "--client", "floreal", "--config", settings))
    assert kinds(told, "alert") == []
    assert "no_one_to_tell" in {event["reason"] for event in kinds(told, "held")}


def test_two_configurations_side_by_side(tmp_path: Path) -> None:
    """One rings, the other asks for more: each event says whose it is, and the text has two columns."""
    strict = TWO.replace("query: Floréal\n", "query: Floréal\n    spike: {least_mentions: 100}\n", 1)
    strict = strict.replace("query: Floréal ET roses", "query: Floréal ET tulipes")
    here, there = config(tmp_path), config(tmp_path, extra=strict, name="strict")
    words = ("replay", written(tmp_path, month()), "--client", "floreal", "--config", here, "--compare", there)
    told = events(veille(*words))
    assert {fault for event in told for fault in faults(event)} == set()
    assert {event["config"] for event in told} == {str(here), str(there)}
    assert [event["event"] for event in told[-2:]] == ["summary", "summary"]
    rung = {name: [e for e in kinds(told, "spike") if e["config"] == str(name)] for name in (here, there)}
    assert rung[here]
    assert rung[there] == []
    text = veille(*words, "--format", "text").stdout
    assert "-+-" in text
    assert text.count(" urgent alert") == 2
    assert re.search(r"^[1-9]\d* spikes?, ", text, re.MULTILINE)
    assert "\n0 spikes, " in text
    assert not re.search(r"\b1 (?:spikes|stories|mentions|digests|urgent alerts)\b", text)


def test_a_page_stands_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    words = ("replay", written(tmp_path, month()), "--client", "floreal", "--config", config(tmp_path))
    told = events(veille(*words, "--html", page))
    html = page.read_text(encoding="utf-8")
    assert '<html lang="fr">' in html
    assert "<svg " in html
    assert "<polygon " in html
    assert html.count("<article ") == len(kinds(told, "alert"))
    assert not any(word in html for word in ("<script", "<link", "@import", "url(", "<img"))


def test_what_people_write_cannot_leave_its_place_in_the_page(tmp_path: Path) -> None:
    items = month()
    for each in items:
        each["text"] += " <script>alert(1)</script>"
    page = tmp_path / "page.html"
    veille("replay", written(tmp_path, items), "--query", "Floréal <b>", "--html", page)
    assert "<script" not in page.read_text(encoding="utf-8")
    veille("replay", written(tmp_path, items), "--query", "Floréal", "--html", page)
    assert "<script" not in page.read_text(encoding="utf-8")
    assert "&lt;script" in page.read_text(encoding="utf-8")


def test_a_reader_that_stops_half_way_leaves_nothing_open(tmp_path: Path) -> None:
    """Ctrl-C in the middle: the house closes, the same replay can be played again."""
    installed = read_settings(config(tmp_path)).installation
    lines = [json.dumps(each).encode() for each in month()]
    items = read_items(lines)
    told = []

    def interrupted(event: dict[str, object]) -> None:
        told.append(event)
        if len(told) == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(of_client(installed, "floreal", items), items, tell=interrupted)
    again: list[dict[str, object]] = []
    run(of_client(installed, "floreal", items), items, tell=again.append)
    assert again[:20] == told


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A client that two feeds speak of, polled for three days."""
    with open_town(tmp_path) as opened:
        opened.publish("press", "Floréal ouvre une boutique", "C'était il y a longtemps.")
        opened.settle_in()
        for day in range(3):
            opened.publish("forum", "Bouquet", f"Floréal m'a livré un joli bouquet {day}", author=f"a{day}")
            opened.publish("forum", "Camion", "Une frégate passe")
            opened.beat()
            opened.clock.pass_(days=1)
        opened.publish("forum", "Scandale", "Floréal : arnaque, jamais livré, je porte plainte", author="z")
        opened.beat()
        yield opened


def stored(town: Town, since: str) -> list[dict[str, object]]:
    return events(veille("replay", "--stored", "floreal", "--since", since, "--config", town.folder / "config"))


def test_what_is_stored_is_played_as_it_was_seen_and_nothing_is_written(town: Town) -> None:
    before = (town.folder / "veille.db").read_bytes()
    told = stored(town, "2027-02-12")
    lived = town.mentioned()
    assert [e["url"] for e in kinds(told, "mention")][-len(lived) :] == [e.entry.link for e in lived]
    assert [e["at"] for e in kinds(told, "mention")][-len(lived) :] == [e.seen.isoformat() for e in lived]
    assert len(kinds(told, "ignored")) == 3
    assert (town.folder / "veille.db").read_bytes() == before


def test_the_days_before_are_played_and_not_told(town: Town) -> None:
    told = stored(town, "2027-02-14")
    assert all(str(event["at"]) >= "2027-02-13T23:00" for event in told[:-1])
    assert told[-1]["mentions"] == 2


def test_the_backlog_of_a_first_poll_stays_the_past(town: Town) -> None:
    told = stored(town, "2027-02-01")
    first = kinds(told, "mention")[0]
    assert str(first["url"]).startswith("https://press.example")
    assert "backlog" not in {event["reason"] for event in kinds(told, "alert")}


def test_a_day_after_all_that_is_stored(town: Town) -> None:
    result = veille("replay", "--stored", "floreal", "--since", "2027-06-01", "--config", town.folder / "config")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "holds nothing" in result.stderr
