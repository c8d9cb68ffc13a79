"""Moment after moment: what is due before the next item, then the items seen at that moment, then a day more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from veille.model.entry import Page
from veille.model.exchange import PollState
from veille.model.person import Person
from veille.pipeline.adopt import adopt
from veille.pipeline.assess import BATCH, assess
from veille.pipeline.digest import digest, hour
from veille.pipeline.events import Decided, LeftOut, Mentioned, Spiked
from veille.pipeline.foresight import Foreseen
from veille.pipeline.house import House
from veille.pipeline.ingest import Asked, ingest
from veille.replay.ahead import foreseen
from veille.replay.clock import SimulatedClock
from veille.replay.house import leave, passing_house
from veille.replay.items import Item
from veille.replay.scene import Scene
from veille.store import sources as rows
from veille.store import spikes
from veille.timing.hours import instant, local_day

#: The replay runs on for so long after the last item.
AFTER = timedelta(hours=24)

#: Ends of windows, at which a spike under way is looked at though nothing comes.
QUARTER = timedelta(minutes=15)

_DAY = timedelta(days=1)
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def play(
    scene: Scene,
    items: Sequence[Item],
    *,
    watcher: Callable[[object], None],
    finished: Callable[[House], None] = lambda house: None,
    jobs: int = 1,
) -> None:
    """Plays items that are in order; `watcher` is told of each thing, `finished` sees the house at its end.

    `jobs`: processes, this one among them; what is told is the same. Raises QueryError, StoreError.
    """
    if not items:
        return
    clock = SimulatedClock(items[0].seen)
    agenda = _Agenda()

    def told(event: object) -> None:
        agenda.hear(event)
        watcher(event)

    with passing_house(scene.installation, clock, told) as house:
        adopt(house)
        playing = _Play(house, clock, agenda, _rows(house, scene), scene)
        with foreseen(scene, items, house.roster, jobs=jobs) as known:
            for moment, together in groupby(zip(items, known, strict=False), lambda each: each[0].seen):
                playing.until(moment)
                playing.take(list(together))
        playing.until(clock.now() + AFTER)
        finished(house)


@dataclass(frozen=True, slots=True)
class Repeated:
    """An item that was there before: the same again, or an edit of it, which is judged with it."""

    item: Item


@dataclass(slots=True)
class _Agenda:
    """What makes a look necessary, heard from what happens."""

    #: (source id, key) of the items of this moment that came to something.
    heard: set[tuple[str, str]] = field(default_factory=set)

    #: Whether something may wait in the outbox.
    waits: bool = False
    #: Whether a spike may have begun or ended since this was last looked at.
    spiked: bool = True

    def hear(self, event: object) -> None:
        if isinstance(event, Mentioned | LeftOut):
            self.heard.add((event.source_id, event.entry.key))
        self.spiked = self.spiked or isinstance(event, Spiked)
        self.waits = self.waits or (isinstance(event, Decided) and event.alert is not None)


@dataclass(slots=True)
class _Play:
    house: House
    clock: SimulatedClock
    agenda: _Agenda
    #: The row of each source id.
    rows: dict[str, int]
    scene: Scene
    #: When the next message in the outbox is due (None = nothing waits).
    leaving: datetime | None = None
    spikes: bool = False
    digests: dict[str, datetime] = field(default_factory=dict)

    def take(self, together: Sequence[tuple[Item, Foreseen | None]]) -> None:
        """What is seen at one moment, saved and judged; with each item what is known of it, if anything."""
        items = [item for item, _ in together]
        self.clock.put(items[0].seen)
        self.agenda.heard.clear()
        once = {self._place(item): item for item in reversed(items)}
        first = [each for each in together if once[self._place(each[0])] is each[0]]
        found = ingest(self.house, list(self._pages(first)))
        for item in items:
            if self._place(item) not in self.agenda.heard or once[self._place(item)] is not item:
                self.house.watcher(Repeated(item))
        if found.mentions or found.edited or self._spikes():
            self._judge()

    def until(self, moment: datetime) -> None:
        """Everything that is due up to that moment, in order; the clock stands there."""
        while (due := self._next()) is not None and due <= moment:
            self.clock.put(due)
            if self._spikes():
                self._judge()
            if due in self.digests.values():
                digest(self.house)
                self.digests.clear()
            self._send()
        self.clock.put(moment)

    def _judge(self) -> None:
        while assess(self.house).judged == BATCH:
            pass
        self._send()

    def _send(self) -> None:
        if not self.agenda.waits and (self.leaving is None or self.leaving > self.clock.now()):
            return
        self.leaving = leave(self.house)
        self.agenda.waits = False

    def _place(self, item: Item) -> tuple[str, str]:
        return self.scene.sources[item.source].id, item.entry.key

    def _pages(self, together: Sequence[tuple[Item, Foreseen | None]]) -> Iterator[Asked]:
        by_source: dict[tuple[str, bool], list[tuple[Item, Foreseen | None]]] = {}
        for item, known in together:
            by_source.setdefault((item.source, item.backlog), []).append((item, known))
        for (name, backlog), found in by_source.items():
            source, at = self.scene.sources[name], found[0][0].seen
            state = PollState(known=not backlog, first_answer=at, last_answer=at)
            yield Asked(
                due=rows.Due(row=self.rows[source.id], key=source.key, address="", state=state),
                source=source,
                page=Page(entries=tuple(item.entry for item, _ in found)),
                state=None,
                at=at,
                foreseen={item.entry.key: known for item, known in found if known},
            )

    def _next(self) -> datetime | None:
        """The next moment at which something is due, after now."""
        now = self.clock.now()
        due = [self._digest_of(person) for person in self.house.installation.people if person.serves]
        if self.leaving is not None:
            due.append(self.leaving)
        if self._spikes():
            due.append(now + QUARTER - (now - _EPOCH) % QUARTER)
        return min((each for each in due if each > now), default=None)

    def _digest_of(self, person: Person) -> datetime:
        known = self.digests.get(person.id)
        if known is None or known <= self.clock.now():
            known = self.digests[person.id] = self._digest_after(person, self.clock.now())
        return known

    def _digest_after(self, person: Person, now: datetime) -> datetime:
        at, zone = hour(self.house, person)
        today = local_day(now, zone)
        return next(due for n in range(3) if (due := instant(today + n * _DAY, at, zone)) > now)

    def _spikes(self) -> bool:
        """Whether a spike is under way."""
        if self.agenda.spiked:
            with self.house.store.reading() as conn:
                self.spikes = bool(spikes.running(conn))
            self.agenda.spiked = False
        return self.spikes


def _rows(house: House, scene: Scene) -> dict[str, int]:
    with house.store.reading() as conn:
        found = rows.rows_of(conn, scene.client.id)
    return {source_id: row for (_, source_id), row in found.items()}
