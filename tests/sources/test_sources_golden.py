"""Golden pairs: a raw answer, and the Python values it must become.

NAME.py stands beside NAME.xml, .json, .html or .eml. Its kind is the longest known one that NAME begins with, else
feed; `SOURCE` and `STEP` in it say more where the connector needs it. A sample of a stream has one frame a line.
"""

from __future__ import annotations

import runpy
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Response, Source
from veille.sources.base import kind_of as declared
from veille.sources.base import kinds, read_message, read_page, stream
from veille.sources.kind import Shape

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".xml", ".json", ".html", ".eml"))
ADDRESS = "https://source.example/feed"


def kind_of(sample: Path) -> str:
    """The kind whose answer a sample is."""
    return max((kind for kind in kinds() if sample.stem.startswith(kind)), key=len, default="feed")


def read(sample: Path, after: Page | None = None) -> Page:
    """What the sample's connector makes of it."""
    expected = runpy.run_path(str(sample.with_suffix(".py")))
    source = expected.get("SOURCE") or Source(id="s", kind=kind_of(sample), url=ADDRESS, key="s")
    shape = declared(source.kind).shape
    if shape is Shape.INBOX:
        return Page(entries=read_message(source, sample.read_bytes()))
    if shape is Shape.STREAM:
        decoded = [stream(source.kind).decode(source, frame) for frame in sample.read_bytes().splitlines()]
        return Page(entries=tuple(entry for page in decoded for entry in page.entries))
    state = PollState(cursor=after.cursor, memory=after.memory) if after else PollState()
    answer = Response(
        url=expected.get("URL", source.url), status=200, body=sample.read_bytes(), step=expected.get("STEP", "")
    )
    return read_page(source, answer, state)


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
    page = read(sample)
    assert [told(entry) for entry in page.entries] == expected["ENTRIES"]
    known = (expected.get("TITLE", ""), expected.get("EMPTY", 0), expected.get("BROKEN", 0))
    assert (page.title, page.empty, page.broken) == known


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_second_poll_finds_the_same_and_reads_none_or_all_again(sample: Path) -> None:
    """Keys do not move; an item is either known or read as before."""
    first = read(sample)
    second = read(sample, after=first)
    assert second.found in (first.found, 0)
    assert second.entries in ((), first.entries)
