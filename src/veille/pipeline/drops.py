"""Watches that fall silent against their own past: possible blindness, for the operator to look into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from veille.analysis.spike import LITTLE_HISTORY_DAYS
from veille.analysis.volume import baseline, silence
from veille.model.digest import Silence
from veille.model.volume import Past
from veille.model.watch import Client, Watch
from veille.pipeline.house import House
from veille.store import Connection, volumes

HOUR = timedelta(hours=1)
#: A silence is told when chance would bring one as long so often a month and watch.
TOLD_FROM = 0.05
#: No shorter silence is one.
SHORTEST = 12 * HOUR


def silences(conn: Connection, house: House) -> tuple[Silence, ...]:
    """The watches that are silent now. Raises StoreError."""
    now = house.clock.now()
    return tuple(
        found
        for client in house.roster.clients.values()
        for watch in client.watches
        if (found := _silence(conn, house, client, watch, now))
    )


def _silence(conn: Connection, house: House, client: Client, watch: Watch, now: datetime) -> Silence | None:
    since = volumes.last_seen(conn, client.id, watch.id)
    if since is None or now - since < SHORTEST:
        return None
    past = _before(conn, house, client, watch, since)
    usual = baseline(past)
    if past.days < LITTLE_HISTORY_DAYS or silence(usual, since, now) > TOLD_FROM:
        return None
    return Silence(client_id=client.id, watch_id=watch.id, since=since, usual=usual.per_hour * 24)


def _before(conn: Connection, house: House, client: Client, watch: Watch, since: datetime) -> Past:
    """What the watch got before it fell silent, read once a silence."""
    place = (client.id, watch.id)
    known = house.silences.get(place)
    if known is None or known.until != since:
        known = house.silences[place] = volumes.past(conn, *place, until=since)
    return known


def named(found: tuple[Silence, ...]) -> Iterator[str]:
    """Each as "client/watch"."""
    return (f"{one.client_id}/{one.watch_id}" for one in found)
