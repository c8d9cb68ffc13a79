"""The volume of each watch, kept up as mentions come, and the spikes it makes: several watches, one event a client."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from veille.analysis.spike import detect, may_start
from veille.model.volume import Kept, Spike, SpikeState, Volume
from veille.model.watch import Client, Watch
from veille.pipeline.house import House
from veille.store import Connection, edits, spikes, volumes

DAY = timedelta(days=1)
#: The past is learnt again so often; it ends a day before the last such hour.
LEARN_EVERY = timedelta(hours=6)
#: What a watch saw is read again from the start so often: stories are merged, mentions detached.
READ_EVERY = timedelta(hours=1)
#: Transactions of other processes may end in another order than their mentions were seen in.
OVERLAP = timedelta(minutes=10)
#: For so long a spike that is over still says what it told already.
REMEMBERED = timedelta(hours=48)
#: Edits that may still keep a spike from being over.
EDITED_WITHIN = timedelta(hours=4)
#: Stories of a spike that are looked at for its lead, and kept: a flood of thousands would be read at each step.
MEMBERS = 20


def changes(house: House, client: Client, touched: Collection[str]) -> list[Spike]:
    """The changes of state of these watches' spikes now, those of one event merged into one. Raises StoreError."""
    now = house.clock.now()
    with house.store.reading() as conn:
        found = [
            spike
            for watch in client.watches
            if watch.id in touched
            for spike in _changes(conn, house, client, watch, now)
        ]
        told = _merged([spike for spike in found if spike.stories])
        running = spikes.of_client(conn, client.id) if told else ()
    joining = {spike.watch_id: number for spike in told if (number := _joins(spike, running)) is not None}
    for spike in told:
        if spike.watch_id in joining:
            _join(house, spike, joining[spike.watch_id], dict(running))
    return [replace(s, stories=s.stories[:MEMBERS]) for s in told if s.watch_id not in joining]


def _changes(conn: Connection, house: House, client: Client, watch: Watch, now: datetime) -> tuple[Spike, ...]:
    """The watch's change of state; the start of an angry spike within a calm one ends that first."""
    place = (client.id, watch.id)
    last = spikes.last(conn, *place)
    led = last is not None and last[1].watch_id != watch.id and last[1].state is not SpikeState.OVER
    if last and led and last[1].negative:
        return ()  # part of a spike that another watch leads
    known = last[1] if last and _is_remembered(last[1], now) else None
    runs = known is not None and known.state is not SpikeState.OVER
    kept = house.volumes[place] = _kept_up(conn, house.volumes.get(place), place, now)
    if not runs and not may_start(kept.arrivals, limits=watch.spike):
        return ()
    seen = _against_past(conn, house, kept, place)
    if runs:
        seen = replace(seen, edits=_edits(conn, seen))
    change = detect(seen, known, limits=watch.spike)
    if change is None or (led and change.state is not SpikeState.STARTED):
        return ()
    if known and runs and not led and change.state is SpikeState.STARTED:
        return replace(known, state=SpikeState.OVER, at=now), change
    return (change,)


def _edits(conn: Connection, seen: Volume) -> tuple[datetime, ...]:
    """When what was seen within a day was rewritten lately."""
    stories = {arrival.story_id for arrival in seen.arrivals}
    found = edits.between(conn, seen.client_id, since=seen.now - EDITED_WITHIN, until=seen.now)
    return tuple(edit.at for edit in found if edit.story_id in stories)


def _is_remembered(spike: Spike, now: datetime) -> bool:
    return spike.state is not SpikeState.OVER or now - spike.at <= REMEMBERED


def _against_past(conn: Connection, house: House, kept: Kept, place: tuple[str, str]) -> Volume:
    """What was seen up to now beside the watch's past, which is read when it is first asked for."""
    past = kept.past or volumes.past(conn, *place, until=_learnt_until(kept.upto))
    house.volumes[place] = replace(kept, past=past)
    return Volume(client_id=place[0], watch_id=place[1], now=kept.upto, past=past, arrivals=kept.arrivals)


def _kept_up(conn: Connection, kept: Kept | None, place: tuple[str, str], now: datetime) -> Kept:
    """What the watch saw within a day of `now`, most of it as it was at the last look."""
    if kept is None or not kept.upto <= now < kept.read + READ_EVERY:
        fresh = volumes.arrivals(conn, *place, since=now - DAY, until=now)
        past = kept.past if kept and kept.past and kept.past.until == _learnt_until(now) else None
        return Kept(past=past, arrivals=fresh, read=now, upto=now)
    fresh = volumes.arrivals(conn, *place, since=kept.upto - OVERLAP, until=now)
    known = {arrival.mention_id for arrival in fresh}
    old = (a for a in kept.arrivals if a.seen > now - DAY and a.mention_id not in known)
    both = tuple(sorted((*old, *fresh), key=lambda arrival: arrival.second))
    return replace(kept, arrivals=both, upto=now)


def _learnt_until(now: datetime) -> datetime:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (now - midnight) // LEARN_EVERY * LEARN_EVERY - DAY


def _merged(found: Sequence[Spike]) -> list[Spike]:
    """Starts that share a story are one event, told by the oddest, an angry one first; other changes as they are."""
    merged: list[Spike] = [spike for spike in found if spike.state is not SpikeState.STARTED]
    starts = sorted((s for s in found if s.state is SpikeState.STARTED), key=lambda s: (not s.negative, s.probability))
    leading: list[Spike] = []
    for spike in starts:
        place = next((n for n, lead in enumerate(leading) if _share(lead, spike)), None)
        if place is None:
            leading.append(spike)
        else:
            leading[place] = _with(leading[place], spike)
    return [*merged, *leading]


def _joins(spike: Spike, running: Sequence[tuple[int, Spike]]) -> int | None:
    """The number of the spike under way of another watch that this start is part of; an angry one of no calm one."""
    if spike.state is not SpikeState.STARTED:
        return None
    others = ((number, other) for number, other in running if spike.watch_id not in (other.watch_id, *other.watches))
    return next((number for number, other in others if _share(other, spike) and other.negative >= spike.negative), None)


def _join(house: House, spike: Spike, number: int, running: dict[int, Spike]) -> None:
    with house.store.writing() as tx:
        spikes.join(tx, number, _with(running[number], spike))


def _share(one: Spike, other: Spike) -> bool:
    return not set(one.stories).isdisjoint(other.stories)


def _with(lead: Spike, other: Spike) -> Spike:
    watches = tuple(dict.fromkeys((lead.watch_id, *lead.watches, other.watch_id, *other.watches)))
    return replace(lead, watches=watches, stories=tuple(dict.fromkeys((*lead.stories, *other.stories))))
