"""Files that are broken, huge or meant to harm: fault 78."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit_settings import CLIENT, complaints
from veille.errors import SettingsError
from veille.settings.parse import parse

BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join(f'*{old}' for _ in range(10))}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
CLIMB = "a: &a0 [x]\n" + "".join(f"k{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 40))

ROWS = [
    pytest.param(
        "a: 1\na: 2\nb: 1\nb: 2\n",
        [
            "2:1: yaml: the key `a` is already on line 1: keep one",
            "4:1: yaml: the key `b` is already on line 3: keep one",
        ],
        id="keys twice, all of them",
    ),
    pytest.param("a:\n\tb: 1\n", ["2:1: yaml: a tab cannot indent YAML: use spaces"], id="a tab"),
    pytest.param(
        "a: @floreal\n",
        ['1:4: yaml: a text cannot begin with @: write it in quotes, "@name"'],
        id="an account without quotes",
    ),
    pytest.param("a: b: c\n", ['1:5: yaml: a second ": " on the line: write the text in quotes'], id="two colons"),
    pytest.param("a: 'b\n", ["2:1: yaml: a quote that is never closed"], id="an open quote"),
    pytest.param(
        "a: 1\n---\nb: 2\n", ["2:1: yaml: a second document begins: remove the line `---`"], id="two documents"
    ),
    pytest.param(
        "a: !!python/object:os.system x\n",
        ["1:4: yaml: a tag `!...` means nothing here: remove it"],
        id="a Python object",
    ),
    pytest.param("{a: 1}: 2\n", ["1:1: yaml: a key must be a text, not a list or a mapping"], id="a mapping for a key"),
    pytest.param("a: *b\n", ["1:4: yaml: an alias `*name` with no `&name` before it"], id="an alias of nothing"),
    pytest.param("a: &a [*a]\n", ["1:8: yaml: an alias `*name` with no `&name` before it"], id="an alias of itself"),
    pytest.param(BOMB, ["5:17: yaml: more than 50000 values, aliases counted each time"], id="an alias bomb"),
    pytest.param(CLIMB, ["19:12: yaml: nested deeper than 20 levels"], id="aliases that climb on each other"),
    pytest.param(
        "[" * 300_000, ["1:1: yaml: a line of more than 20000 characters: cut it"], id="300,000 brackets on a line"
    ),
    pytest.param("[\n" * 300_000, ["21:1: yaml: nested deeper than 20 levels"], id="300,000 brackets"),
    pytest.param("- " * 9_000, ["1:41: yaml: nested deeper than 20 levels"], id="9,000 dashes"),
    pytest.param("!" * 999_000, ["1:1: yaml: a line of more than 20000 characters: cut it"], id="an endless tag"),
    pytest.param("a: \x01b\n", ["1:4: yaml: a control character: remove it"], id="a control character"),
    pytest.param("a: é\nb: é\x00\n", ["2:5: yaml: a control character: remove it"], id="a NUL after accents"),
    pytest.param(b"a: b\nc: \xe9t\xe9\n", ["2:4: yaml: not UTF-8: save the file in UTF-8"], id="Latin-1"),
    pytest.param(b"\xff\xfea\x00:\x00", ["1:1: yaml: not UTF-8: save the file in UTF-8"], id="UTF-16"),
    pytest.param('a: "\\U99999999"\n', ["1:1: yaml: not readable as YAML"], id="a character that no alphabet has"),
    pytest.param(
        b"#" * 1_000_001, ["1:1: file: larger than 1 MB: no settings file is"], id="a file of 1 MB and a byte"
    ),
]


@pytest.mark.parametrize(("content", "expected"), ROWS)
def test_a_hostile_file_is_refused_at_its_line(tmp_path: Path, content: str | bytes, expected: list[str]) -> None:
    found = complaints(tmp_path, {"clients/floreal.yaml": content})
    assert found == [f"clients/floreal.yaml:{line}" for line in expected]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "config" / "clients").mkdir(parents=True)
    os.mkfifo(tmp_path / "config" / "clients" / "pipe.yaml")
    assert complaints(tmp_path, {}) == ["clients/pipe.yaml:1:1: file: not a regular file"]


def test_aliases_within_reason_are_understood(tmp_path: Path) -> None:
    shared = CLIENT.replace("query: Floréal", "query: &q Floréal") + "lists: {nom: *q}\n"
    assert complaints(tmp_path, {"clients/floreal.yaml": shared}) == []


def test_what_is_shown_of_a_hostile_key_is_short_and_printable(tmp_path: Path) -> None:
    [found] = complaints(tmp_path, {"clients/floreal.yaml": CLIENT + '"\\e[31m' + "k" * 500 + '": 1\n'})
    assert found.isprintable()
    assert len(found) < 500


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-?!&*|>%@`'\"\\[]{},# \n\t0u8~<=.", max_size=40))
def test_whatever_is_written_is_a_tree_or_a_refusal(text: str) -> None:
    with suppress(SettingsError):
        parse(text.encode(), file="any").plain()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40))
def test_whatever_bytes_are_there(content: bytes) -> None:
    with suppress(SettingsError):
        parse(content, file="any").plain()
