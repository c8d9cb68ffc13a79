"""Items read ahead of the clock in other processes: whom they concern and how urgent they are, the same at any time.

    items -> chunks -> [child processes: pipeline/foresight.py] -> what is known of each, in order

The children are those that read pages (fetch/worker.py): they end with this process, however it ends. A chunk that no
child has begun when its time comes is left to the pipeline, which works the same out by itself.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import repeat

from veille.errors import ReadError
from veille.fetch.worker import MEBIBYTE, Reader
from veille.model.entry import Entry
from veille.model.installation import Installation
from veille.model.secret import Secret
from veille.pipeline import foresight
from veille.pipeline.foresight import Foreseen, Packed
from veille.pipeline.roster import Roster
from veille.replay.items import Item
from veille.replay.scene import Scene

#: Items that make the start of a process worth while.
WORTH = 400
#: Children at most: the process that holds the clock takes longer for an item than one of them.
MOST = 3
#: Items of one call, and calls that wait for each child.
CHUNK, WAITING = 64, 4
#: What a call may take: a loaded machine, long texts; and how many a child answers.
_SECONDS, _MEMORY, _CALLS = 120.0, 1536 * MEBIBYTE, 1_000_000

_SAMPLE = Entry(key="", link="", title="", text="Rien reçu, personne ne répond : remboursez-moi, c'est honteux.")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: Entry, key of its source, when it is seen.
_Asked = Sequence[tuple[Entry, str, datetime]]


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def foreseen(scene: Scene, items: Sequence[Item], roster: Roster, *, jobs: int) -> Iterator[Iterator[Foreseen | None]]:
    """What is known of each item, in order (None = not yet); `jobs` processes in all, this one among them."""
    if jobs < 2 or len(items) < WORTH:
        yield repeat(None)
        return
    number = min(jobs - 1, MOST)
    reader = Reader(size=number, deadline=_SECONDS, memory=_MEMORY, recycle=_CALLS)
    try:
        reader.start()
    except (ReadError, OSError):  # no room for another process: this one does all
        yield repeat(None)
        return
    with ThreadPoolExecutor(number) as threads:
        children = _Children(scene, roster, threads, reader, number=number)
        try:
            yield children.read(items)
        finally:
            children.close()


class _Children:
    """Child processes, each driven by a thread that waits for it."""

    def __init__(
        self, scene: Scene, roster: Roster, threads: ThreadPoolExecutor, reader: Reader, *, number: int
    ) -> None:
        self._sources, self._roster, self._threads, self._reader = scene.sources, roster, threads, reader
        self._installed = _bare(scene.installation)
        self._asked: deque[tuple[Sequence[Item], Future[list[Packed]]]] = deque()
        self._most = WAITING * number
        # The first call of each brings all that it needs, which takes as long as a hundred items.
        self._first = [self._call([(_SAMPLE, "", _EPOCH)]) for _ in range(number)]

    def read(self, items: Sequence[Item]) -> Iterator[Foreseen | None]:
        """What is known of each item, in order."""
        chunks = (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
        for chunk in chunks:
            if not all(call.done() for call in self._first):
                yield from repeat(None, len(chunk))
                continue
            self._ask(chunk)
            if len(self._asked) == self._most:
                yield from self._next()
        while self._asked:
            yield from self._next()

    def _ask(self, chunk: Sequence[Item]) -> None:
        asked = [(item.entry, self._sources[item.source].key, item.seen) for item in chunk]
        self._asked.append((chunk, self._call(asked)))

    def _call(self, asked: _Asked) -> Future[list[Packed]]:
        return self._threads.submit(self._reader.call, _read, self._installed, asked)

    def _next(self) -> Iterator[Foreseen | None]:
        chunk, found = self._asked.popleft()
        if found.cancel():
            return repeat(None, len(chunk))
        try:
            told = found.result()
        except ReadError:  # a child that ended: the pipeline reads these by itself
            return repeat(None, len(chunk))
        return (self._unpacked(item, each) for item, each in zip(chunk, told, strict=True))

    def _unpacked(self, item: Item, found: Packed) -> Foreseen:
        return foresight.unpacked(found, self._roster, self._sources[item.source].key)

    def close(self) -> None:
        """Ends the children, what they have not begun left undone."""
        for _, found in self._asked:
            found.cancel()
        self._reader.close()


def _bare(installed: Installation) -> Installation:
    """What a child needs of it: the clients, and where our pages are."""
    return Installation(database=Secret(""), clients=installed.clients, people=(), public_url=installed.public_url)


def _read(installed: Installation, asked: _Asked) -> list[Packed]:
    """Runs in a child."""
    return foresight.all_packed(Roster(installed.clients, public_url=installed.public_url), asked)
