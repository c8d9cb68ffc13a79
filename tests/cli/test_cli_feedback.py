"""The commands that teach, correct and audit, as a shell runs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_cli_bad_input import veille

from kit_house import Town, open_town

GRAVE = (
    "Floréal : les fleurs de l'enterrement de mon père jamais livrées",
    "Honteux. La gerbe de deuil n'est jamais arrivée au cimetière, personne ne répond.",
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A town where one alert left and two stories are known."""
    with open_town(tmp_path) as opened:
        opened.settle_in()
        for feed, title, text in (("press", *GRAVE), ("forum", "Floréal primé à Lyon", "Un prix pour un bouquet.")):
            opened.publish(feed, title, text)
            opened.clock.pass_(minutes=12)
            opened.beat()
        yield opened


def run(town: Town, *words: str, code: int = 0) -> str:
    result = veille(*words, config=town.folder / "config")
    assert result.exit_code == code, result.output
    return result.stdout + result.stderr


def test_a_mark_says_what_it_does_and_explain_shows_it(town: Town) -> None:
    assert "mention 1 of floreal, story FL-1: calm" in run(town, "feedback", "1", "calm", "--by", "camille")
    assert "calm; it was" not in run(town, "feedback", "1", "not-us")
    assert "(it was not-us)" in run(town, "feedback", "1", "urgent")
    assert "marked     urgent by" in run(town, "explain", "1")


def test_marks_are_listed_and_reset(town: Town) -> None:
    run(town, "feedback", "1", "calm", "--by", "camille")
    listed = json.loads(run(town, "feedback", "--client", "floreal", "--json"))
    assert (listed["mention"], listed["mark"], listed["by"]) == (1, "calm", "camille")
    assert "1 marks teach nothing any more" in run(town, "feedback", "--reset", "--client", "floreal")
    assert run(town, "feedback", "--client", "floreal", "--json").strip() == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("feedback", "1", "meh"), "no mark 'meh'; there are: not-us", id="a mark"),
        pytest.param(("feedback", "99", "calm"), "no mention 99", id="a mention"),
        pytest.param(("feedback",), "write a mention and a mark", id="nothing"),
        pytest.param(("feedback", "--reset"), "write a mention and a mark", id="a reset of nobody"),
        pytest.param(("feedback", "--client", "nope"), "no client 'nope'", id="a client"),
        pytest.param(("audit", "nope", "--since", "2026-01-01"), "no client 'nope'", id="an audit of nobody"),
        pytest.param(("audit", "floreal"), "write --url ADDRESS, --since DAY, or both", id="an audit of nothing"),
        pytest.param(("audit", "floreal", "--url", "x y"), "write a whole address", id="no address"),
        pytest.param(("audit", "floreal", "--since", "2999-01-01"), "write a day that has begun", id="a day to come"),
        pytest.param(("story", "merge", "FL-1"), "name two stories", id="one story"),
        pytest.param(("story", "undo", "9"), "no correction 9", id="a correction"),
    ],
)
def test_words_that_cannot_be_meant(town: Town, words: tuple[str, ...], said: str) -> None:
    assert said in run(town, *words, code=2)


def test_stories_are_united_parted_and_taken_back(town: Town) -> None:
    assert "FL-2 is united with FL-1: 1 mention moved; `veille story undo 1`" in run(
        town, "story", "merge", "FL-1", "FL-2"
    )
    assert "FL-3 is parted from FL-1" in run(town, "story", "split", "FL-1", "2")
    assert "correction 2 is undone: FL-1 is as it was" in run(town, "story", "undo", "2")


def test_status_counts_what_was_paged_and_what_was_said_of_it(town: Town) -> None:
    run(town, "feedback", "1", "calm")
    found = json.loads(run(town, "status", "--json"))["paged"]
    # The story is played in another year than that of the command.
    assert set(found["clients"]["floreal"]) >= {"sent", "right", "not_us", "calm", "precision", "thresholds"}
    assert found["people"]["camille"]["budget"] == {"wrong_per_week": 2, "wrong_per_month_at_night": 1}
    assert "accepted wrong" in run(town, "status")


def test_an_audit_prints_a_paragraph_and_its_rows(town: Town) -> None:
    printed = run(town, "audit", "floreal", "--url", "https://press.example/0")
    assert "step\tdetail" in printed
    found = json.loads(run(town, "audit", "floreal", "--url", "https://press.example/0", "--json"))
    assert found["seen"] is True
    assert found["rows"][0]["step"] == "published"
