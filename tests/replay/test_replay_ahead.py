"""Items read ahead in other processes: the same is told, whatever their number and whatever becomes of them."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from subprocess import run as command

from replay_kit import Event, events, item, kinds, veille, written

from veille.model.entry import Entry
from veille.pipeline import foresight
from veille.pipeline.place import score
from veille.pipeline.roster import Concern, Roster
from veille.replay.ahead import WORTH, cores, foreseen
from veille.replay.items import Item, read_items
from veille.replay.scene import Scene, of_query

MANY = WORTH + 60


def said(number: int) -> list[Event]:
    """Items of which one in three concerns the client, some of them the same moment."""
    words = ("Floréal : arnaque, je porte plainte", "rien à voir", "Floréal la frégate", "un autre sujet")
    return [
        item(n, minutes=37 * (n - n % 2), url=f"https://s{n % 9}.example/{n}", text=words[n % 4]) for n in range(number)
    ]


def scene(number: int) -> tuple[Scene, tuple[Item, ...], Roster]:
    items = read_items(json.dumps(each).encode() for each in said(number))
    staged = of_query("Floréal SAUF frégate", items)
    return staged, items, Roster(staged.installation.clients)


def test_as_many_processes_as_one_likes_tell_the_same(tmp_path: Path) -> None:
    file = written(tmp_path, said(MANY))
    words = ("replay", file, "--query", "Floréal SAUF frégate", "--jobs")
    alone, three = (veille(*words, jobs) for jobs in ("1", "3"))
    assert alone.stdout == three.stdout
    assert len(kinds(events(alone), "mention")) > MANY / 3


def test_what_is_read_ahead_is_what_the_pipeline_would_find() -> None:
    """Taken one after the other as fast as they come: those not known in time are left open."""
    staged, items, roster = scene(MANY)
    key = staged.sources[""].key
    with foreseen(staged, items, roster, jobs=2) as known:
        told = _waited(known, items)
    assert len(told) == len(items)
    for each, found in zip(items, told, strict=True):
        if found is not None:
            seen = foresight.look(roster, each.entry, key, now=each.seen)
            assert (found.canonical, found.content, len(found.verdicts)) == (
                seen.canonical,
                seen.content,
                len(seen.verdicts),
            )
            assert all(v.urgency == score(each.entry, v) for v in found.verdicts if isinstance(v, Concern))
    assert any(found is not None for found in told)


def _waited(known: Iterator[foresight.Foreseen | None], items: tuple[Item, ...]) -> list[foresight.Foreseen | None]:
    """All that is known, at the pace of someone who scores each by hand: the first ones come before anyone is ready."""
    roster = Roster(scene(1)[0].installation.clients)
    told = []
    for each, found in zip(items, known, strict=False):
        told.append(found)
        for _ in range(40 if found is None else 1):
            foresight.packed(
                roster, Entry(key="", text=f"Floréal, plainte {len(told)} {each.seen}"), "replay ", now=each.seen
            )
    return told


def test_few_items_or_one_process_start_no_other() -> None:
    staged, items, roster = scene(MANY)
    for some, jobs in ((items[: WORTH - 1], 8), (items, 1)):
        with foreseen(staged, some, roster, jobs=jobs) as known:
            assert {next(known) for _ in some} == {None}
            assert _children() == set()


def test_children_that_are_killed_leave_their_items_to_the_pipeline() -> None:
    staged, items, roster = scene(MANY)
    with foreseen(staged, items, roster, jobs=2) as known:
        for child in _children():
            os.kill(child, signal.SIGKILL)
        told = list(zip(items, known, strict=False))
    assert [each for each, _ in told] == list(items)
    assert _children() == set()


def test_a_core_at_least_is_ours() -> None:
    assert cores() >= 1


def _children() -> set[int]:
    """The processes of this one that read ahead."""
    found = command(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True)
    return {int(line.split()[0]) for line in found.stdout.splitlines() if "veille.fetch.child" in line}
