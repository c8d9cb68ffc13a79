"""Golden pairs: a raw answer, and the Python values it must become."""

from __future__ import annotations

import runpy
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from sources.feeds import read
from veille.model.entry import Entry

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".xml", ".json"))


def told(entry: Entry) -> dict[str, Any]:
    """What an entry says beside its defaults."""
    blank = Entry(key="")
    said = {field.name: getattr(entry, field.name) for field in fields(entry)}
    said = {name: value for name, value in said.items() if value != getattr(blank, name)}
    return said | ({"published": entry.published.isoformat()} if entry.published else {})


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_becomes_exactly_these_values(sample: Path) -> None:
    """The kind is the name of the file where it is one."""
    expected = runpy.run_path(str(sample.with_suffix(".py")))
    page = read(sample.read_bytes(), kind="google_alerts" if sample.stem == "google_alerts" else "feed")
    assert [told(entry) for entry in page.entries] == expected["ENTRIES"]
    assert (page.title, page.empty, page.broken) == (expected["TITLE"], expected["EMPTY"], expected["BROKEN"])


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_second_poll_finds_the_same_and_reads_none_or_all_again(sample: Path) -> None:
    """Keys do not move; an item is either known or read as before."""
    kind = "google_alerts" if sample.stem == "google_alerts" else "feed"
    first = read(sample.read_bytes(), kind=kind)
    second = read(sample.read_bytes(), kind=kind, after=first)
    assert second.found == first.found
    assert second.entries in ((), first.entries)
