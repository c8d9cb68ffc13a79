"""Spikes: the one under way for a watch, and every change of state."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from veille.model.volume import Spike, SpikeState
from veille.store import schema
from veille.store.values import spike_of, spike_plain

_spike, _change = schema.spike.c, schema.spike_change.c


def active(conn: Connection, client_id: str, watch_id: str) -> tuple[int, Spike] | None:
    """The watch's spike under way, with its number; None when there is none."""
    found = last(conn, client_id, watch_id)
    return None if found is None or found[1].state is SpikeState.OVER else found


def last(conn: Connection, client_id: str, watch_id: str) -> tuple[int, Spike] | None:
    """The watch's latest spike in its last state, over or not, with its number; None when there was none."""
    mine = select(schema.spike).where(_spike.client_id == client_id, _spike.watch_id == watch_id)
    row = conn.execute(mine.order_by(_spike.id.desc()).limit(1)).first()
    return None if row is None else (row.id, spike_of(row.value))


def running(conn: Connection) -> tuple[tuple[str, str], ...]:
    """Every (client id, watch id) with a spike under way."""
    mine = select(_spike.client_id, _spike.watch_id).where(_spike.state != SpikeState.OVER.value)
    return tuple((row.client_id, row.watch_id) for row in conn.execute(mine.distinct()))


def record(tx: Connection, spike: Spike) -> int:
    """Keep a change of state; the number of the spike. A change without a spike under way opens one."""
    under_way = active(tx, spike.client_id, spike.watch_id)
    now = {"state": spike.state.value, "started": spike.started, "at": spike.at, "value": spike_plain(spike)}
    if under_way is None:
        row = {"client_id": spike.client_id, "watch_id": spike.watch_id, **now}
        number = int(tx.execute(insert(schema.spike).values(row).returning(_spike.id)).scalar_one())
    else:
        number = under_way[0]
        tx.execute(update(schema.spike).where(_spike.id == number).values(now))
    tx.execute(insert(schema.spike_change).values(spike_id=number, at=spike.at, value=now["value"]))
    return number


def recent(conn: Connection, client_id: str, *, since: datetime) -> tuple[tuple[int, Spike], ...]:
    """The client's spikes that changed since then, oldest first, each in its last state."""
    mine = select(schema.spike).where(_spike.client_id == client_id, _spike.at >= since)
    return tuple((row.id, spike_of(row.value)) for row in conn.execute(mine.order_by(_spike.at, _spike.id)))


def history(conn: Connection, spike_id: int) -> tuple[Spike, ...]:
    """Every state a spike was in, oldest first."""
    changes = select(_change.value).where(_change.spike_id == spike_id).order_by(_change.id)
    return tuple(spike_of(value) for value in conn.execute(changes).scalars())
