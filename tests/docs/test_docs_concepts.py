"""docs/concepts.md tells the truth: its numbers are those of the code, its floors those of the contract."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from inspect import signature
from pathlib import Path

import pytest

from veille.analysis.dedup import SAME_AUTHOR_WINDOW, STORY_WINDOW
from veille.analysis.scan import DAY_SECONDS, LEAST_SECONDS
from veille.daemon.pulse import STUCK_AFTER
from veille.fetch.worker import MEBIBYTE, Reader
from veille.model.exchange import MEGABYTE, FetchPolicy
from veille.model.mention import Level
from veille.pipeline import digest, house, missed, operator, progress, tell
from veille.pipeline.save import EXTRACT
from veille.sources import feed
from veille.sources.syndication.entry_fields import LONGEST_TEXT
from veille.store.entries import SHORT
from veille.store.prune import KEYS_KEPT
from veille.timing import cadence, condition

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "concepts.md").read_text()
POLICY = FetchPolicy()
READER = signature(Reader).parameters


def plain(length: timedelta) -> str:
    """As the page writes a length: its largest whole unit."""
    seconds = int(length.total_seconds())
    units = (("days", 86_400), ("h", 3600), ("min", 60), ("s", 1))
    return next(f"{seconds // size} {name}" for name, size in units if seconds % size == 0 and seconds >= 2 * size)


NUMBERS = {
    "an answer, on the wire and unpacked": [f"{POLICY.max_body // MEGABYTE} MB"],
    "a feed that is parsed": [f"{feed.LARGEST // MEGABYTE} MB"],
    "a whole dialogue with a source": [plain(POLICY.deadline)],
    "parsing one answer": [f"{READER['deadline'].default:g} s", f"{READER['memory'].default // MEBIBYTE} MB"],
    "redirects": [f"{POLICY.max_redirects},", f"{progress.ADOPT_AFTER} identical"],
    "questions at once": [f"{POLICY.workers},", f"one host {POLICY.per_host}"],
    "a source that fails": [plain(cadence.SLOWEST_POLL)],
    "`Retry-After` of a source": ["24 h"],
    "text kept of an entry": [f"{LONGEST_TEXT:,} characters", f"{SHORT} when"],
    "a story": ["72 h", plain(SAME_AUTHOR_WINDOW)],
    "a spike": [plain(timedelta(seconds=LEAST_SECONDS)), plain(timedelta(seconds=DAY_SECONDS))],
    "a failed delivery": [plain(cadence.FIRST_RETRY), plain(cadence.SLOWEST_RETRY)],
    "an urgent message that cannot leave": [plain(tell.URGENT_FOR), plain(tell.CALM_FOR), plain(digest.LASTS)],
    "alerts late by an hour, when a channel works again": [f"up to {missed.FEW} are sent"],
    "a claim of a process that died": [plain(house.LEASE)],
    "a beat that does not end": [plain(timedelta(seconds=STUCK_AFTER))],
    "a text message": ["160 characters"],
    "a source in trouble": ["24 h", "1 h"],
    "a source's own rhythm": [f"{cadence.POLLS_A_GAP} times", "2 weeks"],
    "a silent source": ["24 h", "under 1 %"],
    "an extract of the press": [f"{EXTRACT} characters"],
    "what recognises an entry, without its text": [plain(KEYS_KEPT)],
}


def test_the_numbers_that_the_page_rounds() -> None:
    assert timedelta(hours=72) == STORY_WINDOW
    assert timedelta(hours=24) == cadence.LONGEST_WAIT == operator.PATIENCE
    assert timedelta(hours=1) == operator.BLIND_AFTER == missed.STALE
    assert timedelta(hours=24) == condition.SHORTEST
    assert timedelta(days=14) == cadence.KNOWN_AFTER
    assert condition.CHANCE == 0.01


def rows() -> dict[str, str]:
    section = PAGE.partition("## Numbers")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| (.+?) \| (.+?) \|$", section, flags=re.MULTILINE)[1:])


def test_every_number_of_the_page_is_checked() -> None:
    assert rows().keys() == NUMBERS.keys()


@pytest.mark.parametrize("what", NUMBERS)
def test_a_number_of_the_page_is_that_of_the_code(what: str) -> None:
    said = rows()[what]
    assert all(number in said for number in NUMBERS[what]), (said, NUMBERS[what])


def test_the_levels_begin_where_the_page_says() -> None:
    words = ", ".join(level.name.lower() for level in Level)
    points = ", ".join(str(level.value) for level in Level)
    assert f"{words}: from {points} points" in PAGE


def test_the_drawing_of_the_floors_is_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    drawn = dict(re.findall(r"^(\d)  (.*)$", PAGE, flags=re.MULTILINE))
    floor = {room: int(n) for n, line in drawn.items() for room in re.findall(r"\b[a-z]+\b", line)}
    floors = [{floor[room] for room in re.findall(r"veille\.(\w+)", layer)} for layer in layers[1:]]
    assert all(len(one) == 1 for one in floors)
    numbers = [max(one) for one in floors]
    assert numbers == sorted(numbers, reverse=True)
