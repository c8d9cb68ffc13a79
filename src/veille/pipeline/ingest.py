"""Pages of sources: match, place, score, save, in one transaction with the sources' states.

    pages -> loads of at most LOAD entries -> [work out -> save] each

Everything is worked out on a read snapshot; inside the write transaction the clients' placement
counters are compared, and the work is done again when someone else moved them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from veille.errors import StoreBusy
from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Source
from veille.model.mention import Kinship
from veille.pipeline import foresight, progress
from veille.pipeline.events import LeftOut, Mentioned
from veille.pipeline.foresight import Foreseen
from veille.pipeline.house import House
from veille.pipeline.place import Fresh, Placed, place_all
from veille.pipeline.roster import Concern, Excluded
from veille.pipeline.save import Numbers, Sorted, by_client, save
from veille.store import Connection, entries, placing, polls, sources
from veille.text.dates import clamp

#: Entries saved in one transaction, of one page or of several; a source's state goes with its last ones.
LOAD = 200

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page to save, and the state that goes with it."""

    due: sources.Due
    source: Source
    page: Page
    #: None where no source was asked.
    state: PollState | None
    at: datetime
    #: Taken from another tool: published when it says, however long ago; it alerts nobody.
    past: bool = False
    #: What is known already of its entries, by their key.
    foreseen: Mapping[str, Foreseen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a page came to."""

    new: int = 0
    mentions: int = 0
    copies: int = 0
    excluded: int = 0
    edited: int = 0

    def __add__(self, other: Ingested) -> Ingested:
        return Ingested(
            self.new + other.new,
            self.mentions + other.mentions,
            self.copies + other.copies,
            self.excluded + other.excluded,
            self.edited + other.edited,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Entries of one page that are saved together."""

    asked: Asked
    entries: Sequence[Entry]
    #: Whether the page is saved with them.
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """A load worked out: what to write, and the placement counters it was worked out against."""

    sorted: Sorted
    placed: Mapping[str, Sequence[Placed]]
    counters: Mapping[str, int]


def ingest(house: House, pages: Sequence[Asked]) -> Ingested:
    """Saves pages of different sources. Raises StoreError; the states of those not saved whole stay as they were."""
    return sum((_save(house, load) for load in _loads(pages)), Ingested())


def _loads(pages: Iterable[Asked]) -> Iterator[list[_Part]]:
    load: list[_Part] = []
    room = LOAD
    for part in (part for asked in pages for part in _parts(asked)):
        if len(part.entries) > room:
            yield load
            load, room = [], LOAD
        load.append(part)
        room -= len(part.entries)
    yield load


def _parts(asked: Asked) -> Iterator[_Part]:
    found = asked.page.entries
    for start in range(0, len(found), LOAD):
        yield _Part(asked=asked, entries=found[start : start + LOAD], last=start + LOAD >= len(found))


def _save(house: House, load: Sequence[_Part]) -> Ingested:
    for _ in range(_ATTEMPTS):
        work = _work_out(house, load)
        with house.store.writing() as tx:
            if not house.store.alone and _moved(tx, work):
                continue
            numbers = save(tx, work.sorted, work.placed)
            _save_polls(tx, load, work)
        _tell(house, work, numbers)
        return _summary(work)
    raise StoreBusy(f"placing moved {_ATTEMPTS} times under {', '.join(part.asked.source.id for part in load)}")


def _save_polls(tx: Connection, load: Sequence[_Part], work: _Work) -> None:
    """How the polls of these pages went, and what the sources are in now."""
    states = [(part.asked, part.asked.state) for part in load if part.last]
    _save_states(tx, [(asked, _renewed(asked, state, work)) for asked, state in states if state is not None])
    polls.record(tx, _polled(work, load))


def _polled(work: _Work, load: Sequence[_Part]) -> list[polls.Poll]:
    """A page saved in several loads leaves a line a load."""
    fresh = Counter(one.row for one in work.sorted.fresh)
    pages = {part.asked.due.row: part.asked for part in load if part.asked.state is not None}
    return [polls.news(row, asked.at, fresh[row]) for row, asked in pages.items()]


def _renewed(asked: Asked, state: PollState, work: _Work) -> PollState:
    """With what is new of it in the rhythm of its source; a first page is the past, not news."""
    fresh = [one for one in work.sorted.fresh if one.row == asked.due.row and not one.backlog]
    if not fresh:
        return state
    dated = [one.published for one in fresh if one.entry.published]
    return progress.renewed(state, now=asked.at, published=dated)


def _save_states(tx: Connection, pages: Sequence[tuple[Asked, PollState]]) -> None:
    sources.save_states(tx, [(asked.due.row, state) for asked, state in pages])
    for asked, state in pages:
        if address := progress.adopted(state):
            sources.save_state(tx, asked.due.row, state, url=address)


def _work_out(house: House, load: Sequence[_Part]) -> _Work:
    with house.store.reading() as conn:
        places = [(part.asked.due.row, entry.key) for part in load for entry in part.entries]
        parted = _sort(house, load, entries.known_all(conn, places))
        concerned = by_client(parted.fresh)
        return _Work(
            sorted=parted,
            counters={} if house.store.alone else {each: placing.placement(conn, each) for each in concerned},
            placed={client_id: place_all(conn, client_id, theirs) for client_id, theirs in concerned.items()},
        )


def _sort(house: House, load: Sequence[_Part], known: Mapping[entries.Place, entries.Known]) -> Sorted:
    fresh: list[Fresh] = []
    edited: list[tuple[int, Fresh]] = []
    excluded: list[tuple[str, Fresh]] = []
    for asked, entry in ((part.asked, entry) for part in load for entry in part.entries):
        stored = known.get((asked.due.row, entry.key))
        told = asked.foreseen.get(entry.key)
        if stored and stored.content == (told.content if told else foresight.content(entry)):
            continue
        told = told or foresight.look(house.roster, entry, asked.due.key, now=asked.at)
        seen = _fresh(asked, entry, told)
        if stored:
            edited.append((stored.id, seen))
            continue
        fresh.append(seen)
        left_out = [verdict.client_id for verdict in told.verdicts if isinstance(verdict, Excluded)]
        excluded += [(client_id, seen) for client_id in left_out if not asked.past]
    return Sorted(fresh=tuple(fresh), edited=tuple(edited), excluded=tuple(excluded))


def _fresh(asked: Asked, entry: Entry, told: Foreseen) -> Fresh:
    return Fresh(
        source=asked.source,
        row=asked.due.row,
        seen=asked.at,
        backlog=asked.past or not asked.due.state.known,
        entry=entry,
        canonical=told.canonical,
        published=min(entry.published, asked.at)
        if asked.past and entry.published
        else clamp(entry.published, first_seen=asked.at),
        content=told.content,
        concerns=tuple([verdict for verdict in told.verdicts if isinstance(verdict, Concern)]),
        past=asked.past,
    )


def _moved(tx: Connection, work: _Work) -> bool:
    """Whether others placed for these clients meanwhile; none can any more until the transaction ends."""
    placing.turn(tx, work.counters)
    return any(placing.placement(tx, client_id) != n for client_id, n in work.counters.items())


def _summary(work: _Work) -> Ingested:
    every = [one for placed in work.placed.values() for one in placed]
    return Ingested(
        new=len(work.sorted.fresh),
        mentions=len(every),
        copies=sum(one.verdict.kinship is Kinship.COPY for one in every),
        excluded=len(work.sorted.excluded),
        edited=len(work.sorted.edited),
    )


def _tell(house: House, work: _Work, numbers: Numbers) -> None:
    excluded = {(fresh.row, fresh.entry.key) for _, fresh in work.sorted.excluded}
    nobody = [("", fresh) for fresh in work.sorted.fresh if not fresh.concerns]
    left_out = [one for one in nobody if (one[1].row, one[1].entry.key) not in excluded]
    for client_id, fresh in (*work.sorted.excluded, *left_out):
        house.watcher(_left_out(client_id, fresh))
    for client_id, placed in work.placed.items():
        for one, (mention_id, story_id) in zip(placed, numbers[client_id], strict=True):
            house.watcher(_mentioned(client_id, one, numbers[client_id], mention_id=mention_id, story_id=story_id))


def _left_out(client_id: str, fresh: Fresh) -> LeftOut:
    return LeftOut(
        client_id=client_id,
        source_id=fresh.source.id,
        entry=fresh.entry,
        seen=fresh.seen,
        backlog=fresh.backlog,
    )


def _mentioned(
    client_id: str, placed: Placed, numbers: Sequence[tuple[int, int]], *, mention_id: int, story_id: int
) -> Mentioned:
    fresh, verdict = placed.fresh, placed.verdict
    of = numbers[-verdict.of - 1][0] if verdict.of is not None and verdict.of < 0 else verdict.of
    return Mentioned(
        client_id=client_id,
        source_id=placed.concern.subscription.source.id,
        entry=fresh.entry,
        published=fresh.published,
        seen=fresh.seen,
        verdict=replace(verdict, of=of, story_id=story_id),
        urgency=placed.urgency,
        own=placed.concern.own,
        backlog=fresh.backlog,
        event=placed.concern.event,
        mention_id=mention_id,
        story_id=story_id,
        watches=tuple(match.watch_id for match in placed.concern.matches),
    )
