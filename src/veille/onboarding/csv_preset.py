"""Which column of another tool's export holds what (data/history_presets.toml), and what the user says over it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from veille.errors import AnswerError
from veille.onboarding.csv_file import Table, folded
from veille.settings.advice import suggestion

#: What is read of a mention; of these one says when, and one what.
NAMES = ("date", "time", "url", "title", "text", "author", "site", "language", "rating", "followers", "tags")
ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """How one tool writes its exports."""

    name: str
    says: str
    #: Written from memory, never checked against an export.
    memory: bool
    #: Forms of dates, as strptime takes them.
    dates: tuple[str, ...]
    #: Whether 03/04/2026 begins with the day when nothing else tells.
    day_first: bool
    #: Folded headings by name, the likeliest first.
    columns: Mapping[str, tuple[str, ...]]


@cache
def presets() -> Mapping[str, Preset]:
    """All there are, by name."""
    text = files("veille.onboarding").joinpath("data/history_presets.toml").read_text(encoding="utf-8")
    return {name: _preset(name, row) for name, row in tomllib.loads(text).items()}


def _preset(name: str, row: Mapping[str, object]) -> Preset:
    columns = row["columns"]
    dates = row["dates"]
    assert isinstance(columns, dict)
    assert isinstance(dates, list)
    return Preset(
        name=name,
        says=str(row["says"]),
        memory=row["memory"] is True,
        dates=tuple(map(str, dates)),
        day_first=row["first"] == "day",
        columns={each: tuple(folded(heading) for heading in headings) for each, headings in columns.items()},
    )


def chosen(name: str, columns: str, dates: str) -> Preset:
    """The preset of that name ("" = any), with the columns `date=Day,url=Link` and a form of dates said over it.

    Raises AnswerError.
    """
    known = presets()
    if name and name not in known:
        raise AnswerError(f"no preset {name!r}{suggestion(name, tuple(known))}; there are: {', '.join(known)}")
    preset = known[name or ANY]
    preset = replace(preset, columns={**preset.columns, **_said(columns)})
    return replace(preset, dates=(dates, *preset.dates)) if dates else preset


def _said(columns: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for written in filter(None, (part.strip() for part in columns.split(","))):
        name, sign, heading = (part.strip() for part in written.partition("="))
        if not sign or not heading:
            raise AnswerError(f"--columns {written}: write NAME=HEADING, as in date=Day,url=Link")
        if name not in NAMES:
            raise AnswerError(f"--columns {name}: nothing is read under that name{suggestion(name, NAMES)}")
        found[name] = (*found.get(name, ()), folded(heading))
    return found


def told_by(headings: Iterable[str]) -> str:
    """The tool that most of these headings are of; `any` when none is better than that."""
    there = {folded(heading) for heading in headings}
    counts = {name: _covered(preset, there) for name, preset in presets().items()}
    best = max(counts, key=lambda name: (counts[name], name == ANY))
    return best if counts[best] > counts[ANY] else ANY


def _covered(preset: Preset, there: set[str]) -> int:
    return sum(any(heading in there for heading in headings) for headings in preset.columns.values())


def places(table: Table, preset: Preset) -> Mapping[str, tuple[int, ...]]:
    """The columns of each name that the file has, in the order of the preset. A column serves one name."""
    headings = [folded(heading) for heading in table.headings]
    found = {
        name: tuple(headings.index(heading) for heading in wanted if heading in headings)
        for name, wanted in preset.columns.items()
    }
    return {name: numbers for name, numbers in found.items() if numbers}


def missing(found: Mapping[str, object], table: Table) -> str:
    """Why these columns are not enough ("" = they are)."""
    there = ", ".join(heading for heading in table.headings if heading)
    if "date" not in found:
        return f"no column of dates among: {there}; name it with --columns date=HEADING"
    if not {"title", "text", "url"} & found.keys():
        return f"no column of titles, texts or addresses among: {there}; name one with --columns text=HEADING"
    return ""
