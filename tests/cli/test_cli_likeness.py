"""`veille canonical` and `veille likeness`: one line out for each one in, and bad lines named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from veille.cli import canonical, likeness
from veille.cli.exits import Exit


def test_an_address_is_printed_in_its_one_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert canonical.run("http://m.exemple.fr/a?utm_source=x") is Exit.OK
    assert capsys.readouterr().out == "https://exemple.fr/a\n"


def test_a_file_of_addresses_keeps_its_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "addresses.txt"
    file.write_text("https://youtu.be/abc\n\nhttps://www.exemple.fr/b/\n", encoding="utf-8")
    assert canonical.run(str(file)) is Exit.OK
    assert capsys.readouterr().out.splitlines() == [
        "https://youtube.com/watch?v=abc",
        "",
        "https://exemple.fr/b",
    ]


def test_what_is_no_address_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "addresses.txt"
    file.write_text("https://exemple.fr/\nbonjour tout le monde\n", encoding="utf-8")
    assert canonical.run(str(file)) is Exit.WRONG_INPUT
    printed = capsys.readouterr()
    assert "line 2: 'bonjour tout le monde' is no address" in printed.err
    assert len(printed.out.splitlines()) == 2
    assert canonical.run(str(tmp_path / "none")) is Exit.WRONG_INPUT
    assert "neither an address nor a file" in capsys.readouterr().err
    assert canonical.run(str(tmp_path)) is Exit.WRONG_INPUT


PAIRS = [
    {"a": "Panne géante chez Nexilo à Metz", "b": {"title": "Nexilo : coupure massive à Metz", "text": ""}},
    {"a": "Panne géante chez Nexilo à Metz ce matin", "b": "RT @x: Panne géante chez Nexilo à Metz ce matin"},
    {"a": "Nexilo augmente ses forfaits", "b": "Grève des éboueurs à Nantes"},
    {"a": {"url": "https://a.fr/x?utm_source=y"}, "b": {"url": "https://m.a.fr/x", "title": "Autre titre"}},
]


def test_pairs_are_answered_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text("".join(json.dumps(pair) + "\n" for pair in PAIRS), encoding="utf-8")
    assert likeness.run(str(file)) is Exit.OK
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["verdict"] for answer in answers] == ["same_story", "copy", "different", "copy"]
    assert answers[2]["score"] < answers[0]["score"] < answers[1]["score"] <= 1
    assert "metz" in answers[0]["evidence"]


def test_a_notice_filled_in_for_another_town_is_no_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It repeats nine words in ten of the one before."""
    form = "Incendie à {} : un entrepôt de textile détruit par les flammes cette nuit, aucun blessé selon les pompiers"
    file = tmp_path / "pairs.jsonl"
    towns = ("Lyon", "Caen"), ("Lyon", "Lyon")
    file.write_text("".join(json.dumps({"a": form.format(a), "b": form.format(b)}) + "\n" for a, b in towns))
    assert likeness.run(str(file)) is Exit.OK
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["verdict"] for answer in answers] == ["different", "copy"]
    assert "other places" in answers[0]["evidence"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("x", "not JSON", id="no JSON"),
        pytest.param('{"a": "x"}', "b is missing", id="one side"),
        pytest.param('{"a": "x", "b": 3}', "b: write a text, or an entry", id="a number"),
        pytest.param('{"a": {"title": 3}, "b": "x"}', "a: title: write a text", id="a bad entry"),
    ],
)
def test_a_bad_line_has_its_number(line: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"a": "x", "b": "y"}\n' + line + "\n", encoding="utf-8")
    assert likeness.run(str(file)) is Exit.WRONG_INPUT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"line 2: {said}" in printed.err
