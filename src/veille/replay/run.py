"""One replay from beginning to end: events told in order, the summary last, and what the page is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from veille.pipeline.house import House
from veille.pipeline.trouble import TROUBLE
from veille.replay.items import Item
from veille.replay.play import play
from veille.replay.scene import Scene
from veille.replay.timeline import Bucket, buckets
from veille.replay.told import Event, Scribe
from veille.store import flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a replay came to."""

    summary: Event
    #: Spikes and alerts, in order.
    rung: tuple[Event, ...]
    buckets: tuple[Bucket, ...]
    #: Whether something could not be judged: a fault of veille, which the log names.
    faulty: bool


def run(
    scene: Scene,
    items: Sequence[Item],
    *,
    tell: Callable[[Event], None],
    since: datetime | None = None,
    drawn: bool = False,
    jobs: int = 1,
) -> Replayed:
    """Plays `items`, which are in order and not none; what was before `since` is played and not told.

    `drawn`: the timeline is worked out too; `jobs`: processes, this one among them. Raises QueryError, StoreError.
    """
    ending = _Ending(scene, items, since=since, drawn=drawn)
    rung: list[Event] = []

    def told(event: Event) -> None:
        if event["event"] in ("spike", "alert"):
            rung.append(event)
        tell(event)

    public_url = scene.installation.public_url
    scribe = Scribe(scene.client, public_url=public_url, tell=told, since=since)
    play(scene, items, watcher=scribe.hear, finished=ending.look, jobs=jobs)
    summary = scribe.summary(items[0].seen, items[-1].seen)
    tell(summary)
    return Replayed(summary=summary, rung=tuple(rung), buckets=ending.buckets, faulty=ending.faulty)


@dataclass(slots=True)
class _Ending:
    """What is asked of the house before it closes."""

    scene: Scene
    items: Sequence[Item]
    since: datetime | None
    drawn: bool
    buckets: tuple[Bucket, ...] = field(default=())
    faulty: bool = False

    def look(self, house: House) -> None:
        """Its troubles, and its volumes."""
        with house.store.reading() as conn:
            self.faulty = bool(flags.names(conn, prefix=TROUBLE))
            if self.drawn:
                since = self.since or self.items[0].seen
                self.buckets = buckets(conn, self.scene.client, since=since, until=house.clock.now())
