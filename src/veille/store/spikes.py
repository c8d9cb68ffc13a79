"""Spikes: the one under way for a watch, and every change of state."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from veille.model.alert import Reason
from veille.model.volume import Spike, SpikeState
from veille.store import schema
from veille.store.prepared import Prepared
from veille.store.upsert import insert as upsert
from veille.store.values import spike_of, spike_plain

_spike, _change, _part = schema.spike.c, schema.spike_change.c, schema.spike_watch.c

#: Made once: asked with every mention that is judged.
_NUMBER = (
    select(_part.spike_id)
    .where(_part.client_id == bindparam("_client"), _part.watch_id == bindparam("_watch"))
    .order_by(_part.spike_id.desc())
    .limit(1)
)
_LATEST = _spike.id == _NUMBER.scalar_subquery()
_LAST = Prepared(select(_spike.id, _spike.value).where(_LATEST))
_ACTIVE = Prepared(select(_spike.id, _spike.value).where(_LATEST, _spike.state != SpikeState.OVER.value))
_OF_WATCH = and_(_part.spike_id == _spike.id, _part.watch_id == bindparam("_watch"))
_TIMES = Prepared(
    select(_spike.value)
    .join(schema.spike_watch, _OF_WATCH)
    .where(_spike.client_id == bindparam("_client"), _spike.at >= bindparam("_since"))
)
_RUNNING = Prepared(select(_spike.client_id, _spike.watch_id).where(_spike.state != SpikeState.OVER.value).distinct())


def active(conn: Connection, client_id: str, watch_id: str) -> tuple[int, Spike] | None:
    """The spike under way that the watch is part of, with its number; None when there is none."""
    row = _ACTIVE.first(conn, {"_client": client_id, "_watch": watch_id})
    return None if row is None else (row.id, spike_of(row.value))


def last(conn: Connection, client_id: str, watch_id: str) -> tuple[int, Spike] | None:
    """The watch's latest spike in its last state, over or not, with its number; None when there was none."""
    row = _LAST.first(conn, {"_client": client_id, "_watch": watch_id})
    return None if row is None else (row.id, spike_of(row.value))


def running(conn: Connection) -> tuple[tuple[str, str], ...]:
    """Every (client id, watch id) that leads a spike under way."""
    return tuple((row.client_id, row.watch_id) for row in _RUNNING.rows(conn, {}))


def of_client(conn: Connection, client_id: str) -> tuple[tuple[int, Spike], ...]:
    """The client's spikes under way, oldest first."""
    mine = (_spike.client_id == client_id, _spike.state != SpikeState.OVER.value)
    found = conn.execute(select(_spike.id, _spike.value).where(*mine).order_by(_spike.id))
    return tuple((row.id, spike_of(row.value)) for row in found)


def record(tx: Connection, spike: Spike) -> int:
    """Keep a change of state; the number of the spike. A start opens one, as does a change when none is under way."""
    under_way = None if spike.state is SpikeState.STARTED else active(tx, spike.client_id, spike.watch_id)
    now = {"state": spike.state.value, "started": spike.started, "at": spike.at, "value": spike_plain(spike)}
    if under_way is None:
        row = {"client_id": spike.client_id, "watch_id": spike.watch_id, **now}
        number = int(tx.execute(insert(schema.spike).values(row).returning(_spike.id)).scalar_one())
    else:
        number = under_way[0]
        tx.execute(update(schema.spike).where(_spike.id == number).values(now))
    tx.execute(insert(schema.spike_change).values(spike_id=number, at=spike.at, value=now["value"]))
    _take_part(tx, number, spike)
    return number


def join(tx: Connection, spike_id: int, spike: Spike) -> None:
    """Keep what a spike under way is made of now, without a change of state."""
    tx.execute(update(schema.spike).where(_spike.id == spike_id).values(value=spike_plain(spike)))
    _take_part(tx, spike_id, spike)


def _take_part(tx: Connection, spike_id: int, spike: Spike) -> None:
    rows = [
        {"spike_id": spike_id, "client_id": spike.client_id, "watch_id": watch_id}
        for watch_id in dict.fromkeys((spike.watch_id, *spike.watches))
    ]
    tx.execute(upsert(tx, schema.spike_watch).values(rows).on_conflict_do_nothing())


def times(conn: Connection, client_id: str, watch_id: str, *, since: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """When the watch's spikes that changed since then began and changed last."""
    rows = _TIMES.rows(conn, {"_client": client_id, "_watch": watch_id, "_since": since})
    found = (spike_of(row.value) for row in rows)
    return tuple((spike.started - timedelta(minutes=spike.window_minutes), spike.at) for spike in found)


def alarms(conn: Connection, client_id: str, *, since: datetime) -> int:
    """How many of the client's spikes were told as they started, since then."""
    alert = schema.alert.c
    mine = (alert.client_id == client_id, alert.at >= since, alert.reason == Reason.SPIKE_STARTED.value)
    return int(conn.execute(select(func.count(alert.spike_id.distinct())).where(*mine)).scalar_one())


def recent(conn: Connection, client_id: str, *, since: datetime) -> tuple[tuple[int, Spike], ...]:
    """The client's spikes that changed since then, oldest first, each in its last state."""
    mine = select(schema.spike).where(_spike.client_id == client_id, _spike.at >= since)
    return tuple((row.id, spike_of(row.value)) for row in conn.execute(mine.order_by(_spike.at, _spike.id)))


def history(conn: Connection, spike_id: int) -> tuple[Spike, ...]:
    """Every state a spike was in, oldest first."""
    changes = select(_change.value).where(_change.spike_id == spike_id).order_by(_change.id)
    return tuple(spike_of(value) for value in conn.execute(changes).scalars())
