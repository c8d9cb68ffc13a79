"""Every mistake is refused at its line, with what would be right: faults 21, 50 and 78."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from kit_settings import CLIENT, PEOPLE, RIGHT, complaints
from veille.errors import SettingsError
from veille.settings.load import load


def mistakes() -> list[Any]:
    """The rows of mistakes.yaml: a file of the folder, its text, and every line said about it."""
    table = YAML(typ="safe", pure=True).load(Path(__file__).with_name("mistakes.yaml"))
    return [
        pytest.param(file, _text(file, row), row["says"], id=f"{file}: {row['what']}")
        for file, rows in table.items()
        for row in rows
    ]


def _text(file: str, row: Mapping[str, str]) -> str:
    return row["yaml"] if "yaml" in row else RIGHT[file] + row["more"]


@pytest.mark.parametrize(("file", "text", "expected"), mistakes())
def test_a_mistake_is_refused_at_its_line(tmp_path: Path, file: str, text: str, expected: list[str]) -> None:
    found = complaints(tmp_path, {file: text}, environment={"P": "x"})
    assert found == [f"{file}:{line}" for line in expected]


def test_all_mistakes_of_all_files_are_told_at_once_in_file_order(tmp_path: Path) -> None:
    autoneo = CLIENT.replace("floreal", "autoneo") + "digest_at: 6:30\ncolour: red\n"
    found = complaints(
        tmp_path,
        {
            "veille.yaml": "fetch: {workrs: 2}\nretention: {mentions: x}\n",
            "people.yaml": PEOPLE.replace("all", "[nobody]") + "    language: it\n",
            "clients/floreal.yaml": CLIENT + "a: 1\na: 2\n",
            "clients/autoneo.yaml": autoneo,
        },
    )
    assert [line.split(": ")[0] for line in found] == [
        "veille.yaml:1:9",
        "veille.yaml:2:23",
        "people.yaml:4:14",
        "people.yaml:8:15",
        "clients/autoneo.yaml:8:12",
        "clients/autoneo.yaml:9:9",
        "clients/floreal.yaml:9:1",
    ]


def test_ids_are_used_once_over_all_clients(tmp_path: Path) -> None:
    assert complaints(tmp_path, {"clients/autoneo.yaml": CLIENT}) == [
        "clients/floreal.yaml:4:9: watches.0.id: the watch `floreal` is already in clients/autoneo.yaml:4: "
        "an id is used once"
    ]


def test_a_route_goes_only_to_those_who_serve_the_client(tmp_path: Path) -> None:
    other = CLIENT.replace("id: floreal", "id: autoneo")
    routed = CLIENT.replace("    query", "    routes: [{people: [camille]}]\n    query")
    people = PEOPLE.replace("all", "[autoneo]")
    files = {"people.yaml": people, "clients/floreal.yaml": routed, "clients/autoneo.yaml": other}
    assert complaints(tmp_path, files) == [
        "clients/floreal.yaml:5:24: watches.0.routes.0.people.0: `camille` does not serve floreal: "
        "add it to `serves` in people.yaml"
    ]


def test_a_query_is_refused_with_its_column_and_a_caret(tmp_path: Path) -> None:
    text = CLIENT.replace("query: Floréal", "query: Floréal SAUF (frégate")
    [found] = complaints(tmp_path, {"clients/floreal.yaml": text})
    first, query, caret, *_ = found.splitlines()
    assert first.startswith("clients/floreal.yaml:5:12: watches.0.query: column ")
    assert query.strip() == "Floréal SAUF (frégate"
    assert caret.strip() == "^"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        pytest.param("lists: {bruit: 'a OU (b'}\n", "lists.bruit", id="a list"),
        pytest.param(
            "events: [{id: e, name: E, query: '(x', start: 2027-02-12, end: 2027-02-13}]\n",
            "events.0.query",
            id="an event",
        ),
    ],
)
def test_every_query_is_read(tmp_path: Path, line: str, path: str) -> None:
    [found] = complaints(tmp_path, {"clients/floreal.yaml": CLIENT + line})
    assert f" {path}: column " in found


def test_files_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "nowhere").mkdir()
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "nowhere", environment={}, credentials=None)
    told = [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]
    assert told == [
        "nowhere/veille.yaml:1:1: file: no such file: write it, or run `veille init`",
        "nowhere/people.yaml:1:1: file: no such file: write it, or run `veille init`",
        "nowhere/clients:1:1: file: no client: write clients/NAME.yaml, or run `veille init`",
    ]


def test_a_client_under_another_extension(tmp_path: Path) -> None:
    files = {"clients/floreal.yml": CLIENT}
    # The right floreal.yaml is there too: the other would be silently left out.
    assert complaints(tmp_path, files) == [
        "clients/floreal.yml:1:1: file: rename it to floreal.yaml, or it is not read"
    ]


def test_a_folder_that_is_missing_or_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("database: x\n", encoding="utf-8")
    for name, said in (("nowhere", "no such folder: run `veille init`"), ("file", "is no folder: name the folder")):
        with pytest.raises(SettingsError) as caught:
            load(tmp_path / name, environment={}, credentials=None)
        [problem] = caught.value.problems
        assert problem.message.startswith(said)


def test_a_clients_folder_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "veille.yaml").write_text("", encoding="utf-8")
    (tmp_path / "config" / "people.yaml").write_text(PEOPLE.replace("all", "[floreal]"), encoding="utf-8")
    (tmp_path / "config" / "clients").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "config", environment={}, credentials=None)
    assert [problem.message for problem in caught.value.problems] == ["cannot be read: Not a directory"]


def test_a_client_whose_file_cannot_be_parsed_is_still_known_to_people(tmp_path: Path) -> None:
    files = {"people.yaml": PEOPLE.replace("all", "[floreal]"), "clients/floreal.yaml": "name: [Floréal\n"}
    [said] = complaints(tmp_path, files)
    assert said.startswith("clients/floreal.yaml:")


def test_people_that_cannot_be_parsed_are_not_missed_in_routes(tmp_path: Path) -> None:
    routed = CLIENT.replace("query: Floréal", "query: Floréal\n    routes: [{people: [camille]}]")
    [said] = complaints(tmp_path, {"people.yaml": "people: [\n", "clients/floreal.yaml": routed})
    assert said.startswith("people.yaml:")


def test_a_name_of_a_file_cannot_forge_a_line_of_the_report(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "a\nall right\x1b[2J", environment={}, credentials=None)
    assert "\\nall right\\x1b[2J" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
