"""Pages are saved several at a time: what one transaction holds, what a bad page spoils, what a stop leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest

from kit_house import Town, client, open_town
from veille.model.entry import Entry, Page
from veille.model.exchange import NotModified, PollState, Request, Response, Source
from veille.pipeline.house import LEASE, House
from veille.pipeline.ingest import LOAD, Asked, ingest
from veille.pipeline.poll import poll
from veille.store import placing, sources
from veille.store.health import health

THREE = {"floreal": client("Floréal", "press", "forum", "blog")}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path, clients=THREE) as opened:
        opened.settle_in()
        yield opened


def due(house: House) -> list[sources.Due]:
    with house.store.writing() as tx:
        return sources.claim_due(tx, now=house.clock.now(), owner=house.owner, lease=LEASE, limit=10)


def source_id(house: House, one: sources.Due) -> str:
    source = house.roster.interval_source(one.key)
    assert source is not None
    return source.id


def page(house: House, one: sources.Due, count: int) -> Asked:
    """A page of so many entries, of which the first and the last name the client."""
    source = house.roster.interval_source(one.key)
    assert source is not None
    now = house.clock.now()
    named = (0, count - 1)
    entries = tuple(
        Entry(key=f"k{n}", title=f"{'Floréal' if n in named else 'Autre'} {one.row} {n}", published=now)
        for n in range(count)
    )
    state = replace(one.state, etag=f"tag of {source.id}")
    return Asked(due=one, source=source, page=Page(entries=entries), state=state, at=now)


def transactions(town: Town) -> int:
    """How often mentions of the client were saved: each transaction that does moves its placement counter once."""
    with town.house.store.reading() as conn:
        return placing.placement(conn, "floreal")


@pytest.mark.parametrize(
    ("counts", "moves"),
    [
        pytest.param((1, 1, 1), 1, id="three small pages: one transaction"),
        pytest.param((LOAD - 1, 1, 1), 2, id="the third has no room left"),
        pytest.param((1, LOAD, 1), 3, id="a full one is alone"),
        pytest.param((LOAD + 1, 1, 1), 2, id="the rest of a long one has company"),
    ],
)
def test_pages_share_a_transaction_up_to_a_load(town: Town, counts: tuple[int, ...], moves: int) -> None:
    """Never more entries in one than a load."""
    before = transactions(town)
    saved = ingest(town.house, [page(town.house, one, n) for one, n in zip(due(town.house), counts, strict=True)])
    assert transactions(town) - before == moves
    assert saved.new == sum(counts)
    assert saved.mentions == sum(min(n, 2) for n in counts)


def test_every_page_of_a_transaction_leaves_its_own_state(town: Town) -> None:
    """Its entity tag, and its entries under its own source."""
    ingest(town.house, [page(town.house, one, 1) for one in due(town.house)])
    town.clock.pass_(minutes=60)
    kept = {source_id(town.house, one): one.state.etag for one in due(town.house)}
    assert kept == {name: f"tag of {name}" for name in ("floreal-press", "floreal-forum", "floreal-blog")}
    assert {each.source_id for each in town.mentioned()} == kept.keys()


class Spoiling:
    """Reads as the house does, but gives one source an entry that cannot be saved: a date without a zone."""

    def __init__(self, house: House, source_id: str) -> None:
        self.reader, self.source_id = house.reader, source_id

    def call(self, function: Callable[..., Any], source: Source, answer: Response, state: PollState) -> Any:
        read: Page = self.reader.call(function, source, answer, state)
        if source.id != self.source_id:
            return read
        return replace(read, entries=tuple(replace(e, published=datetime(2027, 2, 12)) for e in read.entries))


def test_a_page_that_cannot_be_saved_is_redone_alone(town: Town) -> None:
    """The others of its transaction are saved once, with their states; only its own source has failed."""
    for name in ("press", "forum", "blog"):
        town.publish(name, f"Floréal dans {name}")
    town.with_(reader=Spoiling(town.house, "floreal-forum"))
    tally = poll(town.house)
    assert (tally.polled, tally.new, tally.mentions) == (3, 2, 2)
    assert sorted(each.source_id for each in town.mentioned()) == ["floreal-blog", "floreal-press"]
    with town.house.store.reading() as conn:
        found = {each.source_id: each.error for each in health(conn, "floreal", now=town.clock.now())}
    assert {name for name, error in found.items() if "not saved: TypeError" in error} == {"floreal-forum"}


def test_a_page_that_could_not_be_saved_comes_back(town: Town) -> None:
    """Nothing of it was remembered: once it can be saved, it is."""
    town.publish("forum", "Floréal dans forum")
    sound = town.house.reader
    town.with_(reader=Spoiling(town.house, "floreal-forum"))
    poll(town.house)
    town.with_(reader=sound)
    town.clock.pass_(minutes=60)
    poll(town.house)
    assert [each.source_id for each in town.mentioned()] == ["floreal-forum"]


class Stopping:
    """Fetches as the house does; the first fetch asks the process to end, then waits for `until`."""

    def __init__(self, house: House) -> None:
        self.fetcher, self.stopping = house.fetcher, house.stopping
        self.until, self.first = Event(), True

    def fetch(self, request: Request) -> Response | NotModified:
        first, self.first = self.first, False
        if first:
            self.stopping.set()
        answer = self.fetcher.fetch(request)
        if first:
            self.until.wait(20)
        return answer

    def close(self) -> None:
        self.fetcher.close()


class OneByOne(ThreadPoolExecutor):
    """One dialogue at a time; tells when one that waits is cancelled."""

    def __init__(self, cancelled: Event) -> None:
        super().__init__(1)
        self.cancelled = cancelled

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(lambda done: self.cancelled.set() if done.cancelled() else None)
        return future


def test_a_dialogue_under_way_may_end_after_a_stop(town: Town) -> None:
    """What it brings is saved; those that have not begun never do, and stay due."""
    for name in ("press", "forum", "blog"):
        town.publish(name, f"Floréal dans {name}")
    fetcher, usual = Stopping(town.house), town.house.pool
    with OneByOne(fetcher.until) as pool:
        town.with_(fetcher=fetcher, pool=pool)
        tally = poll(town.house)
    assert (tally.polled, tally.mentions) == (1, 1)
    town.with_(pool=usual)
    town.house.stopping.clear()
    town.clock.pass_(minutes=60)
    assert poll(town.house).polled == 3
    assert len(town.mentioned()) == 3


def test_a_dialogue_that_outlasts_the_grace_is_left(town: Town) -> None:
    """The process ends within ten seconds whatever a server does; its source is asked again by the next."""
    fetcher, usual = Stopping(town.house), town.house.pool
    with ThreadPoolExecutor(1) as pool:
        town.with_(fetcher=fetcher, pool=pool)
        start = monotonic()
        tally = poll(town.house)
        took = monotonic() - start
        fetcher.until.set()
    assert tally.polled == 0
    assert 3 <= took < 8
    town.with_(pool=usual)
    town.house.stopping.clear()
    town.clock.pass_(minutes=60)
    assert poll(town.house).polled == 3
