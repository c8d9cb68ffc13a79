"""When a source is asked again by its own rhythm, and which are woken because a watch that they feed rises."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from veille.model.entry import Page
from veille.model.exchange import NotModified, PollState, Response, Source
from veille.model.rhythm import loaded
from veille.pipeline import progress
from veille.pipeline.house import House
from veille.sources import base
from veille.sources.kind import Shape
from veille.store import Connection, sources, spikes
from veille.timing.cadence import rhythmic


def answered(
    house: House,
    due: sources.Due,
    source: Source,
    answer: Response | NotModified,
    *,
    took: timedelta = timedelta(0),
    page: Page | None = None,
) -> PollState:
    """The state after an answer: when it is asked again, and its rhythm. `page`: what was read (None = as before)."""
    now = house.clock.now()
    wait = _wait(house, due, source, now=now, news=page is not None and bool(page.entries))
    state = progress.answered(due.state, answer, now=now, interval=wait, jitter=house.dice.jitter())
    return progress.timed(state, due.state, took=took, found=_found(source, page))


def _found(source: Source, page: Page | None) -> int | None:
    """Items of the answer (None = that says nothing: a search or a mail box without anything new is as usual)."""
    whole = base.kind_of(source.kind).shape is Shape.POLL and source.ask is None
    return None if page is None or (not whole and not page.found) else page.found


def _wait(house: House, due: sources.Due, source: Source, *, now: datetime, news: bool) -> timedelta:
    known = loaded(due.state.rhythm)
    rhythm = replace(known, last=now.timestamp()) if news else known
    spiking = house.roster.feeds(due.key, house.spiking)
    return rhythmic(rhythm, now=now, least=source.interval, most=source.longest, spiking=spiking)


def wake(tx: Connection, house: House, *, now: datetime) -> None:
    """Look which watches rise; the sources that feed them and rest longer than their least time rest no longer."""
    house.spiking.clear()
    house.spiking.update(spikes.running(tx))
    if not house.spiking:
        return
    resting = [source for source in house.roster.distinct() if house.roster.feeds(source.key, house.spiking)]
    sources.wake(tx, {source.key: source.interval for source in resting if source.longest > source.interval}, now=now)
