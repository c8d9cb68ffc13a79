"""What once ended a command with a trace of Python: each case is named after what was given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli_bad_input import config_at, veille

#: As an item names its source: controls, an end of line, half a character.
FORGED = "Flor\x00 \x1b[31m\n\ud83d "


@pytest.mark.parametrize("source", [FORGED, "\ud800", " forum ", "s" * 5_000], ids=repr)
def test_an_item_whose_source_is_named_with_controls_is_replayed(tmp_path: Path, source: str) -> None:
    file = tmp_path / "items.jsonl"
    said = {"published": "2026-11-21T09:12:00+01:00", "text": "Floréal : arnaque", "source": source}
    file.write_text(json.dumps(said) + "\n", encoding="utf-8")
    result = veille("replay", str(file), "--query", "Floréal")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout.splitlines()[0])["event"] == "mention"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(
            ("audit", "floreal", "--since", "0001-01-01"), "write a day from 2000-01-01 on", id="Rome audited"
        ),
        pytest.param(
            ("replay", "--stored", "floreal", "--since", "0001-01-01"), "there was no web then", id="Rome replayed"
        ),
        pytest.param(
            ("replay", "--stored", "floreal", "--since", "0001-01-01T00:00:00+14:00"), "no web then", id="before Rome"
        ),
        pytest.param(("story", "undo", "9" * 20), "Invalid value", id="a correction beyond 64 bits"),
        pytest.param(("story", "split", "FL-1", "9" * 20), "Invalid value", id="a mention beyond 64 bits"),
        pytest.param(
            ("replay", "x.jsonl", "--query", "x", "--poll-every", "1e-9"), "a second", id="polls without pause"
        ),
        pytest.param(
            ("replay", "--counts", "a.csv", "--out", "b.csv", "--html", "c"), "without anything else", id="idle --html"
        ),
    ],
)
def test_words_out_of_range_are_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    result = veille(*words, config=config_at(tmp_path))
    assert result.exit_code == 2
    assert said in result.stderr


def test_google_alerts_with_a_number_of_5000_digits_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "alerts.json"
    file.write_text('{"alerts": ' + "9" * 5_000 + "}", encoding="utf-8")
    result = veille("import", "google-alerts", str(file), "--client", "floreal", config=config_at(tmp_path / "config"))
    assert result.exit_code == 2
    assert "thousands of digits" in result.stderr


def test_a_line_with_a_number_of_5000_digits_is_named_in_our_words(tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text('{"text": "x", "rating": ' + "9" * 5_000 + "}\n", encoding="utf-8")
    result = veille("score", str(file))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{file}, line 1: a number of thousands of digits" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("score", "x", "--place", "presse"), "write one of blog, forum", id="no kind of place"),
        pytest.param(("canonical", ""), "write an address, a file or -", id="no address"),
    ],
)
def test_words_that_were_taken_in_silence_are_refused(words: tuple[str, ...], said: str) -> None:
    result = veille(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_nothing_to_list_is_no_line_of_json(tmp_path: Path) -> None:
    config = config_at(tmp_path)
    assert veille("feedback", "--client", "floreal", "--json", config=config).stdout == ""
    assert veille("mentions", "floreal", "--json", config=config).stdout == ""
