"""docs/sources.md tells the truth: every kind has its row and its example, and its numbers are those of the code."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from kit_settings import loaded
from veille.fetch.inbox import LARGEST, MOST
from veille.model.exchange import MEGABYTE
from veille.model.search import AllOf, AnyOf, NoneOf, Said
from veille.pipeline import operator, save
from veille.sources import graph, markup, searching, x
from veille.sources.base import connector, kind_of, kinds
from veille.sources.kind import Budget

TEXT = (Path(__file__).parents[2] / "docs" / "sources.md").read_text()
UNITS = ((86_400, "day"), (3_600, "h"), (60, "min"))
HEAD = "name: Floréal\nmark: FL\nwatches:\n  - {id: w, query: Floréal}\n"


def table(heading: str) -> dict[str, list[str]]:
    """The rows of the first table under a heading, by the kind in their first cell."""
    part = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", TEXT, flags=re.MULTILINE | re.DOTALL)
    assert part
    rows = re.findall(r"^\| `([a-z_]+)` \|(.*)\|$", part[1], flags=re.MULTILINE)
    return {kind: [cell.strip() for cell in cells.split("|")] for kind, cells in rows}


ROWS = table("All kinds")
SECTIONS = dict(re.findall(r"^### ([a-z_]+)\n(.*?)(?=^##|\Z)", TEXT, flags=re.MULTILINE | re.DOTALL))


def length(span: timedelta) -> str:
    """As the page writes it: 15 min, 1 h."""
    seconds = int(span.total_seconds())
    return next(f"{seconds // size} {name}" for size, name in UNITS if seconds % size == 0)


def examples(kind: str) -> str:
    """The YAML under the kind's heading."""
    return "".join(re.findall(r"```yaml\n(.*?)```", SECTIONS[kind], flags=re.DOTALL))


def test_every_kind_has_a_row_and_a_section_and_no_other_has() -> None:
    assert set(ROWS) == set(SECTIONS) == set(kinds())


@pytest.mark.parametrize("kind", kinds())
def test_the_example_of_a_kind_is_valid(kind: str, tmp_path: Path) -> None:
    """As the sources of a client: it loads without a complaint, and is of the kind."""
    text = examples(kind)
    named = dict.fromkeys(re.findall(r"\$\{(\w+)\}", text), "secret")
    written = re.sub(r"file:(?!///)[\w/.-]+", "${OTHER}", text)
    files = {"clients/floreal.yaml": HEAD + written}
    installed = loaded(tmp_path, files, environment={**named, "OTHER": "secret"}).installation
    found = [source for client in installed.clients for source in client.sources]
    assert {source.kind for source in found} == {kind}


@pytest.mark.parametrize("kind", kinds())
def test_every_option_of_a_kind_is_named_in_its_section(kind: str) -> None:
    """In an example or between backquotes."""
    words = set(re.findall(r"[a-z_]+", " ".join([*re.findall(r"`[^`]*`", SECTIONS[kind]), examples(kind)])))
    assert [option.name for option in kind_of(kind).options if option.name not in words] == []


@pytest.mark.parametrize("kind", kinds())
def test_the_row_says_how_often_and_how_sure(kind: str) -> None:
    _, _, every, _, sure = ROWS[kind]
    assert every.startswith(length(kind_of(kind).every))
    assert ("experimental" in sure) == (kind_of(kind).experimental or kind == "mailbox")


QUESTIONS = table("What a search service is asked")
ONE, OTHER = Said("ONE"), Said("OTHER")


@pytest.mark.parametrize("kind", [kind for kind in kinds() if hasattr(connector(kind), "DIALECT")])
def test_what_a_service_understands_is_what_it_is_asked(kind: str) -> None:
    """Each cell of the row, tried."""
    dialect = connector(kind).DIALECT  # type: ignore[attr-defined]  # every kind that searches has one
    both, either, without, phrase, longest, asked = QUESTIONS[kind]
    assert both == "yes"
    assert len(searching.questions(AllOf((ONE, OTHER)), dialect)) == 1
    assert either == ("yes" if len(searching.questions(AnyOf((ONE, OTHER)), dialect)) == 1 else "as questions")
    assert without == ("yes" if "OTHER" in searching.questions(AllOf((ONE, NoneOf(OTHER))), dialect)[0] else "no")
    assert phrase == ("yes" if '"' in searching.questions(Said("ONE OTHER"), dialect)[0] else "no")
    most, steps = kind_of(kind).questions, kind_of(kind).steps
    assert (longest, asked) == (str(dialect.longest), f"1, of {most} in turn" if most > steps else str(most))


def test_every_kind_that_searches_has_a_row_of_what_it_is_asked() -> None:
    assert set(QUESTIONS) == {kind for kind in kinds() if kind_of(kind).searches}


def told(budget: Budget) -> str:
    """How the page writes an allowance."""
    span = {timedelta(days=1): "day", timedelta(hours=1): "hour", timedelta(minutes=1): "minute"}
    each = span.get(budget.window, length(budget.window))
    if budget.calendar == "month":
        return f"`{budget.option}` dollars"
    calls = (
        f"{budget.calls} searches a {each}"
        if budget.option
        else f"{budget.calls} {'an' if each == 'hour' else 'a'} {each}"
    )
    return calls if budget.window in span else f"{budget.calls} questions in {each}"


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind_of(kind).budgets])
def test_budgets_are_those_of_the_code(kind: str) -> None:
    row = " | ".join(table("Budgets")[kind])
    for budget in kind_of(kind).budgets:
        assert told(budget) in row
        assert not budget.with_key or f"{budget.with_key} a " in row
        assert not budget.option or f"`{budget.option}`" in row


def test_every_budget_has_its_row() -> None:
    assert set(table("Budgets")) == {kind for kind in kinds() if kind_of(kind).budgets}


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind_of(kind).back_off])
def test_the_wait_after_a_refusal_is_that_of_the_code(kind: str) -> None:
    sentence = re.search(r"a wait after a refusal.*?\. ", TEXT, flags=re.DOTALL)
    assert sentence
    waits = re.findall(r"(\d+ (?:h|min))\s+\(([^)]*)\)", sentence[0])
    assert [wait for wait, names in waits if f"`{kind}`" in names] == [length(kind_of(kind).back_off)]


def dollars(thousandths: int) -> str:
    return f"{thousandths / 1000:.3f}"


NUMBERS = {
    "what X sells": f"{dollars(x.COUNT)} dollars a count, {dollars(x.POST)} a post, {dollars(x.AUTHOR)} the name",
    "what a day of counts of X costs": f"spends {48 * x.COUNT / 1000:.2f} dollars a day",
    "an extract of the press": f"at most {save.EXTRACT} characters",
    "the end of a token": f"each poll: {operator.ENDS_WITHIN.days} days before",
    "the version of the Graph": f"version: {graph.VERSION}",
    "the largest mail": f"a mail over {LARGEST // MEGABYTE} MB",
    "mails of a round": f"{MOST} mails",
    "the largest page": f"or over {markup.LARGEST // MEGABYTE} MB",
    "failures of Reddit": "before the fourth failure" if kind_of("reddit").patience == 3 else "?",
}


@pytest.mark.parametrize("said", NUMBERS.values(), ids=NUMBERS)
def test_the_numbers_of_the_page_are_those_of_the_code(said: str) -> None:
    assert said in TEXT
