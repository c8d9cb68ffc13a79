"""Runs every example of docs/query-language.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from veille.errors import QueryError
from veille.model.entry import Entry
from veille.query import Matcher, parse, warnings
from veille.query.syntax import FIELDS

PAGE = (Path(__file__).parents[2] / "docs" / "query-language.md").read_text(encoding="utf-8")


def tables(*head: str) -> list[Any]:
    """The rows of the tables with these columns, named by their query."""
    rows: list[Any] = []
    reading = False
    for line in PAGE.splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if not line.startswith("|"):
            reading = False
        elif cells == head:
            reading = True
        elif reading and not set(line) <= set("|- "):
            rows.append(pytest.param(cells[0].strip("`"), *cells[1:], id=" / ".join(cells)))
    return rows


def entry_of(cell: str) -> tuple[Entry, dict[str, str]]:
    """The entry that a text cell describes, and the source it came from."""
    fields: dict[str, Any] = {}
    for part in cell.split(" · "):
        name, sign, value = part.partition("=")
        fields |= {name: value} if sign and name.isalpha() else {"text": part}
    origin = {name: fields.pop(name) for name in ("source", "kind") if name in fields}
    if "tags" in fields:
        fields["tags"] = tuple(fields["tags"].split(","))
    for name in ("rating", "followers"):
        if name in fields:
            fields[name] = int(fields[name])
    return Entry(key="1", **fields), origin


@pytest.mark.parametrize(("query", "text", "matches"), tables("query", "text", "matches"))
def test_an_example_does_as_the_page_says(query, text, matches):
    entry, origin = entry_of(text)
    assert (1 in Matcher({1: parse(query)}).match(entry, **origin)) == {"yes": True, "no": False}[matches]


@pytest.mark.parametrize(("query", "column", "why"), tables("query", "column", "why"))
def test_a_refusal_is_as_the_page_says(query, column, why):
    with pytest.raises(QueryError, match=why) as refused:
        parse(query)
    assert refused.value.column == int(column)


@pytest.mark.parametrize(("query", "warning"), tables("query", "warning"))
def test_a_warning_is_as_the_page_says(query, warning):
    assert [found.code for found in warnings(query)] == ([] if warning == "none" else [warning])


def test_the_page_has_its_examples_and_names_every_field():
    assert len(tables("query", "text", "matches")) > 70
    assert all(f"`{field}:`" in PAGE for field in FIELDS)


def test_the_published_grammar_has_the_rules_of_the_real_one():
    rules = re.findall(r"^(\w+) +=", PAGE, re.MULTILINE)
    source = (Path(__file__).parents[2] / "src/veille/query/grammar.lark").read_text(encoding="utf-8")
    assert set(re.findall(r"^\?(\w+):", source, re.MULTILINE)) - {"start"} <= set(rules)
