"""Spikes of several watches: one row, found by each of them; the times that they cover; the alarms they gave."""

from __future__ import annotations

from dataclasses import replace

from kit_store import DAY, HOUR, MINUTE, NOW

from veille.model.volume import Spike, SpikeState
from veille.store import spikes
from veille.store.engine import Store

SPIKE = Spike(
    client_id="floreal",
    watch_id="name",
    watches=("name",),
    state=SpikeState.STARTED,
    at=NOW,
    started=NOW,
    observed=3,
    expected=0.1,
    window_minutes=60,
    probability=1e-5,
    authors=3,
    sites=2,
    stories=(7,),
)


def test_a_watch_that_joins_finds_the_spike_of_the_one_that_leads(store: Store) -> None:
    with store.writing() as tx:
        number = spikes.record(tx, SPIKE)
        spikes.join(tx, number, replace(SPIKE, watches=("name", "flowers")))
        found = spikes.active(tx, "floreal", "flowers")
        assert found is not None
        assert (found[0], found[1].watches) == (number, ("name", "flowers"))
        assert spikes.running(tx) == (("floreal", "name"),)
        assert [one for one, _ in spikes.of_client(tx, "floreal")] == [number]
        assert len(spikes.history(tx, number)) == 1, "joining is no change of state"
        spikes.record(tx, replace(found[1], state=SpikeState.OVER, at=NOW + HOUR))
        assert spikes.active(tx, "floreal", "flowers") is None
        assert spikes.of_client(tx, "floreal") == ()


def test_the_times_that_a_watchs_spikes_cover_begin_with_their_window(store: Store) -> None:
    over = replace(SPIKE, state=SpikeState.OVER, at=NOW + 5 * HOUR)
    with store.writing() as tx:
        spikes.record(tx, SPIKE)
        spikes.record(tx, over)
        assert spikes.times(tx, "floreal", "name", since=NOW - DAY) == ((NOW - 60 * MINUTE, over.at),)
        assert spikes.times(tx, "floreal", "flowers", since=NOW - DAY) == ()
        assert spikes.times(tx, "floreal", "name", since=NOW + DAY) == ()
