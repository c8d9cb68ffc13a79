"""Wrong words and files of the commands that judge: one clear line, one exit code for one kind of error."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kit_settings import CLIENT, write_folder
from veille.cli.app import app
from veille.text.url import LONGEST

ITEM = json.dumps({"published": "2026-03-02T08:00:00Z", "url": "https://a.example/1", "text": "Floréal"})


def veille(*words: str) -> Result:
    result = CliRunner().invoke(app, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def settings_at(folder: Path) -> str:
    """A folder of settings that nothing has asked yet."""
    return str(write_folder(folder, {"clients/floreal.yaml": CLIENT}))


def test_a_line_too_long_for_an_address_is_read_over_and_named(tmp_path: Path) -> None:
    file = tmp_path / "addresses.txt"
    file.write_text("a" * (3 * LONGEST) + "\nhttps://a.example/b?utm_source=x\n", encoding="utf-8")
    result = veille("canonical", str(file))
    assert (result.exit_code, result.stdout) == (2, "\nhttps://a.example/b\n")
    assert result.stderr == f"veille: {file}, line 1: longer than {LONGEST} bytes: no address is\n"


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere.jsonl", "nowhere.csv"])
def test_a_missing_file_of_addresses_is_no_site_of_that_name(name: str) -> None:
    result = veille("canonical", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is neither an address nor a file" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("score", ""), "write a text, a file of entries", id="score, nothing"),
        pytest.param(("score", "  "), "write a text, a file of entries", id="score, blanks"),
        pytest.param(("score", "FOLDER"), "Is a directory", id="score, a folder"),
        pytest.param(("likeness", ""), "write a file of pairs", id="likeness, nothing"),
        pytest.param(("likeness", "FOLDER"), "Is a directory", id="likeness, a folder"),
        pytest.param(("likeness", "nowhere"), "nowhere: No such file", id="likeness, no file"),
        pytest.param(("canonical", "FOLDER"), "Is a directory", id="canonical, a folder"),
        pytest.param(("discover", ""), "not a web address: write one such as", id="discover, nothing"),
        pytest.param(("discover", "un site"), "un site: not a web address: write one", id="discover, words"),
        pytest.param(("replay", "--counts", "nowhere", "--out", "x"), "nowhere: No such file", id="counts, no file"),
        pytest.param(("replay", "--counts", "FOLDER", "--out", "x"), "Is a directory", id="counts, a folder"),
    ],
)
def test_what_cannot_be_read_is_2_in_every_command(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    result = veille(*(str(tmp_path) if word == "FOLDER" else word for word in words))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_counts_that_cannot_be_written_are_1_as_a_page_is(tmp_path: Path) -> None:
    source = tmp_path / "series.csv"
    source.write_text("timestamp,value\n2026-01-01 00:00:00,1\n", encoding="utf-8")
    result = veille("replay", "--counts", str(source), "--out", str(tmp_path / "nowhere" / "out.csv"))
    assert (result.exit_code, "out.csv: No such file" in result.stderr) == (1, True)


@pytest.mark.parametrize("command", [("score",), ("likeness",), ("replay", "--query", "x")], ids=lambda c: c[0])
def test_a_compressed_file_is_named_as_such(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "items.jsonl"
    file.write_bytes(gzip.compress(ITEM.encode()))
    result = veille(*command, str(file))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "line 1: compressed: unpack it first" in result.stderr
    assert str(file) in result.stderr


def test_a_bad_pair_is_named_with_its_file(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"a": "x", "b": "y"}\n[\n', encoding="utf-8")
    result = veille("likeness", str(file))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"veille: {file}, line 2: not JSON, column 2: ")
    assert "write one whole object a line" in result.stderr


@pytest.mark.parametrize("place", ["https://ana:hushhush@forum.example/", "ana:hushhush@forum.example"])
@pytest.mark.parametrize("command", ["discover", "page"])
def test_a_password_in_an_address_is_not_echoed(command: str, place: str) -> None:
    result = veille(command, place)
    assert result.exit_code == 2
    assert "hushhush" not in result.output
    assert "...@forum.example" in result.stderr
    assert "without name and password" in result.stderr


def test_an_audit_does_not_repeat_the_password_of_an_address(tmp_path: Path) -> None:
    config = settings_at(tmp_path)
    result = veille("audit", "floreal", "--config", config, "--url", "https://ana:hushhush@forum.example/1")
    assert (result.exit_code, "hushhush" in result.output) == (0, False)
    assert "...@forum.example/1" in result.stdout


def test_an_audit_of_years_says_the_year(tmp_path: Path) -> None:
    """An audit since 2001 said from 1 January to 22 November, and read as one of this year."""
    result = veille("audit", "floreal", "--config", settings_at(tmp_path), "--since", "2001-03-04")
    assert (result.exit_code, result.stdout.count("2001")) == (0, 1)


def test_an_unknown_mention_is_2_whoever_asks(tmp_path: Path) -> None:
    config = settings_at(tmp_path)
    for words in (("explain", "77"), ("feedback", "77", "calm")):
        result = veille(*words, "--config", config)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "no mention 77" in result.stderr


@pytest.mark.parametrize("year", ["1970-01-01", "1989-12-31"])
def test_a_date_before_the_web_is_a_wrong_date(tmp_path: Path, year: str) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(ITEM.replace("2026-03-02", year), encoding="utf-8")
    result = veille("replay", str(file), "--query", "x")
    assert (result.exit_code, "is no year of the web: write one from 1990 on" in result.stderr) == (2, True)


def test_years_between_the_items_are_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(ITEM.replace("2026", "2020") + "\n" + ITEM + "\n", encoding="utf-8")
    result = veille("replay", str(file), "--query", "nobody")
    assert result.exit_code == 0
    assert "from 2020-03-02 to 2026-03-02, every day is played: is one of these dates wrong?" in result.stderr


def test_a_reader_that_leaves_ends_the_replay_at_once_and_is_no_fault(tmp_path: Path) -> None:
    """The text of an event was written from inside the pipeline, which took the closed pipe for a client's fault."""
    lines = [ITEM.replace("T08:00", f"T{n // 60:02d}:{n % 60:02d}").replace("/1", f"/{n}") for n in range(600)]
    file = tmp_path / "items.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    words = [sys.executable, "-m", "veille", "replay", str(file), "--query", "Floréal", "--format", "text"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)
